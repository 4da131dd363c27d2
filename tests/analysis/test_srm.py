import dataclasses
import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from xsector.analysis.round_robin import fit_of
from xsector.analysis.srm import average_over_questions, cross_relations, social_relations, standard_errors
from xsector.analysis.thresholds import RoundRobinLimits

quick = settings(derandomize=True, max_examples=40, deadline=None)
any_size = RoundRobinLimits(fewest_for_shares=4, fewest_for_shares_averaged=4)
KENNY = [
    [None, 4, 5, 6, 7, 5], [2, None, 1, 3, 2, 4], [5, 4, None, 3, 2, 6],
    [4, 5, 4, None, 2, 5], [1, 4, 4, 3, None, 3], [5, 7, 5, 3, 9, None],
]  # fmt: skip
PARTS = ("var_perceiver", "var_target", "var_relationship", "cov_generalized", "cov_dyadic")


@st.composite
def complete(draw, smallest=4, largest=9):
    size = draw(st.integers(smallest, largest))
    return draw(arrays.arrays(np.float64, (size, size), elements=st.integers(1, 7)))


@st.composite
def gappy(draw):
    """Ratings of which about a quarter are missing, all tied together; one may rate nobody, one be rated by nobody."""
    ratings = draw(complete(smallest=6))
    lost = draw(arrays.arrays(np.int64, ratings.shape, elements=st.integers(0, 3))) == 0
    lost[:1] |= draw(st.booleans())
    lost[:, 1:2] |= draw(st.booleans())
    assume(fit_of(~lost).identified and fit_of(~lost).both_ways >= 4)
    return np.where(lost, np.nan, ratings)


def by_kennys_formulas(ratings):
    """Effects and components as they are printed, for ratings without a gap."""
    n = len(ratings)
    blank = np.where(np.eye(n, dtype=bool), 0.0, ratings)
    rows, columns, mean = blank.sum(axis=1) / (n - 1), blank.sum(axis=0) / (n - 1), blank.sum() / (n * (n - 1))
    own, other, all_ = (n - 1) ** 2 / (n * (n - 2)), (n - 1) / (n * (n - 2)), (n - 1) / (n - 2)
    gives = own * rows + other * columns - all_ * mean
    gets = own * columns + other * rows - all_ * mean
    left = blank - mean - gives[:, None] - gets
    first, second = np.triu_indices(n, 1)
    there, back = left[first, second], left[second, first]
    alike = ((there + back) ** 2).sum() / 2 / ((n - 1) * (n - 2) / 2 - 1)
    apart = ((there - back) ** 2).sum() / 2 / ((n - 1) * (n - 2) / 2)
    var, cov = (alike + apart) / 2, (alike - apart) / 2
    noise = (var * (n - 1) + cov) / (n * (n - 2))
    return gives, gets, {
        "var_perceiver": gives @ gives / (n - 1) - noise,
        "var_target": gets @ gets / (n - 1) - noise,
        "var_relationship": var,
        "cov_generalized": gives @ gets / (n - 1) - (cov * (n - 1) + var) / (n * (n - 2)),
        "cov_dyadic": cov,
    }  # fmt: skip


def parts(found):
    return {part: getattr(found, part) for part in PARTS}


def numbers(found):
    """Every number that was found, in one row."""
    return np.concatenate([np.ravel(value) for value in dataclasses.asdict(found).values()])


def test_values_printed_by_kenny():
    found = social_relations(KENNY)

    assert found.mean == pytest.approx(4.1)
    assert found.perceiver == pytest.approx([1.208, -1.625, -0.167, -0.208, -1.083, 1.875], abs=5e-4)
    assert found.perceiver.var(ddof=1) == pytest.approx(1.772, abs=5e-4)
    assert found.relationship[0, 1] == pytest.approx(4 - 4.1 - found.perceiver[0] - found.target[1])


@quick
@given(complete())
def test_without_a_gap_least_squares_are_kennys_formulas(ratings):
    gives, gets, components = by_kennys_formulas(ratings)

    found = social_relations(ratings, limits=any_size)

    assert found.perceiver == pytest.approx(gives, abs=1e-9)
    assert found.target == pytest.approx(gets, abs=1e-9)
    assert parts(found) == pytest.approx(components, abs=1e-9)


