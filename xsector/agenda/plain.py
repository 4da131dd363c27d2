"""An agenda as plain lists and dictionaries, for storing edits as JSON, and back, checked."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from typing import Final

from xsector.agenda.document import MOST_STEPS, VERSION, Agenda, Chart, Removed, Row, Step
from xsector.model.guide import LONGEST_MINUTES, Preparation, StepKind

LONGEST_TEXT: Final = 2000
MOST_TEXTS: Final = 60
_NEVER_KEPT: Final = "ours"

Plain = dict[str, object]


def to_plain(agenda: Agenda) -> Plain:
    """The agenda as a dictionary that ``json.dumps`` takes, without what the partnership said in its own words."""
    plain: Plain = asdict(agenda)
    del plain[_NEVER_KEPT]
    return {name: _listed(value) for name, value in plain.items()}


def from_plain(plain: object) -> Agenda:
    """The agenda that ``to_plain`` wrote.

    Raises
    ------
    ValueError
        Naming the place, if *plain* isn't such a dictionary or holds something out of bounds.
    """
    entry = _entry(plain, place="agenda", names=[field.name for field in fields(Agenda) if field.name != _NEVER_KEPT])
    if entry["version"] != VERSION:
        raise ValueError(f"agenda: version {entry['version']!r} can't be read, only {VERSION}")
    return Agenda(
        partnership=_text(entry, "partnership"),
        round_title=_text(entry, "round_title"),
        minutes=_number(entry, "minutes", highest=LONGEST_MINUTES),
        purpose=_text(entry, "purpose"),
        based_on=_text(entry, "based_on"),
        how_to_read=_texts(entry, "how_to_read"),
        ground_rules=_texts(entry, "ground_rules"),
        before=tuple(_preparation(value) for value in _sequence(entry, "before", most=MOST_TEXTS)),
        steps=tuple(_step(value) for value in _sequence(entry, "steps", most=MOST_STEPS)),
        removed=tuple(_removed(value) for value in _sequence(entry, "removed", most=MOST_STEPS)),
        promise_columns=_texts(entry, "promise_columns"),
        promise_rules=_texts(entry, "promise_rules"),
        promise_rows=_number(entry, "promise_rows", highest=20),
        after=_texts(entry, "after"),
        cautions=_texts(entry, "cautions"),
        guide_version=_text(entry, "guide_version"),
    )


def _listed(value: object) -> object:
    if isinstance(value, Mapping):
        return {str(name): _listed(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_listed(part) for part in value]
    return str(value) if isinstance(value, str) else value


def _preparation(plain: object) -> Preparation:
    entry = _entry(plain, place="before", names=[field.name for field in fields(Preparation)])
    return Preparation(when=_text(entry, "when"), do=_text(entry, "do"))


def _removed(plain: object) -> Removed:
    # An agenda that was kept before findings could be left over has no word about that.
    known = {"left_over": False, **plain} if isinstance(plain, Mapping) else plain
    entry = _entry(known, place="removed", names=[field.name for field in fields(Removed)])
    return Removed(
        place=_number(entry, "place", lowest=0, highest=MOST_STEPS),
        step=_step(entry["step"]),
        left_over=entry["left_over"] is True,
    )


def _step(plain: object) -> Step:
    entry = _entry(plain, place="step", names=[field.name for field in fields(Step)])
    chart = _perhaps(entry, "chart")
    return Step(
        id=_text(entry, "id"),
        kind=StepKind(_text(entry, "kind")),
        title=_text(entry, "title"),
        minutes=_number(entry, "minutes", highest=LONGEST_MINUTES),
        do=_text(entry, "do"),
        finding=_perhaps(entry, "finding"),
        how_sure=_perhaps(entry, "how_sure"),
        note=_perhaps(entry, "note"),
        item=_perhaps(entry, "item"),
        chart=None if chart is None else Chart(chart),
        prompts=_texts(entry, "prompts"),
        watch=_perhaps(entry, "watch"),
        table=tuple(_row(row) for row in _sequence(entry, "table", most=200)),
    )


def _row(plain: object) -> Row:
    return _texts({"row": plain}, "row")


def _entry(plain: object, *, place: str, names: Sequence[str]) -> Mapping[str, object]:
    if not isinstance(plain, Mapping) or set(plain) != set(names):
        found = sorted(map(str, plain)) if isinstance(plain, Mapping) else type(plain).__name__
        raise ValueError(f"{place}: expected {sorted(names)}, found {found}")
    return plain


def _text(entry: Mapping[str, object], name: str) -> str:
    value = entry[name]
    if not isinstance(value, str) or len(value) > LONGEST_TEXT:
        raise ValueError(f"{name}: expected a text of at most {LONGEST_TEXT} characters")
    return value


def _perhaps(entry: Mapping[str, object], name: str) -> str | None:
    return None if entry[name] is None else _text(entry, name)


def _number(entry: Mapping[str, object], name: str, *, lowest: int = 1, highest: int) -> int:
    value = entry[name]
    if isinstance(value, bool) or not isinstance(value, int) or not lowest <= value <= highest:
        raise ValueError(f"{name}: expected a whole number from {lowest} to {highest}, found {value!r}")
    return value


def _sequence(entry: Mapping[str, object], name: str, *, most: float = math.inf) -> Sequence[object]:
    value = entry[name]
    if not isinstance(value, list | tuple) or len(value) > most:
        raise ValueError(f"{name}: expected a list of at most {most} entries")
    return value


def _texts(entry: Mapping[str, object], name: str) -> tuple[str, ...]:
    return tuple(_text({name: value}, name) for value in _sequence(entry, name, most=MOST_TEXTS))
