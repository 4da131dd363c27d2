"""What holds up well: a statement that all groups agree on, at its good end.

Source: METRICS sections 1 and 3 (D below .25 reads as aligned; half “agree”, half “strongly agree” is just above
that, so nearly everybody on the good side counts too) and the discussion guide, “Strong, and we agree”.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence

import pandas as pd

from xsector.agenda import certainty, sides, tables, wording
from xsector.agenda.finding import Finding
from xsector.agenda.sides import Side
from xsector.analysis.thresholds import Bands, Limits
from xsector.model import columns
from xsector.model.guide import StepKind
from xsector.model.instrument import Kind
from xsector.model.released import Release, ReleasedItem

OTHERS = 2
"""How many further strengths the note names."""


def find(
    release: Release, *, findings: pd.DataFrame, used: Collection[str], bands: Bands, limits: Limits
) -> Finding | None:
    """The statement that is both most agreed on and most favourable, with the next ones in the note.

    A group whose own average is not on the good side keeps a statement off the list, however small it is.
    """
    strengths = [
        item
        for item in release.items
        if item.code in findings.index
        and item.code not in used
        and _holds_up(item, row=wording.row_of(findings, code=item.code), bands=bands, limits=limits)
    ]
    if not strengths:
        return None
    strengths.sort(key=lambda item: _goodness(item, counts=sides.everyone(item)), reverse=True)
    best, others = strengths[0], strengths[1 : 1 + OTHERS]
    also = f"Also strong: {'; '.join(wording.quoted(item) for item in others)}." if others else ""
    based_on = certainty.based_on(release, item=best)
    row = wording.row_of(findings, code=best.code)
    return Finding(
        kind=StepKind.STRENGTH,
        item=best.code,
        short=best.short,
        headline=wording.headline(row, item=best, release=release, bands=bands, limits=limits),
        how_sure=certainty.bounds_sentence(row, item=best, release=release, bands=bands),
        note=f"{based_on} {also}".strip(),
        chart=None,
        table=tables.answers_table(best, release=release),
    )


def _holds_up(item: ReleasedItem, *, row: pd.Series, bands: Bands, limits: Limits) -> bool:
    if item.context or item.kind is not Kind.RATING or not item.ordered:
        return False
    together = sides.everyone(item)
    good_side = Side.LOW if item.reverse else Side.HIGH
    aligned = wording.number_in(row, columns.DIVERGENCE_UNBIASED) < bands.aligned
    # With too few answers the divergence is nan, so nothing holds up.
    if math.isnan(wording.number_in(row, columns.DIVERGENCE)):
        return False
    if not aligned and sides.shared_side(together, limits=limits) is not good_side:
        return False
    if wording.differs_by_sector(row, item=item, bands=bands, limits=limits):
        return False
    groups = [counts for counts in item.counts if sum(counts)]
    return _goodness(item, counts=together) >= limits.favourable and all(
        _goodness(item, counts=counts) > 1 / 2 for counts in groups
    )


def _goodness(item: ReleasedItem, *, counts: Sequence[int]) -> float:
    """The mean answer's place from the bad end (0) to the good end (1) of the scale."""
    place = sides.mean_place(counts)
    return 1 - place if item.reverse else place
