"""The profile questions of a release: which can be read, what most answer, and how far apart answers lie."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from xsector.analysis.divergence import split
from xsector.analysis.patterns import Pattern, pattern
from xsector.analysis.released import answers_of, tallies_of
from xsector.analysis.thresholds import DEFAULT_BANDS, DEFAULT_LIMITS, Bands, Limits
from xsector.model.instrument import Kind
from xsector.model.profile import FELT, FELT_THEME, PROFILE, PROFILE_THEME
from xsector.model.released import Release, ReleasedItem


class Unread(StrEnum):
    """Why a question says nothing here."""

    NOT_ASKED = "not asked"
    HELD = "held back"
    ROUGH = "told only roughly"
    TOO_FEW = "too few answers"


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """How people answered one profile question.

    ``counts`` is people by level in all blocks; ``typical`` the level that at least half chose, None where there
    is no such level; ``divided`` is D_u, the mean distance of two different people as a share of what it is in a room
    split half and half between the two ends, at most 1; ``differs`` is True where the answers are two camps or
    scattered.
    """

    item: ReleasedItem
    n: int
    counts: tuple[int, ...]
    typical: int | None
    divided: float
    pattern: Pattern
    differs: bool


def everybody(item: ReleasedItem) -> tuple[int, ...]:
    """People at each level, all blocks together."""
    return tuple(sum(level) for level in zip(*item.counts, strict=True))


def felt_item(release: Release, *, limits: Limits = DEFAULT_LIMITS) -> ReleasedItem | Unread:
    """The statement that tells what people feel, or why it can't be read."""
    found = _released(release, FELT)
    if isinstance(found, Unread):
        return found
    fits = found.kind is Kind.RATING and found.theme == FELT_THEME and not found.reverse
    return _enough(found, limits=limits) if fits else Unread.NOT_ASKED


def profile_items(release: Release, *, limits: Limits = DEFAULT_LIMITS) -> dict[str, ReleasedItem | Unread]:
    """Each profile question by its code, or why it can't be read."""
    return {code: _profile_item(release, code, limits=limits) for code in PROFILE}


def described(item: ReleasedItem, *, release: Release, bands: Bands = DEFAULT_BANDS) -> Described:
    """How people answered a profile question that can be read."""
    answers = answers_of(item, blocks=release.blocks)
    parts = split(tallies_of(answers))
    counts = everybody(item)
    shape = pattern(counts, bands=bands)
    if shape is None:
        raise ValueError(f"nobody answered item {item.code!r}")
    return Described(
        item=item,
        n=answers.n,
        counts=counts,
        typical=typical_level(counts),
        divided=min(1.0, float(parts.total_unbiased)),
        pattern=shape,
        differs=shape in {Pattern.TWO_CAMPS, Pattern.SCATTERED},
    )


def typical_level(counts: Sequence[int], *, limits: Limits = DEFAULT_LIMITS) -> int | None:
    """The level that more people chose than any other, if it holds at least half; of two equal ones, neither."""
    most = max(counts)
    alone = list(counts).count(most) == 1
    return list(counts).index(most) if alone and most >= limits.shared_answer * sum(counts) else None


def _profile_item(release: Release, code: str, *, limits: Limits) -> ReleasedItem | Unread:
    found = _released(release, code)
    if isinstance(found, Unread):
        return found
    fits = found.kind is Kind.CHOICE and found.ordered and found.theme == PROFILE_THEME
    return _enough(found, limits=limits) if fits else Unread.NOT_ASKED


def _released(release: Release, code: str) -> ReleasedItem | Unread:
    for item in release.items:
        if item.code == code:
            return item
    if code in release.held:
        return Unread.HELD
    return Unread.ROUGH if code in {item.code for item in release.banded} else Unread.NOT_ASKED


def _enough(item: ReleasedItem, *, limits: Limits) -> ReleasedItem | Unread:
    return item if sum(everybody(item)) >= limits.few_answers else Unread.TOO_FEW
