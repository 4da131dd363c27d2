"""Where the partnership is on its road, and what it has jumped over.

Source: Tuckman (1965) and Living Cities, “One reason most cross-sector partnerships don't work” (going straight from
forming to performing delays performing), and the discussion guide, “Where we are on the road”.
"""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from xsector.agenda import stage_words
from xsector.agenda.document import Chart
from xsector.agenda.finding import Finding
from xsector.analysis.stage import StageFinding, stage_of
from xsector.analysis.thresholds import Bands, Limits
from xsector.model.guide import StepKind
from xsector.model.modules.kinds import Module
from xsector.model.released import Release


def find(
    release: Release, *, findings: pd.DataFrame, used: Collection[str], bands: Bands, limits: Limits
) -> Finding | None:
    """What needs talk most of what was clearly found about the road; a step back alone only if nothing else is."""
    view = stage_of(release)
    if view is None or Module.STAGE.value in used:
        return None
    picture = view.pictures.item.code if view.pictures else Module.STAGE.value
    met = picture in used
    clear = [
        one for one in stage_words.ordered(view) if one.clear and not (met and one.kind is StageFinding.SPLIT_VIEW)
    ]
    if not clear:
        return None
    first = clear[0]
    others = [stage_words.title(one, view=view, release=release) for one in clear[1:]]
    notes = (
        stage_words.about(first, view=view, release=release),
        f"Also: {'; '.join(others)}." if others else "",
        f"{release.answered:,} of {release.invited:,} people answered.",
    )
    is_split = first.kind is StageFinding.SPLIT_VIEW
    table = stage_words.pictures_table if is_split else stage_words.stations_table
    return Finding(
        kind=StepKind.STAGE,
        item=picture if is_split else Module.STAGE.value,
        short="",
        headline=stage_words.title(first, view=view, release=release),
        how_sure=stage_words.how_sure(first, view=view),
        note=" ".join(note for note in notes if note),
        chart=None if is_split else Chart.STAGE,
        table=table(view, release=release),
        sure=not stage_words.how_sure(first, view=view) or is_split,
        size=stage_words.size(first, view=view),
    )
