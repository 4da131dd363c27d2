import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from xsector.analysis.rankings import (
    borda,
    borda_from_pairs,
    kemeny,
    kemeny_from_pairs,
    kendall_tau_distance,
    kendall_w,
    kendall_w_from_pairs,
    pair_divergence,
    ranking_divergence,
)

quick = settings(derandomize=True, max_examples=40, deadline=None)
orders = st.lists(st.permutations(range(1, 6)), min_size=2, max_size=8)
tied = st.lists(st.lists(st.integers(1, 3), min_size=4, max_size=4), min_size=1, max_size=8)


def paired(rankings, *, groups=None):
    """What a release would hold of these people: wins and ties for each pair of options and each group."""
    given = np.array(rankings)
    labels = np.zeros(len(given), dtype=int) if groups is None else np.array(groups)
    member = np.eye(labels.max() + 1)[labels]
    wins = np.einsum("rg,rij->gij", member, given[:, :, None] < given[:, None, :])
    ties = np.einsum("rg,rij->gij", member, given[:, :, None] == given[:, None, :])
    return wins, ties


def tie_term(rankings):
    sizes = [np.unique(ranking, return_counts=True)[1] for ranking in rankings]
    return sum((size**3 - size).sum() for size in sizes)


def test_value_printed_by_the_package_irr():
    found = kendall_w(np.transpose([[4, 5, 5], [5, 3, 4], [1, 2, 3], [3, 4, 1], [2, 1, 2]]))

    assert found.w == pytest.approx(0.666666666666667)


def test_everybody_tied_is_undefined():
    assert np.isnan(kendall_w([[2, 2, 2], [2, 2, 2]]).w)


@quick
@given(orders, st.data())
def test_agreement_and_divergence_are_bounded_and_do_not_see_the_order_of_people(rankings, data):
    groups = data.draw(st.lists(st.integers(0, 2), min_size=len(rankings), max_size=len(rankings)))
    turn = np.arange(len(rankings))[::-1]

    found = ranking_divergence(rankings, groups=groups)
    turned = ranking_divergence(np.array(rankings)[turn], groups=np.array(groups)[turn])

    assert 0 <= kendall_w(rankings).w <= 1 + 1e-12
    assert 0 <= found.total <= 1 + 1e-12
    assert found.within + found.between == pytest.approx(float(found.total), abs=1e-12)
    assert turned.between == pytest.approx(float(found.between), abs=1e-12)


@quick
@given(orders)
def test_kemeny_is_no_farther_than_any_ranking_given(rankings):
    best = kemeny(rankings).distance

    assert all(best <= sum(kendall_tau_distance(one, other) for other in rankings) for one in rankings)


def test_too_many_options_for_kemeny_are_refused():
    with pytest.raises(ValueError, match="at most 8 options"):
        kemeny([list(range(1, 10))])


def test_arguments_stay_untouched():
    rankings = np.array([[2, 3, 1], [1, 2, 3]])

    kendall_w(rankings)
    borda(rankings)
    kemeny(rankings)
    ranking_divergence(rankings, groups=[0, 1])

    assert rankings.tolist() == [[2, 3, 1], [1, 2, 3]]


@quick
@given(tied)
def test_pairs_give_the_same_agreement_as_the_rankings_they_were_counted_from(rankings):
    expected = kendall_w(rankings)
    [wins], [ties] = paired(rankings)

    found = kendall_w_from_pairs(wins, ties=ties, tie_term=tie_term(rankings))

    assert found.w == pytest.approx(expected.w, abs=1e-12, nan_ok=True)
    assert found.chi_squared == pytest.approx(expected.chi_squared, abs=1e-12, nan_ok=True)
    assert found.p == pytest.approx(expected.p, abs=1e-12, nan_ok=True)


@quick
@given(tied)
def test_pairs_give_the_same_orders_and_points_as_the_rankings_they_were_counted_from(rankings):
    mean_ranks = [stats.rankdata(ranking) for ranking in rankings]
    [wins], [ties] = paired(rankings)

    assert kemeny_from_pairs(wins, ties=ties) == kemeny(rankings)
    assert borda_from_pairs(wins, ties=ties) == pytest.approx(borda(mean_ranks))


@quick
@given(tied, st.data())
def test_pairs_give_the_same_divergence_as_the_rankings_they_were_counted_from(rankings, data):
    groups = data.draw(st.lists(st.integers(0, 2), min_size=len(rankings), max_size=len(rankings)))
    expected = ranking_divergence(rankings, groups=groups)
    wins, ties = paired(rankings, groups=groups)

    found = pair_divergence(wins, ties=ties)

    for part in ("total", "within", "between", "share_adj", "between_unbiased"):
        assert getattr(found, part) == pytest.approx(float(getattr(expected, part)), abs=1e-12, nan_ok=True)


def test_several_questions_are_split_at_once():
    wins, ties = paired([[1, 2, 3], [3, 2, 1], [1, 3, 2]], groups=[0, 1, 1])

    together = pair_divergence(np.stack([wins, wins[::-1]]), ties=np.stack([ties, ties[::-1]]))

    assert together.between == pytest.approx(np.full(2, float(pair_divergence(wins, ties=ties).between)))


def test_nobody_ranked_is_undefined():
    nothing = np.zeros((2, 3, 3))

    assert np.isnan(pair_divergence(nothing, ties=nothing).total)
    assert np.isnan(kendall_w_from_pairs(nothing[0], ties=nothing[0], tie_term=0).w)
    assert borda_from_pairs(nothing[0], ties=nothing[0]).tolist() == [0, 0, 0]


@pytest.mark.parametrize(
    ("wins", "ties", "reason"),
    [
        ([[0, 2, 2]], [[0, 0, 0]], "a row and a column"),
        ([[0, -1], [2, 0]], [[0, 0], [0, 0]], "numbers of people"),
        ([[0, 1], [2, 0]], [[0, 1], [0, 0]], "counts both ways"),
        ([[0, 2, 2], [0, 0, 1], [0, 0, 0]], np.zeros((3, 3)), "same people"),
        (np.zeros((1, 2, 2)), np.zeros((1, 2, 2)), "two dimensions"),
        (np.zeros((9, 9)), np.zeros((9, 9)), "at most 8 options"),
    ],
)
def test_what_are_no_pair_counts_is_refused(wins, ties, reason):
    with pytest.raises(ValueError, match=reason):
        kemeny_from_pairs(wins, ties=ties)


def test_more_ties_than_people_can_make_are_refused():
    with pytest.raises(ValueError, match="can't tie"):
        kendall_w_from_pairs([[0, 1], [1, 0]], ties=np.zeros((2, 2)), tie_term=13)
    with pytest.raises(ValueError, match="split by block"):
        pair_divergence([[0, 1], [1, 0]], ties=np.zeros((2, 2)))


def test_pair_counts_stay_untouched():
    wins, ties = np.array([[7, 2], [1, 7]]), np.array([[3, 1], [1, 3]])

    kendall_w_from_pairs(wins, ties=ties, tie_term=6)
    kemeny_from_pairs(wins, ties=ties)
    borda_from_pairs(wins, ties=ties)
    pair_divergence(wins[None], ties=ties[None])

    assert wins.tolist() == [[7, 2], [1, 7]]
    assert ties.tolist() == [[3, 1], [1, 3]]
