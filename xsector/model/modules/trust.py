"""How far partners trust each other, as questions about each other organisation, and what becomes of each answer.

Every rating feeds one result only, which is what keeps the results apart:

- the statements about organisations of a sector with at least three of them are counted *by sector*: of each
  person one value, the mean of their ratings rounded to the nearest answer, half down;
- the last statement, and all of them about organisations of smaller sectors, go to the rated organisation *alone*,
  with the answers of all others together.

What a seal keeps of either is decided in ``release.raters``.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Final

from xsector.model.instrument import Item, Kind, Section
from xsector.model.modules.kinds import Dimension, Module, Organisation, Rating, Trust

SECTION: Final = "trust_partners"
TITLE: Final = "How far can we rely on each other?"
INTRO: Final = "Rate organisations, not people, and leave out those you don’t know."
CONTACT: Final = "W0"
CONTACT_TEXT: Final = "How much contact have you had in the last six months?"
NO_CONTACT: Final = 0
"""The lowest answer about contact: then nothing more is asked."""
GUESS: Final = "W6"
IMPORTANCE: Final = "W7"
BY_SECTOR, ALONE, OWN = "sector", "alone", "own"
"""Where an answer goes: into its sector's result, to the rated organisation alone, or nowhere but to oneself."""
FEWEST_RATED: Final = 3
"""Organisations of a sector, from which its result is not that of an organisation."""
IN_PARTNERS: Final = ("T01", "T02", "T03", "T04")
IN_PARTNERSHIP: Final = ("T05", "T06", "T07", "T08")
"""The check-up's own questions about trust, one for each dimension in the order of ``Dimension``."""
CHECK_UP: Final = frozenset((*IN_PARTNERS, *IN_PARTNERSHIP))
MOST_RATED: Final = 10
"""Organisations that one person rates; where there are more, each rates a sample."""


def sections(trust: Trust, *, organisations: Sequence[Organisation]) -> Iterator[Section]:
    """One section with everything that is asked; none where fewer than two organisations are there."""
    if len(organisations) < 2:
        return
    large, drawn = large_sectors(organisations), sample(organisations, seed=trust.seed)
    items = [item for one in organisations for item in _about(trust, one, large=large, raters=drawn.get(one.id, ()))]
    if trust.guess:
        items.append(_guess(trust))
    if trust.importance:
        items.append(_importance(trust))
    yield Section(code=SECTION, title=TITLE, intro=INTRO, items=tuple(items), module=Module.TRUST)


def averaged(trust: Trust, *, organisations: Sequence[Organisation], sectors: Mapping[str, str]) -> Iterator[Item]:
    """One question for contact and each statement about each sector that is large enough; *sectors* are labels."""
    large = large_sectors(organisations) if len(organisations) > 1 else frozenset()
    for sector in (code for code in sectors if code in large):
        there = [one for one in organisations if one.sector == sector]
        contact = f"{CONTACT_TEXT} ({sectors[sector]})"
        yield _averaged(CONTACT, text=contact, short="Contact", levels=trust.contact, of=there, name=CONTACT)
        for one in trust.statements:
            text = f"{sectors[sector]}: {one.text}"
            yield _averaged(one.code, text=text, short=one.short, levels=trust.scale, of=there, name=one.dimension)


def large_sectors(organisations: Sequence[Organisation]) -> frozenset[str]:
    """Codes of the sectors with enough organisations to be rated as a sector."""
    codes = [one.sector for one in organisations]
    return frozenset(code for code in codes if codes.count(code) >= FEWEST_RATED)


def sample(organisations: Sequence[Organisation], *, seed: int) -> dict[int, tuple[int, ...]]:
    """For each organisation those that rate it; empty where everybody rates all others.

    They stand in a circle, sectors spread evenly and in an order that *seed* deals, and each rates the next ten:
    so each is rated by ten.
    """
    if len(organisations) <= MOST_RATED + 1:
        return {}
    circle = _circle(organisations, seed=seed)
    number = len(circle)
    return {
        one: tuple(sorted(circle[(place - step) % number] for step in range(1, MOST_RATED + 1)))
        for place, one in enumerate(circle)
    }