@quick
@given(gappy())
def test_effects_are_found_again_whatever_is_missing(ratings):
    size = len(ratings)
    perceiver, target = np.arange(size) - (size - 1) / 2, (np.arange(size) % 3).astype(float)
    target -= target.mean()
    additive = np.where(np.isnan(ratings), np.nan, 4 + perceiver[:, None] + target)
    np.fill_diagonal(additive, np.nan)
    gave, got = (~np.isnan(additive)).any(axis=1), (~np.isnan(additive)).any(axis=0)

    found = social_relations(additive)

    assert found.mean == pytest.approx(4 + perceiver[gave].mean() + target[got].mean())
    expected_perceiver = np.where(gave, perceiver - perceiver[gave].mean(), np.nan)
    expected_target = np.where(got, target - target[got].mean(), np.nan)
    assert found.perceiver == pytest.approx(expected_perceiver, abs=1e-9, nan_ok=True)
    assert found.target == pytest.approx(expected_target, abs=1e-9, nan_ok=True)
    assert np.nanmax(np.abs(found.relationship)) < 1e-9


@quick
@given(gappy())
def test_components_are_right_on_average_whatever_is_missing(ratings):
    missing = np.isnan(ratings)
    size = len(ratings)
    truth = {
        "var_perceiver": 1.0, "var_target": 0.5, "var_relationship": 0.8, "cov_generalized": 0.3, "cov_dyadic": -0.2,
    }  # fmt: skip
    assume(not math.isnan(social_relations(ratings).var_relationship))
    # An estimate that is quadratic in the ratings is on average the sum of what it is of each independent source.
    effects = np.linalg.cholesky([[1.0, 0.3], [0.3, 0.5]])
    pair = np.linalg.cholesky([[0.8, -0.2], [-0.2, 0.8]])
    sources = [np.add.outer(a * unit, b * unit) for unit in np.eye(size) for a, b in effects.T]
    for i, j in zip(*np.triu_indices(size, 1), strict=True):
        for there, back in pair.T:
            source = np.zeros((size, size))
            source[i, j], source[j, i] = there, back
            sources.append(source)

    estimates = [parts(social_relations(np.where(missing, np.nan, source))) for source in sources]

    on_average = {part: sum(estimate[part] for estimate in estimates) for part in PARTS}
    assert on_average == pytest.approx(truth, abs=1e-8)


@quick
@given(gappy())
def test_who_gives_and_who_gets_change_places_with_rows_and_columns(ratings):
    found, turned = social_relations(ratings, limits=any_size), social_relations(ratings.T, limits=any_size)

    assert turned.target == pytest.approx(found.perceiver, abs=1e-9, nan_ok=True)
    assert turned.perceiver == pytest.approx(found.target, abs=1e-9, nan_ok=True)
    assert turned.share_target == pytest.approx(found.share_perceiver, abs=1e-9, nan_ok=True)
    assert turned.dyadic_reciprocity == pytest.approx(found.dyadic_reciprocity, abs=1e-9, nan_ok=True)


@quick
@given(gappy())
def test_shares_add_up_and_correlations_and_reliabilities_stay_in_their_bounds(ratings):
    found = social_relations(ratings, limits=any_size)

    shares = np.array([found.share_perceiver, found.share_target, found.share_relationship])
    bounded = np.array([found.generalized_reciprocity, found.dyadic_reciprocity])
    assert np.isnan(shares).all() or (shares.min() >= 0 and shares.sum() == pytest.approx(1))
    assert (np.isnan(bounded) | (np.abs(bounded) <= 1)).all()
    assert math.isnan(found.reliability_target) or found.reliability_target >= 0


def test_three_organisations_say_nothing_at_all():
    found = social_relations(np.array(KENNY, dtype=float)[:3, :3])

    assert found.organisations == 3
    assert np.isnan(numbers(found)[1:]).all()


@pytest.mark.parametrize(("size", "questions", "speaks"), [(7, 1, False), (8, 1, True), (6, 3, False), (6, 4, True)])
def test_shares_need_eight_organisations_or_six_and_four_questions(size, questions, speaks):
    ratings = np.random.default_rng(4).integers(1, 8, (size, size))

    found = social_relations(ratings, questions=questions)

    assert not np.isnan(found.target).any()
    assert not math.isnan(found.var_relationship)
    assert math.isnan(found.share_relationship) is not speaks
    assert math.isnan(found.dyadic_reciprocity) is not speaks


def test_an_organisation_that_rated_nobody_still_receives():
    ratings = np.array(KENNY, dtype=float)
    ratings[2] = np.nan

    found = social_relations(ratings)

    assert found.organisations == 5
    assert np.isnan(found.perceiver).tolist() == [False, False, True, False, False, False]
    assert not np.isnan(found.target).any()
    assert np.nansum(found.perceiver) == pytest.approx(0)
    assert np.isnan(found.relationship[2]).all()


def test_two_camps_that_never_rate_across_can_not_be_compared():
    camp = np.repeat([0, 1], 4)
    ratings = np.where(camp[:, None] == camp, 5.0, np.nan)

    assert np.isnan(numbers(social_relations(ratings))[1:]).all()


