import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from tests.said_in_modules import at, guessing, same
from xsector.analysis.gaps import difference_interval
from xsector.analysis.guesses import Silent, guesses_of
from xsector.analysis.perceived import Case
from xsector.analysis.thresholds import GuessLimits

GOV, NON, BUS = "Government", "Non-profit", "Business"
quick = settings(derandomize=True, max_examples=60, deadline=None)
eight = st.lists(st.integers(1, 5), min_size=8, max_size=8).map(lambda levels: at(*levels))


def one_of(actual, *, own, guess, **more):
    """What the first two groups, which answer *own*, guess of Business, which answers *actual*."""
    release = guessing({"K01": [own, own, actual]}, {("K01", BUS): [guess, guess, same(3, 8)]}, **more)
    [found] = guesses_of(release)
    return found


@pytest.mark.parametrize(
    ("actual", "own", "guess", "case"),
    [
        (4, 4, 4, Case.SHARED),
        (2, 4, 2, Case.REAL),
        (2, 4, 4, Case.HIDDEN),
        (4, 4, 2, Case.IMAGINED),
    ],
)
def test_each_of_the_four_cases_is_told_and_is_clear_where_all_agree(actual, own, guess, case):
    found = one_of(same(actual, 8), own=same(own, 8), guess=same(guess, 8))

    assert found.others.perceived.case is case
    assert found.others.clear
    assert found.gap == guess - actual


def test_the_gap_is_the_guess_of_all_others_less_the_answer_and_own_guesses_stay_out():
    release = guessing(
        {"K01": [at(4, 4, 5, 5), at(3, 3, 3, 3), at(1, 2, 2, 2)]},
        {("K01", BUS): [at(4, 4, 4, 4), at(2, 2, 3, 3), at(1, 1, 1, 1)]},
    )

    [found] = guesses_of(release)

    assert found.actual == 1.75
    assert (found.others.guess, found.others.own) == (3.25, 3.75)
    assert found.gap == 1.5
    assert [(one.block, one.guess, one.own) for one in found.blocks] == [(0, 4.0, 4.5), (1, 2.5, 3.0)]
    assert found.blocks[0].perceived.case is Case.HIDDEN


def test_who_has_no_idea_is_counted_apart():
    found = one_of(same(4, 8), own=same(4, 8), guess=same(4, 5), no_idea=3)

    assert (found.others.people, found.others.unsure) == (10, 6)


def test_a_sector_that_is_shown_only_with_others_is_not_compared():
    found = one_of(same(2, 8), own=same(4, 8), guess=same(4, 8), together=(2,))

    assert found.silent is Silent.NOT_ALONE
    assert math.isnan(found.gap)
    assert math.isnan(found.actual)
    assert (found.others, found.blocks, found.answered) == (None, (), 0)


def test_a_combined_group_without_the_sector_guesses_like_any_other():
    found = one_of(same(2, 8), own=same(4, 8), guess=same(4, 8), together=(1,))

    assert found.silent is None
    assert [one.block for one in found.blocks] == [0, 1]


def test_organisations_of_one_sector_that_stand_alone_are_added_up():
    release = guessing(
        {"K01": [same(4, 8), same(1, 6), same(3, 6)]}, {("K01", BUS): [same(4, 8), same(1, 6), same(1, 6)]}
    )
    houses = tuple(replace(block, sectors=(BUS,)) for block in release.blocks[1:])

    [found] = guesses_of(replace(release, blocks=(release.blocks[0], *houses)))

    assert (found.actual, found.answered) == (2.0, 12)
    assert (found.others.people, found.gap) == (8, 2.0)


def test_a_sector_that_is_hidden_altogether_is_not_compared():
    release = guessing({"K01": [same(4, 8)] * 2}, {("K01", "Elsewhere"): [same(4, 8)] * 2}, names=(GOV, NON))

    assert [one.silent for one in guesses_of(release)] == [Silent.NOT_ALONE]


def test_a_question_that_is_held_back_is_not_compared():
    release = guessing({"K01": [same(4, 8)] * 3}, {("K01", BUS): [same(4, 8)] * 3})

    assert [one.silent for one in guesses_of(replace(release, items=()))] == [Silent.NOT_RELEASED]


