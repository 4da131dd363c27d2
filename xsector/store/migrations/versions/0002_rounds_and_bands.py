"""What later rounds and sensitive questions need: who was counted with whom before, a key a round, and bands."""

import hashlib
import hmac

import sqlalchemy as sa
from alembic import op

from xsector.model.names import name_key

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("sheet", sa.Column("past", sa.Text(), nullable=False, server_default=sa.text("''")))
    op.add_column("invitation", sa.Column("late", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("block_member", sa.Column("organisation_id", sa.Integer(), nullable=False, server_default="0"))
    op.execute(
        "UPDATE block_member SET organisation_id = COALESCE((SELECT participant.organisation_id FROM participant "
        "WHERE participant.id = block_member.participant_id), 0)"
    )
    op.create_table(
        "band",
        sa.Column("block_id", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(length=40), nullable=False),
        sa.Column("pole", sa.String(length=20), nullable=False),
        sa.Column("at_least", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["block_id"], ["block.id"], name=op.f("fk_band_block_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("block_id", "item", name=op.f("pk_band")),
    )

    _give_each_round_its_keys()
    for table in ("account", "organisation", "participant"):
        _compare_names_by_their_looks(table)


def _compare_names_by_their_looks(table: str) -> None:
    """Look-alike letters count as one now; of two names that look alike, the later one keeps its old key."""
    names = sa.table(table, sa.column("id"), sa.column("name"), sa.column("name_key"))
    connection = op.get_bind()
    taken = {row.name_key for row in connection.execute(sa.select(names))}
    for row in connection.execute(sa.select(names).order_by(names.c.id)).all():
        made = name_key(row.name)
        if made != row.name_key and made not in taken:
            taken.add(made)
            connection.execute(sa.update(names).where(names.c.id == row.id).values(name_key=made))


def _give_each_round_its_keys() -> None:
    """Keys were the same in every round; people of imported files hold none."""
    sheet = sa.table("sheet", sa.column("round_id"), sa.column("respondent_key"))
    asked = sa.table("round", sa.column("id"), sa.column("imported"))
    connection = op.get_bind()
    theirs = sa.select(sheet).join(asked, asked.c.id == sheet.c.round_id).where(asked.c.imported == 0)
    for round_id, key in connection.execute(theirs).all():
        made = hmac.new(key.encode(), f"round:{round_id}".encode(), hashlib.sha256).hexdigest()
        where = (sheet.c.round_id == round_id, sheet.c.respondent_key == key)
        connection.execute(sa.update(sheet).where(*where).values(respondent_key=made))


def downgrade() -> None:
    op.drop_table("band")
    op.drop_column("block_member", "organisation_id")
    op.drop_column("invitation", "late")
    op.drop_column("sheet", "past")
