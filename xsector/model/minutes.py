"""How long a questionnaire takes, from the kinds of its questions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from xsector.model.instrument import Item, Kind
from xsector.model.modules.kinds import Module

SECONDS: Final = {Kind.RATING: 8, Kind.CHOICE: 12, Kind.CHOICES: 12, Kind.TEXT: 30}
"""Seconds a question of each kind takes a person who reads on a telephone: our own estimate."""


IN_MODULE: Final = {Module.ROLES.value: 5, Module.PRIORITIES.value: 4, Module.TRUST.value: 4}
"""The same where questions stand in a table and need a tap each."""


def minutes_for(items: Iterable[Item]) -> int:
    """Whole minutes, rounded up, that a person needs for *items*; at least 1."""
    seconds = sum(IN_MODULE.get(item.module, SECONDS.get(item.kind, 60)) for item in items)
    return max(1, -(-seconds // 60))
