"""Comments and texts of releases: who wrote them is not among what is kept."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from typing import Final

from sqlalchemy import ColumnElement, delete, insert, select, update
from sqlalchemy.orm import Session

from xsector.errors.common import NotFoundError
from xsector.model.released import Word
from xsector.store.tables import ReleaseRow, WordRow

PLACES: Final = 2**31
"""So many places a word may be dealt to: each part of a round falls among those that were opened before."""


def add(session: Session, *, release_id: int, item: str, texts: Iterable[tuple[str, bool]]) -> None:
    """Keep *texts*, each with whether the room may see it, in an order that tells nothing, nor which came later."""
    taken = _taken(session, release_id=release_id, item=item)
    dealt = sorted((_free(taken), text, may_show) for text, may_show in texts)
    rows = [
        {"release_id": release_id, "item": item, "place": place, "text": text, "may_show": may_show,
         "let_through": False}
        for place, text, may_show in dealt
    ]  # fmt: skip
    session.execute(insert(WordRow), rows)


def _taken(session: Session, *, release_id: int, item: str) -> set[int]:
    """The places of a question's words in all releases of the round."""
    round_id = select(ReleaseRow.round_id).where(ReleaseRow.id == release_id).scalar_subquery()
    chosen = (
        select(WordRow.place)
        .join(ReleaseRow, ReleaseRow.id == WordRow.release_id)
        .where(ReleaseRow.round_id == round_id, WordRow.item == item)
    )
    return set(session.scalars(chosen))


def _free(taken: set[int]) -> int:
    """A place at random that is not *taken*; it is from now on."""
    place = secrets.randbelow(PLACES)
    while place in taken:
        place = secrets.randbelow(PLACES)
    taken.add(place)
    return place


def of_round(session: Session, round_id: int) -> list[Word]:
    """All that is kept of a round's words, by question and place."""
    rows = session.scalars(
        select(WordRow)
        .join(ReleaseRow, ReleaseRow.id == WordRow.release_id)
        .where(ReleaseRow.round_id == round_id)
        .order_by(WordRow.item, WordRow.place)
    )
    return [
        Word(
            release_id=row.release_id,
            item=row.item,
            place=row.place,
            text=row.text,
            may_show=row.may_show,
            let_through=row.let_through,
        )
        for row in rows
    ]


def let_through(session: Session, word: Word, *, shown: bool) -> None:
    """Let the room see *word*, or no more."""
    done = session.execute(update(WordRow).where(*_this(word)).values(let_through=shown))
    if not done.rowcount:  # type: ignore[attr-defined]  # the result of an UPDATE has it; the stubs don't know
        raise NotFoundError("comment")


def remove(session: Session, word: Word) -> None:
    """Delete *word* for good."""
    session.execute(delete(WordRow).where(*_this(word)))


def forget_texts(session: Session, round_id: int, *, texts: dict[str, str]) -> None:
    """Delete one word for each item code and text: those of somebody who asks for it."""
    for word in of_round(session, round_id):
        if texts.get(word.item) == word.text:
            del texts[word.item]
            remove(session, word)


def _this(word: Word) -> tuple[ColumnElement[bool], ...]:
    return (WordRow.release_id == word.release_id, WordRow.item == word.item, WordRow.place == word.place)
