import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xsector.analysis.patterns import camp_cut, divergence_reading, pattern, share_reading, spread_pattern
from xsector.analysis.thresholds import Bands

quick = settings(derandomize=True, max_examples=80, deadline=None)
scales = st.lists(st.integers(0, 12), min_size=2, max_size=9).filter(any)


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ([6, 0, 0, 0, 6], "two camps"),
        ([9, 0, 0, 0, 3], "two camps"),
        ([9, 0, 0, 0, 1], "lone dissent"),
        ([18, 1, 0, 0, 2], "minority view"),
        ([0, 0, 9, 1, 0], "aligned"),
        ([0, 0, 7, 0, 0], "aligned"),
        ([0, 3, 6, 3, 0], "some spread"),
        ([3, 3, 3, 3, 3], "scattered"),
    ],
)
def test_every_pattern_has_its_case(counts, expected):
    assert pattern(counts) == expected


def test_nobody_has_no_pattern():
    assert pattern([0, 0, 0]) is None
    assert camp_cut([0, 0, 0]) is None


def test_all_alike_has_no_cut():
    assert camp_cut([0, 5, 0]) is None


@quick
@given(scales)
def test_patterns_do_not_depend_on_the_direction_of_the_scale_or_on_doubling(counts):
    cut, turned = camp_cut(counts), camp_cut(counts[::-1])

    if cut is None:
        assert turned is None
    else:
        assert 0 <= cut.camp_share <= 1
        assert 0 < cut.minority <= 0.5
        assert 0 < cut.gap <= 1
        assert turned.camp_share == pytest.approx(cut.camp_share)
        assert camp_cut([3 * n for n in counts]).gap == pytest.approx(cut.gap)


def test_readings_change_at_the_bands():
    assert [divergence_reading(d) for d in (0, 0.25, 0.5, 0.65, 0.66, np.nan)] == [
        "aligned",
        "some spread",
        "divided",
        "divided",
        "strongly divided",
        None,
    ]
    assert [share_reading(s) for s in (0.0, 0.05, 0.15, 0.35, 0.36, np.nan)] == [
        "not about sectors",
        "slightly between sectors",
        "clearly between sectors",
        "clearly between sectors",
        "mostly between sectors",
        None,
    ]


def test_bands_are_settings():
    assert spread_pattern(0.3, bands=Bands(aligned=0.4)) == "aligned"
    with pytest.raises(ValueError, match="rise between 0 and 1"):
        Bands(aligned=0.6)


def test_arguments_stay_untouched():
    counts = np.array([9, 0, 0, 0, 3])

    pattern(counts)

    assert counts.tolist() == [9, 0, 0, 0, 3]
