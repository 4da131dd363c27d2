"""Whether a partnership's own answers about itself go together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from xsector.analysis.profile import Unread, everybody, profile_items, typical_level
from xsector.analysis.thresholds import DEFAULT_LIMITS, Limits
from xsector.model.profile import FitCheck
from xsector.model.released import Release, ReleasedItem


class Fit(StrEnum):
    """What a check found."""

    CLASH = "clash"
    FITS = "fits"
    NO_SHARED_ANSWER = "no shared answer"
    UNREAD = "can't be read"


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """One check with its outcome, and what most of us answer by item code: a level, nothing, or why not."""

    check: FitCheck
    fit: Fit
    typical: Mapping[str, int | Unread | None]


def checked(release: Release, *, checks: Iterable[FitCheck], limits: Limits = DEFAULT_LIMITS) -> tuple[Checked, ...]:
    """Each check held against what at least half of us answer, in the order of *checks*.

    One shared answer outside a check is enough for it to fit, whatever the others are. Where a question can't be
    read, or no answer holds half of us, nothing is said.
    """
    items = profile_items(release, limits=limits)
    return tuple(_checked(check, items=items, limits=limits) for check in checks)


def _checked(check: FitCheck, *, items: Mapping[str, ReleasedItem | Unread], limits: Limits) -> Checked:
    typical = {code: _typical(items[code], limits=limits) for code in check.when}
    levels = {code: level for code, level in typical.items() if isinstance(level, int)}
    if any(level not in check.when[code] for code, level in levels.items()):
        fit = Fit.FITS
    elif any(isinstance(level, Unread) for level in typical.values()):
        fit = Fit.UNREAD
    else:
        fit = Fit.CLASH if len(levels) == len(typical) else Fit.NO_SHARED_ANSWER
    return Checked(check=check, fit=fit, typical=typical)


def _typical(item: ReleasedItem | Unread, *, limits: Limits) -> int | Unread | None:
    return item if isinstance(item, Unread) else typical_level(everybody(item), limits=limits)
