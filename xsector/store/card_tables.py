"""Tables of brainstorms on cards: nothing in them leads from a card or a vote to a person."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column

from xsector.store.base import Base


class BrainstormRow(Base):
    """One prompt of a round about which partners write cards."""

    __tablename__ = "brainstorm"

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"), index=True)
    prompt: Mapped[str] = mapped_column(String(200))
    vote: Mapped[str] = mapped_column(String(200))
    """What the vote on the cards asks."""
    stage: Mapped[str] = mapped_column(String(12))
    themes: Mapped[list[Any]]
    ends_at: Mapped[datetime]
    """When the time is up that the room was given."""
    writers: Mapped[int] = mapped_column(default=0)
    voters: Mapped[int] = mapped_column(default=0)
    """How many wrote and voted; kept when nothing says any more who it was."""


class CardDraftRow(Base):
    """A card while writing goes on; only its author's link can make ``mark``, another one for each card.

    The mark is all there is to order rows by: the table has no row number.
    """

    __tablename__ = "card_draft"
    __table_args__ = ({"sqlite_with_rowid": False},)

    brainstorm_id: Mapped[int] = mapped_column(ForeignKey("brainstorm.id", ondelete="CASCADE"), primary_key=True)
    mark: Mapped[str] = mapped_column(String(64), primary_key=True)
    text: Mapped[str] = mapped_column(Text)


class BrainstormPartRow(Base):
    """That a participant has written or voted, until writing or voting ends. Nothing more."""

    __tablename__ = "brainstorm_part"

    brainstorm_id: Mapped[int] = mapped_column(ForeignKey("brainstorm.id", ondelete="CASCADE"), primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"), primary_key=True)
    wrote: Mapped[bool] = mapped_column(default=False, server_default=false())
    voted: Mapped[bool] = mapped_column(default=False, server_default=false())


class CardRow(Base):
    """One card after writing has ended, without author or time; ``place`` was dealt at random."""

    __tablename__ = "card"
    __table_args__ = ({"sqlite_with_rowid": False},)

    brainstorm_id: Mapped[int] = mapped_column(ForeignKey("brainstorm.id", ondelete="CASCADE"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    text: Mapped[str] = mapped_column(Text)
    theme: Mapped[int | None]
    under: Mapped[int | None]
    """The card that says the same and stands for both."""
    hidden: Mapped[bool] = mapped_column(default=False, server_default=false())
    dots: Mapped[int] = mapped_column(default=0)


class BallotRow(Base):
    """The cards that one person has marked, while a vote goes on; only their link can make ``mark``."""

    __tablename__ = "ballot"
    __table_args__ = ({"sqlite_with_rowid": False},)

    brainstorm_id: Mapped[int] = mapped_column(ForeignKey("brainstorm.id", ondelete="CASCADE"), primary_key=True)
    mark: Mapped[str] = mapped_column(String(64), primary_key=True)
    places: Mapped[list[Any]]


class GroundRuleRow(Base):
    """One rule that a partnership gave itself in a round, and the card that it answers."""

    __tablename__ = "ground_rule"

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    text: Mapped[str] = mapped_column(String(200))
    brainstorm_id: Mapped[int | None]
    place: Mapped[int | None]
