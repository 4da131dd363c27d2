"""What a meeting shows to everybody: on the walls, and on the devices of those who follow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from xsector.actions.leading_meetings import stages_now
from xsector.errors.common import NotFoundError
from xsector.model.commitment import Commitment
from xsector.model.guide import StepKind
from xsector.model.instrument import Instrument, Item
from xsector.model.meeting import NEUTRAL, ONE_QUESTION, Meeting, MeetingState, MeetingStep, Stage, StageKind
from xsector.model.partner import Respondent, RoundFacts
from xsector.model.released import Release
from xsector.model.round import State
from xsector.model.sheet import Answer, read
from xsector.model.voting import Vote, VoteKind
from xsector.reports.guides import the_guide
from xsector.reports.released import release_in
from xsector.store import commitments, ground_rules, invitations, meetings, partnerships, rosters, rounds, sheets, votes
from xsector.store.engine import Engine, Session, reading


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteShown:
    """A vote as everybody sees it: numbers alone while it is open, and afterwards what was released of it.

    ``before`` is the round's own release, where the vote asked one of its questions again.
    """

    vote: Vote
    state: State
    instrument: Instrument
    invited: int
    voted: int
    release: Release | None
    before: Release | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomView:
    """What everybody in the room may see now, and nothing of what comes later.

    ``view`` and ``item`` name the wall's picture where the stage shows results of the round.
    """

    meeting_id: int
    title: str
    partnership: str
    state: MeetingState
    blank: bool
    stage: StageKind
    heading: str
    lines: tuple[str, ...] = ()
    question: Item | None = None
    view: str = ""
    item: str | None = None
    promises: tuple[Commitment, ...] = ()
    vote: VoteShown | None = None
    cards: bool = False
    """Whether cards may be on the wall in this step, while they are written, sorted and voted on."""
    here: int = 0
    """How many came with a device."""
    listed: int = 0
    room_code: str | None = None
    ends_at: datetime | None = None
    """When the time of the step, or of the open vote, is up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPlace:
    """What one partner sees beside it: their own answer to the question that is talked about, and their ballot."""

    room: RoomView
    answer: Answer | None
    ballot: Mapping[str, Answer]
    voted: bool
    asked: bool
    """Whether the open vote's question is asked of their sector."""
    came: bool
    """Whether it is noted that they follow."""


def room_mark(engine: Engine, *, partnership_id: int) -> tuple[int, ...]:
    """What changes whenever a partner's page has something new to show; how many have voted is nothing new."""
    with reading(engine) as session:
        found = meetings.running_in(session, partnership_id=partnership_id)
        return () if found is None else (found, meetings.revision(session, found))


def meeting_calling(engine: Engine, *, respondent: Respondent) -> Meeting | None:
    """The meeting that goes on in a partner's partnership."""
    with reading(engine) as session:
        found = meetings.running_in(session, partnership_id=respondent.partnership_id)
        return None if found is None else meetings.get(session, found)


def own_place(engine: Engine, *, respondent: Respondent, meeting_id: int) -> OwnPlace:
    """A meeting as one partner follows it; NotFoundError if it isn't theirs."""
    with reading(engine) as session:
        meeting = meetings.get(session, meeting_id)
        round_ = rounds.get(session, meeting.round_id)
        if round_.partnership_id != respondent.partnership_id:
            raise NotFoundError("meeting")
        seen = room_in(session, meeting, round_)
        answers = _answers(session, respondent, round_id=round_.id)
        vote = seen.vote
        ballot = _answers(session, respondent, round_id=vote.vote.round_id) if vote else {}
        of = {"round_id": vote.vote.round_id, "participant_id": respondent.participant_id} if vote else None
        return OwnPlace(
            room=seen,
            answer=answers.get(seen.question.code) if seen.question else None,
            ballot=ballot,
            voted=of is not None and invitations.has_answered(session, **of),
            asked=vote is not None and any(_is_asked(item, respondent) for item in vote.instrument.items()),
            came=respondent.participant_id in meetings.attended(session, meeting_id),
        )


def _is_asked(item: Item, respondent: Respondent) -> bool:
    return item.is_asked_of(sector=respondent.sector, organisation=respondent.organisation_id)


