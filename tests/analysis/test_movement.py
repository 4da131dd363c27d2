"""Movement between two votes: what a few people do is no change, and what was chance stays open."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from xsector.analysis.movement import Way, movement_of, paired_blocks
from xsector.model.released import Block

TURNED = {Way.UP: Way.DOWN, Way.DOWN: Way.UP}
TABLES = st.integers(1, 4).flatmap(
    lambda groups: st.integers(2, 7).flatmap(
        lambda levels: st.tuples(*[
            st.lists(st.lists(st.integers(0, 6), min_size=levels, max_size=levels), min_size=groups, max_size=groups)
        ] * 2)
    )
)  # fmt: skip


def ways(first, now):
    return [move.way for move in movement_of(first, now).groups]


def test_two_groups_that_meet_halfway_have_both_moved_toward_the_others():
    found = movement_of([[0, 0, 0, 0, 6], [6, 0, 0, 0, 0]], [[0, 0, 0, 6, 0], [0, 6, 0, 0, 0]])

    assert [move.way for move in found.groups] == [Way.TOWARD, Way.TOWARD]
    assert (found.apart_first, found.apart_now, found.together) == (4.0, 2.0, 1)
    assert found.everybody.way is Way.GATHERED


def test_who_leaves_the_others_has_moved_away_and_the_room_is_further_apart():
    found = movement_of([[0, 0, 6, 0, 0], [0, 6, 0, 0, 0]], [[0, 0, 0, 0, 6], [0, 6, 0, 0, 0]])

    assert [move.way for move in found.groups] == [Way.AWAY, Way.NONE]
    assert found.together == -1


def test_who_stood_on_one_side_of_the_others_and_now_stands_on_the_other_has_crossed():
    assert ways([[0, 0, 0, 0, 6], [0, 0, 6, 0, 0]], [[6, 0, 0, 0, 0], [0, 0, 6, 0, 0]]) == [Way.CROSSED, Way.NONE]


def test_a_group_can_come_closer_inside_while_its_middle_stays():
    apart, close = [[3, 0, 0, 0, 3]], [[0, 0, 6, 0, 0]]

    assert ways(apart, close) == [Way.GATHERED]
    assert ways(close, apart) == [Way.SCATTERED]
    assert ways(apart, [[0, 0, 5, 0, 0]]) == [Way.NONE]


def test_one_group_alone_moves_along_the_scale():
    assert ways([[6, 0, 0, 0, 0]], [[0, 0, 6, 0, 0]]) == [Way.UP]
    assert ways([[0, 0, 6, 0, 0]], [[6, 0, 0, 0, 0]]) == [Way.DOWN]


@pytest.mark.parametrize("people", [1, 3, 5, 8, 40])
def test_one_step_of_one_person_is_no_clear_change(people):
    first, now = [[0, people, 0, 0, 0], [0, 0, 0, 0, 6]], [[0, people - 1, 1, 0, 0], [0, 0, 0, 0, 6]]

    assert ways(first, now)[0] is Way.NONE


def test_in_a_large_group_two_steps_are_not_enough_either():
    assert ways([[0, 40, 0, 0, 0]], [[0, 38, 2, 0, 0]]) == [Way.NONE]
    assert ways([[0, 40, 0, 0, 0]], [[0, 28, 12, 0, 0]]) == [Way.UP]


def test_what_those_who_stayed_away_may_have_done_is_left_open():
    stayed_away = ways([[2, 0, 0, 0, 5]], [[0, 0, 0, 0, 5]])
    would_have_moved_anyway = ways([[7, 0, 0, 0, 0]], [[0, 0, 0, 0, 5]])

    assert stayed_away == [Way.OPEN]
    assert would_have_moved_anyway == [Way.UP]


def test_a_group_of_which_nobody_voted_is_left_open():
    assert ways([[0, 0], [3, 3]], [[1, 5], [3, 3]]) == [Way.OPEN, Way.NONE]


@given(TABLES)
@example(([[0, 2], [1, 5], [4, 6]], [[0, 0], [3, 3], [0, 0]]))  # as far on the other side as on this one
def test_the_scale_has_no_better_end(tables):
    first, now = (np.array(table) for table in tables)
    found, turned = movement_of(first, now), movement_of(first[:, ::-1], now[:, ::-1])

    assert [move.way for move in turned.groups] == [TURNED.get(move.way, move.way) for move in found.groups]
    assert turned.together == found.together


@given(TABLES)
def test_nobody_moves_where_nothing_changed(tables):
    found = movement_of(tables[0], tables[0])

    assert {move.way for move in found.groups} <= {Way.NONE, Way.OPEN}
    assert found.together == 0


def test_the_tables_stay_as_they_are():
    first, now = np.array([[1, 2, 3], [3, 2, 1]]), np.array([[3, 2, 1], [1, 2, 3]])
    before = first.copy(), now.copy()

    movement_of(first, now)

    assert (first == before[0]).all()
    assert (now == before[1]).all()


def test_other_groups_are_no_pair():
    with pytest.raises(ValueError, match="one shape"):
        movement_of([[1, 2]], [[1, 2], [2, 1]])


def test_groups_are_the_same_by_their_sectors_and_not_by_their_names():
    first = [Block(name="A", sectors=("a",), n=6), Block(name="Combined: B and C", sectors=("b", "c"), n=6)]
    now = [Block(name="Combined: B", sectors=("b",), n=6), Block(name="A, renamed", sectors=("a",), n=6)]

    assert paired_blocks(first, now) == [(0, 1)]
