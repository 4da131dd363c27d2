"""Where sectors see things differently.

Source: METRICS sections 2 and 4 (rank by the unbiased between-sector part; a gap of a step alone turns up by
chance in most small partnerships, so it must also be among the top tenth of re-deals) and the discussion
guide, “Sectors see this differently”.
"""

from __future__ import annotations

import math
from collections.abc import Collection

import pandas as pd

from xsector.agenda import certainty, tables, wording
from xsector.agenda.document import Chart
from xsector.agenda.finding import Finding
from xsector.analysis.thresholds import Bands, Limits
from xsector.model import columns
from xsector.model.guide import StepKind
from xsector.model.released import Release, ReleasedItem


def find(
    release: Release, *, findings: pd.DataFrame, used: Collection[str], bands: Bands, limits: Limits
) -> Finding | None:
    """The highest-ranked question on which sectors differ by more than chance would give."""
    items = {item.code: item for item in release.items}
    for code, row in findings.iterrows():
        item = items[str(code)]
        if item.code in used or item.context:
            continue
        if wording.stands_out(row, item=item, bands=bands, limits=limits):
            return Finding(
                kind=StepKind.BETWEEN_SECTORS,
                item=item.code,
                short=item.short,
                headline=wording.headline(row, item=item, release=release, bands=bands, limits=limits),
                how_sure=certainty.how_sure(row, item=item, release=release, bands=bands, limits=limits),
                note=certainty.based_on(release, item=item),
                chart=Chart.ANSWERS,
                table=tables.answers_table(item, release=release),
                sure=certainty.answers_of(item, release=release) >= limits.few_answers,
                size=_size(row, item=item),
            )
    return None


def _size(row: pd.Series, *, item: ReleasedItem) -> float:
    """The widest gap between two groups' averages as a share of the scale; how far apart we are where it has none."""
    steps = wording.number_in(row, columns.GAP_STEPS)
    if item.ordered and not math.isnan(steps):
        return abs(steps) / (len(item.levels) - 1)
    apart = wording.number_in(row, columns.DIVERGENCE)
    return 0.0 if math.isnan(apart) else apart
