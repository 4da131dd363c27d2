"""What organisations say of themselves under their own name. Rounds that are there already have none."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "statement",
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(length=40), nullable=False),
        sa.Column("mark", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["release_id"], ["release.id"], name=op.f("fk_statement_release_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("release_id", "organisation_id", "item", "mark", name=op.f("pk_statement")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("statement")
