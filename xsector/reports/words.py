"""What partners wrote: for the facilitator to read first, and for the room what was let through."""

from __future__ import annotations

from dataclasses import dataclass

from xsector.actions.permission import leading_round
from xsector.actions.reading_words import enough_for_the_room
from xsector.model.partner import RoundFacts
from xsector.model.released import Word
from xsector.store import rounds, words
from xsector.store.accounts import Account
from xsector.store.engine import Engine, Session, reading


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionWords:
    """All that was written about one question, and whether enough people agreed that the room sees theirs."""

    code: str
    text: str
    words: tuple[Word, ...]
    for_room: bool

    @property
    def let_through(self) -> tuple[Word, ...]:
        """What the room sees."""
        return tuple(word for word in self.words if word.let_through)


def words_of(engine: Engine, *, account: Account, round_id: int) -> list[QuestionWords]:
    """What was written, question by question; empty before anything is released."""
    with reading(engine) as session:
        return words_in(session, leading_round(session, account=account, round_id=round_id))


def words_in(session: Session, round_: RoundFacts) -> list[QuestionWords]:
    """What was written in a round that the caller may see."""
    kept = words.of_round(session, round_.id)
    found = []
    for item in rounds.instrument_of(session, round_.id).items():
        theirs = tuple(word for word in kept if word.item == item.code)
        if theirs:
            found.append(
                QuestionWords(code=item.code, text=item.text, words=theirs, for_room=enough_for_the_room(theirs))
            )
    return found
