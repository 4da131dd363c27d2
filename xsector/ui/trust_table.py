"""How far one relies on each other organisation, as tables: contact first, then a table for each statement."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, Final

from xsector.model.instrument import Item
from xsector.model.modules import trust
from xsector.model.sheet import Mark

CANNOT_SAY: Final = "Can’t say"
BY_SECTOR: Final = "Counted by sector: of your answers about the organisations of a sector only their mean is kept."
MARKED: Final = "to them alone"
SOME_ALONE: Final = (
    f"Where it says “{MARKED}” the sector is too small to be shown. There your answer goes to that organisation "
    "alone, together with those of all others."
)
ALL_ALONE: Final = (
    "This one goes to each organisation alone, together with the answers of all others, and only where enough rated it."
)
FOR_YOU: Final = "Nobody sees this but you: after the reveal you can compare it with what others say."


def data_of(items: Sequence[Item], *, names: Mapping[int, str]) -> dict[str, Any]:  # Any: whatever JSON holds
    """What the browser draws: rows of organisations for contact and for each statement, and questions by themselves.

    *names* are those of organisations.
    """
    rated = sorted((item for item in items if item.about is not None), key=lambda item: _order(items, item))
    tables = [list(group) for _, group in groupby(rated, key=lambda item: item.parts[0])]
    # Said once: who reads the same words four times reads none.
    said = [_note(table) for table in tables[1:]]
    notes = ["" if place and note == said[place - 1] else note for place, note in enumerate(said)]
    return {
        "contact": _table(tables[0], names=names, note="") if tables else None,
        "statements": [_table(table, names=names, note=note) for table, note in zip(tables[1:], notes, strict=True)],
        "singles": [_single(item) for item in items if item.about is None],
        "none": trust.NO_CONTACT,
    }


def _order(items: Sequence[Item], item: Item) -> int:
    """Where the statement of *item* stands among those about one organisation."""
    first = [one.parts[0] for one in items if one.about == items[0].about]
    return first.index(item.parts[0])


def _table(items: Sequence[Item], *, names: Mapping[int, str], note: str) -> dict[str, Any]:
    """A row for each organisation (Any: whatever JSON holds)."""
    some = not _all_alone(items)
    return {
        "title": items[0].text.removeprefix(f"{names[items[0].about or 0]}: "),
        "note": note,
        "levels": list(_levels(items[0])),
        "rows": [
            {
                "name": names[item.about or 0],
                "code": item.code,
                "about": item.about,
                "mark": MARKED if some and item.parts[1] == trust.ALONE else "",
            }
            for item in items
        ],
    }


def _all_alone(items: Sequence[Item]) -> bool:
    return all(item.parts[1] == trust.ALONE for item in items)


def _note(items: Sequence[Item]) -> str:
    if _all_alone(items):
        return ALL_ALONE
    some = any(item.parts[1] == trust.ALONE for item in items)
    return f"{BY_SECTOR} {SOME_ALONE}" if some else BY_SECTOR


def _levels(item: Item) -> Iterator[Mapping[str, Any]]:  # Any: whatever JSON holds
    for level, label in enumerate(item.levels):
        yield {"label": label, "said": label, "level": level}
    if item.cannot_judge:
        yield {"label": CANNOT_SAY, "said": item.cannot_judge, "level": int(Mark.CANNOT_JUDGE)}


def _single(item: Item) -> dict[str, Any]:  # Any: whatever JSON holds
    answers = [{"label": label, "level": level} for level, label in enumerate(item.levels)]
    if item.cannot_judge:
        answers.append({"label": item.cannot_judge, "level": int(Mark.CANNOT_JUDGE)})
    return {
        "code": item.code,
        "title": item.text,
        "note": FOR_YOU if item.code == trust.GUESS else "",
        "answers": answers,
    }
