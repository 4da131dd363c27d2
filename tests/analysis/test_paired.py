import math
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from scipy import stats

from xsector.analysis.paired import (
    MOST_DEALT,
    MOST_PAIRED,
    bowker,
    mcnemar_exact,
    moves,
    stuart_maxwell,
    wilcoxon_exact_p,
    wilcoxon_signed_rank,
)

quick = settings(derandomize=True, max_examples=40, deadline=None)
squares = st.integers(2, 5).flatmap(lambda size: arrays.arrays(np.int64, (size, size), elements=st.integers(0, 3)))
pairs = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=9)
groups = arrays.arrays(np.int64, (2, 4), elements=st.integers(0, 2)).filter(lambda table: table.sum(axis=1).all())
VISION = [[1520, 266, 124, 66], [234, 1512, 432, 78], [117, 362, 1772, 205], [36, 82, 179, 492]]


def tabled(people, points=4):
    table = np.zeros((points, points), dtype=int)
    for before, after in people:
        table[before, after] += 1
    return table


def every_sign(ranks, downs):
    """Two-sided chance of the rank sum of those who went down, over every way to give signs."""
    middle = sum(ranks) / 2
    off = abs(sum(rank for rank, down in zip(ranks, downs, strict=True) if down) - middle)
    dealt = [sum(rank for rank, sign in zip(ranks, signs, strict=True) if sign) for signs in every(len(ranks))]
    return np.mean([abs(total - middle) >= off - 1e-9 for total in dealt])


def every(number):
    return product((False, True), repeat=number)


def test_value_printed_by_stuart_for_unaided_vision():
    assert stuart_maxwell(VISION).chi2 == pytest.approx(11.957, abs=5e-4)


@quick
@given(pairs)
def test_signed_ranks_are_counted_over_every_sign(people):
    steps = np.array([after - before for before, after in people])
    moved = steps != 0
    pratt = stats.rankdata(np.abs(steps))[moved]
    dropped = stats.rankdata(np.abs(steps[moved])) if moved.any() else []

    found = wilcoxon_signed_rank(tabled(people))

    assert found.p_exact_pratt == pytest.approx(every_sign(pratt, steps[moved] < 0))
    assert found.p_exact_drop_zeros == pytest.approx(every_sign(dropped, steps[moved] < 0))
    assert found.v == pytest.approx(sum(np.array(dropped)[steps[moved] < 0]))


def test_signed_ranks_of_nobody_are_undefined_and_of_people_who_stayed_certain():
    assert math.isnan(wilcoxon_signed_rank(np.zeros((3, 3))).p_exact_pratt)
    assert wilcoxon_signed_rank(np.eye(3) * 4).p_exact_pratt == 1


@quick
@given(groups)
def test_rank_sums_are_counted_over_every_deal(table):
    first, second = (np.repeat(np.arange(4), row) for row in table)
    ranks = stats.rankdata(np.concatenate([first, second]))
    middle = len(first) * (len(ranks) + 1) / 2
    off = abs(ranks[: len(first)].sum() - middle)
    dealt = [abs(ranks[list(some)].sum() - middle) for some in combinations(range(len(ranks)), len(first))]

    assert wilcoxon_exact_p(table) == pytest.approx(np.mean(np.array(dealt) >= off - 1e-9))
    assert wilcoxon_exact_p(table[::-1]) == pytest.approx(wilcoxon_exact_p(table))
    assert wilcoxon_exact_p(table[:, ::-1]) == pytest.approx(wilcoxon_exact_p(table))


def test_many_people_without_ties_are_as_scipy_counts_them():
    places = np.arange(90)
    first = (places % 3 == 0) & (places < 75)

    found = wilcoxon_exact_p([first, ~first])

    assert found == pytest.approx(stats.mannwhitneyu(places[first], places[~first], method="exact").pvalue, abs=1e-9)


def test_a_silent_group_is_undefined():
    assert math.isnan(wilcoxon_exact_p([[1, 2], [0, 0]]))


