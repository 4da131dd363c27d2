"""What the demo's people answer in the modules of a round: made up, with something to find in each."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import yaml

from xsector.actions.demonstrating_trust import trust_answers
from xsector.model.instrument import Instrument, Item, Kind
from xsector.model.instrument_file import TAXONOMY_FILE, read_taxonomy
from xsector.model.modules import priorities, roles
from xsector.model.modules.kinds import Ask, Guesses, Module, Modules, Pass, Priorities, Roles
from xsector.model.modules.starting import read_starting
from xsector.model.partner import Respondent
from xsector.model.sheet import Answer, Mark
from xsector.settings import DATA, INSTRUMENTS, MODULES

HELPS_NOW = 0.12
"""Share of organisations that a person ticks as helping."""


def demo_modules() -> Modules:
    """The modules of the demo's rounds: all of them."""
    start = read_starting(MODULES, taxonomy=read_taxonomy(INSTRUMENTS / TAXONOMY_FILE))
    guessed = _facts()["guesses"]
    return Modules(
        roles=Roles(functions=start.functions[: start.usual_functions]),
        priorities=Priorities(options=start.options[: start.usual_options], passes=tuple(Pass)),
        stage=start.stage,
        guesses=Guesses(items=tuple(guessed["items"]), sectors=tuple(guessed["sectors"])),
        trust=start.trust,
    )


def module_answers(
    instrument: Instrument, *, who: Respondent, own: Mapping[str, Answer], number: int, generator: random.Random
) -> dict[str, Answer]:
    """What *who* says in the modules of round *number* (from 0), whose *own* answers are known."""
    stages = _facts()["stage"]
    stage = stages[min(number, len(stages) - 1)]
    items = [item for item in instrument.items() if item.module]
    found: dict[str, Answer] = {}
    for item in items:
        if item.module == Module.ROLES:
            found[item.code] = _role(item, who=who, generator=generator)
        elif item.module == Module.STAGE:
            found[item.code] = _near(stage.get(item.code, 3.0) - 1, item=item, generator=generator)
        elif item.module == Module.GUESSES:
            found[item.code] = _guess(item, own=own, generator=generator)
    for view in Pass:
        found |= dict(_points([one for one in items if _is_of(one, view)], who=who, view=view, generator=generator))
    # By itself, so that it takes no draw from the other modules.
    return found | trust_answers(items, who=who, planted=_facts()["trust"], seed=str(sorted(own.items(), key=str)))


@lru_cache(maxsize=1)
def _facts() -> dict[str, Any]:  # Any: whatever YAML holds
    facts: dict[str, Any] = yaml.safe_load((DATA / "demo" / "modules.yaml").read_text(encoding="utf-8"))
    return facts


def _is_of(item: Item, view: Pass) -> bool:
    return item.module == Module.PRIORITIES and item.parts[0] == view.value


def _role(item: Item, *, who: Respondent, generator: random.Random) -> Answer:
    function, ask = item.parts[0], Ask(item.parts[1])
    planted = _facts()["roles"].get(function, {})
    if ask is Ask.PART:
        claim = planted.get("claims", {}).get(who.organisation)
        return {"lead": roles.LEADS, "help": roles.HELPS}.get(claim, 3 if generator.random() < 0.6 else 2)
    names = {name: place for place, name in enumerate(item.levels)}
    if ask is Ask.HELPS:
        return frozenset(place for place in names.values() if generator.random() < HELPS_NOW)
    return _named(planted.get(ask.value, {"same": 0.85} if ask is Ask.SHOULD else {}), names=names, generator=generator)


def _named(shares: Mapping[str, float], *, names: Mapping[str, int], generator: random.Random) -> Answer:
    """One of the planted names with its share, otherwise any of the organisations."""
    drawn = generator.random()
    for name, share in shares.items():
        drawn -= share
        if drawn < 0:
            place = names.get({"nobody": roles.NOBODY, "shared": roles.SHARED, "same": roles.SAME}.get(name, name))
            return Mark.CANNOT_JUDGE if place is None else place
    return generator.randrange(len(names) - 2)


def _points(
    items: Sequence[Item], *, who: Respondent, view: Pass, generator: random.Random
) -> Iterator[tuple[str, Answer]]:
    """Points by question, all of them given."""
    planted = _facts()["priorities"]
    more = planted["sectors"].get(view.value, {}).get(who.sector, {})
    wanted = [max(1.0, planted[view.value][item.parts[1]] + more.get(item.parts[1], 0)) for item in items]
    shares = [generator.gammavariate(weight / 4, 1) for weight in wanted]
    left = priorities.POINTS // priorities.STEP
    for place, item in enumerate(items):
        rest = sum(shares[place:])
        steps = left if place == len(items) - 1 else min(left, round(left * shares[place] / rest)) if rest else 0
        left -= steps
        yield item.code, steps


def _guess(item: Item, *, own: Mapping[str, Answer], generator: random.Random) -> Answer:
    code, sector = item.parts
    facts = _facts()["guesses"]
    mine = own.get(code)
    usual = float(mine) if isinstance(mine, int) and not isinstance(mine, Mark) else 2.0
    told = facts["of"].get(code, {}).get(sector)
    mean = usual if told is None else facts["own"] * usual + (1 - facts["own"]) * (told - 1)
    return _near(mean, item=item, generator=generator)


def _near(mean: float, *, item: Item, generator: random.Random) -> Answer:
    if item.kind is Kind.CHOICE:
        return generator.randrange(len(item.levels))
    return min(len(item.levels) - 1, max(0, round(generator.gauss(mean, 0.7))))
