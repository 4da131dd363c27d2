"""What people guessed of each other: how far off, which of the four cases, and how sure."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from xsector.agenda import guess_words
from xsector.agenda.document import Row
from xsector.analysis.guesses import Guess, Guessed, guesses_of
from xsector.model.modules.kinds import Module
from xsector.model.released import Release
from xsector.reports.module_results import released_module
from xsector.store.accounts import Account
from xsector.store.engine import Engine


@dataclass(frozen=True, slots=True, kw_only=True)
class GuessWords:
    """One guess on the screen; ``by_group`` says how far off each other group is."""

    title: str
    found: str
    by_group: str
    how_sure: str
    based_on: str
    is_urgent: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GuessResults:
    """The guesses of a round; ``guesses`` with those that need talk first, ``silent`` says what isn't compared."""

    release: Release
    guesses: tuple[GuessWords, ...]
    silent: str
    table: tuple[Row, ...]
    note: str


def guess_results(engine: Engine, *, account: Account, round_id: int) -> GuessResults:
    """What is released of a round's guesses; RoundStateError before that, NotFoundError where it wasn't asked."""
    release = released_module(engine, account=account, round_id=round_id, module=Module.GUESSES)
    found = guesses_of(release)
    urgent = guess_words.urgent(found)
    order = [*urgent, *(one for one in found if one not in urgent and one.others)]
    return GuessResults(
        release=release,
        guesses=tuple(_words(one, urgent=one in urgent, release=release) for one in order),
        silent=guess_words.silent_note(found),
        table=guess_words.table(found, release=release),
        note=guess_words.BY_GROUP,
    )


def guesses_document(release: Release) -> dict[str, Any]:  # Any: whatever JSON holds
    """The guesses as a part of the report, the widest gap first; what is undefined is None."""
    blocks = [block.name for block in release.blocks]
    return {"guesses": [_guessed(one, blocks=blocks) for one in guesses_of(release)]}


def _words(one: Guessed, *, urgent: bool, release: Release) -> GuessWords:
    return GuessWords(
        title=guess_words.hedged(one),
        found=guess_words.about(one),
        by_group=guess_words.by_block(one, release=release),
        how_sure=guess_words.how_sure(one),
        based_on=guess_words.based_on(one),
        is_urgent=urgent,
    )


def _guessed(one: Guessed, *, blocks: list[str]) -> dict[str, Any]:
    return {
        "item": one.item,
        "sector": one.sector,
        "text": one.text,
        "levels": list(one.levels),
        "actual": _number(one.actual),
        "answered": one.answered,
        "not_compared": one.silent.value if one.silent else None,
        "all_others": _guess(one.others) if one.others else None,
        "by_group": {blocks[guess.block]: _guess(guess) for guess in one.blocks if guess.block is not None},
    }


def _guess(guess: Guess) -> dict[str, Any]:
    perceived = guess.perceived
    return {
        "people": guess.people,
        "no_idea": guess.unsure,
        "guess": _number(guess.guess),
        "own": _number(guess.own),
        "gap": _number(perceived.gap),
        "real": _number(perceived.real),
        "believed": _number(perceived.believed),
        "case": perceived.case.value if perceived.case else None,
        "wrong_way": perceived.wrong_way,
        "projection": _number(perceived.projection),
        "clear": guess.clear,
    }


def _number(value: float) -> float | None:
    return None if math.isnan(value) else value
