"""Finds the items of a file of answers, and the scale of each, from what its columns hold."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xsector.actions.survey.columns import about_the_person, item_code
from xsector.actions.survey.levels import MOST_LEVELS, Levels, levels_asked, numbered
from xsector.actions.survey.mapping import ItemMap, SurveyMap
from xsector.actions.survey.table_file import squeezed
from xsector.errors.files import SurveyFileError
from xsector.model.instrument import Item, Kind
from xsector.model.sheet import Mark

UNREAD = 252
"""Stands for an answer that is none of its scale, until it's reported and becomes skipped."""

MOST_FOUND_LEVELS = 11
"""As many levels as 0 to 10 has; a column that spreads wider is a count, an age, a number of some case."""

MISSING = frozenset({"", "na", "n/a", "#n/a", "nan", "null", ".", "<na>"})
_MISSING_CODES = frozenset({-99, -98, -97, -9, -8, -7, 97, 98, 99, 997, 998, 999, 9999})
_WHOLE = re.compile(r"[+-]?\d{1,9}(?:\.0{1,9})?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How often each cell text stands in a column; ``cells`` is None where there are too many to count."""

    place: int
    name: str
    cells: Mapping[str, int] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemColumn:
    """An item, where it stands in the file, and the mark that each cell text stands for.

    ``values`` are those of its scale as the file has them. ``name`` and ``unlike`` say in a sentence which column
    holds an answer that none can be, and why.
    """

    place: int
    item: Item
    marks: Mapping[str, int]
    values: tuple[str, ...] = ()
    name: str = ""
    unlike: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """Which texts, in small letters, stand for no answer and for the two other answers."""

    missing: frozenset[str]
    cannot_judge: frozenset[str]
    not_applicable: frozenset[str]

    @classmethod
    def of(cls, survey_map: SurveyMap) -> Meaning:
        """The texts of the map, and the usual ones for no answer."""
        cannot = frozenset(key_of(text) for text in survey_map.cannot_judge)
        inapplicable = frozenset(key_of(text) for text in survey_map.not_applicable)
        missing = MISSING | {key_of(text) for text in survey_map.missing}
        return cls(missing=missing - cannot - inapplicable, cannot_judge=cannot, not_applicable=inapplicable)

    def mark(self, key: str) -> Mark | None:
        """The mark of that text, or None where it's an answer."""
        if key in self.missing:
            return Mark.SKIPPED
        if key in self.cannot_judge:
            return Mark.CANNOT_JUDGE
        return Mark.NOT_APPLICABLE if key in self.not_applicable else None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Column:
    tally: Tally
    cells: Mapping[str, int]
    answers: Mapping[str, int]
    named: bool
    about: ItemMap

    def numbers(self) -> dict[int, int]:
        return {int(key): times for key, times in self.answers.items() if _WHOLE.fullmatch(key)}


def key_of(cell: str) -> str:
    """The cell as it's compared: small letters, single blanks, 3.0 as 3."""
    text = squeezed(cell)
    return str(int(float(text))) if _WHOLE.fullmatch(text) else text.casefold()


def compared(text: str) -> str:
    """A name or a label as it's compared: as a cell, with straight apostrophes."""
    return key_of(text).replace("’", "'")


def find_items(
    tallies: Sequence[Tally], *, named: frozenset[int], survey_map: SurveyMap, levels: Levels | None
) -> tuple[tuple[ItemColumn, ...], list[str]]:
    """The items among the columns, and sentences on those that are none and on answers left out.

    A file whose map speaks of modules need not have items beside them.

    Raises
    ------
    SurveyFileError
        A column in *named* can't be an item, or no column is one.
    """
    meaning = Meaning.of(survey_map)
    scales: dict[int, Levels] = {}
    columns: dict[int, _Column] = {}
    refused: list[tuple[str, str]] = []
    for tally in tallies:
        about = survey_map.items.get(tally.name, ItemMap())
        column = _column(tally, named=tally.place in named, about=about, meaning=meaning)
        scale = _scale(column, levels_asked(about.levels) or levels)
        if isinstance(scale, Levels):
            scales[tally.place], columns[tally.place] = scale, column
        elif column.named:
            raise _refusal(tally.name, scale)
        else:
            refused.append((tally.name, scale))
    fixed = frozenset(place for place in columns if levels is not None or columns[place].about.levels is not None)
    found = _items(columns, _alike(scales, fixed=fixed), meaning=meaning, survey_map=survey_map)
    if not found and survey_map.modules is None:
        raise _nothing(refused)
    left_out = [*_missing_notes(found, columns), *_unread_notes(found, columns)]
    return found, [*_scale_notes(found), *left_out, *_refusals(refused)]


def _column(tally: Tally, *, named: bool, about: ItemMap, meaning: Meaning) -> _Column:
    cells = tally.cells or {}
    answers: Counter[str] = Counter()
    for cell, times in cells.items():
        if meaning.mark(key := key_of(cell)) is None:
            answers[key] += times
    return _Column(tally=tally, cells=cells, answers=answers, named=named, about=about)


def _scale(column: _Column, asked: Levels | None) -> Levels | str:
    """The scale of the column, or why it has none."""
    if column.tally.cells is None:
        return "holds more than a thousand different texts"
    if not column.answers:
        return "holds no answers"
    if not column.named and about_the_person(column.tally.name):
        return "seems to describe the person; name it in --items if it is an item"
    if asked is not None:
        return _asked_scale(column, asked)
    return _found_scale(column)


def _asked_scale(column: _Column, asked: Levels) -> Levels | str:
    numbers, total = column.numbers(), sum(column.answers.values())
    if asked.words and sum(numbers.values()) * 2 > total:
        lowest = 0 if 0 in numbers else 1
        values = numbered(lowest, lowest + len(asked.labels) - 1).values
        asked = Levels(values=values, labels=asked.labels)
    keys = {key_of(value) for value in asked.values}
    fitting = sum(times for key, times in column.answers.items() if key in keys)
    if fitting * 2 < total:
        return f"has {total - fitting:,} of {total:,} answers outside {asked.shown()[:120]}"
    outside = sum(times for number, times in numbers.items() if str(number) not in keys)
    if not column.named and outside > 0.05 * sum(numbers.values()) and numbers and not asked.words:
        return f"has {outside:,} of {total:,} answers outside {asked.shown()[:120]}; name it in --items to take it"
    return asked


def _found_scale(column: _Column) -> Levels | str:
    total = sum(column.answers.values())
    numbers = _without_codes(column.numbers())
    if sum(numbers.values()) * 2 < total or not numbers:
        return _word_scale(column)
    lowest, highest, within = _window(numbers)
    needed = 0.5 * total if column.named else 0.95 * sum(numbers.values())
    if within < needed:
        return f"holds {len(numbers):,} different whole numbers from {min(numbers)} to {max(numbers)}"
    if lowest == highest:
        return f"holds only the answer {lowest}"
    return numbered(lowest, highest)


def _word_scale(column: _Column) -> Levels | str:
    if not column.named:
        return "holds words; name it in --items or in the map if it is an item"
    shown = {key_of(cell): squeezed(cell) for cell in column.cells}
    labels = tuple(sorted({shown[key] for key in column.answers}))
    if not 2 <= len(labels) <= MOST_LEVELS:
        return f"holds {len(labels):,} different texts, and an item needs 2 to {MOST_LEVELS}"
    return Levels(values=labels, labels=labels, words=True, ordered=False)


def _without_codes(numbers: dict[int, int]) -> dict[int, int]:
    """The numbers without those that usually stand for “missing”, where they're far from all others."""
    rest = {number: times for number, times in numbers.items() if number not in _MISSING_CODES}
    small = rest and max(rest) - min(rest) < MOST_FOUND_LEVELS
    return rest if small else numbers


def _window(numbers: Mapping[int, int]) -> tuple[int, int, int]:
    """The lowest and highest number in the stretch that holds most answers, and how many it holds."""
    best = (0, 0, -1)
    for start in sorted(numbers):
        inside = {n: times for n, times in numbers.items() if start <= n < start + MOST_FOUND_LEVELS}
        if (held := sum(inside.values())) > best[2]:
            best = (start, max(inside), held)
    return best


def _alike(scales: Mapping[int, Levels], *, fixed: frozenset[int]) -> dict[int, Levels]:
    """The scales, with one that nobody used to its ends widened to that of the columns like it."""
    spans = {p: (int(s.values[0]), int(s.values[-1])) for p, s in scales.items() if p not in fixed and not s.words}
    shared = Counter(spans.values())
    widened = dict(scales)
    for place, (lowest, highest) in spans.items():
        wider = [
            (times, span)
            for span, times in shared.items()
            if times >= max(2, shared[lowest, highest])
            and span[0] <= lowest
            and highest <= span[1]
            and 0 < (lowest - span[0]) + (span[1] - highest) <= 2
            and span[1] - span[0] >= 3
        ]
        if wider:
            widened[place] = numbered(*max(wider)[1])
    return widened


def _items(
    columns: Mapping[int, _Column], scales: Mapping[int, Levels], *, meaning: Meaning, survey_map: SurveyMap
) -> tuple[ItemColumn, ...]:
    found: list[ItemColumn] = []
    codes: set[str] = set()
    for place, column in columns.items():
        scale = scales[place]
        code = item_code(column.tally.name, taken=codes)
        codes.add(code)
        item = _item(column, code=code, scale=scale, survey_map=survey_map)
        positions = {key_of(value): position for position, value in enumerate(scale.values)}
        marks = {cell: mark_of(key_of(cell), positions=positions, meaning=meaning) for cell in column.cells}
        found.append(ItemColumn(place=place, item=item, marks=marks, values=scale.values))
    return tuple(found)


def _item(column: _Column, *, code: str, scale: Levels, survey_map: SurveyMap) -> Item:
    about, name = column.about, column.tally.name
    ordered = about.ordered and scale.ordered
    return Item(
        code=code,
        kind=Kind.RATING if ordered else Kind.CHOICE,
        text=about.text or name[:500],
        short=about.short or (name if len(name) <= 40 else f"{name[:39]}…"),
        theme=about.theme,
        levels=scale.labels,
        ordered=ordered,
        cannot_judge="Don't know / can't judge" if survey_map.cannot_judge else None,
        not_applicable="Doesn't apply" if survey_map.not_applicable else None,
        sensitive=about.sensitive,
        reverse=about.reverse,
    )


def mark_of(key: str, *, positions: Mapping[str, int], meaning: Meaning) -> int:
    """The mark of a cell in small letters; 252 where it is no answer."""
    if (mark := meaning.mark(key)) is not None:
        return mark
    if key in positions:
        return positions[key]
    is_code = _WHOLE.fullmatch(key) is not None and int(key) in _MISSING_CODES
    return Mark.SKIPPED if is_code else UNREAD


def _scale_notes(found: Sequence[ItemColumn]) -> list[str]:
    groups: dict[tuple[str, ...], list[str]] = {}
    for each in found:
        groups.setdefault(each.item.levels, []).append(each.item.code)
    notes = []
    for levels, codes in groups.items():
        more = f" and {len(codes) - 12} more" if len(codes) > 12 else ""
        answers = f"{levels[0][:40]} to {levels[-1][:40]}" if len(levels) > 2 else " or ".join(levels)
        count = "1 item" if len(codes) == 1 else f"{len(codes)} items"
        notes.append(f"{count} with answers {answers}: {', '.join(codes[:12])}{more}.")
    return notes[:30]


def _missing_notes(found: Sequence[ItemColumn], columns: Mapping[int, _Column]) -> list[str]:
    missing: Counter[str] = Counter()
    for each in found:
        for cell, times in columns[each.place].cells.items():
            if each.marks[cell] == Mark.SKIPPED:
                missing[squeezed(cell)] += times
    texts = ", ".join(f"{cell or 'empty cells'} ({times:,})" for cell, times in missing.most_common(12))
    return [f"Read as skipped answers: {texts}."] if texts else []


def _unread_notes(found: Sequence[ItemColumn], columns: Mapping[int, _Column]) -> list[str]:
    notes = []
    for each in found:
        odd = {cell: times for cell, times in columns[each.place].cells.items() if each.marks[cell] == UNREAD}
        if odd:
            shown = ", ".join(f"“{squeezed(cell)[:40]}”" for cell in list(odd)[:5])
            notes.append(
                f"{each.item.code}: {sum(odd.values()):,} answers are none of {each.item.levels[0]} to "
                f"{each.item.levels[-1]} and count as skipped ({shown})."
            )
    return notes[:30]


def _refusals(refused: Sequence[tuple[str, str]]) -> list[str]:
    notes = [f"Not an item: {name[:60]} {reason}." for name, reason in refused[:30]]
    return [*notes, f"{len(refused) - 30} more columns are not items."] if len(refused) > 30 else notes


def _refusal(name: str, reason: str) -> SurveyFileError:
    return SurveyFileError(
        f"Column “{name[:60]}” can't be an item: it {reason}.",
        remedy="Leave it out of the items, or give its levels in the map.",
    )


def _nothing(refused: Sequence[tuple[str, str]]) -> SurveyFileError:
    why = "; ".join(f"{name[:40]} {reason}" for name, reason in refused[:3])
    return SurveyFileError(
        f"No column holds answers on a scale ({why}).".replace(" ()", ""),
        remedy="Name the columns with --items, and their answers with --levels or in a map.",
    )
