"""What many of us can't judge.

Source: METRICS section 6 (the share of “can't judge” by group is a finding of its own) and the discussion guide,
“Many of us cannot tell”.
"""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from xsector.agenda import certainty, tables, wording
from xsector.agenda.finding import Finding
from xsector.analysis.proportions import share_interval
from xsector.analysis.thresholds import Bands, Limits
from xsector.model.guide import StepKind
from xsector.model.released import Release, ReleasedItem


def find(
    release: Release, *, findings: pd.DataFrame, used: Collection[str], bands: Bands, limits: Limits
) -> Finding | None:
    """The question that the largest share can't judge, if that is many of everyone or of one group."""
    foggy = [
        item
        for item in release.items
        if item.code in findings.index
        and item.code not in used
        and not item.context
        and _is_foggy(item, release=release, limits=limits)
    ]
    if not foggy:
        return None
    item = max(foggy, key=lambda item: _share(*_everyone(item, release=release)))
    unsure, asked = _everyone(item, release=release)
    notes = (_worst_sentence(item, release=release, limits=limits), certainty.based_on(release, item=item))
    return Finding(
        kind=StepKind.FOGGY,
        item=item.code,
        short=item.short,
        headline=wording.fog_headline(item, unsure=unsure, asked=asked),
        how_sure="",
        note=" ".join(note for note in notes if note),
        chart=None,
        table=tables.fog_table(item, release=release),
        sure=asked >= limits.few_answers and share_interval(unsure, asked)[0] >= limits.fog,
        size=_share(unsure, asked),
    )


def _is_foggy(item: ReleasedItem, *, release: Release, limits: Limits) -> bool:
    if _share(*_everyone(item, release=release)) >= limits.fog:
        return True
    return _worst(item, release=release, limits=limits) is not None


def _everyone(item: ReleasedItem, *, release: Release) -> tuple[int, int]:
    """People who can't judge the question, and people who could say so."""
    unsure = sum(missing.cannot_judge for missing in item.missing)
    return unsure, unsure + certainty.answers_of(item, release=release)


def _worst(item: ReleasedItem, *, release: Release, limits: Limits) -> tuple[str, int, int] | None:
    """The group most in the dark, its people who can't judge and all it has, if at least half of five are."""
    groups = [
        (wording.block_name(block), missing.cannot_judge, missing.cannot_judge + answered)
        for block, missing, answered in zip(
            release.blocks, item.missing, certainty.answers_by_block(item, release=release), strict=True
        )
    ]
    large = [group for group in groups if group[2] >= limits.split_people]
    worst = max(large, key=lambda group: _share(group[1], group[2]), default=None)
    return worst if worst is not None and _share(worst[1], worst[2]) >= limits.fog_group else None


def _worst_sentence(item: ReleasedItem, *, release: Release, limits: Limits) -> str:
    worst = _worst(item, release=release, limits=limits)
    if worst is None or _share(*worst[1:]) <= _share(*_everyone(item, release=release)):
        return ""
    name, unsure, asked = worst
    return f"In {name}, {unsure:,} of {asked:,} can’t judge."


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
