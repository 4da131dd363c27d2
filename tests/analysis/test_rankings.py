import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xsector.analysis.rankings import borda, kemeny, kendall_tau_distance, kendall_w, ranking_divergence

quick = settings(derandomize=True, max_examples=40, deadline=None)
orders = st.lists(st.permutations(range(1, 6)), min_size=2, max_size=8)


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
