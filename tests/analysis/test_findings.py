from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from xsector.analysis.choices import nominal_divergence, ticked_divergence
from xsector.analysis.divergence import decompose, decompose_by_sector
from xsector.analysis.findings import ITEM_COLUMNS, block_means, item_counts, item_findings, theme_findings
from xsector.analysis.missing import dark_findings, darkest_blocks
from xsector.model import columns
from xsector.model.instrument import Kind
from xsector.model.policy import Policy
from xsector.model.released import Block, Missing, Release, ReleasedItem
from xsector.model.round import State

BLOCKS = ("Government", "Non-profit", "Business")


def item(code, counts, **facts):
    usual = {
        "text": f"Wording of {code}",
        "short": code.title(),
        "kind": Kind.RATING,
        "theme": "aims",
        "levels": tuple("abcdefg"[: len(counts[0])]),
        "ordered": True,
        "context": False,
        "reverse": False,
        "missing": tuple(Missing() for _ in counts),
        "chance": 0.4,
    }
    return ReleasedItem(code=code, counts=tuple(map(tuple, counts)), **{**usual, **facts})


def release(*items, n=(6, 6, 6), invited=18):
    return Release(
        round_id=1,
        partnership="Harbour",
        title="First",
        state=State.REVEALED,
        policy=Policy(),
        invited=invited,
        answered=sum(n),
        blocks=tuple(Block(name=name, sectors=(name.lower(),), n=k) for name, k in zip(BLOCKS, n, strict=True)),
        hidden=(),
        held=(),
        banded=(),
        items=items,
        themes={"aims": "Aims", "trust": "Trust", "empty": "Empty"},
    )


PLANTED = [[5, 1, 0, 0, 0], [0, 1, 4, 1, 0], [0, 0, 0, 1, 5]]
SPLIT_INSIDE = [[3, 0, 0, 0, 3], [3, 0, 0, 0, 3], [3, 0, 0, 0, 3]]
ALIKE = [[0, 0, 1, 5, 0], [0, 0, 2, 4, 0], [0, 0, 1, 5, 0]]


def test_a_planted_gap_comes_first_and_names_its_two_blocks():
    found = item_findings(release(item("inside", SPLIT_INSIDE), item("alike", ALIKE), item("planted", PLANTED)))

    assert list(found.index) == ["planted", "alike", "inside"]
    assert found[columns.RANK].tolist() == [1, 2, 3]
    first = found.loc["planted"]
    assert (first[columns.GAP_LOW], first[columns.GAP_HIGH]) == ("Government", "Business")
    assert first[columns.GAP_STEPS] == pytest.approx(4 - 2 / 6)
    assert first[columns.BETWEEN_SHARE] > 0.35
    assert found.loc["inside", columns.BETWEEN_SHARE] == 0
    assert found.loc["inside", columns.BETWEEN_UNBIASED] < 0
    assert found[columns.PATTERN].tolist() == ["scattered", "aligned", "two camps"]


def test_the_numbers_of_a_row_are_those_of_the_indices():
    found = item_findings(release(item("planted", PLANTED), invited=20)).loc["planted"]
    everyone, voices = decompose(PLANTED), decompose_by_sector(PLANTED)

    assert found[columns.ANSWERS] == 18
    assert found[columns.DIVERGENCE] == pytest.approx(float(everyone.total), abs=1e-12)
    assert found[columns.DIVERGENCE_UNBIASED] == pytest.approx(min(1, float(everyone.total) * 18 / 17), abs=1e-12)
    assert found[columns.WITHIN] == pytest.approx(float(everyone.within), abs=1e-12)
    assert found[columns.BETWEEN] == pytest.approx(float(everyone.between), abs=1e-12)
    assert found[columns.BETWEEN_SHARE] == pytest.approx(float(everyone.share_adj), abs=1e-12)
    assert found[columns.SECTOR_SHARE] == pytest.approx(float(voices.share_adj), abs=1e-12)
    assert found[columns.DIVERGENCE_LOWEST] < found[columns.DIVERGENCE] < found[columns.DIVERGENCE_HIGHEST]
    assert found[columns.SHARE_LOW] < found[columns.BETWEEN_SHARE] < found[columns.SHARE_HIGH]
    assert found[columns.CHANCE] == 0.4


def test_options_without_order_have_their_own_index_and_no_gap():
    ticks, missing = [[6, 1, 0], [1, 5, 0], [0, 0, 6]], (Missing(), Missing(skipped=1), Missing())
    found = item_findings(
        release(
            item("choice", PLANTED, kind=Kind.CHOICE, ordered=False),
            item("choices", ticks, kind=Kind.CHOICES, ordered=False, missing=missing),
        )
    )

    assert found.loc["choice", columns.BETWEEN] == pytest.approx(float(nominal_divergence(PLANTED).between))
    expected = ticked_divergence(ticks, people=[6, 5, 6])
    assert found.loc["choices", columns.ANSWERS] == 17
    assert found.loc["choices", columns.BETWEEN_SHARE] == pytest.approx(float(expected.share_adj))
    assert found.loc["choices", columns.DIVERGENCE_HIGHEST] > found.loc["choices", columns.DIVERGENCE]
    assert found[columns.GAP_STEPS].isna().all()
    assert found[columns.GAP_LOW].tolist() == [None, None]
    assert np.isnan(found.loc["choices", columns.SHARE_LOW])


