"""What people guess of a sector's answers, from a file: for each question and sector a column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from xsector.actions.survey.items import ItemColumn, compared
from xsector.actions.survey.levels import Levels
from xsector.actions.survey.modules.grounds import Grounds
from xsector.actions.survey.modules.scales import scale_column
from xsector.actions.survey.modules.shapes import GuessesMap, Path
from xsector.model.instrument import Item
from xsector.model.modules import guesses
from xsector.model.modules.kinds import Guesses

AT: Final[Path] = ("modules", "guesses", "items")


def chosen(grounds: Grounds, wanted: GuessesMap) -> Guesses:
    """Which answers of which sectors are guessed; SurveyFileError names a fault of the map."""
    of = {name: _asked(grounds, name) for name in wanted.items}
    by_item = {name: {_sector(grounds, name, sector) for sector in columns} for name, columns in wanted.items.items()}
    everything = set[str]().union(*by_item.values())
    labels = {one.code: one.label for one in grounds.sectors}
    for name, sectors in by_item.items():
        if missing := sorted(everything - sectors):
            remedy = "Name the same sectors for each question."
            raise grounds.fault((*AT, name), f"it has no column for “{labels[missing[0]]}”", remedy=remedy)
    codes = dict.fromkeys(one.item.code for one in of.values())
    return Guesses(items=tuple(codes), sectors=tuple(one.code for one in grounds.sectors if one.code in everything))


def columns(grounds: Grounds, wanted: GuessesMap, items: Mapping[str, Item]) -> Iterator[ItemColumn]:
    """The columns that answer each guess: by the values with which the file answers the question itself."""
    for name, sectors in wanted.items.items():
        asked = _asked(grounds, name)
        levels = Levels(values=asked.values, labels=asked.item.levels)
        for sector, column in sectors.items():
            item = items[guesses.code_of(asked.item.code, _sector(grounds, name, sector))]
            yield scale_column(grounds, item, column=column, at=(*AT, name, sector), levels=levels)


def _asked(grounds: Grounds, name: str) -> ItemColumn:
    """The question that a column of the file answers, or that has this code."""
    can = [one for one in grounds.items if guesses.can_be_guessed(one.item)]
    for one in can:
        if name in {one.item.code, grounds.header[one.place]}:
            return one
    known = [one.item.code for one in can]
    raise grounds.unknown((*AT, name), name, known, what="rated question of the file that can be guessed:")


def _sector(grounds: Grounds, item: str, name: str) -> str:
    for one in grounds.sectors:
        if compared(name) in {compared(one.code), compared(one.label)}:
            return one.code
    raise grounds.unknown((*AT, item, name), name, [one.label for one in grounds.sectors], what="sector")
