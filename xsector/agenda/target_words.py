"""What to say about the way from today's answers to the profile that a partnership wishes for."""

from __future__ import annotations

from typing import Final

from xsector.agenda.document import Row
from xsector.analysis.target import Distance, FromTarget
from xsector.analysis.thresholds import DEFAULT_LIMITS, Limits
from xsector.model.released import Release

CLOSE: Final = 0.5
"""Answers that lie up to half a step from the wish on average are called close to it."""
TABLE_HEADS: Final = ("Question", "Wanted", "Today", "There now", "Steps away")


def headline(found: FromTarget) -> str:
    """On which question we are furthest from the chosen profile, and how many are near it."""
    wish = f"“{found.target.label}”"
    if not found.distances:
        return f"{wish}: too few answers to say how far we are"
    far = [one for one in found.distances if one.away > CLOSE]
    if not far:
        return f"{wish}: we are close to it on every question"
    first, near = far[0], len(found.distances) - len(far)
    also = f"; close on {near} of {len(found.distances)}" if near else ""
    return f"{wish}: furthest away on “{first.item.short}”, {steps_words(first.away)} on average{also}"


def steps_words(steps: float) -> str:
    """A distance in steps of the scale, such as “1.4 steps”."""
    far = f"{steps:.1f}"
    return f"{far} {'step' if far == '1.0' else 'steps'}"


def today(one: Distance, *, limits: Limits = DEFAULT_LIMITS) -> str:
    """The answer that at least half of us give today, or that there is none."""
    if one.typical is None:
        return "Today: no shared answer yet"
    return f"Today mostly “{one.item.levels[one.typical]}”"


def target_table(found: FromTarget, *, release: Release) -> tuple[Row, ...]:
    """Everything the picture holds, heads first: how far answers lie from the wish, and each group's average."""
    if not found.distances:
        return ()
    groups = tuple(block.name for block in release.blocks)
    rows = tuple(
        (
            one.item.text,
            one.item.levels[one.wanted],
            today(one),
            f"{one.there:,} of {one.n:,}",
            f"{one.away:.1f}",
            *(_signed(steps) for steps in one.by_block),
        )
        for one in found.distances
    )
    return ((*TABLE_HEADS, *groups), *rows)


def _signed(steps: float | None) -> str:
    if steps is None:
        return "–"
    far = f"{steps:+.1f}"
    return "0.0" if far in {"+0.0", "-0.0"} else far.replace("-", "−")
