"""Meetings for those who lead them: where they stand, what comes, who is there, and what may be shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from xsector.actions.leading_meetings import looked_at, stages_now
from xsector.actions.membership import planned_for
from xsector.actions.permission import leading_round
from xsector.actions.voting import too_few_beside_shared
from xsector.agenda.timing import share_out
from xsector.model.commitment import Commitment
from xsector.model.instrument import Instrument
from xsector.model.meeting import Meeting, MeetingStep, Place, Stage, minutes_of, seconds_in, seconds_so_far
from xsector.model.partner import RoundFacts
from xsector.model.released import Block, Hidden
from xsector.model.round import State
from xsector.model.voting import Vote
from xsector.store import commitments, invitations, meetings, rosters, rounds, votes
from xsector.store.accounts import Account
from xsector.store.engine import Engine, Session, reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """How the time stands, in seconds; ``shares`` is what is left for the steps to come if the end is kept."""

    step: int
    step_left: int
    """Below 0 where the step takes longer than planned."""
    so_far: int
    over: int
    """By how much the steps to come don't fit any more; 0 if they do."""
    shares: Mapping[str, int]
    """Minutes by step, for those to come; as planned where they fit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteDesk:
    """A vote for those who lead it: how many have voted, and what the rule would show of them now."""

    vote: Vote
    title: str
    state: State
    instrument: Instrument
    invited: int
    voted: int
    blocks: tuple[Block, ...]
    hidden: tuple[Hidden, ...]
    held_back: str
    """Why nothing is shown though the groups would be large enough."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonHere:
    """Somebody on the list: whether they came with a device, and whether they have voted in the open vote."""

    participant_id: int
    name: str
    organisation: str
    came: bool
    voted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """Everything that the page shows with which a meeting is led."""

    meeting: Meeting
    round: RoundFacts
    stages: tuple[Stage, ...]
    """Those of the present step; empty before the start."""
    clock: Clock
    people: tuple[PersonHere, ...]
    vote: VoteDesk | None
    shown_votes: tuple[VoteDesk, ...]
    promises: tuple[Commitment, ...]
    parked: tuple[tuple[int, str, bool], ...]
    """Number, text, and whether the room came back to it."""
    questions: Mapping[str, str]
    """Texts of the questions that steps are about, by code."""

    @property
    def here(self) -> Place:
        """Where the meeting is, for a key that is pressed on this page."""
        return Place(step=self.meeting.step, stage=self.meeting.stage)

    @property
    def coming(self) -> MeetingStep | None:
        """The step after this one."""
        return next(iter(self.meeting.to_come()), None)


def meetings_of(engine: Engine, *, account: Account, round_id: int) -> list[Meeting]:
    """A round's meetings, newest first."""
    with reading(engine) as session:
        leading_round(session, account=account, round_id=round_id)
        return meetings.of_round(session, round_id)


def watching(engine: Engine, *, account: Account, meeting_id: int) -> Callable[[], tuple[object, ...]]:
    """A cheap look at what changes whenever something changes for those who lead a meeting, for whoever may."""
    with reading(engine) as session:
        looked_at(session, account=account, meeting_id=meeting_id)

    def look() -> tuple[object, ...]:
        with reading(engine) as session:
            return mark_in(session, meetings.get(session, meeting_id))

    return look


def mark_in(session: Session, meeting: Meeting) -> tuple[object, ...]:
    """The numbers of a meeting and its vote."""
    vote = 0 if meeting.vote_id is None else rounds.revision(session, meeting.vote_id)
    return (meeting.id, meeting.revision, meeting.vote_id, vote, len(meetings.attended(session, meeting.id)))


def control_of(engine: Engine, *, account: Account, meeting_id: int, now: datetime) -> Control:
    """A meeting for those who lead it."""
    with reading(engine) as session:
        meeting, round_ = looked_at(session, account=account, meeting_id=meeting_id)
        instrument = rounds.instrument_of(session, round_.id)
        known = {item.code: item.text for item in instrument.items()}
        made = votes.of_meeting(session, meeting_id)
        desks = [_desk(session, one) for one in made]
        current = next((one for one in desks if one.vote.round_id == meeting.vote_id), None)
        return Control(
            meeting=meeting,
            round=round_,
            stages=stages_now(session, meeting, round_) if meeting.step else (),
            clock=clock_of(meeting, now=now),
            people=_people(session, meeting, round_),
            vote=current,
            shown_votes=tuple(one for one in desks if one.state is State.REVEALED),
            promises=tuple(commitments.of_meeting(session, meeting_id)),
            parked=tuple(meetings.parked(session, meeting_id)),
            questions={step.item: known[step.item] for step in meeting.steps if step.item in known},
        )


def clock_of(meeting: Meeting, *, now: datetime) -> Clock:
    """How the time of a meeting stands; what is over is taken from the steps to come, in proportion."""
    step = meeting.current
    taken = seconds_in(meeting, now=now) if step else 0
    so_far = seconds_so_far(meeting, now=now)
    coming = meeting.to_come()
    left = meeting.minutes * 60 - so_far - max(0, (step.minutes * 60 if step else 0) - taken)
    wanted = minutes_of(coming) * 60
    over = max(0, wanted - left)
    return Clock(
        step=taken,
        step_left=(step.minutes * 60 if step else 0) - taken,
        so_far=so_far,
        over=over,
        shares=_shares(coming, left=left) if over >= 60 else {one.id: one.minutes for one in coming},
    )


def _shares(coming: Sequence[MeetingStep], *, left: int) -> dict[str, int]:
    if not coming:
        return {}
    minutes = max(len(coming), left // 60)
    shared = share_out(minutes, weights=[one.minutes for one in coming])
    return {one.id: min(one.minutes, share) for one, share in zip(coming, shared, strict=True)}


def _desk(session: Session, vote: Vote) -> VoteDesk:
    round_ = rounds.get(session, vote.round_id)
    invited = invitations.turnout(session, vote.round_id)
    planned = planned_for(session, round_)[0] if round_.state is not State.REVEALED else None
    held_back = too_few_beside_shared(session, round_) if planned and planned.blocks else ""
    return VoteDesk(
        vote=vote,
        title=round_.title,
        state=round_.state,
        instrument=rounds.instrument_of(session, vote.round_id),
        invited=len(invited),
        voted=sum(answered for _, _, _, answered in invited),
        blocks=planned.blocks if planned and not held_back else (),
        hidden=planned.hidden if planned else (),
        held_back=held_back,
    )


def _people(session: Session, meeting: Meeting, round_: RoundFacts) -> tuple[PersonHere, ...]:
    came = meetings.attended(session, meeting.id)
    voted = set()
    if meeting.vote_id is not None:
        voted = {who for who, _, _, answered in invitations.turnout(session, meeting.vote_id) if answered}
    return tuple(
        PersonHere(
            participant_id=one.id,
            name=one.name,
            organisation=one.organisation,
            came=one.id in came,
            voted=one.id in voted,
        )
        for one in rosters.everyone(session, partnership_id=round_.partnership_id)
    )
