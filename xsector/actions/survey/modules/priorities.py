"""What comes first, from a file: points by option, or the first three by name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache, partial
from typing import Final

from xsector.actions.survey.items import compared
from xsector.actions.survey.modules.grounds import Grounds, Read, Together
from xsector.actions.survey.modules.shapes import Path, PrioritiesMap
from xsector.actions.survey.table_file import squeezed
from xsector.model.file_shapes import LONGEST_SHORT
from xsector.model.modules import priorities
from xsector.model.modules.kinds import Entry, Mode, Pass, Priorities
from xsector.model.sheet import Mark

AT: Final[Path] = ("modules", "priorities")
PLACES: Final = ("third", "second", "first")
"""Columns of the first three, in the order of the levels from 1."""
_POINTS: Final = re.compile(r"[+-]?\d{1,9}(?:[.,]\d{1,30})?(?= ?%?$)")
_MOST_KEPT: Final = 50_000
"""Different rows whose reading is remembered."""


def chosen(grounds: Grounds, wanted: PrioritiesMap) -> Priorities:
    """The options, how they are weighed, and from which points of view; SurveyFileError names a fault of the map."""
    if bool(wanted.points) is bool(wanted.top):
        remedy = "Give `points:` or `top:`, each by point of view: should, now or own."
        raise grounds.fault(AT, "it needs either points or the first three", remedy=remedy)
    options = _options(grounds, wanted)
    codes = {one.code for one in options}
    for view, columns in wanted.points.items():
        if odd := sorted(set(columns) ^ codes):
            where, verb = (
                (*AT, "points", view.value),
                "has no column" if odd[0] in codes else "is not among the options",
            )
            remedy = "Give each option a column in each point of view."
            raise grounds.fault(where, f"“{odd[0]}” {verb}", remedy=remedy)
    views = wanted.points or wanted.top
    mode = Mode.POINTS if wanted.points else Mode.TOP
    return Priorities(options=options, mode=mode, passes=tuple(view for view in Pass if view in views))


def columns(grounds: Grounds, wanted: PrioritiesMap, made: Priorities) -> Iterator[Together]:
    """For each point of view the columns that answer it."""
    for view in made.passes:
        if made.mode is Mode.POINTS:
            given = [wanted.points[view][one.code] for one in made.options]
            read = partial(_read_points, names=given, view=view, grounds=grounds)
            at = [(*AT, "points", view.value, one.code) for one in made.options]
        else:
            given = [getattr(wanted.top[view], place) for place in PLACES]
            read = partial(_read_top, places=_names(grounds, wanted, made), view=view, made=made, grounds=grounds)
            at = [(*AT, "top", view.value, place) for place in PLACES]
        yield Together(
            places=tuple(grounds.place(name, at=where) for name, where in zip(given, at, strict=True)),
            codes=tuple(priorities.code_of(one.code, view) for one in made.options),
            read=lru_cache(maxsize=_MOST_KEPT)(read),
        )


def entries(grounds: Grounds, words: Mapping[str, str], *, usual: Sequence[Entry], at: Path) -> tuple[Entry, ...]:
    """Options or jobs by code: in words of one's own, or as the usual list has them."""
    known = {one.code: one for one in usual}
    found = []
    for code, text in words.items():
        if not text and code not in known:
            remedy = f"Write `{code}:` with its wording, or use one of: {', '.join(known)}."
            raise grounds.fault((*at, code), "it is not in the usual list and has no wording", remedy=remedy)
        own = Entry(code=code, text=text, short=text[:LONGEST_SHORT].rstrip())
        found.append(own if text else known[code])
    return tuple(found)


def _options(grounds: Grounds, wanted: PrioritiesMap) -> tuple[Entry, ...]:
    start, first = grounds.starting, next(iter(wanted.points.values()), {})
    if not wanted.options and not first:
        return start.options[: start.usual_options]
    words = wanted.options or dict.fromkeys(first, "")
    return entries(grounds, words, usual=start.options, at=(*AT, "options"))


def _names(grounds: Grounds, wanted: PrioritiesMap, made: Priorities) -> dict[str, int]:
    """Places of the options by code, wording, short name and the spellings of the map."""
    known = {
        compared(name): place
        for place, one in enumerate(made.options)
        for name in (one.text, one.short, one.code)
    }  # fmt: skip
    more = {}
    for spelling, name in wanted.names.items():
        if compared(name) not in known:
            raise grounds.unknown((*AT, "names", spelling), name, [one.code for one in made.options], what="option")
        more[compared(spelling)] = known[compared(name)]
    return known | more


def _read_points(cells: tuple[str, ...], *, names: Sequence[str], view: Pass, grounds: Grounds) -> Read:
    """Steps of somebody's points, which may be any numbers that are not negative: only their shares count."""
    skipped = bytes([Mark.SKIPPED]) * len(cells)
    given = [Fraction(0)] * len(cells)
    touched = False
    for place, cell in enumerate(cells):
        if grounds.meaning.mark(compared(cell)) is not None:
            continue
        touched = True
        number = _number(cell)
        if number is None or number < 0:
            what = f"“{squeezed(cell)[:40]}” in column “{names[place][:40]}” is {'below 0' if number else 'no number'}"
            return Read(marks=skipped, reason=_why(view, what))
        given[place] = number
    if not touched:
        return Read(marks=skipped)
    if not any(given):
        return Read(marks=skipped, reason=_why(view, "all points are 0"))
    levels = priorities.in_steps(given)
    return Read(marks=bytes(levels), rescaled=given != [level * priorities.STEP for level in levels])


def _number(cell: str) -> Fraction | None:
    found = _POINTS.match(squeezed(cell))
    return None if found is None else Fraction(found[0].replace(",", "."))


def _read_top(
    cells: tuple[str, ...], *, places: Mapping[str, int], view: Pass, made: Priorities, grounds: Grounds
) -> Read:
    """The options that somebody puts third, second and first."""
    skipped = bytes([Mark.SKIPPED]) * len(made.options)
    left_out = [grounds.meaning.mark(compared(cell)) is not None for cell in cells]
    if all(left_out):
        return Read(marks=skipped)
    levels = bytearray(len(made.options))
    for level, (cell, empty) in enumerate(zip(cells, left_out, strict=True), start=1):
        place = places.get(compared(cell))
        if empty:
            return Read(marks=skipped, reason=_why(view, f"nothing is named {PLACES[level - 1]}"))
        if place is None:
            return Read(marks=skipped, reason=_why(view, f"“{squeezed(cell)[:40]}” is none of the options"))
        if levels[place]:
            return Read(marks=skipped, reason=_why(view, f"“{squeezed(cell)[:40]}” is named twice"))
        levels[place] = level
    return Read(marks=bytes(levels))


def _why(view: Pass, problem: str) -> str:
    return f"priorities ({view.value}): {problem}; all of them count as skipped"
