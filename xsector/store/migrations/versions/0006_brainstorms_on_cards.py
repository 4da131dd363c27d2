"""Brainstorms on cards, votes on them, and the rules that come of it. Rounds that exist have none."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "brainstorm",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("prompt", sa.String(length=200), nullable=False),
        sa.Column("vote", sa.String(length=200), nullable=False),
        sa.Column("stage", sa.String(length=12), nullable=False),
        sa.Column("themes", sa.JSON(), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("writers", sa.Integer(), nullable=False),
        sa.Column("voters", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_brainstorm_round_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_brainstorm")),
    )
    op.create_index(op.f("ix_brainstorm_round_id"), "brainstorm", ["round_id"])
    _of_brainstorm("card_draft", sa.Column("text", sa.Text(), nullable=False))
    _of_brainstorm("ballot", sa.Column("places", sa.JSON(), nullable=False))
    op.create_table(
        "brainstorm_part",
        sa.Column("brainstorm_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("wrote", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("voted", sa.Boolean(), nullable=False, server_default=sa.false()),
        _to("brainstorm", of="brainstorm_part"),
        _to("participant", of="brainstorm_part"),
        sa.PrimaryKeyConstraint("brainstorm_id", "participant_id", name=op.f("pk_brainstorm_part")),
    )
    op.create_table(
        "card",
        sa.Column("brainstorm_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("theme", sa.Integer(), nullable=True),
        sa.Column("under", sa.Integer(), nullable=True),
        sa.Column("hidden", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("dots", sa.Integer(), nullable=False),
        _to("brainstorm", of="card"),
        sa.PrimaryKeyConstraint("brainstorm_id", "place", name=op.f("pk_card")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "ground_rule",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("text", sa.String(length=200), nullable=False),
        sa.Column("brainstorm_id", sa.Integer(), nullable=True),
        sa.Column("place", sa.Integer(), nullable=True),
        _to("round", of="ground_rule"),
        sa.PrimaryKeyConstraint("round_id", "number", name=op.f("pk_ground_rule")),
    )


def _of_brainstorm(name: str, held: sa.Column[Any]) -> None:  # Any: values of any type
    """A table whose rows are found by marks that only links can make; without row numbers, which tell an order."""
    op.create_table(
        name,
        sa.Column("brainstorm_id", sa.Integer(), nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=False),
        held,
        _to("brainstorm", of=name),
        sa.PrimaryKeyConstraint("brainstorm_id", "mark", name=op.f(f"pk_{name}")),
        sqlite_with_rowid=False,
    )


def _to(other: str, *, of: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [f"{other}_id"], [f"{other}.id"], name=op.f(f"fk_{of}_{other}_id"), ondelete="CASCADE"
    )


def downgrade() -> None:
    for name in ("ground_rule", "card", "brainstorm_part", "ballot", "card_draft"):
        op.drop_table(name)
    op.drop_index(op.f("ix_brainstorm_round_id"), table_name="brainstorm")
    op.drop_table("brainstorm")
