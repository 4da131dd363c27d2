"""Words for a distribution: its pattern, and the readings of D and of the share between sectors."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike

from xsector.analysis.divergence import decompose, divergence
from xsector.analysis.tallies import NOTHING, counts_of
from xsector.analysis.thresholds import DEFAULT_BANDS, Bands


class Pattern(StrEnum):
    """The shape of one item's answers."""

    TWO_CAMPS = "two camps"
    LONE_DISSENT = "lone dissent"
    MINORITY_VIEW = "minority view"
    ALIGNED = "aligned"
    SOME_SPREAD = "some spread"
    SCATTERED = "scattered"


@dataclass(frozen=True, slots=True, kw_only=True)
class CampCut:
    """The cut of a scale into a low and a high camp that takes away most of D.

    ``cut_after_level`` counts positions from 1; ``minority`` is the smaller camp's share of people,
    ``smaller`` its number; ``gap`` is the distance of the camps' means as a share of the scale.
    """

    camp_share: float
    cut_after_level: int
    minority: float
    smaller: int
    gap: float


def camp_cut(counts: ArrayLike) -> CampCut | None:
    """The best cut of an ordered scale, shape (K,), the lowest one on ties; None where all answer alike."""
    here = counts_of(counts)
    if not divergence(here) > NOTHING:
        return None
    positions = len(here)
    low_side = np.tril(np.ones((positions - 1, positions)))
    camps = np.stack([low_side, 1 - low_side], axis=1) * here
    shares = decompose(camps).share
    best = int(np.flatnonzero(shares >= shares.max() - NOTHING)[0])
    sizes = camps[best].sum(axis=-1)
    low_mean, high_mean = (camps[best] @ np.arange(positions)) / sizes
    return CampCut(
        camp_share=float(shares[best]),
        cut_after_level=best + 1,
        minority=float(sizes.min() / sizes.sum()),
        smaller=int(sizes.min()),
        gap=float((high_mean - low_mean) / (positions - 1)),
    )


def pattern(counts: ArrayLike, *, bands: Bands = DEFAULT_BANDS) -> Pattern | None:
    """The pattern of an ordered scale, shape (K,); None where nobody answered.

    Camps are spoken of only where the cut takes away at least ``camp_share`` of D and the camps' means lie
    at least ``camp_gap`` of the scale apart; then the size of the smaller one decides, in the order two
    camps, lone dissent, minority view. Otherwise D decides.
    """
    total = float(divergence(counts))
    cut = camp_cut(counts)
    if cut is None or cut.camp_share < bands.camp_share - NOTHING or cut.gap < bands.camp_gap - NOTHING:
        return spread_pattern(total, bands=bands)
    if cut.minority >= bands.camp_minority - NOTHING:
        return Pattern.TWO_CAMPS
    return Pattern.LONE_DISSENT if cut.smaller == 1 else Pattern.MINORITY_VIEW


def spread_pattern(total: float, *, bands: Bands = DEFAULT_BANDS) -> Pattern | None:
    """The pattern by D alone, as for options without an order; None where D is nan."""
    if math.isnan(total):
        return None
    if total < bands.aligned:
        return Pattern.ALIGNED
    return Pattern.SOME_SPREAD if total < bands.spread else Pattern.SCATTERED


def divergence_reading(total: float, *, bands: Bands = DEFAULT_BANDS) -> str | None:
    """D in words, from "aligned" to "strongly divided"; None where it is nan."""
    if math.isnan(total):
        return None
    if total < bands.aligned:
        return "aligned"
    if total < bands.spread:
        return "some spread"
    return "divided" if total <= bands.divided else "strongly divided"


def share_reading(share_adj: float, *, bands: Bands = DEFAULT_BANDS) -> str | None:
    """The adjusted share between sectors in words; None where it is nan."""
    if math.isnan(share_adj):
        return None
    if share_adj < bands.share_none:
        return "not about sectors"
    if share_adj < bands.share_slight:
        return "slightly between sectors"
    return "clearly between sectors" if share_adj <= bands.share_clear else "mostly between sectors"
