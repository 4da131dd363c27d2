"""The sentences about one question that wall and papers share, in words a resident understands."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import pandas as pd

from xsector.agenda import sides
from xsector.agenda.sides import Side
from xsector.analysis.patterns import Pattern
from xsector.analysis.thresholds import DEFAULT_BANDS, DEFAULT_LIMITS, Bands, Limits
from xsector.model import columns
from xsector.model.instrument import Kind
from xsector.model.released import Block, Release, ReleasedItem

LONGEST_QUOTE: Final = 90
LONGEST_LABEL: Final = 60

_SAYS: Final = {Side.HIGH: "says yes", Side.LOW: "says no", Side.MIDDLE: "is in between", Side.SPLIT: "is split"}


def quoted(item: ReleasedItem) -> str:
    """The statement in quotation marks: its own wording, or its short name where it is long."""
    text = item.text.strip().removesuffix(".")
    return f"“{text if len(text) <= LONGEST_QUOTE else item.short}”"


def block_name(block: Block) -> str:
    """A group's name inside a sentence."""
    return block.name if len(block.sectors) < 2 else "the combined group"


def people(number: int) -> str:
    """A number of people in words."""
    return "1 person" if number == 1 else f"{number:,} people"


def number_in(row: pd.Series, name: str) -> float:
    """The number in one column of a row of findings; nan if there is none."""
    value = row[name]
    return math.nan if value is None or pd.isna(value) else float(value)


def row_of(findings: pd.DataFrame, *, code: str) -> pd.Series:
    """The row of one question; LookupError if the findings hold none."""
    row = findings.loc[code]
    if not isinstance(row, pd.Series):
        raise LookupError(f"the findings hold item {code!r} more than once")
    return row


def headline(
    row: pd.Series,
    *,
    item: ReleasedItem,
    release: Release,
    bands: Bands = DEFAULT_BANDS,
    limits: Limits = DEFAULT_LIMITS,
) -> str:
    """What the answers to one question say, in one line that quotes the statement."""
    if math.isnan(number_in(row, columns.DIVERGENCE)):
        return f"{quoted(item)}: too few answers to say"
    if differs_by_sector(row, item=item, bands=bands, limits=limits):
        said = _ordered_ends(row, item=item, release=release, limits=limits)
        return f"{quoted(item)}: {said or _different_choices(item, release=release)}"
    return f"{quoted(item)}: {_all_together(row, item=item, bands=bands, limits=limits)}"


def differs_by_sector(row: pd.Series, *, item: ReleasedItem, bands: Bands, limits: Limits) -> bool:
    """Whether sectors are far enough apart to be named, beyond what any grouping would give."""
    share = number_in(row, columns.BETWEEN_SHARE)
    if math.isnan(share):
        return False
    gap = number_in(row, columns.GAP_STEPS)
    if math.isnan(gap):
        return share >= bands.share_slight
    return share >= bands.share_none and gap >= limits.gap * (len(item.levels) - 1)


def stands_out(row: pd.Series, *, item: ReleasedItem, bands: Bands, limits: Limits) -> bool:
    """Whether sectors differ and dealing the answers at random would seldom give as much."""
    chance = number_in(row, columns.CHANCE)
    return chance <= limits.chance and differs_by_sector(row, item=item, bands=bands, limits=limits)


def split_headline(item: ReleasedItem, *, block: Block) -> str:
    """The line for a question on which one group is split."""
    return f"{quoted(item)}: {block_name(block)} is split inside"


def fog_headline(item: ReleasedItem, *, unsure: int, asked: int) -> str:
    """The line for a question that many can't judge."""
    return f"{quoted(item)}: {unsure:,} of {asked:,} of us can’t judge"


def overview_headline(findings: pd.DataFrame, *, release: Release) -> str:
    """The line above the overview: who is furthest apart, and on what."""
    if len(release.blocks) == 1:
        return f"Only one group is shown so far: {release.blocks[0].name}"
    items = {item.code: item for item in release.items}
    for code, row in findings.iterrows():
        item = items[str(code)]
        if stands_out(row, item=item, bands=DEFAULT_BANDS, limits=DEFAULT_LIMITS):
            ends = _ends(row, release=release)
            who = " and ".join(block_name(release.blocks[place]) for place in ends) if ends else "Sectors"
            return f"{who[0].upper()}{who[1:]} are furthest apart: {quoted(item)}"
    return "No gap between sectors stands out"


