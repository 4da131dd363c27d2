"""Tiers of confidentiality: how many people a shown group must hold."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Tier(StrEnum):
    """How answers are protected; chosen before the first answer, then locked."""

    CONFIDENTIAL = "confidential"
    SMALL = "small"
    BY_ORGANISATION = "by_organisation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """A shown group holds at least ``k`` people from at least ``m`` organisations.

    In the tier by organisation, a group that bears its organisation's name, by consent, needs ``k`` people of it.
    ``t`` is the number of insiders that the bands of sensitive questions withstand.
    """

    tier: Tier = Tier.CONFIDENTIAL
    k: int = 5
    m: int = 2
    t: int = 1

    def __post_init__(self) -> None:
        lowest = 5 if self.tier is Tier.CONFIDENTIAL else 3
        if self.k < lowest:
            raise ValueError(f"tier {self.tier} needs k of at least {lowest}, not {self.k}")
        if self.m < 1 or self.t < 1:
            raise ValueError(f"m and t must be at least 1, not {self.m} and {self.t}")
