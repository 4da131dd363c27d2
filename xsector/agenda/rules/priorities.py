"""What should come first, where that needs a talk.

Source: the priorities questionnaire (effort 15 points from what is said, sectors 15 points apart, an option that
one sector alone puts first) and the discussion guide. A gap that may be chance, or the few who answered, is no
talking point.
"""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from xsector.agenda import priority_words
from xsector.agenda.document import Chart
from xsector.agenda.finding import Finding
from xsector.analysis.priorities import views_of
from xsector.analysis.priority_findings import Found, PriorityFinding, findings_of
from xsector.analysis.thresholds import Bands, Limits
from xsector.model.guide import StepKind
from xsector.model.modules.kinds import Pass
from xsector.model.modules.priorities import code_of
from xsector.model.released import Release

SPOKEN = frozenset({PriorityFinding.SAY_DO, PriorityFinding.SPLIT, PriorityFinding.QUIET})


def find(
    release: Release, *, findings: pd.DataFrame, used: Collection[str], bands: Bands, limits: Limits
) -> Finding | None:
    """The first clear gap: between what we say and do, between sectors, or of one sector's own first."""
    views = views_of(release)
    for found in findings_of(views):
        item = code_of(found.option, Pass.SHOULD)
        if found.kind in SPOKEN and found.everybody and found.clear and item not in used:
            return _finding(found, item=item, release=release, limits=limits)
    return None


def _finding(found: Found, *, item: str, release: Release, limits: Limits) -> Finding:
    views = views_of(release)
    should = views[Pass.SHOULD]
    by_effort = found.kind is PriorityFinding.SAY_DO
    return Finding(
        kind=StepKind.PRIORITIES,
        item=item,
        short=should.option(found.option).short,
        headline=priority_words.about(found, views=views),
        how_sure=priority_words.how_sure(found, views=views),
        note=priority_words.based_on(should),
        # On paper a picture of ranks is a table.
        chart=Chart.EFFORT if by_effort else None,
        table=priority_words.effort_table(should, views[Pass.NOW]) if by_effort else priority_words.ranks_table(should),
        sure=should.answered >= limits.few_answers,
        size=priority_words.size(found),
    )
