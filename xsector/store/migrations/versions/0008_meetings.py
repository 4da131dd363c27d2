"""Meetings, their votes and their promises. Rounds that are there already are questionnaires."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    with op.batch_alter_table("round") as table:
        table.add_column(sa.Column("vote", sa.String(length=12), nullable=False, server_default=sa.text("''")))
        table.add_column(sa.Column("chain", sa.String(length=40), nullable=False, server_default=sa.text("''")))
    op.create_table(
        "meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("step", sa.String(length=40), nullable=False),
        sa.Column("stage", sa.Integer(), nullable=False),
        sa.Column("blank", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("vote_id", sa.Integer(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("step_started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        _to("round", of="meeting"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
    )
    op.create_index(op.f("ix_meeting_round_id"), "meeting", ["round_id"])
    op.create_table(
        "meeting_step",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("plan", sa.JSON(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("skipped", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("shown", sa.Integer(), nullable=False),
        sa.Column("heard", sa.Text(), nullable=False),
        sa.Column("aside", sa.Text(), nullable=False),
        _to("meeting", of="meeting_step"),
        sa.PrimaryKeyConstraint("meeting_id", "id", name=op.f("pk_meeting_step")),
    )
    op.create_table(
        "parked",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("text", sa.String(length=200), nullable=False),
        sa.Column("done", sa.Boolean(), nullable=False, server_default=sa.false()),
        _to("meeting", of="parked"),
        sa.PrimaryKeyConstraint("meeting_id", "number", name=op.f("pk_parked")),
    )
    op.create_table(
        "attendance",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        _to("meeting", of="attendance"),
        _to("participant", of="attendance"),
        sa.PrimaryKeyConstraint("meeting_id", "participant_id", name=op.f("pk_attendance")),
    )
    op.create_table(
        "vote",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=40), nullable=False),
        sa.Column("item", sa.String(length=40), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("shared", sa.Integer(), nullable=False),
        _to("round", of="vote"),
        _to("meeting", of="vote"),
        sa.PrimaryKeyConstraint("round_id", name=op.f("pk_vote")),
    )
    op.create_index(op.f("ix_vote_meeting_id"), "vote", ["meeting_id"])
    op.create_table(
        "commitment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("step", sa.String(length=40), nullable=False),
        sa.Column("what", sa.String(length=300), nullable=False),
        sa.Column("who", sa.String(length=80), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=True),
        sa.Column("with_whom", sa.String(length=200), nullable=False),
        sa.Column("by_when", sa.Date(), nullable=False),
        sa.Column("seen_by", sa.String(length=300), nullable=False),
        sa.Column("first_step", sa.String(length=300), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("remark", sa.String(length=300), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        _to("partnership", of="commitment"),
        _to("meeting", of="commitment", ondelete="SET NULL"),
        _to("participant", of="commitment", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commitment")),
    )
    op.create_index(op.f("ix_commitment_partnership_id"), "commitment", ["partnership_id"])


def _to(other: str, *, of: str, ondelete: str = "CASCADE") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [f"{other}_id"], [f"{other}.id"], name=op.f(f"fk_{of}_{other}_id"), ondelete=ondelete
    )


def downgrade() -> None:
    op.execute("DELETE FROM round WHERE vote <> ''")
    op.drop_index(op.f("ix_commitment_partnership_id"), table_name="commitment")
    op.drop_table("commitment")
    op.drop_index(op.f("ix_vote_meeting_id"), table_name="vote")
    op.drop_table("vote")
    for name in ("attendance", "parked", "meeting_step"):
        op.drop_table(name)
    op.drop_index(op.f("ix_meeting_round_id"), table_name="meeting")
    op.drop_table("meeting")
    with op.batch_alter_table("round") as table:
        table.drop_column("chain")
        table.drop_column("vote")
