from copy import deepcopy
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.profiles import HALF, NO, YES, asked, one_group, shown
from xsector.analysis.felt import Case, felt_and_real
from xsector.analysis.patterns import Pattern
from xsector.analysis.profile import Unread, described, typical_level
from xsector.model.instrument import Kind
from xsector.model.profile import FELT, PROFILE
from xsector.model.released import BandedItem

quick = settings(derandomize=True, max_examples=60, deadline=None)
FOUR = st.lists(st.integers(0, 12), min_size=4, max_size=4).filter(lambda counts: sum(counts) >= 8)


@pytest.mark.parametrize(
    ("felt", "apart", "case"),
    [
        (YES, 4, Case.FELT_NOT_REAL),
        (YES, 0, Case.FELT_AND_REAL),
        (NO, 0, Case.REAL_NOT_FELT),
        (NO, 4, Case.NEITHER),
        (YES, 1, Case.FELT_AND_REAL),
        (YES, 2, Case.FELT_NOT_REAL),
        (HALF, 4, None),
    ],
)
def test_feeling_and_answers_make_four_cases_and_no_word_in_between(felt, apart, case):
    found = felt_and_real(one_group(felt, apart=apart))

    assert found.case is case
    assert len(found.differing) == apart
    assert found.unread == {}


def test_the_furthest_question_comes_first():
    found = felt_and_real(one_group(apart=3))

    assert found.real[0].item.code == "P01"
    assert found.real[0].pattern is Pattern.TWO_CAMPS
    divided = [one.divided for one in found.real]
    assert divided == sorted(divided, reverse=True)


def test_half_and_half_at_the_ends_is_wholly_divided_and_one_answer_not_at_all():
    camps, alike = asked("P01", [(5, 0, 0, 5)]), asked("P04", [(0, 9, 0, 0)])

    assert described(camps, release=shown(camps)).divided == 1
    assert described(alike, release=shown(alike)).divided == 0


def test_who_is_silent_sets_the_bounds_of_what_is_felt():
    found = felt_and_real(one_group(invited=16)).felt

    assert (found.yes, found.n) == (8, 10)
    assert (found.lowest, found.highest) == (8 / 16, 14 / 16)


def test_few_answers_say_nothing():
    items = (asked(FELT, [(0, 0, 0, 3, 4)]), asked("P01", [(4, 0, 0, 3)]), asked("P02", [(4, 0, 4)]))

    found = felt_and_real(shown(*items))

    assert (found.case, found.felt) == (None, Unread.TOO_FEW)
    assert found.unread["P01"] is Unread.TOO_FEW
    assert [one.item.code for one in found.real] == ["P02"]


def test_what_is_held_back_or_not_asked_is_told_apart_and_never_counted():
    whole = one_group()
    kept = tuple(item for item in whole.items if item.code not in {FELT, "P01", "P02"})

    found = felt_and_real(replace(whole, items=kept, held=(FELT, "P01")))

    assert (found.case, found.felt) == (None, Unread.HELD)
    assert found.unread == {"P01": Unread.HELD, "P02": Unread.NOT_ASKED}
    assert len(found.real) == 4


def test_a_statement_that_is_told_only_roughly_is_not_read():
    whole = one_group()
    rough = BandedItem(
        code=FELT, text="…", short="…", theme="clarity_goals", levels=("a", "b"), ordered=True, reverse=False,
        counts=(None,), missing=(None,), bands=(None,),
    )  # fmt: skip

    found = felt_and_real(replace(whole, items=whole.items[1:], banded=(rough,)))

    assert found.felt is Unread.ROUGH


@pytest.mark.parametrize("other", [{"theme": "own"}, {"kind": Kind.CHOICE}, {"reverse": True}])
def test_a_question_of_another_survey_with_the_same_code_is_not_taken_for_ours(other):
    whole = one_group()

    found = felt_and_real(replace(whole, items=(replace(whole.items[0], **other), *whole.items[1:])))

    assert found.felt is Unread.NOT_ASKED


def test_profile_codes_of_another_survey_are_not_taken_for_ours():
    whole = one_group()
    foreign = tuple(replace(item, kind=Kind.RATING) for item in whole.items[1:])

    found = felt_and_real(replace(whole, items=(whole.items[0], *foreign)))

    assert (found.case, found.real) == (None, ())
    assert set(found.unread) == set(PROFILE)


@quick
@given(FOUR, st.integers(2, 5))
def test_the_reading_of_a_question_is_the_same_from_either_end_and_in_a_larger_room(counts, factor):
    one, turned = asked("P01", [counts]), asked("P01", [counts[::-1]])
    larger = asked("P01", [[factor * number for number in counts]])

    here = described(one, release=shown(one))

    assert described(turned, release=shown(turned)).divided == pytest.approx(here.divided)
    assert 0 <= described(larger, release=shown(larger)).divided <= here.divided + 1e-9 <= 1 + 1e-9


@quick
@given(FOUR)
def test_an_answer_is_called_ours_only_if_at_least_half_give_it(counts):
    level = typical_level(counts)

    assert level is None or (2 * counts[level] >= sum(counts) and counts.count(counts[level]) == 1)
    assert level is not None or 2 * max(counts) <= sum(counts)


def test_of_two_halves_neither_is_ours():
    assert typical_level((5, 0, 5, 0)) is None
    assert typical_level((5, 3, 2, 0)) == 0


def test_the_release_stays_as_it_was():
    release = one_group()
    before = deepcopy(release)

    felt_and_real(release)

    assert release == before
