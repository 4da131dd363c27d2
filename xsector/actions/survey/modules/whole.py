"""The questions of a file's round with those of its modules, and the columns that answer them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from xsector.actions.survey.items import ItemColumn
from xsector.actions.survey.modules import guesses, priorities, roles, stage, trust
from xsector.actions.survey.modules.grounds import MOST_NAMED, Grounds, Together
from xsector.errors.common import EditRefusedError
from xsector.model.instrument import Instrument, Item
from xsector.model.modules.choosing import Chosen, with_module
from xsector.model.modules.expanding import expanded
from xsector.model.modules.kinds import Module

FEWEST_NAMED: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """An instrument with its modules, and where the file answers them."""

    instrument: Instrument
    columns: tuple[ItemColumn, ...]
    together: tuple[Together, ...]


def with_modules(plain: Instrument, grounds: Grounds) -> Whole:
    """*plain* with the modules of which the map speaks.

    Raises
    ------
    SurveyFileError
        The map names something that isn't there, or leaves out something that is needed; it says where.
    """
    _check_columns(grounds)
    _check_organisations(grounds)
    chosen = plain
    for module, one in _chosen(grounds):
        try:
            chosen = with_module(chosen, module, chosen=one)
        except EditRefusedError as problem:
            raise grounds.fault(("modules", module.value), str(problem).rstrip("."), remedy=problem.remedy) from None
    wanted = grounds.wanted
    made = expanded(
        chosen,
        organisations=grounds.named if wanted.names_organisations else (),
        sectors={one.code: one.label for one in grounds.sectors},
        rated=trust.rated(grounds, wanted.trust) if wanted.trust else (),
    )
    made = _rated_by_all(made)
    _check_codes(made, grounds)
    return Whole(
        instrument=made,
        columns=tuple(_columns(grounds, made)),
        together=tuple(_together(grounds, made)),
    )


def module_notes(made: Instrument, grounds: Grounds | None) -> tuple[str, ...]:
    """What is asked of the modules, of which organisations, and what is left out."""
    if grounds is None:
        return ()
    asked = Counter(item.module for item in made.items() if item.module)
    notes = [f"Modules: {', '.join(f'{module} ({number:,} questions)' for module, number in asked.items())}."]
    if grounds.wanted.names_organisations:
        names = [one.name for one in made.organisations]
        more = f" and {len(names) - 30} more" if len(names) > 30 else ""
        notes.append(f"Organisations that can be named: {', '.join(names[:30])}{more}.")
    return (*notes, *(trust.note(grounds, grounds.wanted.trust) if grounds.wanted.trust else ()))


def _chosen(grounds: Grounds) -> Iterator[tuple[Module, Chosen]]:
    wanted = grounds.wanted
    if wanted.roles:
        yield Module.ROLES, roles.chosen(grounds, wanted.roles)
    if wanted.priorities:
        yield Module.PRIORITIES, priorities.chosen(grounds, wanted.priorities)
    if wanted.stage:
        yield Module.STAGE, stage.chosen(grounds, wanted.stage)
    if wanted.guesses:
        yield Module.GUESSES, guesses.chosen(grounds, wanted.guesses)
    if wanted.trust:
        yield Module.TRUST, trust.chosen(grounds, wanted.trust)


def _rated_by_all(made: Instrument) -> Instrument:
    """*made* where nobody drew who rates whom: a file holds what everybody was asked."""
    sections = [
        replace(section, items=tuple(replace(item, raters=()) if item.raters else item for item in section.items))
        for section in made.sections
    ]
    return replace(made, sections=tuple(sections))


def _columns(grounds: Grounds, made: Instrument) -> Iterator[ItemColumn]:
    wanted, modules = grounds.wanted, made.modules
    items: Mapping[str, Item] = {item.code: item for item in made.items() if item.module}
    if wanted.roles:
        yield from roles.columns(grounds, wanted.roles, items)
    if wanted.stage and modules.stage:
        yield from stage.columns(grounds, wanted.stage, modules.stage, items)
    if wanted.guesses:
        yield from guesses.columns(grounds, wanted.guesses, items)
    if wanted.trust and modules.trust:
        yield from trust.columns(grounds, wanted.trust, modules.trust, items)


def _together(grounds: Grounds, made: Instrument) -> Iterator[Together]:
    if grounds.wanted.priorities and made.modules.priorities:
        yield from priorities.columns(grounds, grounds.wanted.priorities, made.modules.priorities)


def _check_columns(grounds: Grounds) -> None:
    """No column answers two questions."""
    seen: dict[int, tuple[str, ...]] = {}
    for at, column in grounds.wanted.columns():
        place = grounds.place(column, at=at)
        if place in seen:
            remedy = f"It stands at {' → '.join(seen[place])} already."
            raise grounds.fault(at, f"the column “{column[:60]}” is used twice", remedy=remedy)
        seen[place] = at


def _check_organisations(grounds: Grounds) -> None:
    """Where answers are about organisations, the file must tell whose people are whose."""
    if not grounds.wanted.names_organisations:
        return
    at = ("modules", Module.ROLES.value if grounds.wanted.roles else Module.TRUST.value)
    number = len(grounds.named)
    if number < FEWEST_NAMED:
        found = f"the file has {number} of them" if grounds.organisations else "no column tells people’s organisations"
        remedy = "Name the column of people’s organisations with --organisation, or as `organisation:` in the map."
        raise grounds.fault(at, f"it asks about organisations, and {found}", remedy=remedy)
    if number > MOST_NAMED:
        remedy = "Give the same name to those that are one, with `organisations:` in the map."
        problem = f"the file has {number:,} organisations, and up to {MOST_NAMED} can be named"
        raise grounds.fault(at, problem, remedy=remedy)


def _check_codes(made: Instrument, grounds: Grounds) -> None:
    """No question of the file has the code of a module's."""
    codes = Counter(item.code for item in (*made.items(), *made.compared))
    if twice := [code for code, times in codes.items() if times > 1]:
        remedy = "Give that column another name, or leave it out with --items."
        raise grounds.fault(("modules",), f"“{twice[0]}” is a question of the file and of a module", remedy=remedy)
