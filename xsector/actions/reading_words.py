"""The facilitator reads what was written and decides what the room sees of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from xsector.actions.permission import leading_round_for_change
from xsector.errors.common import NotFoundError
from xsector.errors.rounds import TooFewWordsError
from xsector.model.partner import RoundFacts
from xsector.model.released import Word
from xsector.model.words import FEWEST_WORDS
from xsector.store import audit, rounds, words
from xsector.store.accounts import Account
from xsector.store.engine import Engine, Session, forget_log, writing


def let_through(engine: Engine, *, account: Account, round_id: int, word: Word, shown: bool, now: datetime) -> None:
    """Let the room see *word*, or no more.

    Raises
    ------
    TooFewWordsError
        Its author didn't agree, or too few agreed about that question.
    NotFoundError
        It isn't among the words of this round.
    """
    with writing(engine) as session:
        round_ = leading_round_for_change(session, account=account, round_id=round_id)
        kept = [one for one in words.of_round(session, round_id) if one.item == word.item]
        there = _found(kept, word)
        if shown and not (there.may_show and enough_for_the_room(kept)):
            raise TooFewWordsError(least=FEWEST_WORDS)
        words.let_through(session, there, shown=shown)
        _tell(session, round_, account=account, action="comment shown" if shown else "comment hidden", now=now)


def delete_word(engine: Engine, *, account: Account, round_id: int, word: Word, now: datetime) -> None:
    """Delete *word* for good, as its author or somebody whom it hurts may ask."""
    with writing(engine) as session:
        round_ = leading_round_for_change(session, account=account, round_id=round_id)
        words.remove(session, _found(words.of_round(session, round_id), word))
        _tell(session, round_, account=account, action="comment deleted", now=now)
    forget_log(engine)


def enough_for_the_room(kept: Sequence[Word]) -> bool:
    """Whether as many as the rule asks for agreed that the room sees what they wrote about one question."""
    return sum(word.may_show for word in kept) >= FEWEST_WORDS


def _found(kept: Sequence[Word], wanted: Word) -> Word:
    place = (wanted.release_id, wanted.item, wanted.place)
    for word in kept:
        if (word.release_id, word.item, word.place) == place:
            return word
    raise NotFoundError("comment")


def _tell(session: Session, round_: RoundFacts, *, account: Account, action: str, now: datetime) -> None:
    """The walls look again; the log says that it was done, not about which comment."""
    rounds.bump(session, round_.id)
    detail = {"round": round_.id}
    audit.note(session, actor=account.name, action=action, now=now, partnership_id=round_.partnership_id, detail=detail)
