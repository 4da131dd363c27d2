"""What will most people of a sector answer? As questions: one for each rated question and sector."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from xsector.model.instrument import Instrument, Item, Kind, Section
from xsector.model.modules.kinds import Guesses, Module

TITLE: Final = "What will they say? {}"
INTRO: Final = (
    "Guess what most people from “{}” answer; if you are one of them, what most of you answer. It is no test: how well "
    "we know each other is what we learn."
)
NO_IDEA: Final = "No idea"


def sections(guesses: Guesses, *, instrument: Instrument, sectors: Mapping[str, str]) -> Iterator[Section]:
    """One section for each sector (code to label) whose answers are guessed; none about what isn't asked."""
    asked = {item.code: item for item in instrument.items() if can_be_guessed(item)}
    of = [asked[code] for code in guesses.items if code in asked]
    for sector in guesses.sectors if of else ():
        if sector not in sectors:
            continue
        label = sectors[sector]
        yield Section(
            code=f"{Module.GUESSES}_{sector}",
            title=TITLE.format(label),
            intro=INTRO.format(label),
            items=tuple(_item(item, sector=sector, label=label) for item in of),
            module=Module.GUESSES,
        )


def can_be_guessed(item: Item) -> bool:
    """Whether a question's answers can be guessed: rated by everybody, and shown as counts."""
    return item.kind is Kind.RATING and item.ordered and not (item.sensitive or item.context or item.who or item.module)


def code_of(item: str, sector: str) -> str:
    """The permanent code of a guess."""
    return f"{item}_of_{sector}"


def _item(item: Item, *, sector: str, label: str) -> Item:
    return Item(
        code=code_of(item.code, sector),
        kind=Kind.RATING,
        text=item.text,
        short=f"{item.short}, guessed of {label}"[:40],
        levels=item.levels,
        cannot_judge=NO_IDEA,
        reverse=item.reverse,
        module=Module.GUESSES,
        parts=(item.code, sector),
    )