def test_without_a_pair_that_rated_each_other_there_are_effects_but_no_variances():
    ahead = (np.arange(7)[None, :] - np.arange(7)[:, None]) % 7
    one_way = np.where((ahead > 0) & (ahead < 4), 3.0 + ahead, np.nan)

    found = social_relations(one_way)

    assert not np.isnan(found.target).any()
    assert math.isnan(found.var_relationship)


def test_everybody_rating_alike_leaves_no_variance_to_share():
    found = social_relations(np.full((8, 8), 5))

    assert found.var_perceiver == pytest.approx(0)
    assert math.isnan(found.share_target)


def test_standard_errors_need_every_rating():
    ratings = np.array(KENNY, dtype=float)
    complete_ones = standard_errors(social_relations(ratings))
    ratings[0, 1] = np.nan

    assert complete_ones.var_relationship == complete_ones.cov_dyadic > 0
    assert np.isnan(dataclasses.astuple(standard_errors(social_relations(ratings)))).all()


@quick
@given(gappy())
def test_a_rating_beside_itself_has_its_own_variances(ratings):
    own = social_relations(ratings)

    found = cross_relations(ratings, ratings, limits=any_size).covariances

    assert found.perceiver_perceiver == pytest.approx(own.var_perceiver, abs=1e-9, nan_ok=True)
    assert found.target_target == pytest.approx(own.var_target, abs=1e-9, nan_ok=True)
    assert found.interpersonal == pytest.approx(own.cov_dyadic, abs=1e-9, nan_ok=True)


@quick
@given(complete(smallest=8, largest=8))
def test_a_rating_beside_its_mirror_image_swaps_the_parts(ratings):
    own = social_relations(ratings)

    found = cross_relations(ratings, ratings.T).covariances

    assert found.perceiver_target == pytest.approx(own.var_perceiver, abs=1e-9)
    assert found.perceiver_perceiver == pytest.approx(own.cov_generalized, abs=1e-9)
    assert found.interpersonal == pytest.approx(own.var_relationship, abs=1e-9)


def test_few_organisations_have_no_correlations():
    found = cross_relations(KENNY, KENNY)

    assert not math.isnan(found.covariances.target_target)
    assert np.isnan(dataclasses.astuple(found.correlations)).all()


def test_a_harsh_question_that_was_skipped_does_not_make_a_rating_kind():
    lenient = np.full((4, 4), 6.0)
    harsh = np.full((4, 4), 2.0)
    harsh[0, 1] = np.nan

    found = average_over_questions([lenient, harsh])

    assert found[~np.eye(4, dtype=bool)] == pytest.approx(np.full(12, 4.0))
    assert np.isnan(np.diag(found)).all()


def test_a_pair_with_one_of_four_questions_has_no_average():
    questions = np.full((4, 3, 3), 5.0)
    questions[1:, 0, 1] = np.nan
    questions[2:, 0, 2] = np.nan

    found = average_over_questions(questions)

    assert np.isnan(found[0, 1])
    assert found[0, 2] == pytest.approx(5)


@quick
@given(arrays.arrays(np.float64, (3, 5, 5), elements=st.integers(1, 7)))
def test_the_average_of_answered_questions_is_their_mean(questions):
    away = ~np.eye(5, dtype=bool)

    assert average_over_questions(questions)[away] == pytest.approx(questions.mean(axis=0)[away])


def test_ratings_that_are_no_square_are_refused():
    with pytest.raises(ValueError, match="a row and a column"):
        social_relations(np.ones((3, 4)))
    with pytest.raises(ValueError, match="can't be compared"):
        cross_relations(np.ones((3, 3)), np.ones((4, 4)))
    with pytest.raises(ValueError, match="a row and a column"):
        average_over_questions(np.ones((4, 4)))
    with pytest.raises(ValueError, match="finite"):
        social_relations([[0, math.inf], [1, 0]])


def test_limits_never_fall_below_four():
    with pytest.raises(ValueError, match="below 4"):
        RoundRobinLimits(fewest_for_effects=3)
    with pytest.raises(ValueError, match="fewer organisations"):
        RoundRobinLimits(fewest_for_shares=3)


def test_arguments_stay_untouched():
    ratings = np.arange(25.0).reshape(5, 5)
    questions = np.stack([ratings, ratings + 1])

    social_relations(ratings)
    cross_relations(ratings, ratings)
    average_over_questions(questions)

    assert ratings.tolist() == np.arange(25.0).reshape(5, 5).tolist()
    assert questions.tolist() == np.stack([ratings, ratings + 1]).tolist()
