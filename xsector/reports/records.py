"""What stays of a meeting that is over: its record, and the release that its pictures are drawn from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xsector.actions.leading_meetings import looked_at
from xsector.agenda import certainty
from xsector.agenda.record import Promised, Record, RecordStep, Shown, Voted
from xsector.agenda.record_votes import voted
from xsector.errors.meetings import MeetingStateError
from xsector.model.commitment import Commitment
from xsector.model.instrument import Instrument
from xsector.model.meeting import Meeting, MeetingState, MeetingStep, StageKind
from xsector.model.partner import RoundFacts
from xsector.model.released import Release
from xsector.model.voting import Vote, VoteKind
from xsector.reports.in_the_room import heading_of
from xsector.reports.released import release_in
from xsector.store import commitments, leaders, meetings, partnerships, rounds, votes
from xsector.store.accounts import Account
from xsector.store.engine import Engine, Session, reading


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordView:
    """A record, and what was released of its round when the meeting ended."""

    record: Record
    release: Release | None
    partnership_id: int


def record_of(engine: Engine, *, account: Account, meeting_id: int) -> RecordView:
    """The record of a meeting that is over.

    Raises
    ------
    MeetingStateError
        It goes on, or has not begun.
    """
    with reading(engine) as session:
        meeting, round_ = looked_at(session, account=account, meeting_id=meeting_id)
        if meeting.state is not MeetingState.ENDED or meeting.started_at is None:
            raise MeetingStateError("Making its record", meeting.state)
        release = release_in(session, round_, until=meeting.ended_at)
        told = _votes(session, meeting, round_)
        instrument = rounds.instrument_of(session, round_.id)
        happened = [step for step in meeting.steps if step.shown]
        steps = tuple(_step(step, instrument=instrument, votes=told.pop(step.id, ())) for step in happened)
        left = [step for step in meeting.steps if not step.shown]
        record = Record(
            partnership=partnerships.get(session, round_.partnership_id).name,
            round_title=round_.title,
            title=meeting.title,
            began=meeting.started_at,
            minutes=meeting.minutes,
            seconds=sum(step.seconds for step in meeting.steps),
            led_by=tuple(one.name for one in leaders.of_partnership(session, round_.partnership_id)),
            based_on=_based_on(release, steps=steps),
            steps=steps,
            skipped=tuple(_named(step, instrument=instrument) for step in left if step.skipped),
            not_reached=tuple(_named(step, instrument=instrument) for step in left if not step.skipped),
            other_votes=tuple(one for voted_in_step in told.values() for one in voted_in_step),
            parked=tuple((text, done) for _, text, done in meetings.parked(session, meeting_id)),
            promises=tuple(promised(one, instrument=instrument) for one in commitments.of_meeting(session, meeting_id)),
        )
    return RecordView(record=record, release=release, partnership_id=round_.partnership_id)


def _named(step: MeetingStep, *, instrument: Instrument) -> str:
    """What a step is called of which nothing was found out in the room: of one question, with its short name."""
    asked = step.item if any(stage.kind is StageKind.QUESTION for stage in step.stages) else None
    return f"{heading_of(step)}: {instrument.item(asked).short}" if asked else heading_of(step)


def promised(made: Commitment, *, instrument: Instrument | None) -> Promised:
    """A promise with the words of the questions that led to it."""
    texts = {} if instrument is None else {item.code: item.text for item in instrument.items()}
    return Promised(
        id=made.id,
        version=made.version,
        who=made.draft.who,
        what=made.draft.what,
        with_whom=made.draft.with_whom,
        by_when=made.draft.by_when,
        seen_by=made.draft.seen_by,
        first_step=made.draft.first_step,
        questions=tuple(texts[code] for code in made.draft.items if code in texts),
        status=made.status,
        remark=made.remark,
    )


def _step(step: MeetingStep, *, instrument: Instrument, votes: Sequence[Voted]) -> RecordStep:
    """A step with what was on the wall of it; what was found is told if the last of its pictures was."""
    seen = step.stages[: step.shown]
    views = [place for place, stage in enumerate(step.stages) if stage.view]
    told = bool(views) and views[-1] < step.shown
    asked = step.item if any(stage.kind is StageKind.QUESTION for stage in seen) else None
    return RecordStep(
        id=step.id,
        title=step.title if told else _named(step, instrument=instrument),
        planned=step.minutes,
        seconds=step.seconds,
        question=instrument.item(asked).text if asked else None,
        finding=step.finding if told else None,
        how_sure=step.how_sure if told else None,
        note=step.note if told else None,
        shown=tuple(Shown(view=stage.view, item=step.item) for stage in seen if stage.view),
        heard=step.heard,
        votes=tuple(votes),
    )


def _based_on(release: Release | None, *, steps: Sequence[RecordStep]) -> str:
    if release is None or not any(step.shown for step in steps):
        return ""
    return " ".join(part for part in (certainty.round_based_on(release), certainty.hidden_note(release)) if part)


def _votes(session: Session, meeting: Meeting, round_: RoundFacts) -> dict[str, list[Voted]]:
    """The votes whose results were shown, by the step in which they were asked."""
    found: dict[str, list[Voted]] = {}
    for vote in votes.of_meeting(session, meeting.id):
        facts = rounds.get(session, vote.round_id)
        release = release_in(session, facts)
        if release is not None:
            before = _before(session, vote, round_)
            question = _question(rounds.instrument_of(session, vote.round_id), vote)
            told = voted(vote.kind, question=question, release=release, before=before)
            found.setdefault(vote.step, []).append(told)
    return found


def _before(session: Session, vote: Vote, round_: RoundFacts) -> Release | None:
    return release_in(session, round_) if vote.kind is VoteKind.AGAIN else None


def _question(instrument: Instrument, vote: Vote) -> str:
    """What was asked; a vote of several sentences says them itself."""
    return "" if vote.kind is VoteKind.EXIT else next(instrument.items()).text
