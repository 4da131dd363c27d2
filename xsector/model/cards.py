"""A brainstorm on cards: what is asked, how far it is, what was written, and the rules that come of it."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from xsector.model.words import FEWEST_WORDS

LONGEST_PROMPT: Final = 200
LONGEST_CARD: Final = 120
LONGEST_THEME: Final = 40
LONGEST_KEYWORD: Final = 40
LONGEST_RULE: Final = 160
MOST_CARDS: Final = 30
"""Cards that one person may write about a prompt."""
MOST_THEMES: Final = 12
MOST_KEYWORDS: Final = 40
MOST_RULES: Final = 20
DOTS: Final = 3
"""Cards that one person may mark in a vote."""
MINUTES: Final = 5
MORE_MINUTES: Final = 2
LONGEST_MINUTES: Final = 60
FEWEST_WRITERS: Final = FEWEST_WORDS
"""People who wrote cards, below which nobody but their authors reads any of them."""
WALL_VIEWS: Final = ("cards", "rules")
"""What a wall shows of cards, before a reveal too."""
RULE_BEGINS: Final = "In this partnership we will"


class Stage(StrEnum):
    """How far a brainstorm is."""

    WRITING = "writing"
    SORTING = "sorting"
    SHOWN = "shown"
    VOTING = "voting"
    COUNTED = "counted"


CALLING: Final = frozenset({Stage.WRITING, Stage.VOTING})
"""Stages in which partners have something to do."""
ON_SHOW: Final = frozenset({Stage.SHOWN, Stage.VOTING, Stage.COUNTED})
"""Stages in which the room may see the cards that aren't hidden."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """A heading for cards; a card that holds one of its keywords probably belongs there."""

    number: int
    label: str
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Brainstorm:
    """One prompt of a round, without its cards."""

    id: int
    round_id: int
    prompt: str
    vote: str
    """What the vote on the cards asks."""
    stage: Stage
    themes: tuple[Theme, ...]
    ends_at: datetime
    writers: int
    """How many wrote; 0 while they still do."""
    voters: int
    """How many voted; 0 until the votes are counted."""

    def seconds_left(self, now: datetime) -> int:
        """How long the room still has to write; 0 when the time is up."""
        return max(0, round((self.ends_at - now).total_seconds()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One card after writing has ended; ``place`` was dealt at random."""

    place: int
    text: str
    theme: int | None = None
    under: int | None = None
    """The card that says the same and stands for both."""
    hidden: bool = False
    dots: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnCard:
    """A card as its author sees it while writing goes on; ``mark`` finds it again."""

    mark: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pile:
    """A card that stands for itself and for those that say the same."""

    head: Card
    under: tuple[Card, ...] = ()

    @property
    def count(self) -> int:
        """How many cards say this."""
        return 1 + len(self.under)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heap:
    """The piles under one theme; without a theme the number is None and the label empty."""

    number: int | None
    label: str
    piles: tuple[Pile, ...]

    @property
    def count(self) -> int:
        """How many cards lie here."""
        return sum(pile.count for pile in self.piles)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule that a partnership gave itself, and the card that it answers, if the room may see that."""

    number: int
    text: str
    because: str = ""

    @property
    def sentence(self) -> str:
        """The whole rule as it is read out."""
        return f"{RULE_BEGINS} {self.text.rstrip('.')}."


def piles_of(cards: Iterable[Card]) -> list[Pile]:
    """The cards, those that say the same together; hidden ones and what lies under them are left out."""
    shown = [card for card in cards if not card.hidden]
    return [
        Pile(head=card, under=tuple(one for one in shown if one.under == card.place))
        for card in shown
        if card.under is None
    ]


def heaps_of(themes: Sequence[Theme], cards: Iterable[Card]) -> list[Heap]:
    """The piles by theme as the room sees them: the largest heap first, cards without a theme last, none empty."""
    piles = sorted(piles_of(cards), key=lambda pile: (-pile.count, pile.head.place))
    known = {theme.number for theme in themes}
    heaps = [
        Heap(
            number=theme.number,
            label=theme.label,
            piles=tuple(pile for pile in piles if pile.head.theme == theme.number),
        )
        for theme in themes
    ]
    heaps.sort(key=lambda heap: -heap.count)
    rest = Heap(number=None, label="", piles=tuple(pile for pile in piles if pile.head.theme not in known))
    return [heap for heap in (*heaps, rest) if heap.piles]


def top_piles(cards: Iterable[Card]) -> list[Pile]:
    """The piles that got dots, the most first."""
    marked = [pile for pile in piles_of(cards) if pile.head.dots]
    return sorted(marked, key=lambda pile: (-pile.head.dots, pile.head.place))


def card_marks(key: str, *, brainstorm_id: int) -> tuple[str, ...]:
    """What the cards of whoever holds *key* are found by, one for each that they may write.

    Without the key nobody can make them, nor tell that two cards are of one person.
    """
    return tuple(_mark(key, f"card:{brainstorm_id}:{number}") for number in range(MOST_CARDS))


def ballot_mark(key: str, *, brainstorm_id: int) -> str:
    """What the votes of whoever holds *key* are found by."""
    return _mark(key, f"ballot:{brainstorm_id}")


def _mark(key: str, purpose: str) -> str:
    return hmac.new(key.encode(), purpose.encode(), hashlib.sha256).hexdigest()
