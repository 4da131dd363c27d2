"""Where the partnership is on its road, from a file: signs and work by code, and the picture."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from xsector.actions.survey.items import ItemColumn
from xsector.actions.survey.modules.grounds import Grounds
from xsector.actions.survey.modules.scales import levels_in, scale_column
from xsector.actions.survey.modules.shapes import Path, StageMap
from xsector.model.instrument import Item
from xsector.model.modules.kinds import Stage
from xsector.model.modules.stage import PICTURE

AT: Final[Path] = ("modules", "stage")


def chosen(grounds: Grounds, wanted: StageMap) -> Stage:
    """The statements that the file has; SurveyFileError names a fault of the map."""
    usual = grounds.starting.stage
    known = [one.code for one in usual.statements]
    for code in wanted.statements:
        if code not in known:
            raise grounds.unknown((*AT, "statements", code), code, known, what="statement")
    return replace(usual, statements=tuple(one for one in usual.statements if one.code in wanted.statements))


def columns(grounds: Grounds, wanted: StageMap, made: Stage, items: Mapping[str, Item]) -> Iterator[ItemColumn]:
    """The columns that answer the statements, and the picture."""
    levels = levels_in(grounds, wanted.levels, at=(*AT, "levels"), number=len(made.scale))
    for code, column in wanted.statements.items():
        yield scale_column(grounds, items[code], column=column, at=(*AT, "statements", code), levels=levels)
    if wanted.picture is None:
        return
    if PICTURE not in items:
        remedy = "Leave “picture” out: the question G01 of the file is the same."
        raise grounds.fault((*AT, "picture"), "the picture is asked twice", remedy=remedy)
    pictures = levels_in(grounds, wanted.pictures, at=(*AT, "pictures"), number=len(made.pictures))
    yield scale_column(grounds, items[PICTURE], column=wanted.picture, at=(*AT, "picture"), levels=pictures)