def code_of(rating: str, organisation: int) -> str:
    """The permanent code of what is asked about an organisation."""
    return f"{rating}_at_{organisation}"


def sector_code(rating: str, sector: str) -> str:
    """The permanent code of what follows about a sector."""
    return f"{rating}_of_{sector}"


def statement_of(item: Item, *, organisations: Sequence[Organisation]) -> str:
    """What is said about an organisation, without its name, which stands before."""
    return item.text.removeprefix(next((f"{one.name}: " for one in organisations if one.id == item.about), ""))


def _circle(organisations: Sequence[Organisation], *, seed: int) -> list[int]:
    dealt = sorted(organisations, key=lambda one: one.id)
    random.Random(seed).shuffle(dealt)
    members: dict[str, list[int]] = {}
    for one in dealt:
        members.setdefault(one.sector, []).append(one.id)
    spread = [
        (Fraction(2 * place + 1, 2 * len(ids)), rank, one)
        for rank, ids in enumerate(members.values())
        for place, one in enumerate(ids)
    ]
    return [one for _, _, one in sorted(spread)]


def _about(trust: Trust, one: Organisation, *, large: frozenset[str], raters: tuple[int, ...]) -> Iterator[Item]:
    """Contact and statements about one organisation."""
    goes = BY_SECTOR if one.sector in large else ALONE
    yield _item(CONTACT, one, text=CONTACT_TEXT, short="Contact", levels=trust.contact, raters=raters,
                parts=(CONTACT, goes if goes == BY_SECTOR else OWN))  # fmt: skip
    for rating in (*trust.statements, trust.overall):
        where = ALONE if rating.dimension is Dimension.OVERALL else goes
        yield _rated(trust, rating, one, raters=raters, goes=where)


def _rated(trust: Trust, rating: Rating, one: Organisation, *, raters: tuple[int, ...], goes: str) -> Item:
    return _item(
        rating.code, one, text=rating.text, short=rating.short, levels=trust.scale, raters=raters,
        parts=(rating.dimension.value, goes), cannot_judge=trust.cannot_judge, source=rating.source,
    )  # fmt: skip


def _item(
    code: str, one: Organisation, *, text: str, short: str, levels: tuple[str, ...], raters: tuple[int, ...],
    parts: tuple[str, ...], cannot_judge: str | None = None, source: str = "",
) -> Item:  # fmt: skip
    return Item(
        code=code_of(code, one.id), kind=Kind.ROUND_ROBIN, text=f"{one.name}: {text}", short=short, levels=levels,
        cannot_judge=cannot_judge, sensitive=True, source=source, module=Module.TRUST, parts=parts, about=one.id,
        raters=raters,
    )  # fmt: skip


def _guess(trust: Trust) -> Item:
    return Item(
        code=GUESS,
        kind=Kind.ROUND_ROBIN,
        text=f"And what do others say of your own organisation? “{trust.overall.text.rstrip('.')}”",
        short="How we are seen",
        levels=trust.scale,
        cannot_judge="No idea",
        sensitive=True,
        module=Module.TRUST,
        parts=(Dimension.OVERALL.value, OWN),
    )


def _importance(trust: Trust) -> Item:
    return Item(
        code=IMPORTANCE,
        kind=Kind.CHOICE,
        text="Which of these matters most to you in a partner?",
        short="What matters most",
        levels=tuple(one.text.rstrip(".") for one in trust.statements),
        ordered=False,
        source="CDC, PRC Partnership Trust Tool",
        module=Module.TRUST,
        parts=("importance",),
    )


def _averaged(
    code: str, *, text: str, short: str, levels: tuple[str, ...], of: Sequence[Organisation], name: str
) -> Item:
    return Item(
        code=sector_code(code, of[0].sector),
        kind=Kind.RATING,
        text=text,
        short=short,
        levels=levels,
        cannot_judge="No contact",
        sensitive=True,
        module=Module.TRUST,
        parts=(name, of[0].sector),
        averages=tuple(code_of(code, one.id) for one in of),
    )
