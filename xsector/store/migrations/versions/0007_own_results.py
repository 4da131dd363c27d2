"""What organisations were rated, for their own people alone. Rounds that are there already have none."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "own_result",
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(length=40), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("pole", sa.String(length=20), nullable=False),
        sa.Column("at_least", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["release_id"], ["release.id"], name=op.f("fk_own_result_release_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("release_id", "organisation_id", "item", name=op.f("pk_own_result")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("own_result")
