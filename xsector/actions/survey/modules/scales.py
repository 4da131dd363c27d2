"""Cells of a module's column as marks: a place on a scale, or one of a list of names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from xsector.actions.survey.items import ItemColumn, Tally, compared, mark_of
from xsector.actions.survey.levels import Levels, LevelsAsked, levels_asked
from xsector.actions.survey.modules.grounds import Grounds
from xsector.actions.survey.modules.shapes import Path
from xsector.errors.files import SurveyFileError
from xsector.model.instrument import Item
from xsector.model.sheet import Mark

NO_WORDS: Final[Mapping[str, int]] = {}


def scale_column(
    grounds: Grounds, item: Item, *, column: str, at: Path, levels: Levels | None = None,
    words: Mapping[str, int] = NO_WORDS,
) -> ItemColumn:  # fmt: skip
    """The column that answers *item*: by the values of *levels* or else by numbers from 1, or by labels.

    *words* are other texts with their places on the scale.

    Raises
    ------
    SurveyFileError
        The file has no such column, or it holds a 0 of which nothing is said.
    """
    tally = grounds.tally(column, at=at)
    positions = {**_positions(item, levels=levels), **words}
    if "0" not in positions and any(compared(cell) == "0" for cell in tally.cells or ()):
        remedy = "Say how the file counts, such as `levels: 0..4`, or name 0 among `missing:`."
        if "0" not in grounds.meaning.missing:
            raise grounds.fault(at, f"the column “{column[:60]}” holds 0, and answers count from 1", remedy=remedy)
    ends = item.levels if levels is None else levels.values
    return ItemColumn(
        place=tally.place,
        item=item,
        marks=_marks(tally, item=item, positions=positions, grounds=grounds),
        name=column,
        unlike=f"none of {ends[0]} to {ends[-1]}",
    )


def name_column(
    grounds: Grounds, item: Item, *, column: str, at: Path, names: Mapping[str, int], unlike: str
) -> ItemColumn:
    """The column that answers *item* with one of *names*; *unlike* says what any other answer is."""
    tally = grounds.tally(column, at=at)
    marks = _marks(tally, item=item, positions=names, grounds=grounds)
    return ItemColumn(place=tally.place, item=item, marks=marks, name=column, unlike=unlike)


def levels_in(grounds: Grounds, asked: LevelsAsked | None, *, at: Path, number: int) -> Levels | None:
    """The values of a scale of a module as the map tells them; None where it doesn't."""
    try:
        found = levels_asked(asked)
    except SurveyFileError as problem:
        raise grounds.fault(at, str(problem).rstrip("."), remedy=problem.remedy) from None
    if found is not None and len(found.values) != number:
        remedy = f"Give {number}, lowest first."
        raise grounds.fault(at, f"there are {len(found.values)} levels, and this scale has {number}", remedy=remedy)
    return found


def _positions(item: Item, *, levels: Levels | None) -> dict[str, int]:
    labels = {compared(label): place for place, label in enumerate(item.levels)}
    if levels is None:
        return {**{str(place + 1): place for place in range(len(item.levels))}, **labels}
    return {**labels, **{compared(value): place for place, value in enumerate(levels.values)}}


def _marks(tally: Tally, *, item: Item, positions: Mapping[str, int], grounds: Grounds) -> dict[str, int]:
    known = dict(positions)
    if item.cannot_judge:
        known.setdefault(compared(item.cannot_judge), int(Mark.CANNOT_JUDGE))
    return {cell: _mark(compared(cell), known=known, item=item, grounds=grounds) for cell in tally.cells or ()}


def _mark(key: str, *, known: Mapping[str, int], item: Item, grounds: Grounds) -> int:
    """What a cell says, as far as the question has such an answer."""
    found = known[key] if key in known else mark_of(key, positions=known, meaning=grounds.meaning)
    takes = {Mark.CANNOT_JUDGE: item.cannot_judge, Mark.NOT_APPLICABLE: item.not_applicable}
    return int(Mark.SKIPPED) if found in takes and takes[Mark(found)] is None else found
