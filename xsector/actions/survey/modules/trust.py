"""How far partners rely on each other, from a file: for each rated organisation contact and four statements.

Only organisations of a sector of which at least three are rated are read: what is said of them is counted by sector.
What is said of one organisation alone goes to its own people by their links, and nobody has a link to a file's round;
so neither smaller sectors are read, nor the statement about all in all, nor what people guess of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from xsector.actions.survey.items import ItemColumn, compared
from xsector.actions.survey.modules.grounds import Grounds
from xsector.actions.survey.modules.scales import levels_in, scale_column
from xsector.actions.survey.modules.shapes import Path, TrustMap
from xsector.model.instrument import Item
from xsector.model.modules import trust
from xsector.model.modules.kinds import Organisation, Trust

AT: Final[Path] = ("modules", "trust")


def chosen(grounds: Grounds, wanted: TrustMap) -> Trust:
    """The statements; SurveyFileError where no sector has enough organisations that are rated."""
    if not rated(grounds, wanted):
        raise grounds.fault(
            (*AT, "organisations"),
            f"no sector has {trust.FEWEST_RATED} organisations that are rated, so nothing could be shown",
            remedy="Name the columns of more organisations, or leave trust out.",
        )
    return replace(grounds.starting.trust, guess=False, importance=wanted.importance is not None)


def rated(grounds: Grounds, wanted: TrustMap) -> tuple[Organisation, ...]:
    """The organisations whose ratings are read, as a form orders them."""
    named = {one.id for one in _named(grounds, wanted).values()}
    there = [one for one in grounds.named if one.id in named]
    large = trust.large_sectors(there)
    return tuple(one for one in there if one.sector in large)


def note(grounds: Grounds, wanted: TrustMap) -> tuple[str, ...]:
    """Whose ratings are not read, and why."""
    read = {one.id for one in rated(grounds, wanted)}
    names = [one.name for one in _named(grounds, wanted).values() if one.id not in read]
    if not names:
        return ()
    few = f"fewer than {trust.FEWEST_RATED} organisations of their sector are rated"
    return (f"Trust: ratings of {', '.join(names[:10])} are not read, because {few}.",)


def columns(grounds: Grounds, wanted: TrustMap, made: Trust, items: Mapping[str, Item]) -> Iterator[ItemColumn]:
    """The columns that answer contact and the statements about each organisation, and what matters most."""
    contact = levels_in(grounds, wanted.contact, at=(*AT, "contact"), number=len(made.contact))
    levels = levels_in(grounds, wanted.levels, at=(*AT, "levels"), number=len(made.scale))
    read = {one.id for one in rated(grounds, wanted)}
    for name, one in _named(grounds, wanted).items():
        at = (*AT, "organisations", name)
        for code, key in ((trust.CONTACT, "contact"), *((one.code, one.dimension.value) for one in made.statements)):
            column, scale = getattr(wanted.organisations[name], key), contact if key == "contact" else levels
            if one.id not in read:
                grounds.place(column, at=(*at, key))
                continue
            item = items[trust.code_of(code, one.id)]
            yield scale_column(grounds, item, column=column, at=(*at, key), levels=scale)
    if wanted.importance is not None:
        words = {compared(name): place for place, one in enumerate(made.statements)
                 for name in (one.dimension.value, one.short, one.text)}  # fmt: skip
        item = items[trust.IMPORTANCE]
        yield scale_column(grounds, item, column=wanted.importance, at=(*AT, "importance"), words=words)


def _named(grounds: Grounds, wanted: TrustMap) -> dict[str, Organisation]:
    """The organisations of the map by its names for them."""
    found: dict[str, Organisation] = {}
    for name in wanted.organisations:
        one = grounds.organisation(name)
        if one is None:
            known = [other.name for other in grounds.named]
            raise grounds.unknown((*AT, "organisations", name), name, known, what="organisation in the file called")
        if one in found.values():
            raise grounds.fault((*AT, "organisations", name), f"“{one.name}” is rated twice",
                                remedy="Leave one of them out.")  # fmt: skip
        found[name] = one
    return found
