"""How much it takes before the agenda speaks about something, in one place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What makes a talking point; shares run from 0 to 1.

    ``gap`` is a share of the whole scale: a quarter is one step of five points. ``chance`` is the
    largest share of re-deals that may give as big a gap. ``split_side`` is what both sides of a
    scale must hold before a group counts as split, ``split_people`` how many people it must have.
    ``fog`` is the share of everyone who can't judge, ``fog_group`` that of one group. A strength's mean lies at
    least at ``favourable`` of the scale; ``nearly_all`` is the share on one side that counts as agreement.
    """

    gap: float = 0.25
    chance: float = 0.10
    split_side: float = 0.30
    split_people: int = 5
    fog: float = 0.25
    fog_group: float = 0.50
    favourable: float = 0.65
    nearly_all: float = 0.85
    few_answers: int = 8
    """Below this many answers one person moves every figure."""


DEFAULT_LIMITS: Final = Limits()
