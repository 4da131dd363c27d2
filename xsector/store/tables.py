"""Every table. A change here comes with the next migration."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Float, ForeignKey, Index, Integer, LargeBinary, String, Text, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from xsector.store.base import Base as Base
from xsector.store.base import table_of as table_of
from xsector.store.card_tables import BallotRow as BallotRow
from xsector.store.card_tables import BrainstormPartRow as BrainstormPartRow
from xsector.store.card_tables import BrainstormRow as BrainstormRow
from xsector.store.card_tables import CardDraftRow as CardDraftRow
from xsector.store.card_tables import CardRow as CardRow
from xsector.store.card_tables import GroundRuleRow as GroundRuleRow
from xsector.store.meeting_tables import AttendanceRow as AttendanceRow
from xsector.store.meeting_tables import CommitmentRow as CommitmentRow
from xsector.store.meeting_tables import MeetingRow as MeetingRow
from xsector.store.meeting_tables import MeetingStepRow as MeetingStepRow
from xsector.store.meeting_tables import ParkedRow as ParkedRow
from xsector.store.meeting_tables import VoteRow as VoteRow


class FactRow(Base):
    """One fact about this installation, such as its signing key."""

    __tablename__ = "fact"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[str] = mapped_column(Text)


class AccountRow(Base):
    """A convener or facilitator who signs in here."""

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    name_key: Mapped[str] = mapped_column(String(160), unique=True)
    role: Mapped[str] = mapped_column(String(20))
    password_hash: Mapped[str] = mapped_column(String(200))
    """Empty for whoever signs in with a provider alone."""
    created_at: Mapped[datetime]


class IdentityRow(Base):
    """Who an account is at an OpenID provider: its issuer and the subject there, never an e-mail."""

    __tablename__ = "identity"

    issuer: Mapped[str] = mapped_column(String(300), primary_key=True)
    subject: Mapped[str] = mapped_column(String(255), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime]


class LoginRow(Base):
    """One browser in which an account is signed in; the token itself is not kept."""

    __tablename__ = "login"

    token_sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]


class OneTimeRow(Base):
    """A link that works once, such as the one that makes the first account."""

    __tablename__ = "one_time"

    token_sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    purpose: Mapped[str] = mapped_column(String(20))
    role: Mapped[str] = mapped_column(String(20))
    created_at: Mapped[datetime]


class PartnershipRow(Base):
    """A partnership: who it is and how its answers are protected."""

    __tablename__ = "partnership"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    place: Mapped[str] = mapped_column(String(80), default="")
    shared_result: Mapped[str] = mapped_column(String(300), default="")
    sectors: Mapped[list[Any]]
    policy: Mapped[dict[str, Any]]
    records_notice: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]


class StewardRow(Base):
    """Which account may lead which partnership."""

    __tablename__ = "steward"

    partnership_id: Mapped[int] = mapped_column(ForeignKey("partnership.id", ondelete="CASCADE"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)


class OrganisationRow(Base):
    """An organisation of a partnership, in one sector."""

    __tablename__ = "organisation"
    __table_args__ = (UniqueConstraint("partnership_id", "name_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    partnership_id: Mapped[int] = mapped_column(ForeignKey("partnership.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(80))
    name_key: Mapped[str] = mapped_column(String(160))
    sector: Mapped[str] = mapped_column(String(40))


class ParticipantRow(Base):
    """A person who is invited; ``link_sha256`` recognises their personal link, which is not kept."""

    __tablename__ = "participant"
    __table_args__ = (UniqueConstraint("organisation_id", "name_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    partnership_id: Mapped[int] = mapped_column(ForeignKey("partnership.id", ondelete="CASCADE"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(80))
    name_key: Mapped[str] = mapped_column(String(160))
    email: Mapped[str] = mapped_column(String(200), default="")
    link_sha256: Mapped[str | None] = mapped_column(String(64), unique=True)
    joined: Mapped[bool] = mapped_column(default=False)
    """Whether the present link has been opened."""
    gone: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Left or erased: nothing of the person is kept but a mark in ``name_key``, by which they are known if they come
    again, for with another number they would be told apart from those they were counted with."""


