from itertools import permutations

import numpy as np
import pytest

from xsector.release.organisations import chance_of_organisations
from xsector.release.redeal import between_nominal, between_ordered, chance_from_counts


def long_way(table, organisations, between):
    """Hand answers to people, and organisations to blocks, in every order."""
    columns = len(table[0])
    homes = [block for block, sizes in enumerate(organisations) for _ in sizes]
    sizes = [size for block in organisations for size in block]
    seats = [[level for level in range(columns) for _ in range(row[level])] for row in table]

    def gap(tables):
        known = np.array(tables, dtype=float)[:, :-1]
        return float(between(known, known.sum(axis=1)))

    def arrangements(place=0):
        if place == len(seats):
            yield []
            return
        for first in permutations(seats[place]):
            for rest in arrangements(place + 1):
                yield [*first, *rest]

    least, hits, deals = gap(table) - 1e-12, 0, 0
    for answers in arrangements():
        starts = np.cumsum([0, *sizes])
        rows = [np.bincount(answers[starts[i] : starts[i + 1]], minlength=columns) for i in range(len(sizes))]
        for labels in permutations(homes):
            tables = np.zeros((len(organisations), columns))
            for row, label in zip(rows, labels, strict=True):
                tables[label] += row
            hits, deals = hits + (gap(tables) >= least), deals + 1
    return hits / deals


@pytest.mark.parametrize("between", [between_ordered, between_nominal])
@pytest.mark.parametrize(
    ("table", "organisations"),
    [
        ([[2, 1, 0, 0], [0, 1, 2, 0]], [[2, 1], [1, 2]]),
        ([[2, 0, 0, 1], [0, 1, 2, 0]], [[3], [1, 2]]),
        ([[2, 0, 0], [0, 2, 0], [1, 0, 1]], [[2], [1, 1], [2]]),
    ],
)
def test_draws_come_close_to_every_deal_in_every_order(table, organisations, between):
    found = chance_of_organisations(table, organisations=organisations, seed=1, between=between)

    assert found == pytest.approx(long_way(table, organisations, between), abs=0.015)


def test_two_organisations_a_side_are_never_surer_than_one_in_three():
    table = [[10, 0, 0, 0], [0, 0, 10, 0]]

    found = chance_of_organisations(table, organisations=[[5, 5], [5, 5]], seed=1)

    assert found == pytest.approx(1 / 3, abs=0.015)
    assert chance_from_counts([[10, 0, 0], [0, 0, 10]], seed=1) < 0.0001


def test_organisations_of_one_are_people():
    table = [[4, 1, 1, 0], [1, 2, 3, 0]]

    found = chance_of_organisations(table, organisations=[[1] * 6, [1] * 6], seed=1)

    assert found == pytest.approx(chance_from_counts([row[:3] for row in table], seed=1), abs=0.015)


def test_the_same_counts_give_the_same_share_and_stay_untouched():
    table = np.array([[4, 1, 1, 2], [1, 2, 3, 0]])

    found = [chance_of_organisations(table, organisations=[[4, 4], [3, 3]], seed=5) for _ in range(2)]

    assert found[0] == found[1]
    assert table.tolist() == [[4, 1, 1, 2], [1, 2, 3, 0]]


def test_one_block_with_answers_or_two_people_are_undefined():
    assert chance_of_organisations([[3, 2, 0], [0, 0, 5]], organisations=[[5], [5]], seed=1) is None
    assert chance_of_organisations([[1, 0, 4], [0, 1, 4]], organisations=[[5], [5]], seed=1) is None


def test_sizes_that_do_not_fill_the_blocks_are_refused():
    with pytest.raises(ValueError, match="don't fill"):
        chance_of_organisations([[3, 2, 0], [1, 0, 0]], organisations=[[5], [5]], seed=1)
