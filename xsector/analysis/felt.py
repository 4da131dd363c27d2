"""Felt agreement (do we think that we agree?) against real agreement (do our answers agree?)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from xsector.analysis.profile import Described, Unread, described, everybody, felt_item, profile_items
from xsector.analysis.thresholds import DEFAULT_BANDS, DEFAULT_LIMITS, Bands, Limits
from xsector.model.released import Release, ReleasedItem


class Case(StrEnum):
    """How feeling and answers go together."""

    FELT_AND_REAL = "felt and real"
    FELT_NOT_REAL = "felt, not real"
    REAL_NOT_FELT = "real, not felt"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True, kw_only=True)
class FeltShare:
    """How many of *n* say yes to the statement, and the share if all who are silent said no, or yes."""

    item: ReleasedItem
    n: int
    yes: int
    lowest: float
    highest: float

    @property
    def share(self) -> float:
        """The share of those who answered."""
        return self.yes / self.n


@dataclass(frozen=True, slots=True, kw_only=True)
class FeltFinding:
    """Both sides, and the case they make.

    ``case`` is None where a side can't be read or the feeling is in between. ``felt`` is what people feel, or why
    that can't be read; ``real`` the profile questions that can be read, furthest apart first; ``unread`` the
    others by code, with the reason.
    """

    case: Case | None
    felt: FeltShare | Unread
    real: tuple[Described, ...]
    unread: Mapping[str, Unread]

    @property
    def differing(self) -> tuple[Described, ...]:
        """The profile questions on which answers differ."""
        return tuple(one for one in self.real if one.differs)


def felt_and_real(release: Release, *, bands: Bands = DEFAULT_BANDS, limits: Limits = DEFAULT_LIMITS) -> FeltFinding:
    """Whether we think that we describe our goal alike, and whether we describe ourselves alike.

    Most of us *feel* it from ``limits.felt`` of yes on, and don't up to ``limits.not_felt``. It isn't *real* where
    answers are two camps or scattered on at least ``limits.differing`` of the profile questions that can be read.
    Questions with fewer than ``limits.few_answers`` answers aren't read.
    """
    items = profile_items(release, limits=limits)
    real = [described(item, release=release, bands=bands) for item in items.values() if not isinstance(item, Unread)]
    # Rounding keeps noise of the last digit from deciding a tie.
    real.sort(key=lambda one: (-round(one.divided, 12), one.item.code))
    asked = felt_item(release, limits=limits)
    felt = asked if isinstance(asked, Unread) else _share(asked, release=release)
    return FeltFinding(
        case=None if isinstance(felt, Unread) else _case(felt, real=real, limits=limits),
        felt=felt,
        real=tuple(real),
        unread={code: item for code, item in items.items() if isinstance(item, Unread)},
    )


def _share(item: ReleasedItem, *, release: Release) -> FeltShare:
    counts = everybody(item)
    n, yes = sum(counts), sum(counts[(len(counts) + 1) // 2 :])
    invited = max(release.invited, n)
    return FeltShare(item=item, n=n, yes=yes, lowest=yes / invited, highest=(yes + invited - n) / invited)


def _case(felt: FeltShare, *, real: Sequence[Described], limits: Limits) -> Case | None:
    if not real or limits.not_felt < felt.share < limits.felt:
        return None
    agrees = sum(one.differs for one in real) < limits.differing * len(real)
    if felt.share >= limits.felt:
        return Case.FELT_AND_REAL if agrees else Case.FELT_NOT_REAL
    return Case.REAL_NOT_FELT if agrees else Case.NEITHER
