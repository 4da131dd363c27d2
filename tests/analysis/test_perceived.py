import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from scipy import stats

from xsector.analysis.perceived import (
    Case,
    perceived_case,
    perception_gap,
    projection,
    surprisingly_popular,
)
from xsector.analysis.thresholds import GuessLimits

quick = settings(derandomize=True, max_examples=60, deadline=None)
answers = arrays.arrays(np.int64, 5, elements=st.integers(0, 5)).filter(lambda counts: counts.sum() >= 3)
squares = st.integers(2, 5).flatmap(lambda size: arrays.arrays(np.int64, (size, size), elements=st.integers(0, 5)))


def at(position, people=4):
    """Counts of people who all answer the same of five positions."""
    return np.eye(5, dtype=int)[position - 1] * people


@quick
@given(answers, answers)
def test_the_gap_is_the_difference_of_means_and_never_more_than_the_way_to_move(guesses, actual):
    places = np.arange(1, 6)

    found = perception_gap(guesses, actual=actual)

    assert found.gap == pytest.approx(np.average(places, weights=guesses) - np.average(places, weights=actual))
    assert found.w1 == pytest.approx(stats.wasserstein_distance(places, places, guesses, actual))
    assert found.abs_gap == abs(found.gap) <= found.w1 + 1e-12


def test_a_gap_that_nobody_guessed_is_undefined():
    found = perception_gap(at(1, people=0), actual=at(2))

    assert math.isnan(found.gap)
    assert math.isnan(found.w1)


@pytest.mark.parametrize(
    ("own", "guess", "actual", "case"),
    [
        (4, 4, 4, Case.SHARED),
        (4, 2, 2, Case.REAL),
        (4, 4, 2, Case.HIDDEN),
        (4, 2, 4, Case.IMAGINED),
        (4, 3, 3, Case.REAL),
    ],
)
def test_the_four_cases(own, guess, actual, case):
    assert perceived_case(at(own), guesses=at(guess), actual=at(actual)).case is case


def test_knowing_of_a_gap_but_the_wrong_way_round_is_marked():
    found = perceived_case(at(3), guesses=at(1), actual=at(5))

    assert (found.case, found.wrong_way) == (Case.REAL, True)
    assert (found.real, found.believed, found.gap) == (2, -2, -4)


def test_a_guess_of_ones_own_answer_is_pure_projection_and_a_right_one_none():
    assert perceived_case(at(5), guesses=at(5), actual=at(1)).projection == 1
    assert perceived_case(at(5), guesses=at(1), actual=at(1)).projection == 0
    assert perceived_case(at(5), guesses=at(4), actual=at(1)).projection == pytest.approx(0.75)
    assert math.isnan(perceived_case(at(5), guesses=at(1), actual=at(5)).projection)


def test_two_guesses_are_too_few():
    found = perceived_case(at(5), guesses=at(1, people=2), actual=at(1))

    assert found.case is None
    assert math.isnan(found.real)


def test_what_counts_as_apart_is_a_setting():
    limits = GuessLimits(gap=0.5)

    assert perceived_case(at(4), guesses=at(4), actual=at(3), limits=limits).case is Case.SHARED


@quick
@given(answers, answers, answers)
def test_turning_the_scale_round_changes_no_case(own, guesses, actual):
    found = perceived_case(own, guesses=guesses, actual=actual)

    turned = perceived_case(own[::-1], guesses=guesses[::-1], actual=actual[::-1])

    assert (turned.case, turned.wrong_way) == (found.case, found.wrong_way)
    assert turned.gap == pytest.approx(-found.gap)
    assert found.gap == pytest.approx(found.believed - found.real)
    assert turned.projection == pytest.approx(found.projection, nan_ok=True)


@quick
@given(squares)
def test_projection_is_cohens_kappa_of_own_answer_and_guess(table):
    found = projection(table)

    people = table.sum()
    if not people:
        assert math.isnan(found.same)
        return
    by_chance = stats.contingency.expected_freq(table).trace() / people
    assert found.same == pytest.approx(table.trace() / people)
    assert found.by_chance == pytest.approx(by_chance)
    assert math.isnan(found.beyond) == (by_chance > 1 - 1e-12)
    assert math.isnan(found.beyond) or found.beyond <= 1 + 1e-12


@quick
@given(answers, answers)
def test_the_surprisingly_popular_option_exceeds_its_prediction_most(votes, predicted):
    found = surprisingly_popular(votes, predicted=predicted)

    assert found.gaps.sum() == pytest.approx(0, abs=1e-12)
    if found.option is not None:
        assert found.gaps[found.option] == found.gaps.max() > 0


def test_no_option_is_surprisingly_popular_where_predictions_are_right_or_two_exceed_alike():
    assert surprisingly_popular([2, 2], predicted=[5, 5]).option is None
    assert surprisingly_popular([4, 4, 2], predicted=[3, 3, 4]).option is None
    assert surprisingly_popular([0, 0], predicted=[3, 4]).option is None


def test_scales_that_differ_are_refused():
    with pytest.raises(ValueError, match="one scale"):
        perception_gap([1, 2, 3], actual=[1, 2])
    with pytest.raises(ValueError, match="one scale"):
        perceived_case([1, 2], guesses=[1, 2], actual=[1, 2, 3])
    with pytest.raises(ValueError, match="same scale"):
        projection([[1, 2, 3], [1, 2, 3]])
    with pytest.raises(ValueError, match="gap must"):
        GuessLimits(gap=0)


def test_arguments_stay_untouched():
    own, guesses, actual, table = at(1), at(2), at(3), np.array([[1, 2], [3, 4]])

    perceived_case(own, guesses=guesses, actual=actual)
    perception_gap(guesses, actual=actual)
    projection(table)
    surprisingly_popular(guesses, predicted=actual)

    assert [own.tolist(), guesses.tolist(), actual.tolist()] == [at(position).tolist() for position in (1, 2, 3)]
    assert table.tolist() == [[1, 2], [3, 4]]