@quick
@given(st.integers(0, 40), st.integers(0, 40))
def test_mcnemar_is_a_coin_thrown_for_each_who_changed(up, down):
    expected = stats.binomtest(up, up + down).pvalue if up + down else 1

    assert mcnemar_exact([[3, up], [down, 5]]) == pytest.approx(expected)


def test_mcnemar_counts_thousands():
    assert mcnemar_exact([[0, 5000], [5000, 0]]) == 1
    assert mcnemar_exact([[0, 6000], [4000, 0]]) < 1e-80


@quick
@given(squares)
def test_no_move_is_uneven_where_all_go_back(table):
    even = table + table.T

    assert bowker(even).chi2 == 0
    assert stuart_maxwell(even).chi2 == pytest.approx(0, abs=1e-9)


@quick
@given(squares, st.randoms(use_true_random=False))
def test_tests_of_change_do_not_see_the_order_of_categories_or_of_time(table, random):
    order = list(range(len(table)))
    random.shuffle(order)
    shuffled = table[np.ix_(order, order)]

    for test in (bowker, stuart_maxwell):
        found = test(table)
        for other in (test(shuffled), test(table.T)):
            assert other.chi2 == pytest.approx(found.chi2)
            assert other.df == found.df


@quick
@given(squares)
def test_a_category_without_people_changes_nothing(table):
    wider = np.zeros((len(table) + 1,) * 2, dtype=int)
    wider[1:, 1:] = table

    for test in (bowker, stuart_maxwell):
        assert test(wider).df == test(table).df
        assert test(wider).chi2 == pytest.approx(test(table).chi2)


@quick
@given(squares)
def test_stuart_and_maxwell_use_the_covariance_of_the_differences(table):
    lost = (table.sum(axis=1) - table.sum(axis=0))[1:]
    spread = np.diag(table.sum(axis=1) + table.sum(axis=0)) - table - table.T
    assume(np.linalg.matrix_rank(spread) == len(table) - 1)

    found = stuart_maxwell(table)

    assert found.chi2 == pytest.approx(lost @ np.linalg.solve(spread[1:, 1:], lost))
    assert found.p == pytest.approx(stats.chi2.sf(found.chi2, found.df))


def test_with_two_answers_both_tests_are_mcnemars_chi_squared():
    table = [[9, 2], [8, 9]]

    assert bowker(table).chi2 == pytest.approx(36 / 10)
    assert stuart_maxwell(table).chi2 == pytest.approx(36 / 10)


def test_nobody_moved_is_no_change_without_a_chance():
    for found in (bowker(np.eye(3)), stuart_maxwell(np.eye(3))):
        assert (found.chi2, found.df) == (0, 0)
        assert math.isnan(found.p)


@quick
@given(pairs)
def test_moves_are_those_of_the_people(people):
    steps = np.array([after - before for before, after in people])

    found = moves(tabled(people))

    assert found.people == len(people)
    assert (found.up, found.same, found.down) == pytest.approx(
        [(steps > 0).mean(), (steps == 0).mean(), (steps < 0).mean()]
    )
    assert found.mean_step == pytest.approx(steps.mean())


def test_moves_of_nobody_are_undefined():
    assert math.isnan(moves(np.zeros((3, 3))).mean_step)


def test_tables_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match="same scale"):
        bowker(np.ones((2, 3)))
    with pytest.raises(ValueError, match="two answers"):
        mcnemar_exact(np.ones((3, 3)))
    with pytest.raises(ValueError, match="two groups"):
        wilcoxon_exact_p(np.ones((3, 3)))
    with pytest.raises(ValueError, match=f"at most {MOST_PAIRED}"):
        wilcoxon_signed_rank([[MOST_PAIRED, 0], [1, 0]])
    with pytest.raises(ValueError, match=f"at most {MOST_DEALT}"):
        wilcoxon_exact_p([[MOST_DEALT, 0], [1, 0]])


def test_arguments_stay_untouched():
    table = np.array([[1, 2], [3, 4]])

    for test in (moves, wilcoxon_signed_rank, wilcoxon_exact_p, mcnemar_exact, stuart_maxwell, bowker):
        test(table)

    assert table.tolist() == [[1, 2], [3, 4]]
