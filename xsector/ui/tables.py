"""Questions that stand in one table: who does what, and what comes first. Drawn and changed in the browser.

The browser sends all that was touched and not yet heard of, so that a message that comes twice or late does no harm,
and what another tab has changed stays.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import streamlit as st

from xsector.errors.rounds import AnswerError
from xsector.model.instrument import Item, Kind
from xsector.model.modules import priorities, roles
from xsector.model.modules.kinds import Ask, Mode, Module
from xsector.model.sheet import Answer, Mark, Seen
from xsector.ui import clock, trust_table
from xsector.ui.answering import Savers
from xsector.ui.attempts import attempt, problem_waits
from xsector.ui.form_parts import FormPart, OwnForm
from xsector.ui.parts import part as browser_part

GIVEN: Final = "given"
BY_NAME: Final = "You say this for your organisation: it is shown under its name."
_HEADS: Final = {Ask.NOW: "Leads today", Ask.SHOULD: "Should lead", Ask.HELPS: "Helps"}


@dataclass(slots=True, kw_only=True)
class _Table:
    """One table on the screen, and what it knows for its next drawing."""

    part: FormPart
    key: str
    own: str
    names: Mapping[int, str]
    """Of the organisations that are there."""
    savers: Savers
    reread: Callable[[], OwnForm]
    turned: Callable[[], bool]
    form: OwnForm | None
    """What the screen has just read; only for the first drawing."""
    seen: Seen | None
    stamp: int = 0
    """The browser's number of the change that was saved last."""
    saved: str = ""


def table(
    part: FormPart,
    *,
    form: OwnForm,
    reread: Callable[[], OwnForm],
    savers: Savers,
    own: str,
    turned: Callable[[], bool],
) -> None:
    """Ask everything on the screen *part* in one table; *own* is the name of the partner's organisation.

    *turned* tells whether the partner has gone to another screen since.
    """
    key = f"answer-{form.round.id}-{part.code}"
    names = {one.id: one.name for one in form.instrument.organisations}
    _table(
        _Table(
            part=part,
            key=key,
            own=own,
            names=names,
            savers=savers,
            reread=reread,
            turned=turned,
            form=form,
            seen=form.seen,
        )
    )


@st.fragment
def _table(table: _Table) -> None:
    form, table.form = table.form, None
    # The round may be closed: the whole page says what became of it. And a browser sends the last change together
    # with the tap that turns the page, as a change of this table alone.
    if form is None and (problem_waits() or table.turned()):
        st.rerun()
    now = form or table.reread()
    asked = {"answers": _plain(table.part.items, answers=now.answers), "stamp": table.stamp, "saved": table.saved}
    name, draw = _DRAWN[table.part.module]
    browser_part(name)(key=table.key, data={**draw(table), **asked}, on_given_change=partial(_save, table))


def _save(table: _Table) -> None:
    given = st.session_state[table.key].get(GIVEN)
    if not isinstance(given, Mapping):
        return

    def change() -> None:
        sent = given.get("answers")
        touched = sent if isinstance(sent, Mapping) else {}
        answers = {item.code: _answer(item, touched[item.code]) for item in table.part.items if item.code in touched}
        table.seen = table.savers.answers(answers, table.seen)

    if attempt(change):
        table.saved = f"✓ saved {clock.told(clock.now())}"
    stamp = given.get("stamp")
    table.stamp = stamp if isinstance(stamp, int) else 0


def _answer(item: Item, given: object) -> Answer:
    """What the browser says of one question; AnswerError if it can't be an answer."""
    if given is None:
        return Mark.SKIPPED
    if item.kind is Kind.CHOICES:
        if not isinstance(given, Sequence) or not all(type(one) is int for one in given):
            raise AnswerError(item.code)
        return frozenset(given) if given else Mark.SKIPPED
    if type(given) is not int:
        raise AnswerError(item.code)
    return Mark(given) if given in {int(mark) for mark in Mark} else given


def _plain(items: Sequence[Item], *, answers: Mapping[str, Answer]) -> dict[str, int | list[int] | None]:
    """Saved answers as the browser has them."""
    return {item.code: _number(answers.get(item.code)) for item in items}


def _number(answer: Answer | None) -> int | list[int] | None:
    if isinstance(answer, frozenset):
        return sorted(answer)
    return None if answer is None else int(answer)


