"""The figures behind a step as rows of words and numbers: the twin of its chart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd

from xsector.agenda import sides
from xsector.agenda.certainty import answers_by_block
from xsector.agenda.document import Row
from xsector.agenda.wording import number_in
from xsector.model import columns
from xsector.model.instrument import Kind
from xsector.model.released import Release, ReleasedItem

MOST_LEVELS: Final = 5
"""With more levels than this a row holds sides of the scale, not single levels."""

OVERVIEW_ROWS: Final = 6


def overview_table(findings: pd.DataFrame, *, rows: int = OVERVIEW_ROWS) -> tuple[Row, ...]:
    """The statements on which sectors are furthest apart, in rank order, heads first."""
    ranked = findings[findings[columns.RANK].notna() & findings[columns.GAP_STEPS].notna()].head(rows)
    body = tuple(
        (
            str(row[columns.TEXT]),
            str(row[columns.GAP_LOW] or "–"),
            str(row[columns.GAP_HIGH] or "–"),
            f"{number_in(row, columns.GAP_STEPS):.1f}",
        )
        for _, row in ranked.iterrows()
    )
    return (("Statement", "Lowest", "Highest", "Gap in steps"), *body) if body else ()


def answers_table(item: ReleasedItem, *, release: Release) -> tuple[Row, ...]:
    """How everyone and each group answered one question, as shares of those who did, heads first."""
    parts = _parts(item)
    answered = answers_by_block(item, release=release)
    rows = [("Everyone", sum(answered), sides.everyone(item))]
    rows += [
        (block.name, asked, counts) for block, asked, counts in zip(release.blocks, answered, item.counts, strict=True)
    ]
    body = tuple(
        (name, f"{asked:,}", *(_percent(sum(counts[place] for place in places), asked) for _, places in parts))
        for name, asked, counts in rows
    )
    return (("Group", "Answers", *(label for label, _ in parts)), *body)


def fog_table(item: ReleasedItem, *, release: Release) -> tuple[Row, ...]:
    """How many of each group can't judge one question, heads first."""
    rows = [
        (block.name, missing.cannot_judge, missing.cannot_judge + answered)
        for block, missing, answered in zip(
            release.blocks, item.missing, answers_by_block(item, release=release), strict=True
        )
    ]
    rows.insert(0, ("Everyone", sum(row[1] for row in rows), sum(row[2] for row in rows)))
    body = tuple((name, f"{unsure:,} of {asked:,}", _percent(unsure, asked)) for name, unsure, asked in rows)
    return (("Group", "Can’t judge", "Share"), *body)


def _parts(item: ReleasedItem) -> list[tuple[str, Sequence[int]]]:
    """The columns of an answer table: a head and the levels that are added up in it."""
    points = len(item.levels)
    if points <= MOST_LEVELS or not item.ordered or item.kind is Kind.CHOICES:
        return [(label, [level]) for level, label in enumerate(item.levels)]
    low, high = range(points // 2), range((points + 1) // 2, points)
    middle = range(points // 2, (points + 1) // 2)
    return [(_span(item.levels, places), list(places)) for places in (low, middle, high) if len(places)]


def _span(levels: Sequence[str], places: range) -> str:
    return levels[places[0]] if len(places) == 1 else f"{levels[places[0]]} to {levels[places[-1]]}"


def _percent(part: int, whole: int) -> str:
    return f"{part / whole:.0%}" if whole else "–"
