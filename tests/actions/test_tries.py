from datetime import timedelta

import pytest

from tests.build import NOW, later
from xsector.actions.tries import Budget, Gate, Line
from xsector.errors.access import TooManyTriesError


def test_failures_are_forgotten_one_by_one():
    budget = Budget(tries=2, minutes=1)
    budget.fail("a", now=NOW)
    budget.fail("a", now=later(seconds=30))

    with pytest.raises(TooManyTriesError) as refused:
        budget.check("a", now=later(seconds=40))
    budget.check("b", now=later(seconds=40))
    budget.check("a", now=later(seconds=60))

    assert refused.value.wait_seconds == 20
    assert "20 seconds" in refused.value.sentence()


def test_a_success_clears_the_failures_of_one_key():
    budget = Budget(tries=1, minutes=1)
    budget.fail("a", now=NOW)
    budget.fail("b", now=NOW)

    budget.clear("a")

    budget.check("a", now=NOW)
    with pytest.raises(TooManyTriesError):
        budget.check("b", now=NOW)


def test_keys_take_no_room_for_longer_than_their_failures_count():
    budget = Budget(tries=1, minutes=1)

    for number in range(1000):
        budget.check(f"browser {number}", now=NOW)
        budget.fail(f"guesser {number}", now=later(seconds=number))

    assert len(budget._failures) <= 121


def test_a_line_lets_one_after_the_other_through_and_sends_away_who_finds_it_full():
    line = Line(longest=1)

    with line.turn(), pytest.raises(TooManyTriesError), line.turn():
        pytest.fail("two had their turn at once")
    with line.turn():
        pass


def failed(gate, key, times, *, now):
    for _ in range(times):
        gate.fail(key, now=now)


def test_pauses_double_up_to_the_longest_and_begin_anew_after_a_quiet_time():
    gate = Gate(tries=3, minutes=1, longest=4)
    waits, moment = [], NOW
    for _ in range(4):
        failed(gate, "a", 3, now=moment)
        waits.append(gate.wait_seconds("a", now=moment))
        moment += timedelta(seconds=waits[-1])
    free = gate.wait_seconds("a", now=moment)
    quiet = moment + timedelta(minutes=4)
    failed(gate, "b", 1, now=quiet)
    failed(gate, "a", 3, now=quiet)

    assert waits == [60, 120, 240, 240]
    assert free == 0
    assert gate.wait_seconds("a", now=quiet) == 60


def test_failures_far_apart_and_those_of_others_make_nobody_wait():
    gate = Gate(tries=2, minutes=1, longest=4)

    gate.fail("a", now=NOW)
    gate.fail("a", now=later(seconds=60))
    failed(gate, "b", 2, now=later(seconds=60))

    assert gate.wait_seconds("a", now=later(seconds=61)) == 0
    assert gate.wait_seconds("b", now=later(seconds=61)) == 59
    assert gate.wait_seconds("c", now=later(seconds=61)) == 0


def test_keys_of_a_gate_take_no_room_for_longer_than_they_count():
    gate = Gate(tries=1, minutes=1, longest=2)

    for number in range(1000):
        gate.fail(f"guesser {number}", now=later(seconds=number))

    assert len(gate._kept) <= 241
