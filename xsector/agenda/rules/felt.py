"""What most of us think to be shared, and isn't.

Source: SEEDS section 0, point 4 (felt against real agreement is the most useful finding a check-up can give) and the
feedback rule “Most of us think we share one goal. Our own words differ.”
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

import pandas as pd

from xsector.agenda import certainty, felt_words
from xsector.agenda.document import Chart
from xsector.agenda.finding import Finding
from xsector.analysis.felt import Case, felt_and_real
from xsector.analysis.profile import Unread
from xsector.analysis.thresholds import Bands, Limits
from xsector.model.guide import StepKind
from xsector.model.profile import FELT
from xsector.model.released import Release

ITEM: Final = FELT
"""The question that the finding comes from."""


def find(
    release: Release, *, findings: pd.DataFrame, used: Collection[str], bands: Bands, limits: Limits
) -> Finding | None:
    """That most of us feel we agree while our answers differ; every other case stays quiet."""
    found = felt_and_real(release, bands=bands, limits=limits)
    item = next((one for one in release.items if one.code == ITEM), None)
    if found.case is not Case.FELT_NOT_REAL or item is None or ITEM in used:
        return None
    sure = felt_words.how_sure(found, findings=findings, release=release, bands=bands, limits=limits)
    return Finding(
        kind=StepKind.FELT,
        item=ITEM,
        short="",
        headline=felt_words.headline(found),
        how_sure=f"{felt_words.furthest(found)} {sure}".strip(),
        note=certainty.based_on(release, item=item),
        chart=Chart.FELT,
        table=felt_words.felt_table(found),
        sure=not isinstance(found.felt, Unread) and found.felt.lowest >= limits.felt,
        size=max(one.divided for one in found.differing),
    )
