import pytest

from tests.build import NOW, later
from xsector.actions.tries import Budget, Line
from xsector.errors import TooManyTriesError


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