def _answers(session: Session, respondent: Respondent, *, round_id: int) -> dict[str, Answer]:
    sheet = sheets.get(session, round_id=round_id, respondent=respondent)
    return {} if sheet is None else read(rounds.layout_of(session, round_id), sheet.marks)


def room_in(session: Session, meeting: Meeting, round_: RoundFacts) -> RoomView:
    """What everybody sees of a meeting now."""
    partnership = partnerships.get(session, round_.partnership_id)
    step = meeting.current
    stage = stages_now(session, meeting, round_)[meeting.stage] if step else None
    kind = _kind(meeting, stage)
    asks = kind in _ASKING or (kind is StageKind.PICTURE and _asked(step))
    question = _question(session, round_, step) if stage and asks else None
    return RoomView(
        meeting_id=meeting.id,
        title=meeting.title,
        partnership=partnership.name,
        state=meeting.state,
        blank=meeting.blank,
        stage=kind,
        heading=heading_of(step) or meeting.title,
        lines=_lines(session, round_, step) if kind is StageKind.LINES else (),
        question=question,
        view=stage.view if stage else "",
        item=step.item if stage and step and kind in _ASKING else None,
        promises=tuple(commitments.of_meeting(session, meeting.id)),
        vote=None if meeting.vote_id is None else _vote(session, round_, vote_id=meeting.vote_id),
        cards=step is not None and step.kind in {StepKind.WELCOME, StepKind.MEMORY},
        here=len(meetings.attended(session, meeting.id)),
        listed=len(rosters.everyone(session, partnership_id=round_.partnership_id)),
        room_code=round_.room_code,
        ends_at=_ends_at(session, meeting, step),
    )


_ASKING = frozenset(
    {
        StageKind.QUESTION,
        StageKind.GUESS,
        StageKind.PEOPLE,
        StageKind.SECTORS,
        StageKind.INSIDE,
        StageKind.COMMENTS,
    }
)


def _kind(meeting: Meeting, stage: Stage | None) -> StageKind:
    if meeting.state is MeetingState.ENDED:
        return StageKind.THANKS
    return StageKind.LOBBY if stage is None else stage.kind


def heading_of(step: MeetingStep | None) -> str:
    """What the room calls a step; its own title may tell what was found before it is shown."""
    if step is None:
        return ""
    if step.kind in NEUTRAL:
        return NEUTRAL[step.kind]
    if _asked(step):
        return ONE_QUESTION
    prompts = the_guide().prompts.get(step.kind)
    return prompts.title if step.finding and prompts else step.title


def _asked(step: MeetingStep | None) -> bool:
    """Whether a step is about one question of the questionnaire."""
    return step is not None and any(stage.kind is StageKind.QUESTION for stage in step.stages)


def _question(session: Session, round_: RoundFacts, step: MeetingStep | None) -> Item | None:
    if step is None or step.item is None:
        return None
    return rounds.instrument_of(session, round_.id).item(step.item)


def _lines(session: Session, round_: RoundFacts, step: MeetingStep | None) -> tuple[str, ...]:
    """How to read the charts, or the rules of the room: its own where it gave itself some."""
    if step is not None and step.kind is StepKind.READ:
        return the_guide().how_to_read
    own = tuple(rule.sentence for rule in ground_rules.of_round(session, round_.id))
    return own or the_guide().ground_rules


def _ends_at(session: Session, meeting: Meeting, step: MeetingStep | None) -> datetime | None:
    if meeting.vote_id is not None and rounds.get(session, meeting.vote_id).state is State.OPEN:
        return votes.get(session, meeting.vote_id).ends_at
    if step is None or meeting.step_started_at is None:
        return None
    return meeting.step_started_at + timedelta(seconds=step.minutes * 60 - step.seconds)


def _vote(session: Session, round_: RoundFacts, *, vote_id: int) -> VoteShown:
    vote, facts = votes.get(session, vote_id), rounds.get(session, vote_id)
    invited = invitations.turnout(session, vote_id)
    shown = facts.state is State.REVEALED
    return VoteShown(
        vote=vote,
        state=facts.state,
        instrument=rounds.instrument_of(session, vote_id),
        invited=len(invited),
        voted=sum(answered for _, _, _, answered in invited),
        release=release_in(session, facts) if shown else None,
        before=release_in(session, round_) if shown and vote.kind is VoteKind.AGAIN else None,
    )
