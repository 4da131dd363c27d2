"""How long a questionnaire takes, from the kinds of its questions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from xsector.model.instrument import Item, Kind
from xsector.model.modules.kinds import Module

WANTED_MINUTES: Final = 12
"""Longer than this a form should not take."""
SECONDS: Final = {Kind.RATING: 8, Kind.CHOICE: 12, Kind.CHOICES: 12, Kind.TEXT: 30}
"""Seconds a question of each kind takes a person who reads on a telephone: our own estimate."""


IN_MODULE: Final = {Module.ROLES.value: 5, Module.PRIORITIES.value: 4, Module.TRUST.value: 4}
"""The same where questions stand in a table and need a tap each."""


def minutes_for(items: Iterable[Item]) -> int:
    """Whole minutes, rounded up, that a person needs for *items*; at least 1."""
    return max(1, -(-_seconds(items) // 60))


def half_minutes_for(items: Iterable[Item]) -> int:
    """Half minutes, to the nearest, that a person needs for a part of a form; at least 1."""
    return max(1, (_seconds(items) + 15) // 30)


def in_minutes(halves: int) -> str:
    """Half minutes as minutes: 3 is “1½”."""
    whole, half = divmod(halves, 2)
    return f"{whole or ''}{'½' if half else ''}" or "0"


def _seconds(items: Iterable[Item]) -> int:
    return sum(IN_MODULE.get(item.module, SECONDS.get(item.kind, 60)) for item in items)
