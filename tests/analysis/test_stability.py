import numpy as np
import pytest

from xsector.analysis.released import Answers, Form
from xsector.analysis.stability import top_shares

PLANTED = [[6, 0, 0], [0, 6, 0], [0, 0, 6]]
ALIKE = [[1, 4, 1], [1, 4, 1], [1, 4, 1]]


def answers(code, counts, *, form=Form.ORDERED, people=None):
    table = np.array(counts, dtype=float)
    behind = table.sum(axis=1) if people is None else np.array(people, dtype=float)
    return Answers(code=code, form=form, counts=table, people=behind, blocks=("a", "b", "c"))


def test_nothing_to_rank():
    assert top_shares([], top=5, resamples=10).tolist() == []


def test_a_planted_gap_is_always_on_top_and_the_places_add_up():
    items = [answers(f"alike{i}", ALIKE) for i in range(4)] + [answers("planted", PLANTED)]

    found = top_shares(items, top=2, resamples=400)

    assert found[-1] == 1
    assert found.sum() == pytest.approx(2)
    assert found[:-1] == pytest.approx([0.25] * 4, abs=0.1)


def test_the_same_counts_give_the_same_shares():
    items = [answers("one", ALIKE), answers("two", ALIKE), answers("three", ALIKE)]

    assert top_shares(items, top=1, resamples=50).tolist() == top_shares(items, top=1, resamples=50).tolist()


def test_options_and_ticks_are_drawn_too():
    items = [
        answers("choice", PLANTED, form=Form.NOMINAL),
        answers("ticks", [[6, 0, 3], [3, 3, 3], [1, 5, 3]], form=Form.TICKED, people=[6, 6, 6]),
        answers("alike", ALIKE),
    ]

    assert top_shares(items, top=1, resamples=50)[0] == 1


def test_arguments_stay_untouched():
    one = answers("one", PLANTED)

    top_shares([one], top=1, resamples=5)

    assert one.counts.tolist() == PLANTED