def test_too_few_guesses_are_not_compared():
    found = one_of(same(2, 8), own=same(4, 8), guess=at(4), no_idea=7)

    assert found.silent is Silent.FEW


def test_the_widest_gap_comes_first_and_what_is_not_compared_last():
    release = guessing(
        {"K01": [same(4, 8)] * 3, "K02": [same(4, 8), same(4, 8), same(1, 8)]},
        {
            ("K01", "Elsewhere"): [same(1, 8)] * 3,
            ("K01", BUS): [same(4, 8)] * 3,
            ("K02", BUS): [same(4, 8)] * 3,
            ("K01", GOV): [same(3, 8)] * 3,
        },
    )

    assert [one.code for one in guesses_of(release)] == [
        "K02_of_Business",
        "K01_of_Government",
        "K01_of_Business",
        "K01_of_Elsewhere",
    ]


def test_a_case_that_rests_on_few_who_answer_apart_is_not_clear():
    found = one_of(at(1, 2, 5), own=at(3, 4, 4, 5), guess=at(3, 4, 4, 4))

    assert found.others.perceived.case is Case.HIDDEN
    assert not found.others.clear


def test_a_guess_of_one_s_own_answer_is_told_from_the_means_of_groups():
    found = one_of(same(2, 8), own=same(4, 8), guess=same(4, 8))

    assert found.others.perceived.projection == 1.0
    assert math.isnan(one_of(same(4, 8), own=same(4, 8), guess=same(2, 8)).others.perceived.projection)


def test_no_module_no_guesses():
    release = guessing({"K01": [same(4, 8)] * 3}, {})

    assert guesses_of(release) == ()


def test_limits_are_settings():
    release = guessing({"K01": [same(4, 8), same(4, 8), same(2, 8)]}, {("K01", BUS): [same(4, 8)] * 3})

    [found] = guesses_of(release, limits=GuessLimits(gap=0.75))

    assert found.others.perceived.case is Case.SHARED


@quick
@given(eight, eight, eight)
def test_a_scale_turned_round_turns_the_gap_and_keeps_the_case(actual, own, guess):
    found = one_of(actual, own=own, guess=guess)
    turned = one_of(actual[::-1], own=own[::-1], guess=guess[::-1])

    assert turned.gap == pytest.approx(-found.gap)
    assert turned.others.perceived.case is found.others.perceived.case
    assert turned.others.clear is found.others.clear


@quick
@given(eight, eight, eight)
def test_what_the_sector_guesses_of_itself_changes_nothing(actual, own, guess):
    release = guessing({"K01": [own, own, actual]}, {("K01", BUS): [guess, guess, actual]})

    assert guesses_of(release) == (one_of(actual, own=own, guess=guess),)


@quick
@given(eight, eight)
def test_the_interval_is_welch_s_where_answers_vary(one, other):
    levels = np.arange(1, 6)
    first, second = np.repeat(levels, one), np.repeat(levels, other)
    if min(first.var(ddof=1), second.var(ddof=1)) < 1 / 12:
        return

    low, high = difference_interval(one, other=other, level=0.9)

    known = stats.ttest_ind(first, second, equal_var=False).confidence_interval(0.9)
    middle = first.mean() - second.mean()
    assert (low + high) / 2 == pytest.approx(middle)
    # Ours rounds the degrees of freedom down, so it is as wide or a little wider.
    assert 1 - 1e-9 <= (high - middle) / (known.high - middle) < 1.02


def test_answers_all_alike_are_not_certain_and_too_few_say_nothing():
    low, high = difference_interval(same(4, 5), other=same(3, 5))

    assert (low, high) == (pytest.approx(0.6605, abs=1e-4), pytest.approx(1.3395, abs=1e-4))
    assert difference_interval(same(4, 1), other=same(3, 5)) == (-math.inf, math.inf)
    with pytest.raises(ValueError, match="level"):
        difference_interval(same(4, 5), other=same(3, 5), level=1.0)


def test_arguments_stay_untouched():
    one, other = np.array([1, 2, 0, 0, 3]), np.array([0, 2, 2, 0, 0])

    difference_interval(one, other=other)

    assert (one.tolist(), other.tolist()) == ([1, 2, 0, 0, 3], [0, 2, 2, 0, 0])
