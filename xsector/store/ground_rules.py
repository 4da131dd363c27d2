"""The rules that a partnership gave itself in a round."""

from __future__ import annotations

from sqlalchemy import and_, delete, func, select
from sqlalchemy.orm import Session

from xsector.errors.common import NotFoundError
from xsector.model.cards import Rule
from xsector.store.tables import CardRow, GroundRuleRow


def add(session: Session, round_id: int, *, text: str, brainstorm_id: int | None, place: int | None) -> Rule:
    """Keep one more rule, with the card that it answers."""
    last = session.scalar(select(func.max(GroundRuleRow.number)).where(GroundRuleRow.round_id == round_id)) or 0
    row = GroundRuleRow(round_id=round_id, number=last + 1, text=text, brainstorm_id=brainstorm_id, place=place)
    session.add(row)
    session.flush()
    return Rule(number=row.number, text=text)


def of_round(session: Session, round_id: int) -> list[Rule]:
    """The rules of a round in the order of their making; a card that is hidden or gone is not told."""
    theirs = and_(CardRow.brainstorm_id == GroundRuleRow.brainstorm_id, CardRow.place == GroundRuleRow.place)
    rows = session.execute(
        select(GroundRuleRow.number, GroundRuleRow.text, CardRow.text, CardRow.hidden)
        .outerjoin(CardRow, theirs)
        .where(GroundRuleRow.round_id == round_id)
        .order_by(GroundRuleRow.number)
    )
    return [Rule(number=number, text=text, because=card if card and not hidden else "")
            for number, text, card, hidden in rows]  # fmt: skip


def reword(session: Session, round_id: int, *, number: int, text: str) -> None:
    """Give a rule other words."""
    row = session.get(GroundRuleRow, (round_id, number))
    if row is None:
        raise NotFoundError("rule")
    row.text = text


def remove(session: Session, round_id: int, *, number: int) -> None:
    """Delete a rule; NotFoundError if it isn't there."""
    one = (GroundRuleRow.round_id == round_id, GroundRuleRow.number == number)
    if not session.execute(delete(GroundRuleRow).where(*one)).rowcount:  # type: ignore[attr-defined]  # as in words.py
        raise NotFoundError("rule")
