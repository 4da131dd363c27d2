"""How far the demo's people rely on each other organisation: made up; one pair is one-sided, some hardly meet."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import Any

from xsector.model.instrument import Item, Kind
from xsector.model.modules import trust
from xsector.model.modules.kinds import Module
from xsector.model.partner import Respondent
from xsector.model.sheet import Answer, Mark

UNSURE = 0.06


def trust_answers(
    items: Sequence[Item], *, who: Respondent, planted: Mapping[str, Any], seed: str
) -> dict[str, Answer]:
    """What *who* says of each organisation that they are asked about (Any: what is planted, as YAML has it)."""
    generator = random.Random(f"{who.name} {who.organisation} {seed}")
    sector, organisation = who.sector, who.organisation_id
    asked = [
        item
        for item in items
        if item.module == Module.TRUST and item.is_asked_of(sector=sector, organisation=organisation)
    ]
    met = {item.about: _contact(item, who=who, planted=planted, generator=generator)
           for item in asked if item.parts[0] == trust.CONTACT}  # fmt: skip
    found: dict[str, Answer] = {}
    for item in asked:
        if item.kind is Kind.CHOICE:
            found[item.code] = generator.choices(range(4), weights=planted["matters"])[0]
        elif item.parts[0] == trust.CONTACT:
            found[item.code] = met[item.about]
        elif met.get(item.about) != trust.NO_CONTACT:
            found[item.code] = _rating(item, who=who, planted=planted, generator=generator)
    return found


def _contact(item: Item, *, who: Respondent, planted: Mapping[str, Any], generator: random.Random) -> int:
    """How much contact (Any: as above)."""
    contact = planted["contact"]
    weights = contact.get(who.sector, {}).get(_sector(item, planted=planted), contact["usual"])
    return generator.choices(range(len(item.levels)), weights=weights)[0]


def _sector(item: Item, *, planted: Mapping[str, Any]) -> str:
    """The sector of the organisation that is rated, where something is planted there (Any: as above)."""
    return str(planted["sectors"].get(item.text.partition(": ")[0], ""))


def _rating(item: Item, *, who: Respondent, planted: Mapping[str, Any], generator: random.Random) -> Answer:
    """One answer (Any: as above)."""
    if generator.random() < UNSURE:
        return Mark.CANNOT_JUDGE
    mean = planted["pairs"].get(who.sector, {}).get(_sector(item, planted=planted), planted["usual"])
    mean += planted["dimensions"].get(item.parts[0], 0)
    return min(len(item.levels) - 1, max(0, round(generator.gauss(mean - 1, 0.6))))
