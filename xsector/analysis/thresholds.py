"""Every band, threshold and cut-off in one place: the words of the analysis, and what the agenda speaks about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Bands:
    """Where one word ends and the next begins, and what is too little to speak about.

    ``aligned``, ``spread`` and ``divided`` are upper ends of D; ``share_none``, ``share_slight`` and
    ``share_clear`` are upper ends of the adjusted share between sectors. ``change`` is the smallest
    change of D between rounds that is called one.
    """

    aligned: float = 0.25
    spread: float = 0.50
    divided: float = 0.65
    share_none: float = 0.05
    share_slight: float = 0.15
    share_clear: float = 0.35
    camp_share: float = 0.67
    camp_gap: float = 0.50
    camp_minority: float = 0.25
    change: float = 0.15
    fewest_answers: int = 3
    fewest_for_share: int = 8
    """Answers beyond the number of blocks, N - G, that an interval of the share needs."""
    interval_level: float = 0.90
    top_items: int = 5
    resamples: int = 500

    def __post_init__(self) -> None:
        if not 0 < self.aligned < self.spread < self.divided < 1:
            raise ValueError(f"bands of D must rise between 0 and 1, not {self.aligned}, {self.spread}, {self.divided}")
        if not 0 < self.share_none < self.share_slight < self.share_clear < 1:
            raise ValueError(
                "bands of the share must rise between 0 and 1, "
                f"not {self.share_none}, {self.share_slight}, {self.share_clear}"
            )
        if self.fewest_answers < 2:
            raise ValueError(f"fewest_answers must be at least 2, not {self.fewest_answers}")
        if not 0 < self.interval_level < 1:
            raise ValueError(f"interval_level must lie between 0 and 1, not {self.interval_level}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much it takes before the agenda speaks about something; shares run from 0 to 1.

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
    outer: float = 3 / 8
    """How much of the scale at either end is a side, when a group stands there by its mean."""
    fog: float = 0.25
    fog_group: float = 0.50
    favourable: float = 0.65
    nearly_all: float = 0.85
    few_answers: int = 8
    """Below this many answers one person moves every figure."""
    felt: float = 2 / 3
    """From this share of yes on, most of us feel that we agree."""
    not_felt: float = 1 / 2
    """Up to this share of yes, most of us don't; between the two no word fits."""
    shared_answer: float = 1 / 2
    """The share that one answer must hold before it is called ours."""
    differing: float = 1 / 3
    """From this share of differing profile answers on, there is no real agreement."""


DEFAULT_BANDS: Final = Bands()
DEFAULT_LIMITS: Final = Limits()
