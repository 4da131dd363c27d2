import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from xsector.analysis.divergence import divergence
from xsector.analysis.effects import cliffs_delta, energy_distance, sector_pair_distance, wasserstein1

quick = settings(derandomize=True, max_examples=60, deadline=None)
pairs = arrays.arrays(np.int64, st.tuples(st.just(2), st.integers(2, 7)), elements=st.integers(0, 6)).filter(
    lambda table: table.sum(axis=1).all()
)


def test_value_printed_by_the_package_effsize():
    assert cliffs_delta([[6, 3, 1, 0, 0], [0, 1, 2, 4, 5]]) == pytest.approx(-0.941666666666667)


@quick
@given(pairs)
def test_differences_turn_with_the_groups_and_the_scale_and_stay_in_their_bounds(table):
    delta, steps = float(cliffs_delta(table)), float(wasserstein1(table))

    assert -1 <= delta <= 1
    assert cliffs_delta(table[::-1]) == pytest.approx(-delta)
    assert cliffs_delta(table[:, ::-1]) == pytest.approx(-delta)
    assert 0 <= steps <= table.shape[1] - 1 + 1e-12
    assert wasserstein1(table[:, ::-1] * 3) == pytest.approx(steps)
    assert energy_distance(table) <= 2 * steps + 1e-12


@quick
@given(pairs)
def test_distance_of_a_pair_is_mean_distance_and_its_diagonal_half_of_d(table):
    found = sector_pair_distance(table)
    people = [np.repeat(np.arange(table.shape[1]), row) for row in table]
    expected = np.abs(np.subtract.outer(*people)).mean() / (table.shape[1] - 1)

    assert found[0, 1] == found[1, 0] == pytest.approx(expected)
    assert np.diag(found) == pytest.approx(divergence(table) / 2)


def test_a_silent_group_is_undefined():
    table = [[1, 1, 0], [0, 0, 0]]

    assert np.isnan(cliffs_delta(table))
    assert np.isnan(wasserstein1(table))
    assert np.isnan(sector_pair_distance(table)[0, 1])


def test_three_groups_are_refused():
    with pytest.raises(ValueError, match="two groups"):
        cliffs_delta(np.ones((3, 4)))


def test_arguments_stay_untouched():
    table = np.array([[2, 1, 0], [0, 1, 2]])

    cliffs_delta(table)
    wasserstein1(table)
    energy_distance(table)
    sector_pair_distance(table)

    assert table.tolist() == [[2, 1, 0], [0, 1, 2]]
