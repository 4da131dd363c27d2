import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xsector.analysis.budgets import budget_divergence, budget_tv

quick = settings(derandomize=True, max_examples=40, deadline=None)
budget = st.lists(st.integers(0, 60), min_size=4, max_size=4).filter(any)


def test_points_to_move():
    assert budget_tv([28, 53, 12, 7], [12, 71, 14, 3]) == pytest.approx(0.2)


@quick
@given(st.lists(budget, min_size=2, max_size=7))
def test_divergence_is_the_mean_over_pairs_and_adds_up(budgets):
    groups = np.arange(len(budgets)) % 2
    expected = np.mean([budget_tv(one, other) for one in budgets for other in budgets]) * 4 / 3

    found = budget_divergence(budgets, groups=groups)

    assert found.total == pytest.approx(expected, abs=1e-12)
    assert found.within + found.between == pytest.approx(found.total, abs=1e-12)
    assert found.between >= -1e-12
    assert found.total <= 1 + 1e-12


def test_everything_on_another_option_for_each_is_the_most():
    found = budget_divergence(np.eye(4) * 100, groups=[0, 1, 2, 3])

    assert found.total == pytest.approx(1)
    assert np.isnan(found.share_adj)


def test_a_budget_without_points_is_refused():
    with pytest.raises(ValueError, match="shares out points"):
        budget_tv([0, 0], [50, 50])


def test_arguments_stay_untouched():
    budgets = np.array([[50, 50], [20, 80]])

    budget_divergence(budgets, groups=[0, 1])

    assert budgets.tolist() == [[50, 50], [20, 80]]