def _roles(table: _Table) -> dict[str, Any]:  # Any: whatever JSON holds
    """The table of one function: a row for each organisation and answer beside them, a column for each question."""
    asks = {Ask(item.parts[1]): item for item in table.part.items}
    columns = [ask for ask in _HEADS if ask in asks]
    return {
        "page": table.key,
        "columns": [{"code": asks[one].code, "title": _HEADS[one], "many": one is Ask.HELPS} for one in columns],
        "rows": list(_rows(asks, own=table.own)),
        "same": {"code": asks[Ask.SHOULD].code, "after": asks[Ask.NOW].code, "level": _same(asks[Ask.SHOULD])}
        if Ask.SHOULD in asks and Ask.NOW in asks
        else None,
        "own": _own_part(asks.get(Ask.PART), own=table.own),
    }


def _same(item: Item) -> int:
    return len(item.levels) - len(roles.beside(Ask.SHOULD))


def _rows(asks: Mapping[Ask, Item], *, own: str) -> list[dict[str, Any]]:  # Any: whatever JSON holds
    named = next(item for ask, item in asks.items() if ask is not Ask.PART)
    ask = Ask(named.parts[1])
    names = named.levels[: len(named.levels) - len(roles.beside(ask))]
    columns = [one for one in _HEADS if one in asks]
    rows: list[dict[str, Any]] = [
        {"name": name, "own": name == own, "levels": {asks[one].code: place for one in columns}}
        for place, name in enumerate(names)
    ]
    beside: dict[str, dict[str, int]] = {}
    for one in columns:
        for number, label in enumerate(roles.beside(one)):
            beside.setdefault(label, {})[asks[one].code] = len(names) + number
    unsure = {asks[one].code: int(Mark.CANNOT_JUDGE) for one in columns if asks[one].cannot_judge}
    others = [*_paired(beside), ("Don’t know, or no view", unsure)]
    more = [{"name": label, "own": False, "beside": True, "levels": levels} for label, levels in others if levels]
    same = [row for row in more if row["name"] == roles.SAME]
    return [*same, *rows, *(row for row in more if row not in same)]


def _paired(beside: Mapping[str, dict[str, int]]) -> list[tuple[str, dict[str, int]]]:
    """The answers beside the organisations, with those of both columns that mean the same in one row."""
    shared = {**beside.get(roles.SHARED, {}), **beside.get(roles.SHOULD_SHARE, {})}
    rest = {label: levels for label, levels in beside.items() if label not in {roles.SHARED, roles.SHOULD_SHARE}}
    return [("Two or more together", shared), *rest.items()]


def _own_part(item: Item | None, *, own: str) -> dict[str, Any] | None:  # Any: whatever JSON holds
    if item is None:
        return None
    answers = [{"label": label, "level": level} for level, label in enumerate(item.levels)]
    if item.cannot_judge:
        answers.append({"label": item.cannot_judge, "level": int(Mark.CANNOT_JUDGE)})
    return {"code": item.code, "title": roles.TEXTS[Ask.PART], "answers": answers, "note": f"{own}. {BY_NAME}"}


def _points(table: _Table) -> dict[str, Any]:  # Any: whatever JSON holds
    """The options of one point of view, and how they are weighed."""
    items = table.part.items
    by_points = len(items[0].levels) > len(priorities.LEVELS[Mode.TOP])
    return {
        "page": table.key,
        "total": priorities.POINTS if by_points else 0,
        "step": priorities.STEP,
        "even": list(priorities.even_split(len(items))),
        "places": [] if by_points else [{"label": label, "level": level} for level, label in _places(items[0])],
        "options": [{"code": item.code, "text": item.text} for item in items],
    }


def _trust(table: _Table) -> dict[str, Any]:  # Any: whatever JSON holds
    """Every other organisation: contact, and a table for each statement."""
    return {"page": table.key, **trust_table.data_of(table.part.items, names=table.names)}


def _places(item: Item) -> list[tuple[int, str]]:
    """First, second and third, highest first."""
    return [(level, item.levels[level]) for level in range(len(item.levels) - 1, 0, -1)]


_DRAWN: Final[Mapping[str, tuple[str, Callable[[_Table], dict[str, Any]]]]] = {  # Any: whatever JSON holds
    Module.ROLES: ("roles", _roles),
    Module.PRIORITIES: ("points", _points),
    Module.TRUST: ("trust", _trust),
}
