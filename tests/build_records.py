"""A meeting that is over, for tests: with everything in it that stays, and much that must not."""

from datetime import timedelta

from tests.build import NOW, later
from tests.build_meetings import open_room, planned_room
from xsector.actions import committing, leading_meetings, noting, voting
from xsector.model.commitment import Draft
from xsector.model.voting import VoteKind

ASIDE = "Between us: Business person 3 was cross"
HEARD = "Government: we said it twice.\n=SUM(A1) <b>Business</b>: [we](http://evil.example) never heard it."
DAY = NOW.date() + timedelta(days=30)


def draft(what="Call the mayor", *, who="Government person 1", by_when=DAY, **more):
    """A promise as it is typed."""
    return Draft(what=what, who=who, by_when=by_when, **more)


def promised(room, what="Call the mayor", **more):
    """A promise that is made in a meeting."""
    return room.does(committing.promise, draft=draft(what, **more))


def voted(room, kind, answers_of, **ask):
    """A vote of everybody whose result is shown."""
    room.asks(kind, **ask)
    for who in room.house.people:
        room.votes(who, answers_of(who))
    room.does(voting.show_vote)


def ended(house, *, begin_again=False):
    """A meeting about the house's round that is over, or goes on again."""
    room = planned_room(house)
    room.does(leading_meetings.begin_meeting)
    room.on().does(leading_meetings.end_meeting)
    if begin_again:
        room.does(leading_meetings.begin_meeting)
    return room


def talked(engine, *, votes=True):
    """A meeting that went on: two steps and a half on the wall, one skipped, the last two never reached."""
    room = open_room(engine)
    room.does(leading_meetings.skip_step, step_id="strength", skipped=True)
    room.on()
    room.on(now=later(minutes=2))
    room.does(leading_meetings.go_to, here=room.here, step_id="between_sectors", now=later(minutes=4))
    room.on(3)
    room.does(noting.write_heard, step_id="between_sectors", text=HEARD)
    room.does(noting.write_aside, step_id="between_sectors", text=ASIDE)
    if votes:
        voted(room, VoteKind.AGAIN, lambda who: {"R1": 3 if who.sector == "government" else 2}, item="R1")
        voted(room, VoteKind.FIST, lambda who: {"fist": 1 + who.participant_id % 5}, text="Meet once a month")
    room.does(leading_meetings.go_to, here=room.here, step_id="trust", now=later(minutes=30))
    room.on()
    room.does(noting.park, text="Who pays for it?")
    room.does(noting.tick_parked, number=room.does(noting.park, text="A | new name"), done=True)
    promised(room, "Call the mayor", with_whom="Ann", seen_by="A date is set", first_step="Ask for a slot",
             items=("R1",))  # fmt: skip
    promised(room, "=Send <i>minutes</i>", who="Somebody Else", by_when=DAY + timedelta(days=400))
    room.does(leading_meetings.end_meeting, now=later(minutes=41))
    return room
