"""How sure a finding is, whom it rests on and what is hidden, in words for wall and papers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import pandas as pd

from xsector.agenda.wording import number_in, people
from xsector.analysis.patterns import divergence_reading
from xsector.analysis.thresholds import DEFAULT_BANDS, DEFAULT_LIMITS, Bands, Limits
from xsector.model import columns
from xsector.model.instrument import Kind
from xsector.model.released import Release, ReleasedItem

CLOSE: Final = "This is close: a handful of other answers would change it."
"""Said of a finding that more answers could undo."""
_READINGS = {
    "aligned": "close together",
    "some spread": "somewhat apart",
    "divided": "divided",
    "strongly divided": "strongly divided",
}


def how_sure(
    row: pd.Series,
    *,
    item: ReleasedItem,
    release: Release,
    bands: Bands = DEFAULT_BANDS,
    limits: Limits = DEFAULT_LIMITS,
) -> str:
    """How far the difference between sectors can be relied on."""
    sentences = (
        few_sentence(answers_of(item, release=release), limits=limits),
        chance_sentence(number_in(row, columns.CHANCE)),
        share_sentence(row),
        top_five_sentence(number_in(row, columns.TOP_FIVE)),
        bounds_sentence(row, item=item, release=release, bands=bands),
    )
    return " ".join(sentence for sentence in sentences if sentence)


def sure_in_short(row: pd.Series, *, item: ReleasedItem, release: Release, limits: Limits = DEFAULT_LIMITS) -> str:
    """The one sentence on certainty that a wall has room for."""
    few = few_sentence(answers_of(item, release=release), limits=limits)
    return few or chance_sentence(number_in(row, columns.CHANCE))


def few_sentence(answers: int, *, limits: Limits = DEFAULT_LIMITS) -> str:
    """A warning where so few answered that one person moves the picture; else nothing."""
    return f"With {answers} answers, one person can change the picture." if answers < limits.few_answers else ""


def chance_sentence(chance: float) -> str:
    """How often dealing the same answers at random gives as big a gap; nothing where that is unknown."""
    if math.isnan(chance):
        return ""
    times = round(100 * chance)
    often = {0: "less than once in 100", 1: "about once in 100"}.get(times, f"about {times} times in 100")
    if times >= 100:
        often = "nearly every time"
    return f"If the same answers were dealt to the sectors at random, a gap this big would turn up {often}."


def share_sentence(row: pd.Series) -> str:
    """How much of the distance lies between sectors, with its margin, or that it is too few to tell."""
    share, low, high = (number_in(row, name) for name in (columns.BETWEEN_SHARE, columns.SHARE_LOW, columns.SHARE_HIGH))
    if math.isnan(share):
        return ""
    if math.isnan(low) or math.isnan(high):
        return "Too few to tell how much of the distance between us lies between sectors."
    return (
        f"About {share:.0%} of the distance between us lies between sectors, the rest inside them "
        f"(anything from {low:.0%} to {high:.0%} is possible)."
    )


def top_five_sentence(top_five: float) -> str:
    """How steadily the question stays among the five widest gaps; nothing where that is unknown."""
    if math.isnan(top_five):
        return ""
    times = round(10 * top_five)
    if times == 0:
        return "When the groups are drawn anew by lot, it hardly ever stays among the five widest gaps."
    return f"When the groups are drawn anew by lot, it stays among the five widest gaps {times} times in 10."


def bounds_sentence(row: pd.Series, *, item: ReleasedItem, release: Release, bands: Bands = DEFAULT_BANDS) -> str:
    """What the people without an answer could change; nothing if everybody answered."""
    silent = release.invited - answers_of(item, release=release)
    lowest, highest = (number_in(row, name) for name in (columns.DIVERGENCE_LOWEST, columns.DIVERGENCE_HIGHEST))
    now = divergence_reading(number_in(row, columns.DIVERGENCE), bands=bands)
    if silent < 1 or math.isnan(lowest) or math.isnan(highest) or now is None:
        return ""
    who = f"the {people(silent)} without an answer here"
    least, most = divergence_reading(lowest, bands=bands), divergence_reading(highest, bands=bands)
    if least == most:
        return f"Whatever {who} would say, we would be {_READINGS[now]}."
    if lowest >= bands.spread:
        return f"Whatever {who} would say, we would still be divided."
    return f"What {who} would say could still change how far apart we are."


def answers_of(item: ReleasedItem, *, release: Release) -> int:
    """How many people of the released groups gave an answer on the scale."""
    return sum(answers_by_block(item, release=release))


def answers_by_block(item: ReleasedItem, *, release: Release) -> tuple[int, ...]:
    """How many people of each released group gave an answer on the scale, each person once."""
    if item.kind is not Kind.CHOICES:
        return tuple(sum(counts) for counts in item.counts)
    return tuple(
        block.n - missing.skipped - missing.cannot_judge - missing.not_applicable
        for block, missing in zip(release.blocks, item.missing, strict=True)
    )


def based_on(release: Release, *, item: ReleasedItem) -> str:
    """How many of those invited the figures of one question rest on, and what the others did."""
    cannot_judge = sum(missing.cannot_judge for missing in item.missing)
    not_applicable = sum(missing.not_applicable for missing in item.missing)
    skipped = sum(missing.skipped for missing in item.missing)
    others = [
        f"{cannot_judge:,} can’t judge" if cannot_judge else "",
        f"for {not_applicable:,} it doesn’t apply" if not_applicable else "",
        f"{skipped:,} skipped it" if skipped else "",
        f"{release.invited - release.answered:,} sent no answers" if release.invited > release.answered else "",
    ]
    rest = ", ".join(other for other in others if other)
    sentence = f"Based on {answers_of(item, release=release):,} of {release.invited:,} people invited"
    return f"{sentence}; {rest}." if rest else f"{sentence}."


def round_based_on(release: Release) -> str:
    """How many of those invited the whole round rests on, group by group."""
    groups = ", ".join(f"{block.name} {block.n:,}" for block in release.blocks)
    sentence = f"Based on {release.answered:,} of {people(release.invited)} invited"
    return f"{sentence}: {groups}." if groups else f"{sentence}. No group is large enough to be shown."


def hidden_note(release: Release) -> str:
    """Which sectors and questions aren't shown by themselves, and why; nothing if all are."""
    notes = [note for note in (hidden_sectors(release),) if note]
    if release.held:
        number = len(release.held)
        notes.append(
            "1 question is held back: only a part of a group was asked, or too few people."
            if number == 1
            else f"{number} questions are held back: only a part of a group was asked, or too few people."
        )
    if release.banded:
        number = len(release.banded)
        questions, are = ("1 question about trust", "is") if number == 1 else (f"{number} questions about trust", "are")
        notes.append(
            f"How far sectors rely on each other is told only roughly, and so {are} {questions}."
            if release.asked_banded
            else f"{questions} {are} told only roughly."
        )
    return " ".join(notes)


def hidden_sectors(release: Release) -> str:
    """Which sectors aren't shown by themselves, and why; nothing if all are."""
    labels: dict[str, list[str]] = {}
    for hidden in release.hidden:
        labels.setdefault(hidden.reason.rstrip("."), []).append(hidden.label)
    return " ".join(_hidden_together(together, reason=reason) for reason, together in labels.items())


def _hidden_together(labels: Sequence[str], *, reason: str) -> str:
    """The sectors that are hidden for the same reason, in one sentence."""
    if len(labels) == 1:
        return f"{labels[0]} is not shown on its own: {reason}."
    return f"{', '.join(labels[:-1])} and {labels[-1]} are not shown on their own: {reason}."


def weighting_note(release: Release) -> str:
    """How answers are weighted, and which group that makes the heaviest."""
    total = sum(block.n for block in release.blocks)
    largest = max(release.blocks, key=lambda block: block.n, default=None)
    if largest is None or len(release.blocks) < 2 or largest.n * 2 <= total:
        return "Each person counts once, so a larger sector weighs more."
    heavy = f"{largest.name} ({largest.n:,} of {total:,})"
    return f"Each person counts once, so {heavy} weighs more than all others together."
