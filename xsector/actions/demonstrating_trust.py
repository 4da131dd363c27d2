"""How far the demo's people rely on each other organisation: made up, with a one-sided pair of sectors."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import Any

from xsector.model.instrument import Item, Kind
from xsector.model.modules import trust
from xsector.model.modules.kinds import Module
from xsector.model.partner import Respondent
from xsector.model.sheet import Answer, Mark

STRANGE = 0.1
"""Share of organisations with which somebody has no contact."""
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
    rated = dict.fromkeys(item.about for item in asked if item.about is not None)
    strangers = {one for one in rated if generator.random() < STRANGE}
    found: dict[str, Answer] = {}
    for item in asked:
        if item.kind is Kind.CHOICE:
            found[item.code] = generator.choices(range(4), weights=planted["matters"])[0]
        elif item.parts[0] == trust.CONTACT:
            found[item.code] = trust.NO_CONTACT if item.about in strangers else generator.choice((1, 2, 2, 3))
        elif item.about not in strangers:
            found[item.code] = _rating(item, who=who, planted=planted, generator=generator)
    return found


def _rating(item: Item, *, who: Respondent, planted: Mapping[str, Any], generator: random.Random) -> Answer:
    """One answer (Any: as above)."""
    if generator.random() < UNSURE:
        return Mark.CANNOT_JUDGE
    sector = planted["sectors"].get(item.text.partition(": ")[0], "")
    mean = planted["pairs"].get(who.sector, {}).get(sector, planted["usual"])
    mean += planted["dimensions"].get(item.parts[0], 0)
    return min(len(item.levels) - 1, max(0, round(generator.gauss(mean - 1, 0.6))))