def _ends(row: pd.Series, *, release: Release) -> tuple[int, int] | None:
    """The places of the highest and the lowest block among the release's blocks."""
    names = [block.name for block in release.blocks]
    low, high = row[columns.GAP_LOW], row[columns.GAP_HIGH]
    return (names.index(high), names.index(low)) if low in names and high in names else None


def _ordered_ends(row: pd.Series, *, item: ReleasedItem, release: Release, limits: Limits) -> str:
    ends = _ends(row, release=release)
    if ends is None:
        return ""
    names = [block_name(release.blocks[place]) for place in ends]
    high, low = (item.counts[place] for place in ends)
    if not sides.asks_agreement(item):
        return _labelled_ends(names, high=high, low=low, item=item, limits=limits)
    high_side, low_side = (sides.side_of(counts, limits=limits) for counts in (high, low))
    if high_side is not low_side:
        return f"{names[0]} {_SAYS[high_side]}, {names[1]} {_SAYS[low_side]}"
    if high_side is Side.HIGH:
        return f"{names[0]} says yes more firmly than {names[1]}"
    if high_side is Side.LOW:
        return f"{names[1]} says no more firmly than {names[0]}"
    return f"{names[0]} leans to yes more than {names[1]}"


def _labelled_ends(
    names: Sequence[str], *, high: Sequence[int], low: Sequence[int], item: ReleasedItem, limits: Limits
) -> str:
    labels = [_label(item, sides.middle_level(counts)) for counts in (high, low)]
    split = [sides.side_of(counts, limits=limits) is Side.SPLIT for counts in (high, low)]
    if any(split):
        return " and ".join(
            f"{name} is split" if torn else f"{name} mostly answers {label}"
            for name, label, torn in zip(names, labels, split, strict=True)
        )
    if labels[0] == labels[1]:
        return f"{names[0]} answers higher than {names[1]}"
    return f"{names[0]} mostly answers {labels[0]}, {names[1]} {labels[1]}"


def _different_choices(item: ReleasedItem, *, release: Release) -> str:
    """The two groups whose choices are furthest apart, with what each names most."""
    answered = [place for place, counts in enumerate(item.counts) if sum(counts)]
    pairs = [(one, other) for one in answered for other in answered if one < other]
    if not pairs:
        return "sectors choose differently"
    one, other = max(pairs, key=lambda pair: _distance(item.counts[pair[0]], item.counts[pair[1]]))
    tops = [_top(item.counts[place]) for place in (one, other)]
    if tops[0] is None or tops[1] is None or tops[0] == tops[1]:
        return "sectors choose differently"
    names = [block_name(release.blocks[place]) for place in (one, other)]
    return f"{names[0]} mostly names {_label(item, tops[0])}, {names[1]} {_label(item, tops[1])}"


def _distance(one: Sequence[int], other: Sequence[int]) -> float:
    total, other_total = sum(one), sum(other)
    return sum(abs(left / total - right / other_total) for left, right in zip(one, other, strict=True))


def _top(counts: Sequence[int]) -> int | None:
    best = max(counts)
    return counts.index(best) if counts.count(best) == 1 else None


def _label(item: ReleasedItem, level: int) -> str:
    label = item.levels[level].strip()
    return f"“{label if len(label) <= LONGEST_LABEL else label[: LONGEST_LABEL - 1].rstrip() + '…'}”"


def _all_together(row: pd.Series, *, item: ReleasedItem, bands: Bands, limits: Limits) -> str:
    """What everybody's answers look like where sectors are not the story."""
    by_sector = not math.isnan(number_in(row, columns.BETWEEN_SHARE))
    spread = number_in(row, columns.DIVERGENCE)
    ordered = item.ordered and item.kind is not Kind.CHOICES
    if ordered and sides.asks_agreement(item):
        shared = sides.shared_side(sides.everyone(item), limits=limits)
        if shared is not Side.NONE:
            return "nearly all of us say yes" if shared is Side.HIGH else "nearly all of us say no"
    if row[columns.PATTERN] == Pattern.TWO_CAMPS:
        return "two camps, but not along sectors" if by_sector else "two camps"
    if spread >= bands.spread:
        return "we are far apart, but not along sectors" if by_sector else "we are far apart"
    if spread >= bands.aligned:
        return "some of us see it differently, in every sector" if by_sector else "some of us see it differently"
    if not ordered:
        return "we choose much the same"
    together = sides.everyone(item)
    if not sides.asks_agreement(item):
        return f"most of us answer close to {_label(item, sides.middle_level(together))}"
    side = sides.side_of(together, limits=limits)
    return {Side.HIGH: "we agree, and say yes", Side.LOW: "we agree, and say no"}.get(
        side, "most of us are in the middle"
    )
