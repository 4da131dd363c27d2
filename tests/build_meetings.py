"""Meetings for tests: a revealed round, a meeting about it that goes on, and votes in it."""

from dataclasses import dataclass

from tests.build import NOW, House, finished, item, open_house, revealed
from xsector.actions import leading_meetings, voting
from xsector.actions.answering import cast
from xsector.agenda.document import Agenda, Step
from xsector.model.guide import StepKind
from xsector.model.meeting import Place
from xsector.reports.guides import the_guide
from xsector.store import meetings
from xsector.store.engine import reading

QUESTIONS = (item("R1", cannot_judge="I can't judge"), item("R2"), item("S1", sensitive=True))
STEPS = (
    ("welcome", StepKind.WELCOME, 5, None),
    ("strength", StepKind.STRENGTH, 10, "R2"),
    ("between_sectors", StepKind.BETWEEN_SECTORS, 20, "R1"),
    ("trust", StepKind.BETWEEN_SECTORS, 10, "S1"),
    ("promises", StepKind.PROMISES, 10, None),
    ("close", StepKind.CLOSE, 5, None),
)


@dataclass(frozen=True, kw_only=True)
class Room:
    """A house with a meeting in it."""

    house: House
    id: int

    @property
    def meeting(self):
        """The meeting as it is now."""
        with reading(self.house.engine) as session:
            return meetings.get(session, self.id)

    @property
    def of(self):
        """What every action of a facilitator is given."""
        return {"account": self.house.account, "meeting_id": self.id, "now": NOW}

    @property
    def here(self):
        """Where the meeting is, as a page that was drawn now believes."""
        return Place(step=self.meeting.step, stage=self.meeting.stage)

    def does(self, action, **given):
        """One action of a facilitator."""
        return action(self.house.engine, **{**self.of, **given})

    def on(self, times=1, **given):
        """The next key, so many times."""
        for _ in range(times):
            self.does(leading_meetings.go_on, here=self.here, **given)
        return self

    def at(self, step):
        """The beginning of a step."""
        self.does(leading_meetings.go_to, here=self.here, step_id=step)
        return self

    def asks(self, kind, *, seconds=60, **ask):
        """A vote that is open; its round's id."""
        return self.does(voting.open_vote, ask=voting.Ask(kind=kind, **ask), seconds=seconds).id

    def votes(self, who, answers):
        """One person's ballot in the vote that is open."""
        cast(self.house.engine, respondent=who, round_id=self.meeting.vote_id, answers=answers, now=NOW)


def answered_house(engine, *, levels=(4, 4, 3, 1, 1, 0), questions=QUESTIONS, **given):
    """A revealed round: government high, business low, the others mixed."""
    house = open_house(engine, questions=questions, **given)
    for sector in ("government", "nonprofit", "business"):
        for number, who in enumerate(house.of(sector)):
            first = {"government": 4, "business": 0}.get(sector, levels[number % 6])
            finished(house, who, {"R1": first, "R2": 3, "S1": first})
    return revealed(house)


def agenda(*, steps=STEPS, minutes=60):
    """A short agenda about the questions of the house."""
    guide = the_guide()
    return Agenda(
        partnership="Harbour",
        round_title="Spring",
        minutes=minutes,
        purpose=guide.purpose,
        based_on="18 of 18 people answered.",
        how_to_read=guide.how_to_read,
        ground_rules=guide.ground_rules,
        before=guide.before,
        steps=tuple(
            Step(id=step, kind=kind, title=step.title(), minutes=length, item=code, finding=code and f"About {code}",
                 prompts=("What do you see?",), watch="Go slowly.")
            for step, kind, length, code in steps
        ),
        promise_columns=("Who", "What"),
        promise_rules=guide.promises.rules,
        promise_rows=5,
        after=guide.after,
        cautions=(),
        guide_version="1",
    )  # fmt: skip


def planned_room(house, **given):
    """A meeting that hasn't begun."""
    made = leading_meetings.plan_meeting(
        house.engine, account=house.account, round_id=house.round.id, agenda=agenda(**given), title="June talk", now=NOW
    )
    return Room(house=house, id=made.id)


def open_room(engine, **given):
    """A meeting that goes on, in its lobby."""
    room = planned_room(answered_house(engine, **given))
    room.does(leading_meetings.begin_meeting)
    return room
