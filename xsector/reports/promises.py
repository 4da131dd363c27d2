"""Promises of a partnership: what was promised, in which meeting, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from xsector.actions.permission import leading
from xsector.model.commitment import Commitment
from xsector.model.meeting import Meeting, MeetingState
from xsector.model.partner import Respondent, RoundFacts
from xsector.store import commitments, meetings, rounds
from xsector.store.accounts import Account
from xsector.store.engine import Engine, Session, reading


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseLine:
    """One promise; ``meeting`` is empty where its meeting was thrown away.

    ``questions`` are all that it may have come from, by code; ``draft.items`` names those that it did.
    """

    commitment: Commitment
    meeting: str
    questions: Mapping[str, str]
    overdue: bool

    @property
    def came_from(self) -> tuple[str, ...]:
        """The texts of the questions that led to it."""
        return tuple(self.questions[code] for code in self.commitment.draft.items if code in self.questions)


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseDesk:
    """All promises, those first that are due first, and the meetings whose records can be had, newest first."""

    lines: tuple[PromiseLine, ...]
    ended: tuple[Meeting, ...]


def promises_of(engine: Engine, *, account: Account, partnership_id: int, now: datetime) -> PromiseDesk:
    """The promises of a partnership for those who lead it."""
    with reading(engine) as session:
        leading(session, account=account, partnership_id=partnership_id)
        held = _held(session, partnership_id)
        questions = {one.round_id: _questions(session, one.round_id) for one in held.values()}
        lines = []
        for one in commitments.of_partnership(session, partnership_id):
            meeting = held.get(one.meeting_id or 0)
            lines.append(
                PromiseLine(
                    commitment=one,
                    meeting=meeting.title if meeting else "",
                    questions=questions[meeting.round_id] if meeting else {},
                    overdue=one.is_overdue(today=now.date()),
                )
            )
        over = [one for one in held.values() if one.state is MeetingState.ENDED]
        return PromiseDesk(lines=tuple(lines), ended=tuple(sorted(over, key=lambda one: -one.id)))


def open_promises(engine: Engine, *, respondent: Respondent) -> tuple[Commitment, ...]:
    """What is still to be done of a partner's partnership's promises."""
    with reading(engine) as session:
        made = commitments.of_partnership(session, respondent.partnership_id)
        return tuple(one for one in made if one.is_open)


def open_before(session: Session, round_: RoundFacts) -> tuple[Commitment, ...]:
    """The promises of meetings about earlier rounds that are still open."""
    held = _held(session, round_.partnership_id)
    later = {one.id for one in held.values() if one.round_id >= round_.id}
    made = commitments.of_partnership(session, round_.partnership_id)
    return tuple(one for one in made if one.is_open and one.meeting_id not in later)


def _held(session: Session, partnership_id: int) -> dict[int, Meeting]:
    """The meetings of a partnership, by id."""
    about = rounds.of_partnership(session, partnership_id)
    return {one.id: one for round_ in about for one in meetings.of_round(session, round_.id)}


def _questions(session: Session, round_id: int) -> dict[str, str]:
    return {item.code: item.text for item in rounds.instrument_of(session, round_id).items() if not item.module}
