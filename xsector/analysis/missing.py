"""Who is in the dark about what: "can't judge" as a finding of its own, never as the middle of a scale."""

from __future__ import annotations

import numpy as np
import pandas as pd

from xsector.analysis.released import counted_items, missing_people, people_of_item
from xsector.model import columns
from xsector.model.released import Release


def dark_findings(release: Release) -> pd.DataFrame:
    """Share of each block's people who could not judge an item: index code, a column for each block.

    The share is of the people of the block who were counted for the item, whether they answered, skipped it,
    or found that it doesn't apply; nan where there are none.
    """
    items = counted_items(release)
    shares = np.full((len(items), len(release.blocks)), np.nan)
    for row, item in enumerate(items):
        asked = people_of_item(item, blocks=release.blocks) + [missing_people(missing) for missing in item.missing]
        in_the_dark = np.array([missing.cannot_judge for missing in item.missing], dtype=np.float64)
        np.divide(in_the_dark, asked, out=shares[row], where=asked > 0)
    codes = pd.Index([item.code for item in items], name=columns.CODE, dtype="str")
    return pd.DataFrame(shares, index=codes, columns=[block.name for block in release.blocks])


def darkest_blocks(dark: pd.DataFrame) -> pd.Series:
    """The block that is most in the dark about each item of *dark*; missing where everybody can judge."""
    lit = dark.fillna(0.0)
    names = [row.idxmax() if row.max() > 0 else None for _, row in lit.iterrows()]
    return pd.Series(names, index=dark.index, name=columns.BLOCK, dtype="object")
