"""Changes a convener makes to the modules of a round before its first answer; each returns a new value."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, Final

from xsector.errors.common import EditRefusedError
from xsector.model.file_shapes import LONGEST_SHORT, LONGEST_TEXT
from xsector.model.instrument import Instrument
from xsector.model.modules.guesses import can_be_guessed
from xsector.model.modules.kinds import Entry, Guesses, Module, Priorities, Roles, Stage, Trust
from xsector.model.names import clean_line, name_key

MOST_FUNCTIONS: Final = 20
MOST_OPTIONS: Final = 12
FEWEST_OPTIONS: Final = 3
MOST_GUESSED: Final = 6
Chosen = Roles | Priorities | Stage | Guesses | Trust


def with_module(instrument: Instrument, module: Module, *, chosen: Chosen | None) -> Instrument:
    """*instrument* with *module* as it was *chosen*, or without it; EditRefusedError says what is wrong with it."""
    if isinstance(chosen, Roles):
        _check_entries(chosen.functions, what="job", fewest=1, most=MOST_FUNCTIONS)
        if not chosen.asks:
            raise EditRefusedError("Nothing would be asked about each job.", remedy="Choose at least one question.")
    elif isinstance(chosen, Priorities):
        _check_entries(chosen.options, what="option", fewest=FEWEST_OPTIONS, most=MOST_OPTIONS)
        if not chosen.passes:
            raise EditRefusedError("No question would be asked.", remedy="Choose at least one point of view.")
    elif isinstance(chosen, Guesses):
        _check_guesses(chosen, instrument=instrument)
    changed: dict[str, Any] = {module.value: chosen}  # Any: each module has a type of its own
    return replace(instrument, modules=replace(instrument.modules, **changed))


def with_own_entry(entries: Sequence[Entry], *, text: str, prefix: str) -> tuple[Entry, ...]:
    """*entries* with one of the partnership's own at the end; UnusableTextError says what is wrong with *text*."""
    wording = clean_line(text, longest=LONGEST_TEXT)
    numbers = [int(one.code.removeprefix(prefix)) for one in entries if one.own]
    code = f"{prefix}{max(numbers, default=0) + 1}"
    return (*entries, Entry(code=code, text=wording, short=wording[:LONGEST_SHORT].rstrip(), own=True))


def reworded(entries: Iterable[Entry], code: str, *, text: str, short: str) -> tuple[Entry, ...]:
    """*entries* with other words for one of them."""
    wording = clean_line(text, longest=LONGEST_TEXT)
    label = clean_line(short, longest=LONGEST_SHORT, what="short name")
    return tuple(replace(one, text=wording, short=label) if one.code == code else one for one in entries)


def _check_entries(entries: Sequence[Entry], *, what: str, fewest: int, most: int) -> None:
    if len(entries) < fewest:
        raise EditRefusedError(f"That leaves fewer than {fewest} {what}s.", remedy="Keep some, or leave all of it out.")
    if len(entries) > most:
        raise EditRefusedError(f"More than {most} {what}s are too many to ask.", remedy="Take some off.")
    if len({name_key(one.text) for one in entries}) < len(entries):
        raise EditRefusedError(f"Two {what}s have the same name.", remedy="Reword one of them.")


def _check_guesses(chosen: Guesses, *, instrument: Instrument) -> None:
    if not chosen.items or not chosen.sectors:
        raise EditRefusedError("There is nothing to guess.", remedy="Choose at least one question and one sector.")
    if len(chosen.items) > MOST_GUESSED:
        raise EditRefusedError(f"More than {MOST_GUESSED} questions to guess tire people.", remedy="Choose fewer.")
    known = {item.code for item in instrument.items() if can_be_guessed(item)}
    if not set(chosen.items) <= known:
        raise EditRefusedError("One of these questions can't be guessed.", remedy="Choose among those listed.")