class RoundRow(Base):
    """One time of asking: its questions, its state, and what its wall shows."""

    __tablename__ = "round"
    __table_args__ = (UniqueConstraint("partnership_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    partnership_id: Mapped[int] = mapped_column(ForeignKey("partnership.id", ondelete="CASCADE"))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(120))
    state: Mapped[str] = mapped_column(String(12))
    instrument: Mapped[str] = mapped_column(Text)
    vote: Mapped[str] = mapped_column(String(12), default="", server_default=text("''"))
    """What kind of vote in a meeting it is; empty for a questionnaire."""
    chain: Mapped[str] = mapped_column(String(40), default="", server_default=text("''"))
    """What it asks about: only rounds of one chain ask the same people the same, so that one could be subtracted from
    another. Empty for questionnaires, and for a question of theirs that is asked again in a meeting."""
    policy: Mapped[dict[str, Any]]
    promise: Mapped[str] = mapped_column(Text, default="")
    promise_version: Mapped[str] = mapped_column(String(20), default="")
    keep_answers: Mapped[bool] = mapped_column(default=True)
    live: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether a group is counted and shown as soon as enough of it have finished."""
    shown: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether anything of it was released."""
    over: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether a later round was opened, so that late answers belong there."""
    imported: Mapped[int] = mapped_column(default=0)
    room_code: Mapped[str | None] = mapped_column(String(12), unique=True)
    wall_sha256: Mapped[str | None] = mapped_column(String(64), unique=True)
    wall: Mapped[dict[str, Any]]
    revision: Mapped[int] = mapped_column(default=0)
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    revealed_at: Mapped[datetime | None]


class InvitationRow(Base):
    """That a participant is invited to a round, and whether they have finished. Nothing more."""

    __tablename__ = "invitation"

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"), primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"), primary_key=True)
    answered: Mapped[bool] = mapped_column(default=False)
    late: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether they came onto the roster after the round was opened."""
    agreed: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether they agreed that their organisation may be named."""
    passed_over: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether what they finished was sealed without being counted: nothing leads to it, so it never will be."""


class SheetRow(Base):
    """One respondent's answers in one round; nothing in it leads to a participant.

    The key is all there is to order rows by: the table has no row number.
    """

    __tablename__ = "sheet"
    __table_args__ = ({"sqlite_with_rowid": False},)

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"), primary_key=True)
    respondent_key: Mapped[str] = mapped_column(String(64), primary_key=True)
    sector: Mapped[str | None] = mapped_column(String(40))
    organisation_id: Mapped[int | None]
    past: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))
    """The blocks in which its author was counted before, with all who share them."""
    submitted: Mapped[bool] = mapped_column(default=False)
    marks: Mapped[bytes] = mapped_column(LargeBinary)
    words: Mapped[dict[str, Any]]
    version: Mapped[int] = mapped_column(default=1)
    saved_at: Mapped[datetime | None]
    submitted_at: Mapped[datetime | None]
    locked: Mapped[bytes | None] = mapped_column(LargeBinary)
    """Marks and words once more, for their author's link alone; nothing else of them is kept once they are counted."""


class ReleaseRow(Base):
    """One release in the ledger; its checksum covers its counts and the release before it.

    A round has several where groups were shown while it was open, or late answers were added.
    """

    __tablename__ = "release"
    __table_args__ = (UniqueConstraint("round_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"))
    number: Mapped[int] = mapped_column(default=1, server_default="1")
    released_at: Mapped[datetime]
    policy: Mapped[dict[str, Any]]
    invited: Mapped[int]
    answered: Mapped[int]
    hidden: Mapped[list[Any]]
    held: Mapped[list[Any]]
    checksum: Mapped[str] = mapped_column(String(64))


