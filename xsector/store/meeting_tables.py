"""Tables of meetings: their steps, votes, promises, and who came. No answer is in them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column

from xsector.store.base import Base


class MeetingRow(Base):
    """One meeting about a round: where it stands, for every screen that follows it."""

    __tablename__ = "meeting"

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"), index=True)
    title: Mapped[str] = mapped_column(String(120))
    minutes: Mapped[int]
    state: Mapped[str] = mapped_column(String(12))
    step: Mapped[str] = mapped_column(String(40), default="")
    """The step that goes on; empty before the start."""
    stage: Mapped[int] = mapped_column(default=0)
    """Which of the step's stages is on the wall, from 0."""
    blank: Mapped[bool] = mapped_column(default=False, server_default=false())
    vote_id: Mapped[int | None]
    """The vote that lies over the step; a round."""
    revision: Mapped[int] = mapped_column(default=0)
    """Grows with every change that somebody must see."""
    started_at: Mapped[datetime | None]
    step_started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


class MeetingStepRow(Base):
    """One step of a meeting, with what was written down while it went on."""

    __tablename__ = "meeting_step"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), primary_key=True)
    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    place: Mapped[int]
    plan: Mapped[dict[str, Any]]
    """The step of the agenda as it was planned."""
    minutes: Mapped[int]
    seconds: Mapped[int] = mapped_column(default=0)
    """How long it has taken so far, without the present turn."""
    skipped: Mapped[bool] = mapped_column(default=False, server_default=false())
    shown: Mapped[int] = mapped_column(default=0)
    """How many of its stages were on the wall."""
    heard: Mapped[str] = mapped_column(Text, default="")
    """What was said, for the record."""
    aside: Mapped[str] = mapped_column(Text, default="")
    """The facilitator's own note; in no record."""


class ParkedRow(Base):
    """Something that the room will come back to."""

    __tablename__ = "parked"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    text: Mapped[str] = mapped_column(String(200))
    done: Mapped[bool] = mapped_column(default=False, server_default=false())


class AttendanceRow(Base):
    """That a participant came to a meeting with a device. No time: beside a sheet it would say whose that is."""

    __tablename__ = "attendance"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"), primary_key=True)


class VoteRow(Base):
    """What a vote in a meeting is about; its question, ballots and counts are those of its round."""

    __tablename__ = "vote"

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"), primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), index=True)
    step: Mapped[str] = mapped_column(String(40))
    item: Mapped[str] = mapped_column(String(40), default="")
    """The question of the questionnaire that is asked again or talked about."""
    ends_at: Mapped[datetime]
    shared: Mapped[int] = mapped_column(default=0)
    """How many voted on the facilitator's device."""


class CommitmentRow(Base):
    """One promise: what one named person does, by when, and how others will see it."""

    __tablename__ = "commitment"
    __table_args__ = (Index("ix_commitment_partnership_id", "partnership_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    partnership_id: Mapped[int] = mapped_column(ForeignKey("partnership.id", ondelete="CASCADE"))
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id", ondelete="SET NULL"))
    step: Mapped[str] = mapped_column(String(40), default="")
    what: Mapped[str] = mapped_column(String(300))
    who: Mapped[str] = mapped_column(String(80))
    participant_id: Mapped[int | None] = mapped_column(ForeignKey("participant.id", ondelete="SET NULL"))
    """Who that is on the roster, where it is somebody of it."""
    with_whom: Mapped[str] = mapped_column(String(200), default="")
    by_when: Mapped[date]
    seen_by: Mapped[str] = mapped_column(String(300), default="")
    """How others will see that it is done."""
    first_step: Mapped[str] = mapped_column(String(300), default="")
    items: Mapped[list[Any]]
    """Codes of the questions that led to it."""
    status: Mapped[str] = mapped_column(String(12))
    remark: Mapped[str] = mapped_column(String(300), default="")
    version: Mapped[int] = mapped_column(default=1)
