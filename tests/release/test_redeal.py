import time
from itertools import permutations

import numpy as np
import pytest

from xsector.release import redeal
from xsector.release.redeal import (
    between_nominal,
    between_ordered,
    chance_from_counts,
    seed_of,
)


def long_way(people, blocks, between):
    """Deal the blocks to people in every order."""
    rows = np.array(people, dtype=float)
    behind = rows.sum(axis=1)

    def gap(labels):
        member = np.array([[label == block for label in labels] for block in sorted(set(blocks))], dtype=float)
        return float(between(member @ rows, member @ behind))

    least = gap(blocks) - 1e-12
    return np.mean([gap(labels) >= least for labels in permutations(blocks)])


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ([[2, 1, 0], [0, 1, 2]], 0.2),
        ([[2, 0, 0, 0], [0, 1, 1, 0], [0, 0, 0, 2]], 0.06666666666666667),
        ([[3, 0, 0, 0, 1], [0, 0, 3, 1, 0]], 0.14285714285714285),
    ],
)
def test_listing_every_deal_gives_the_exact_chance(table, expected):
    assert chance_from_counts(table, seed=1) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("between", [between_ordered, between_nominal])
def test_dealing_people_in_every_order_gives_the_same_chance(between):
    table = np.array([[2, 1, 0], [0, 1, 2], [1, 0, 1]])
    groups, levels = np.repeat(np.indices(table.shape).reshape(2, -1), table.ravel(), axis=1)

    from_counts = chance_from_counts(table, seed=1, between=between)

    assert from_counts == pytest.approx(long_way(np.eye(3)[levels], groups.tolist(), between))


def test_drawn_chances_are_close_to_listed_ones_and_repeat(monkeypatch):
    table = [[4, 2, 1, 0], [1, 2, 2, 2], [1, 1, 2, 3]]
    listed = chance_from_counts(table, seed=1)

    monkeypatch.setattr(redeal, "MOST_TABLES", 1)

    assert chance_from_counts(table, seed=1) == pytest.approx(listed, abs=0.015)
    assert chance_from_counts(table, seed=1) == chance_from_counts(table, seed=1)


@pytest.mark.parametrize("deal", [redeal._dealt_by_cells, redeal._dealt_by_shuffling])
def test_every_deal_keeps_the_margins_and_is_fair(deal):
    rows, totals = np.array([3, 4, 2]), np.array([5, 1, 3])

    found = deal(rows, totals, count=20_000, generator=np.random.default_rng(7))

    assert (found.sum(axis=2) == rows).all()
    assert (found.sum(axis=1) == totals).all()
    assert found.mean(axis=0) == pytest.approx(np.outer(rows, totals) / 9, abs=0.03)


def test_all_alike_is_always_chance():
    assert chance_from_counts([[5, 0], [4, 0]], seed=1) == 1.0


def test_one_block_or_two_people_are_undefined():
    assert chance_from_counts([[3, 2], [0, 0]], seed=1) is None
    assert chance_from_counts([[1, 0], [0, 1]], seed=1) is None
    assert chance_from_counts(np.zeros((2, 3), dtype=int), seed=1) is None


def test_a_seed_belongs_to_the_item_and_its_counts():
    assert seed_of("q1", [[1, 2], [3, 4]]) == seed_of("q1", np.array([[1, 2], [3, 4]])) == 13587088602078798602
    assert seed_of("q1", [[1, 2], [3, 4]]) != seed_of("q2", [[1, 2], [3, 4]])
    assert seed_of("q1", [[1, 2], [3, 4]]) != seed_of("q1", [[1, 2], [4, 3]])


def test_fifty_items_of_a_million_people_take_seconds():
    generator = np.random.default_rng(5)
    tables = generator.multinomial(200_000, [0.1, 0.2, 0.3, 0.3, 0.1], size=(50, 5))

    started = time.perf_counter()
    for table in tables:
        chance_from_counts(table, seed=seed_of("speed", table))

    assert time.perf_counter() - started < 20


def test_arguments_stay_untouched():
    table = np.array([[2, 1, 0], [0, 1, 2], [1, 0, 1]])

    chance_from_counts(table, seed=1)

    assert table.tolist() == [[2, 1, 0], [0, 1, 2], [1, 0, 1]]
