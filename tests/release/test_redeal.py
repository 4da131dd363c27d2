import time
from itertools import permutations

import numpy as np
import pytest

from xsector.release import redeal
from xsector.release.redeal import (
    between_choices,
    between_nominal,
    between_ordered,
    chance_by_organisation,
    chance_from_counts,
    seed_of,
)


def long_way(organisations, blocks, between, people=None):
    """Deal the blocks to organisations in every order."""
    rows = np.array(organisations, dtype=float)
    behind = rows.sum(axis=1) if people is None else np.array(people, dtype=float)

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
def test_people_dealt_one_by_one_are_organisations_of_one(between):
    table = np.array([[2, 1, 0], [0, 1, 2], [1, 0, 1]])
    groups, levels = np.repeat(np.indices(table.shape).reshape(2, -1), table.ravel(), axis=1)

    from_counts = chance_from_counts(table, seed=1, between=between)

    by_organisation = chance_by_organisation(np.eye(3, dtype=int)[levels], groups, seed=1, between=between)
    assert from_counts == pytest.approx(long_way(np.eye(3)[levels], groups.tolist(), between))
    assert by_organisation == pytest.approx(from_counts)


@pytest.mark.parametrize("between", [between_ordered, between_nominal])
def test_whole_organisations_are_dealt(between):
    organisations = [[3, 1, 0], [1, 0, 0], [0, 1, 2], [0, 0, 2], [1, 1, 1], [0, 2, 0]]
    blocks = [0, 0, 1, 1, 2, 1]

    found = chance_by_organisation(organisations, blocks, seed=1, between=between)

    assert found == pytest.approx(long_way(organisations, blocks, between))


def test_ticked_options_need_the_people_behind_them():
    organisations = [[3, 2, 0], [1, 0, 0], [0, 1, 2], [0, 0, 2], [1, 1, 1]]
    people, blocks = [3, 2, 2, 2, 4], [0, 0, 1, 1, 1]

    found = chance_by_organisation(organisations, blocks, seed=1, between=between_choices, people=people)

    assert found == pytest.approx(long_way(organisations, blocks, between_choices, people))


def test_dealing_organisations_is_more_careful_than_dealing_their_people():
    organisations = [[5, 0, 0], [5, 0, 0], [0, 0, 5], [0, 0, 5]]

    by_organisation = chance_by_organisation(organisations, [0, 0, 1, 1], seed=1)

    assert by_organisation == pytest.approx(1 / 3)
    assert chance_from_counts([[10, 0, 0], [0, 0, 10]], seed=1) < 0.0001


def test_organisations_without_answers_stay_out():
    rows, blocks = [[2, 0], [0, 2], [1, 1], [0, 0]], [0, 1, 1, 0]

    assert chance_by_organisation(rows, blocks, seed=1) == chance_by_organisation(rows[:3], blocks[:3], seed=1)


def test_drawn_chances_are_close_to_listed_ones_and_repeat(monkeypatch):
    table = [[4, 2, 1, 0], [1, 2, 2, 2], [1, 1, 2, 3]]
    organisations = np.random.default_rng(3).integers(0, 3, size=(9, 4))
    blocks = [0, 0, 0, 1, 1, 1, 2, 2, 2]
    listed = chance_from_counts(table, seed=1)
    dealt = chance_by_organisation(organisations, blocks, seed=1)

    monkeypatch.setattr(redeal, "MOST_TABLES", 1)

    assert chance_from_counts(table, seed=1) == pytest.approx(listed, abs=0.015)
    assert chance_by_organisation(organisations, blocks, seed=1) == pytest.approx(dealt, abs=0.015)
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
    assert chance_by_organisation([[0, 0], [0, 0]], [0, 1], seed=1) is None
    assert chance_by_organisation([[3, 0], [0, 4]], [0, 0], seed=1) is None


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


def test_many_organisations_stay_within_bounds():
    generator = np.random.default_rng(6)
    organisations = generator.multinomial(8, [0.1, 0.2, 0.3, 0.3, 0.1], size=20_000)

    started = time.perf_counter()
    found = chance_by_organisation(organisations, generator.integers(0, 5, size=20_000), seed=1)

    assert 0 < found <= 1
    assert time.perf_counter() - started < 10


def test_arguments_stay_untouched():
    table, blocks = np.array([[2, 1, 0], [0, 1, 2], [1, 0, 1]]), np.array([0, 1, 1])

    chance_from_counts(table, seed=1)
    chance_by_organisation(table, blocks, seed=1)

    assert table.tolist() == [[2, 1, 0], [0, 1, 2], [1, 0, 1]]
    assert blocks.tolist() == [0, 1, 1]