def test_fewer_than_three_answers_say_nothing():
    few = [[1, 0, 0, 0, 0], [0, 0, 0, 0, 1], [0, 0, 0, 0, 0]]

    found = item_findings(release(item("few", few), item("alike", ALIKE)))

    row = found.loc["few"]
    assert list(found.index) == ["alike", "few"]
    assert row[columns.ANSWERS] == 2
    numbers = found.select_dtypes("float64").columns
    assert row[list(numbers)].isna().all()
    assert row[columns.PATTERN] is None
    assert row[columns.GAP_LOW] is None


def test_a_silent_block_drops_out():
    with_silent = item_findings(release(item("one", [*PLANTED[:2], [0] * 5]))).loc["one"]

    assert with_silent[columns.BETWEEN_SHARE] == pytest.approx(float(decompose(PLANTED[:2]).share_adj))
    assert with_silent[columns.GAP_HIGH] == "Non-profit"


def test_too_few_to_tell_has_no_interval():
    found = item_findings(release(item("small", [[2, 1, 0], [0, 1, 2], [0, 3, 0]]))).loc["small"]

    assert found[columns.BETWEEN_SHARE] > 0
    assert np.isnan(found[columns.SHARE_LOW])
    assert np.isnan(found[columns.SHARE_HIGH])


def test_context_items_come_last_without_a_rank():
    found = item_findings(release(item("age", PLANTED, context=True), item("alike", ALIKE)))

    assert list(found.index) == ["alike", "age"]
    assert found[columns.RANK].tolist() == pytest.approx([1, np.nan], nan_ok=True)
    assert np.isnan(found.loc["age", columns.TOP_FIVE])
    assert found.loc["age", columns.BETWEEN] > 0


def test_undefined_between_comes_after_all_that_is_defined():
    singles = [[1, 0, 0, 0, 0], [0, 0, 1, 0, 0], [0, 0, 0, 0, 1]]

    found = item_findings(release(item("singles", singles), item("inside", SPLIT_INSIDE)))

    assert list(found.index) == ["inside", "singles"]
    assert found[columns.RANK].tolist() == [1, 2]


def test_ties_go_to_the_wider_divergence_then_to_the_earlier_item():
    found = item_findings(release(item("b", ALIKE), item("a", [row[::-1] for row in ALIKE]), item("c", PLANTED)))

    assert list(found.index) == ["c", "b", "a"]


def test_the_top_five_are_steady_and_the_same_every_time():
    items = [item(f"noise{i}", ALIKE) for i in range(6)]
    given = release(*items, item("planted", PLANTED))

    first, second = item_findings(given), item_findings(given)

    pd.testing.assert_frame_equal(first, second)
    assert first.loc["planted", columns.TOP_FIVE] == 1
    assert first[columns.TOP_FIVE].sum() == pytest.approx(5)
    assert 0 < first.loc["noise5", columns.TOP_FIVE] < 1


def test_an_empty_release_keeps_its_columns():
    empty = release()

    assert list(item_findings(empty).columns) == list(ITEM_COLUMNS)
    assert item_findings(empty).empty
    assert list(block_means(empty).columns) == list(BLOCKS)
    assert columns.THEME_SHARE in theme_findings(empty)
    assert list(dark_findings(empty).columns) == list(BLOCKS)
    nobody = replace(empty, blocks=(), items=(item("none", [[0, 0]], missing=()),))
    nobody = replace(nobody, items=(replace(nobody.items[0], counts=()),))
    assert item_findings(nobody)[columns.ANSWERS].tolist() == [0]
    assert block_means(nobody).shape == (1, 0)
    assert item_counts(nobody, "none").shape == (0, 2)


def test_mean_positions_of_ordered_items_only():
    found = block_means(release(item("planted", PLANTED), item("choice", ALIKE, kind=Kind.CHOICE, ordered=False)))

    assert list(found.index) == ["planted"]
    assert found.loc["planted"].tolist() == pytest.approx([7 / 6, 3, 29 / 6])


def test_a_theme_is_the_share_of_its_sums():
    found = theme_findings(
        release(item("planted", PLANTED), item("inside", SPLIT_INSIDE), item("age", PLANTED, context=True))
    )
    one, two = decompose(PLANTED), decompose(SPLIT_INSIDE)

    assert list(found.index) == ["aims"]
    assert found.loc["aims", columns.ITEMS] == 2
    assert found.loc["aims", columns.THEME_SHARE] == pytest.approx(float(one.between / (one.total + two.total)))
    corrected = (one.between_unbiased + two.between_unbiased) / (one.total_unbiased + two.total_unbiased)
    assert found.loc["aims", columns.BETWEEN_SHARE] == pytest.approx(float(corrected))


def test_who_is_in_the_dark():
    missing = (Missing(cannot_judge=2), Missing(skipped=1), Missing(cannot_judge=1, not_applicable=1))
    counts = [[0, 0, 0, 4, 0], [0, 0, 5, 0, 0], [0, 0, 0, 4, 0]]

    found = dark_findings(release(item("dark", counts, missing=missing), item("alike", ALIKE)))

    assert found.loc["dark"].tolist() == pytest.approx([1 / 3, 0, 1 / 6])
    assert darkest_blocks(found).tolist() == ["Government", None]


def test_counts_of_one_item():
    found = item_counts(release(item("planted", PLANTED)), "planted")

    assert found.loc["Business"].tolist() == [0, 0, 0, 1, 5]
    assert list(found.columns) == [0, 1, 2, 3, 4]
    with pytest.raises(LookupError, match="no counts of item 'other'"):
        item_counts(release(), "other")
