"""Rounds of one partnership: one takes answers at a time, so that who was counted with whom is known at each seal."""

from dataclasses import replace

import pytest
from sqlalchemy import text

from tests.build import NOW, answer, closed, draft_round, finished, item, next_round, open_house, revealed
from xsector.actions.keeping import problems
from xsector.actions.releasing import add_late, reveal
from xsector.actions.running import choose_live, open_round, reopen_round
from xsector.errors.common import SetUpError
from xsector.errors.rounds import RoundClosedError, RoundStateError
from xsector.model.round import State
from xsector.reports.ledger import ledger_with_members
from xsector.reports.rounds import rounds
from xsector.reports.wall import wall_state

RATED = (item("R1"),)
SECTORS = {"government": 12, "business": 6}


def first_of(engine):
    return open_house(engine, sectors=SECTORS, questions=RATED)


def there(house):
    """A round as its leader names it."""
    return {"account": house.account, "round_id": house.round.id, "now": NOW}


def say(house, people, *, level=1):
    for who in people:
        finished(house, who, {"R1": level})


def groups(house):
    """The sizes of all blocks of the partnership so far."""
    made = ledger_with_members(house.engine, account=house.account, round_id=house.round.id)["releases"]
    return [len(one["members"]) for one in made]


def test_a_round_that_is_opened_again_ends_the_late_answers_of_one_revealed_meanwhile(engine):
    first = first_of(engine)
    closed(first)
    second = next_round(first, questions=RATED)
    government, business = first.of("government"), first.of("business")
    say(second, [*government[:6], *business])
    second = revealed(second)

    reopen_round(engine, **there(first))

    with pytest.raises(RoundClosedError):
        answer(second, government[6], {"R1": 3})
    with pytest.raises(RoundStateError):
        add_late(engine, **there(second))
    assert wall_state(engine, round_id=second.round.id).view == "overview"
    say(first, government[6:], level=2)
    first = revealed(first)
    assert groups(first) == [6, 6, 6]
    assert problems(engine) == []


def test_what_waits_in_the_round_that_ends_is_passed_over(engine):
    first = first_of(engine)
    closed(first)
    second = next_round(first, questions=RATED)
    government, business = first.of("government"), first.of("business")
    say(second, [*government[:6], *business])
    second = revealed(second)
    say(second, government[6:9])

    reopen_round(engine, **there(first))
    say(first, government[6:], level=2)

    assert groups(revealed(first)) == [6, 6, 6]
    assert problems(engine) == []
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM sheet WHERE sector IS NOT NULL")).scalar() == 0


def live_round_left_closed(engine):
    """A live round of which a group was shown, closed with nobody waiting."""
    house = first_of(engine)
    closed(house)
    drafted = draft_round(engine, by=house.account, partnership_id=house.partnership.id, questions=RATED, title="Live")
    choose_live(engine, account=house.account, round_id=drafted.id, live=True, now=NOW)
    house = replace(house, round=open_round(engine, account=house.account, round_id=drafted.id, now=NOW))
    say(house, house.of("business")[:5])
    closed(house)
    return house


def test_a_live_round_whose_groups_were_shown_is_revealed_before_the_next_is_opened(engine):
    house = live_round_left_closed(engine)

    with pytest.raises(SetUpError, match="“Live” is closed, and rounds come one after the other") as refused:
        next_round(house, questions=RATED)
    assert refused.value.remedy == "Reveal it first; then open this one."

    reveal(engine, **there(house))
    autumn, *_ = rounds(engine, account=house.account, partnership_id=house.partnership.id)
    second = replace(house, round=open_round(engine, account=house.account, round_id=autumn.id, now=NOW))
    say(second, house.of("government"))
    assert sorted(groups(revealed(second))) == [5, 12]
    assert problems(engine) == []


def opened_beside(house):
    """A second round of the partnership, opened beside the first by nothing that the app does."""
    drafted = draft_round(
        house.engine, by=house.account, partnership_id=house.partnership.id, questions=RATED, title="Beside"
    )
    with house.engine.begin() as connection:
        connection.execute(text("UPDATE round SET state = 'open' WHERE id = :id"), {"id": drafted.id})


def test_nothing_is_revealed_while_another_round_is_open(engine):
    house = first_of(engine)
    say(house, house.people)
    closed(house)
    opened_beside(house)

    with pytest.raises(SetUpError, match="“Beside” is open, and rounds come one after the other"):
        reveal(engine, **there(house))

    assert groups(house) == []


def test_no_late_answers_are_added_while_another_round_is_open(engine):
    house = first_of(engine)
    say(house, [*house.of("government")[:6], *house.of("business")])
    house = revealed(house)
    say(house, house.of("government")[6:])
    opened_beside(house)

    with pytest.raises(SetUpError, match="“Beside” is open, and rounds come one after the other"):
        add_late(engine, **there(house))

    assert groups(house) == [6, 6]
    assert house.round.state is State.REVEALED
