"""Where one sector is split inside.

Source: METRICS section 3 (high D with little between sectors: the split runs inside) and the discussion guide,
“One sector is split”: both sides of the scale hold at least 30 % of a group of five or more.
"""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from xsector.agenda import certainty, sides, tables, wording
from xsector.agenda.document import Chart
from xsector.agenda.finding import Finding
from xsector.analysis.thresholds import Bands, Limits
from xsector.model.guide import StepKind
from xsector.model.instrument import COUNTED_KINDS, Kind
from xsector.model.released import Block, Release, ReleasedItem


def find(
    release: Release, *, findings: pd.DataFrame, used: Collection[str], bands: Bands, limits: Limits
) -> Finding | None:
    """The question on which one group is split most evenly; of several, the highest-ranked."""
    splits = [
        (sides.smaller_side(counts), -list(findings.index).index(item.code), item, block, counts)
        for item in release.items
        if item.code not in used and _can_split(item)
        for block, counts in zip(release.blocks, item.counts, strict=True)
        if _is_split(block, counts=counts, limits=limits)
    ]
    if not splits:
        return None
    _, _, item, block, counts = max(splits, key=lambda split: split[:2])
    low, high = sum(counts[: len(counts) // 2]), sum(counts[(len(counts) + 1) // 2 :])
    row = wording.row_of(findings, code=item.code)
    return Finding(
        kind=StepKind.WITHIN_SECTOR,
        item=item.code,
        short=item.short,
        headline=wording.split_headline(item, block=block),
        how_sure=(
            f"Of {wording.people(sum(counts))} in {wording.block_name(block)}, {low:,} are on the low side, "
            f"{high:,} on the high side. {certainty.bounds_sentence(row, item=item, release=release, bands=bands)}"
        ).strip(),
        note=certainty.based_on(release, item=item),
        chart=Chart.WITHIN,
        table=tables.answers_table(item, release=release),
        size=sides.smaller_side(counts),
    )


def _can_split(item: ReleasedItem) -> bool:
    return item.ordered and not item.context and item.kind in COUNTED_KINDS and item.kind is not Kind.CHOICES


def _is_split(block: Block, *, counts: tuple[int, ...], limits: Limits) -> bool:
    one_sector = len(block.sectors) < 2
    return one_sector and sum(counts) >= limits.split_people and sides.smaller_side(counts) >= limits.split_side
