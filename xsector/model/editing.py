"""Changes a convener makes to a partnership's copy of a questionnaire before its first answer.

Each function returns a new instrument and leaves its argument as it was. A removed question of the
partnership's own rests in the bank, so that its code is never given to another question.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from typing import Final

from xsector.errors.common import EditRefusedError
from xsector.model.file_shapes import LONGEST_OPTION, LONGEST_SHORT, LONGEST_TEXT, MOST_OPTIONS
from xsector.model.instrument import Instrument, Item, Kind, Section
from xsector.model.instrument_file import ASKABLE_KINDS
from xsector.model.item_reader import OWN_PREFIX
from xsector.model.minutes import minutes_for
from xsector.model.names import clean_line

MOST_OWN_ITEMS: Final = 20
OWN_THEME: Final = "own"
EXTRA_SECTION: Final = "extra"
_OWN_CODE: Final = re.compile(rf"{OWN_PREFIX}([0-9]+)")


def with_item_switched(instrument: Instrument, code: str, *, asked: bool) -> Instrument:
    """*instrument* with the question *code* asked, or left out; EditRefusedError if nothing would be asked."""
    _stands_in_a_section(instrument, code)
    return _checked(_with_item(instrument, code, change=lambda item: replace(item, asked=asked)))


def with_item_reworded(instrument: Instrument, code: str, *, text: str, short: str) -> Instrument:
    """*instrument* with other words for the question *code*; UnusableTextError says what is wrong with them."""
    wording = clean_line(text, longest=LONGEST_TEXT, what="question")
    label = clean_line(short, longest=LONGEST_SHORT, what="short name")
    _stands_in_a_section(instrument, code)
    return _checked(_with_item(instrument, code, change=lambda item: replace(item, text=wording, short=label)))


def with_own_item(
    instrument: Instrument,
    section_code: str,
    *,
    text: str,
    levels: Collection[str],
    short: str = "",
    ordered: bool = True,
    cannot_judge: str | None = "I can't judge",
    sensitive: bool = False,
    taken: Collection[str] = (),
) -> Instrument:
    """*instrument* with a question of the partnership's own at the end of a section.

    Its code is OWN1, OWN2 and so on: the next after those in *instrument* and in *taken*, the codes
    of the partnership's earlier rounds. A section with sensitive questions makes it sensitive.
    """
    section = _section(instrument, section_code)
    labels = _clean_levels(levels)
    wording = clean_line(text, longest=LONGEST_TEXT, what="question")
    own = Item(
        code=_next_own_code(instrument, taken=taken),
        kind=Kind.RATING if ordered else Kind.CHOICE,
        text=wording,
        short=clean_line(short, longest=LONGEST_SHORT) if short.strip() else _shortened(wording),
        theme=OWN_THEME,
        levels=labels,
        ordered=ordered,
        cannot_judge=cannot_judge,
        sensitive=sensitive or any(item.sensitive for item in section.items),
        context=bool(section.items) and all(item.context for item in section.items),
        own=True,
    )
    return _checked(_with_section(instrument, replace(section, items=(*section.items, own))))


def without_own_item(instrument: Instrument, code: str) -> Instrument:
    """*instrument* without the own question *code*, which goes to the bank."""
    item = _stands_in_a_section(instrument, code)
    if not item.own:
        raise EditRefusedError(f"{code} isn't a question of your own.", remedy="Switch it off instead.")
    kept = tuple(
        replace(section, items=tuple(other for other in section.items if other.code != code))
        for section in instrument.sections
    )
    sections = tuple(section for section in kept if section.items)
    return _checked(replace(instrument, sections=sections, bank=(*instrument.bank, item)))


def with_bank_item(instrument: Instrument, code: str) -> Instrument:
    """*instrument* that asks the question *code* of its bank, beside questions on the same theme."""
    item = next((item for item in instrument.bank if item.code == code), None)
    if item is None:
        raise EditRefusedError(f"There is no question {code} in the bank.", remedy="Choose one that is listed.")
    if item.kind not in ASKABLE_KINDS:
        reason = f"A question of the kind “{item.kind}” can't be asked in a form yet."
        raise EditRefusedError(reason, remedy="Choose another question.")
    rest = tuple(other for other in instrument.bank if other.code != code)
    home = _home(instrument, item)
    asked = replace(home, items=(*home.items, replace(item, asked=True)))
    return _checked(_with_section(replace(instrument, bank=rest), asked))


def _with_item(instrument: Instrument, code: str, *, change: Callable[[Item], Item]) -> Instrument:
    sections = tuple(
        replace(section, items=tuple(change(item) if item.code == code else item for item in section.items))
        for section in instrument.sections
    )
    return replace(instrument, sections=sections)


def _with_section(instrument: Instrument, section: Section) -> Instrument:
    if all(other.code != section.code for other in instrument.sections):
        return replace(instrument, sections=_before_open_questions(instrument, section))
    sections = tuple(section if other.code == section.code else other for other in instrument.sections)
    return replace(instrument, sections=sections)


def _before_open_questions(instrument: Instrument, section: Section) -> tuple[Section, ...]:
    place = len(instrument.sections)
    while place and all(item.kind is Kind.TEXT for item in instrument.sections[place - 1].items):
        place -= 1
    return (*instrument.sections[:place], section, *instrument.sections[place:])


def _home(instrument: Instrument, item: Item) -> Section:
    for section in instrument.sections:
        if any(other.theme == item.theme and other.kind is item.kind for other in section.items):
            return section
    extra = (section for section in instrument.sections if section.code == EXTRA_SECTION)
    return next(extra, Section(code=EXTRA_SECTION, title="More questions", items=()))


def _checked(instrument: Instrument) -> Instrument:
    asked = list(instrument.items())
    if not asked:
        raise EditRefusedError("At least one question must be asked.", remedy="Switch another one on first.")
    return replace(instrument, minutes=minutes_for(asked))


def _section(instrument: Instrument, code: str) -> Section:
    for section in instrument.sections:
        if section.code == code:
            return section
    raise EditRefusedError(f"There is no section “{code}”.", remedy="Choose one that is listed.")


def _stands_in_a_section(instrument: Instrument, code: str) -> Item:
    for section in instrument.sections:
        for item in section.items:
            if item.code == code:
                return item
    raise EditRefusedError(f"There is no question {code} here.", remedy="Load the page again.")


def _all_codes(instrument: Instrument) -> Iterator[str]:
    for section in instrument.sections:
        yield from (item.code for item in section.items)
    yield from (item.code for item in instrument.bank)


def _next_own_code(instrument: Instrument, *, taken: Collection[str]) -> str:
    asked = sum(item.own for section in instrument.sections for item in section.items)
    if asked >= MOST_OWN_ITEMS:
        reason = f"There are {asked} questions of your own already, the most that fit."
        raise EditRefusedError(reason, remedy="Remove one first.")
    found = (_OWN_CODE.fullmatch(code) for code in (*_all_codes(instrument), *taken))
    return f"{OWN_PREFIX}{1 + max((int(match[1]) for match in found if match), default=0)}"


def _clean_levels(levels: Collection[str]) -> tuple[str, ...]:
    labels = tuple(clean_line(label, longest=LONGEST_OPTION, what="answer") for label in levels)
    if not 2 <= len(labels) <= MOST_OPTIONS:
        reason = f"A question needs 2 to {MOST_OPTIONS} answers, not {len(labels)}."
        raise EditRefusedError(reason, remedy="Add or remove answers.")
    if len(set(labels)) < len(labels):
        raise EditRefusedError("Two answers read the same.", remedy="Word one of them another way.")
    return labels


def _shortened(text: str) -> str:
    if len(text) <= LONGEST_SHORT:
        return text.rstrip(".?!")
    start = text[: LONGEST_SHORT - 1]
    return (start.rsplit(" ", 1)[0] if " " in start else start) + "…"
