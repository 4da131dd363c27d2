import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xsector.analysis.budgets import budget_divergence, budget_divergence_from_counts, budget_tv

quick = settings(derandomize=True, max_examples=40, deadline=None)
budget = st.lists(st.integers(0, 60), min_size=4, max_size=4).filter(any)
fives = st.lists(st.integers(0, 20), min_size=3, max_size=3).map(sorted).map(lambda cuts: np.diff([0, *cuts, 20]) * 5)


def counted(budgets, *, groups):
    """How many of each group gave each option 0, 5, .., 100 points."""
    counts = np.zeros((max(groups) + 1, np.shape(budgets)[1], 21), dtype=int)
    for points, group in zip(budgets, groups, strict=True):
        counts[group, np.arange(len(points)), np.array(points) // 5] += 1
    return counts


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


@quick
@given(st.lists(fives, min_size=1, max_size=8), st.data())
def test_counts_by_option_give_the_same_split_as_the_budgets_they_were_counted_from(budgets, data):
    groups = data.draw(st.lists(st.integers(0, 2), min_size=len(budgets), max_size=len(budgets)))
    expected = budget_divergence(budgets, groups=groups)

    found = budget_divergence_from_counts(counted(budgets, groups=groups))

    for part in ("total", "within", "between", "share_adj"):
        assert getattr(found, part) == pytest.approx(getattr(expected, part), abs=1e-9, nan_ok=True)


def test_nobody_shared_out_points_is_undefined():
    assert np.isnan(budget_divergence_from_counts(np.zeros((2, 3, 21))).total)


def test_counts_of_different_people_are_refused():
    with pytest.raises(ValueError, match="same people"):
        budget_divergence_from_counts([[[1, 0], [1, 1]]])
    with pytest.raises(ValueError, match="two options"):
        budget_divergence_from_counts([[[1, 0]]])


def test_counts_stay_untouched():
    counts = counted([[50, 50], [20, 80]], groups=[0, 1])
    before = counts.copy()

    budget_divergence_from_counts(counts)

    assert (counts == before).all()
