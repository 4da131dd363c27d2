"""Modules as questions: an instrument with everything it asks, about the organisations that are there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from xsector.model.instrument import Instrument, Section
from xsector.model.minutes import minutes_for
from xsector.model.modules import guesses, priorities, roles, stage, trust
from xsector.model.modules.kinds import Organisation


def expanded(
    instrument: Instrument, *, organisations: Sequence[Organisation], sectors: Mapping[str, str],
    rated: Sequence[Organisation] | None = None,
) -> Instrument:  # fmt: skip
    """*instrument* with its modules as sections after the others; expanding again replaces them.

    *sectors* are labels by code. *rated* are the organisations that the round robin of trust asks about; all of them
    unless it is said.
    """
    rated = organisations if rated is None else rated
    plain = replace(
        instrument, sections=tuple(section for section in instrument.sections if not section.module), compared=()
    )
    chosen = plain.modules
    more: list[Section] = []
    if chosen.roles:
        more += roles.sections(chosen.roles, organisations=organisations)
    if chosen.priorities:
        more += priorities.sections(chosen.priorities)
    if chosen.stage:
        more += stage.sections(chosen.stage, instrument=plain)
    if chosen.guesses:
        more += guesses.sections(chosen.guesses, instrument=plain, sectors=sectors)
    if chosen.trust:
        more += trust.sections(chosen.trust, organisations=rated)
    compared = list(priorities.compared(chosen.priorities)) if chosen.priorities else []
    if chosen.trust:
        compared += trust.averaged(chosen.trust, organisations=rated, sectors=sectors)
    made = replace(
        plain,
        sections=(*plain.sections, *more),
        organisations=tuple(organisations) if chosen.roles or chosen.trust else (),
        compared=tuple(compared),
    )
    return replace(made, minutes=minutes_for(made.of_one()))
