"""Which gaps between sectors stand out from chance."""

from __future__ import annotations

import pandas as pd

from xsector.agenda.wording import stands_out
from xsector.analysis.thresholds import DEFAULT_BANDS, DEFAULT_LIMITS
from xsector.model import columns
from xsector.model.released import Release


def with_firm(findings: pd.DataFrame, *, release: Release) -> pd.DataFrame:
    """*findings* with the column ``firm``: True where the gap stands out."""
    items = {item.code: item for item in release.items}
    firm = [
        stands_out(row, item=items[str(code)], bands=DEFAULT_BANDS, limits=DEFAULT_LIMITS)
        for code, row in findings.iterrows()
    ]
    return findings.assign(**{columns.FIRM: pd.Series(firm, index=findings.index, dtype=bool)})
