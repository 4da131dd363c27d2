"""Several releases a round, named organisations, words of a release, and people who left or were erased."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    for name in ("live", "shown", "over"):
        op.add_column("round", sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute("UPDATE round SET shown = true WHERE state IN ('revealed', 'archived')")
    op.add_column("invitation", sa.Column("agreed", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("invitation", sa.Column("passed_over", sa.Boolean(), nullable=False, server_default=sa.false()))
    _pass_over_the_uncounted()
    op.add_column("participant", sa.Column("gone", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("block", sa.Column("organisation_id", sa.Integer(), nullable=True))
    op.add_column("sheet", sa.Column("locked", sa.LargeBinary(), nullable=True))
    # Kept in clear until now, they gave away what bands hide and what somebody erased had said.
    op.execute("DELETE FROM sheet WHERE sector IS NULL")
    with op.batch_alter_table("release") as release:
        release.add_column(sa.Column("number", sa.Integer(), nullable=False, server_default="1"))
        release.drop_constraint("uq_release_round_id", type_="unique")
        release.create_unique_constraint("uq_release_round_id", ["round_id", "number"])
    op.create_table(
        "word",
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(length=40), nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("may_show", sa.Boolean(), nullable=False),
        sa.Column("let_through", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["release_id"], ["release.id"], name=op.f("fk_word_release_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("release_id", "item", "place", name=op.f("pk_word")),
        sqlite_with_rowid=False,
    )
    _ask_for_consent_to_texts()


def _pass_over_the_uncounted() -> None:
    """Whoever had finished a round at its reveal and isn't counted in it was sealed uncounted."""
    op.execute(
        "UPDATE invitation SET passed_over = true WHERE answered AND EXISTS ("
        "SELECT 1 FROM round WHERE round.id = invitation.round_id AND round.state IN ('revealed', 'archived')"
        ") AND NOT EXISTS ("
        "SELECT 1 FROM block_member JOIN block ON block.id = block_member.block_id "
        "JOIN release ON release.id = block.release_id "
        "WHERE release.round_id = invitation.round_id AND block_member.participant_id = invitation.participant_id)"
    )


def _ask_for_consent_to_texts() -> None:
    """Answers in own words get a consent of their own, like comments; nobody has given it yet."""
    sheet = sa.table("sheet", *map(sa.column, ("round_id", "respondent_key")), sa.column("words", sa.JSON()))
    connection = op.get_bind()
    for round_id, key, words in connection.execute(sa.select(sheet)).all():
        held = json.loads(words) if isinstance(words, str) else words
        if not held.get("texts"):
            continue
        texts = {code: {"text": text, "may_show": False} for code, text in held["texts"].items()}
        where = (sheet.c.round_id == round_id, sheet.c.respondent_key == key)
        connection.execute(sa.update(sheet).where(*where).values(words={**held, "texts": texts}))


def downgrade() -> None:
    op.drop_table("word")
    op.execute("DELETE FROM release WHERE number > 1")
    with op.batch_alter_table("release") as release:
        release.drop_constraint("uq_release_round_id", type_="unique")
        release.create_unique_constraint("uq_release_round_id", ["round_id"])
        release.drop_column("number")
    op.drop_column("sheet", "locked")
    op.drop_column("block", "organisation_id")
    op.drop_column("participant", "gone")
    op.drop_column("invitation", "passed_over")
    op.drop_column("invitation", "agreed")
    op.drop_column("round", "over")
    op.drop_column("round", "shown")
    op.drop_column("round", "live")
