from copy import deepcopy
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.profiles import asked, one_group, shown, target
from xsector.analysis.fit import Fit, checked
from xsector.analysis.profile import Unread
from xsector.analysis.target import from_target
from xsector.model.profile import FitCheck

CHECK = FitCheck(
    code="c", when={"P01": frozenset({0, 1}), "P02": frozenset({2})}, says="They clash.", ask="Why?", source="S"
)
quick = settings(derandomize=True, max_examples=60, deadline=None)
FOUR = st.lists(st.integers(0, 12), min_size=4, max_size=4).filter(lambda counts: sum(counts) >= 8)


def outcome(*items, **more):
    [one] = checked(shown(*items, **more), checks=[CHECK])
    return one


def test_answers_that_most_of_us_give_and_that_do_not_go_together_clash():
    one = outcome(asked("P01", [(8, 1, 1, 0)]), asked("P02", [(1, 1, 8)]))

    assert (one.fit, one.typical) == (Fit.CLASH, {"P01": 0, "P02": 2})


def test_one_shared_answer_outside_the_check_is_enough_to_fit():
    assert outcome(asked("P01", [(1, 1, 8, 0)]), asked("P02", [(4, 3, 3)])).fit is Fit.FITS
    assert outcome(asked("P01", [(1, 1, 8, 0)]), held=("P02",)).fit is Fit.FITS


def test_without_a_shared_answer_nothing_is_said():
    one = outcome(asked("P01", [(3, 3, 2, 2)]), asked("P02", [(1, 1, 8)]))

    assert (one.fit, one.typical) == (Fit.NO_SHARED_ANSWER, {"P01": None, "P02": 2})


@pytest.mark.parametrize(
    ("items", "held", "why"),
    [
        ((asked("P02", [(1, 1, 8)]),), (), Unread.NOT_ASKED),
        ((asked("P02", [(1, 1, 8)]),), ("P01",), Unread.HELD),
        ((asked("P02", [(1, 1, 8)]), asked("P01", [(7, 0, 0, 0)])), (), Unread.TOO_FEW),
    ],
)
def test_a_check_whose_question_can_t_be_read_says_nothing(items, held, why):
    one = outcome(*items, held=held)

    assert (one.fit, one.typical["P01"]) == (Fit.UNREAD, why)


@quick
@given(FOUR, st.lists(st.integers(0, 12), min_size=3, max_size=3).filter(lambda counts: sum(counts) >= 8))
def test_a_clash_always_rests_on_at_least_half_in_every_question(first, second):
    one = outcome(asked("P01", [first]), asked("P02", [second]))

    if one.fit is Fit.CLASH:
        assert 2 * max(first[:2]) >= sum(first)
        assert 2 * second[2] >= sum(second)


def test_the_distance_is_that_of_answers_by_hand():
    item = asked("P01", [(2, 2, 0, 0), (0, 0, 1, 3)])

    found = from_target(shown(item, sizes=(4, 4), names=("A", "B")), target=target("aligned_network"))

    [one] = found.distances
    assert one.item == item
    assert (one.wanted, one.n, one.there, one.typical) == (2, 8, 1, None)
    assert one.away == (2 * 2 + 2 * 1 + 0 + 3 * 1) / 8
    assert one.by_block == (-1.5, 0.75)


def test_too_high_and_too_low_do_not_cancel_out():
    item = asked("P01", [(0, 5, 0, 5)])

    [one] = from_target(shown(item), target=target("aligned_network")).distances

    assert one.by_block == (0.0,)
    assert one.away == 1


def test_a_group_without_an_answer_has_no_place():
    item = asked("P01", [(0, 0, 9, 0), (0, 0, 0, 0)])

    [one] = from_target(shown(item, sizes=(9, 5), names=("A", "B")), target=target("joint_project")).distances

    assert one.by_block == (-1.0, None)


def test_the_furthest_question_comes_first_and_what_can_t_be_read_is_named():
    whole = one_group(apart=0)
    kept = tuple(item for item in whole.items if item.code not in {"P02", "P03"})

    found = from_target(replace(whole, items=kept, held=("P02",)), target=target("collective_impact"))

    assert [one.item.code for one in found.distances] == ["P01", "P06", "P04", "P05"]
    assert found.unread == {"P02": Unread.HELD, "P03": Unread.NOT_ASKED}


def test_a_question_with_fewer_answers_to_choose_from_is_not_the_one_that_was_meant():
    item = replace(asked("P01", [(3, 3, 3)]), levels=("One", "Two", "Three"))

    assert from_target(shown(item), target=target("joint_project")).unread["P01"] is Unread.NOT_ASKED


@quick
@given(FOUR)
def test_an_answer_is_never_further_than_the_scale_and_never_nearer_than_the_average(counts):
    [one] = from_target(shown(asked("P01", [counts])), target=target("aligned_network")).distances

    assert abs(one.by_block[0]) - 1e-9 <= one.away <= 2
    assert (one.away == 0) == (one.there == one.n)


def test_the_release_stays_as_it_was():
    release = one_group()
    before = deepcopy(release)

    checked(release, checks=[CHECK])
    from_target(release, target=target("joint_project"))

    assert release == before