class BlockRow(Base):
    """A sealed group of people who are shown together: one sector, or several combined."""

    __tablename__ = "block"
    __table_args__ = (UniqueConstraint("release_id", "place"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    release_id: Mapped[int] = mapped_column(ForeignKey("release.id", ondelete="CASCADE"))
    place: Mapped[int]
    name: Mapped[str] = mapped_column(String(400))
    sectors: Mapped[list[Any]]
    look: Mapped[int]
    people: Mapped[int]
    organisation_id: Mapped[int | None]
    """The organisation whose name it bears, by consent of everybody in it."""


class BlockMemberRow(Base):
    """That a participant is counted in a block."""

    __tablename__ = "block_member"

    block_id: Mapped[int] = mapped_column(ForeignKey("block.id", ondelete="CASCADE"), primary_key=True)
    participant_id: Mapped[int] = mapped_column(Integer, primary_key=True)
    organisation_id: Mapped[int] = mapped_column(server_default="0")
    """Theirs at that time: it still counts when they have left the roster."""


class BandRow(Base):
    """All that is kept of a block's answers to one sensitive item: so many of its people, at least, in one pole."""

    __tablename__ = "band"

    block_id: Mapped[int] = mapped_column(ForeignKey("block.id", ondelete="CASCADE"), primary_key=True)
    item: Mapped[str] = mapped_column(String(40), primary_key=True)
    pole: Mapped[str] = mapped_column(String(20))
    at_least: Mapped[int]
    people: Mapped[int]


class BlockCountRow(Base):
    """How many people of a block gave one answer to one item; ``level`` as in a sheet's marks."""

    __tablename__ = "block_count"

    block_id: Mapped[int] = mapped_column(ForeignKey("block.id", ondelete="CASCADE"), primary_key=True)
    item: Mapped[str] = mapped_column(String(40), primary_key=True)
    option: Mapped[int] = mapped_column(primary_key=True)
    level: Mapped[int] = mapped_column(primary_key=True)
    people: Mapped[int]


class StatementRow(Base):
    """How many people of an organisation gave one answer in its name, to a question that is shown under it."""

    __tablename__ = "statement"
    __table_args__ = ({"sqlite_with_rowid": False},)

    release_id: Mapped[int] = mapped_column(ForeignKey("release.id", ondelete="CASCADE"), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    item: Mapped[str] = mapped_column(String(40), primary_key=True)
    mark: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    people: Mapped[int]


class OwnResultRow(Base):
    """How others rated one organisation, for its own people alone: people by level, or a band where there is a pole."""

    __tablename__ = "own_result"
    __table_args__ = ({"sqlite_with_rowid": False},)

    release_id: Mapped[int] = mapped_column(ForeignKey("release.id", ondelete="CASCADE"), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    item: Mapped[str] = mapped_column(String(40), primary_key=True)
    people: Mapped[int]
    counts: Mapped[list[Any]]
    pole: Mapped[str] = mapped_column(String(20))
    at_least: Mapped[int]


class WordRow(Base):
    """One comment or text of a release, without author, sector or time; ``place`` was dealt at random from many."""

    __tablename__ = "word"
    __table_args__ = ({"sqlite_with_rowid": False},)

    release_id: Mapped[int] = mapped_column(ForeignKey("release.id", ondelete="CASCADE"), primary_key=True)
    item: Mapped[str] = mapped_column(String(40), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    text: Mapped[str] = mapped_column(Text)
    may_show: Mapped[bool]
    """Whether its author agreed that the room sees it."""
    let_through: Mapped[bool] = mapped_column(default=False)
    """Whether the facilitator has read it and let the room see it."""


class ChanceRow(Base):
    """How often re-dealing the answers gives a gap as large, per released item."""

    __tablename__ = "chance"

    release_id: Mapped[int] = mapped_column(ForeignKey("release.id", ondelete="CASCADE"), primary_key=True)
    item: Mapped[str] = mapped_column(String(40), primary_key=True)
    share: Mapped[float] = mapped_column(Float(53))


class AgendaRow(Base):
    """A convener's edited agenda for a round."""

    __tablename__ = "agenda"

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"), primary_key=True)
    document: Mapped[dict[str, Any]]
    version: Mapped[int] = mapped_column(default=1)


class AuditRow(Base):
    """One thing that was done, chained to the one before; no answers, no tokens."""

    __tablename__ = "audit"
    __table_args__ = (Index("ix_audit_partnership", "partnership_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(120))
    action: Mapped[str] = mapped_column(String(40))
    partnership_id: Mapped[int | None]
    detail: Mapped[dict[str, Any]]
    chain: Mapped[str] = mapped_column(String(64))
