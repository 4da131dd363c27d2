import numpy as np
import pytest

from xsector.analysis.gaps import Gap, mean_positions, widest_gap


def test_means_are_positions_from_one_and_nan_for_a_silent_group():
    assert mean_positions([[1, 0, 1], [0, 0, 0], [0, 0, 4]]).tolist() == pytest.approx([2, np.nan, 3], nan_ok=True)


def test_the_gap_names_the_lowest_and_the_highest_group():
    assert widest_gap([[0, 2, 0], [0, 0, 2], [2, 0, 0], [0, 0, 0]]) == Gap(steps=2.0, low=2, high=1)


def test_equal_means_have_no_gap_and_one_group_has_none_to_speak_of():
    assert widest_gap([[1, 0, 1], [0, 2, 0]]) == Gap(steps=0.0, low=None, high=None)
    assert np.isnan(widest_gap([[1, 0, 1], [0, 0, 0]]).steps)


def test_arguments_stay_untouched():
    table = np.array([[1, 0, 1], [0, 0, 0]])

    widest_gap(table)

    assert table.tolist() == [[1, 0, 1], [0, 0, 0]]
