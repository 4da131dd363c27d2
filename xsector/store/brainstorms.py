"""Brainstorms: their stage and themes, the cards that were dealt, and the votes on them."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from xsector.errors.common import NotFoundError
from xsector.model.cards import Brainstorm, Card, Stage, Theme
from xsector.store.tables import BrainstormRow, CardRow, GroundRuleRow, RoundRow
from xsector.store.times import in_utc


def add(
    session: Session, *, round_id: int, prompt: str, vote: str, themes: Sequence[Theme], ends_at: datetime
) -> Brainstorm:
    """A new brainstorm, open for writing."""
    row = BrainstormRow(
        round_id=round_id, prompt=prompt, vote=vote, stage=Stage.WRITING, themes=_plain(themes), ends_at=ends_at,
        writers=0, voters=0,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return fact_of(row)


def get(session: Session, brainstorm_id: int) -> Brainstorm:
    """One brainstorm; NotFoundError if it isn't there."""
    return fact_of(_row(session, brainstorm_id))


def get_for_change(session: Session, brainstorm_id: int) -> Brainstorm:
    """One brainstorm as it is now, whatever was read of it before in this transaction."""
    row = session.get(BrainstormRow, brainstorm_id, populate_existing=True)
    if row is None:
        raise NotFoundError("brainstorm")
    return fact_of(row)


def of_round(session: Session, round_id: int) -> list[Brainstorm]:
    """A round's brainstorms, newest first."""
    chosen = select(BrainstormRow).where(BrainstormRow.round_id == round_id).order_by(BrainstormRow.id.desc())
    return [fact_of(row) for row in session.scalars(chosen)]


def of_partnership(session: Session, partnership_id: int) -> list[Brainstorm]:
    """All brainstorms of a partnership, newest first."""
    chosen = (
        select(BrainstormRow)
        .join(RoundRow, RoundRow.id == BrainstormRow.round_id)
        .where(RoundRow.partnership_id == partnership_id)
        .order_by(BrainstormRow.id.desc())
    )
    return [fact_of(row) for row in session.scalars(chosen)]


def set_end(session: Session, brainstorm_id: int, *, ends_at: datetime) -> None:
    """Give the room until *ends_at* to write."""
    _row(session, brainstorm_id).ends_at = ends_at


def set_stage(
    session: Session, brainstorm_id: int, *, stage: Stage, writers: int | None = None, voters: int | None = None
) -> None:
    """Move a brainstorm to *stage*, and keep how many wrote or voted."""
    row = _row(session, brainstorm_id)
    row.stage = stage
    row.writers = row.writers if writers is None else writers
    row.voters = row.voters if voters is None else voters


def set_themes(session: Session, brainstorm_id: int, *, themes: Sequence[Theme]) -> None:
    """Replace the themes; cards of one that is gone have none then."""
    _row(session, brainstorm_id).themes = _plain(themes)
    lost = CardRow.theme.not_in([theme.number for theme in themes])
    session.execute(update(CardRow).where(CardRow.brainstorm_id == brainstorm_id, lost).values(theme=None))


def remove(session: Session, brainstorm_id: int) -> None:
    """Delete a brainstorm with all its cards and votes; rules that came of it stay, without their card."""
    of = GroundRuleRow.brainstorm_id == brainstorm_id
    # Not by a key of the database: numbers of deleted brainstorms may be given out again.
    session.execute(update(GroundRuleRow).where(of).values(brainstorm_id=None, place=None))
    session.delete(_row(session, brainstorm_id))
    session.flush()


def deal(session: Session, brainstorm_id: int, *, texts: Iterable[str]) -> int:
    """Keep *texts* as cards, in an order that tells nothing; returns how many they are."""
    dealt = list(texts)
    random.SystemRandom().shuffle(dealt)
    rows = [
        {"brainstorm_id": brainstorm_id, "place": place, "text": text, "theme": None, "under": None, "hidden": False,
         "dots": 0}
        for place, text in enumerate(dealt, start=1)
    ]  # fmt: skip
    session.execute(insert(CardRow), rows)
    return len(rows)


def cards(session: Session, brainstorm_id: int) -> list[Card]:
    """The cards of a brainstorm whose writing has ended, by place."""
    chosen = select(CardRow).where(CardRow.brainstorm_id == brainstorm_id).order_by(CardRow.place)
    return [
        Card(place=row.place, text=row.text, theme=row.theme, under=row.under, hidden=row.hidden, dots=row.dots)
        for row in session.scalars(chosen)
    ]


def count_shown(session: Session, brainstorm_id: int) -> int:
    """How many cards aren't hidden."""
    shown = (CardRow.brainstorm_id == brainstorm_id, CardRow.hidden.is_(False))
    return session.scalar(select(func.count()).select_from(CardRow).where(*shown)) or 0


def change_card(session: Session, brainstorm_id: int, *, place: int, **values: Any) -> None:  # Any: column values
    """Set columns of one card; NotFoundError if it isn't there."""
    one = (CardRow.brainstorm_id == brainstorm_id, CardRow.place == place)
    done = session.execute(update(CardRow).where(*one).values(**values))
    if not done.rowcount:  # type: ignore[attr-defined]  # the result of an UPDATE has it; the stubs don't know
        raise NotFoundError("card")


def move_under(session: Session, brainstorm_id: int, *, place: int, head: int) -> None:
    """Put a card, with those that lie under it, under the card at *head*."""
    change_card(session, brainstorm_id, place=place, under=head)
    below = (CardRow.brainstorm_id == brainstorm_id, CardRow.under == place)
    session.execute(update(CardRow).where(*below).values(under=head))


def remove_card(session: Session, brainstorm_id: int, *, place: int) -> None:
    """Delete a card for good; those under it stand for themselves again."""
    change_card(session, brainstorm_id, place=place, hidden=True)
    of = CardRow.brainstorm_id == brainstorm_id
    session.execute(update(CardRow).where(of, CardRow.under == place).values(under=None))
    session.execute(delete(CardRow).where(of, CardRow.place == place))


def _row(session: Session, brainstorm_id: int) -> BrainstormRow:
    row = session.get(BrainstormRow, brainstorm_id)
    if row is None:
        raise NotFoundError("brainstorm")
    return row


def _plain(themes: Sequence[Theme]) -> list[dict[str, Any]]:
    return [{"number": one.number, "label": one.label, "keywords": list(one.keywords)} for one in themes]


def fact_of(row: BrainstormRow) -> Brainstorm:
    """What a row says of a brainstorm."""
    themes = (Theme(number=one["number"], label=one["label"], keywords=tuple(one["keywords"])) for one in row.themes)
    return Brainstorm(
        id=row.id,
        round_id=row.round_id,
        prompt=row.prompt,
        vote=row.vote,
        stage=Stage(row.stage),
        themes=tuple(themes),
        ends_at=in_utc(row.ends_at),
        writers=row.writers,
        voters=row.voters,
    )
