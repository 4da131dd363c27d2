"""How far sectors rely on each other, where that needs a talk: one finding, of sectors or of all, never of one house.

Source: METRICS section 5 (sector blocks of the round robin), our round robin of trust (a pair that hardly meets is
about contact, not about trust), and the discussion guide, “A low trust result”: numbers of the whole group go before
those of two sectors, and whoever a result points at hears it before the meeting.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

import pandas as pd

from xsector.agenda import trust_words
from xsector.agenda.document import Chart, Row
from xsector.agenda.finding import Finding
from xsector.agenda.trust_words import TrustFinding
from xsector.analysis.thresholds import Bands, Limits
from xsector.analysis.trust import by_dimension, is_often_thin
from xsector.model.guide import StepKind
from xsector.model.modules.kinds import Module
from xsector.model.released import Release

BEFORE: Final = "Speak with people of the sectors named before the meeting."
ORGANISATIONS: Final = "It is about sectors as a whole: nobody’s rating of an organisation is shown."
OTHERS: Final = 2
"""How many further findings the note names."""
_WHOLE: Final = 1
"""Of a weak dimension of everybody, the finding names the dimension alone; of a sector, the sector too."""


def find(
    release: Release, *, findings: pd.DataFrame, used: Collection[str], bands: Bands, limits: Limits
) -> Finding | None:
    """What is surely so and needs talk most; nothing where nothing is sure, or the round didn't ask partners."""
    if Module.TRUST.value in used or not release.has_module(Module.TRUST):
        return None
    found = sorted(trust_words.findings(release), key=_order)
    first = next((one for one in found if _needs_talk(one, every=found, release=release)), None)
    if first is None:
        return None
    others = [one.title for one in found if one is not first][:OTHERS]
    notes = (
        first.text if first.text.rstrip(".") != first.title else "",
        f"Ask: {first.ask}",
        f"Also: {'; '.join(others)}." if others else "",
        BEFORE if _names_sectors(first) else "",
        ORGANISATIONS if _names_sectors(first) else "",
        f"{release.answered:,} of {release.invited:,} people answered.",
    )
    chart, table = _shown(first, release=release)
    return Finding(
        kind=StepKind.TRUST,
        item=Module.TRUST.value,
        short="",
        headline=first.title,
        how_sure=first.how_sure,
        note=" ".join(note for note in notes if note),
        chart=chart,
        table=table,
        sure=not first.few,
        size=first.size,
    )


def _order(one: TrustFinding) -> tuple[int, int]:
    """What is about everybody first, then pairs, other trust, contact of most groups first, pairs that hardly meet."""
    if one.finding == "asymmetry":
        return (4 if one.thin else 1, 0)
    if one.finding == "thin_contact":
        return (3, -len(one.about))
    return (0 if one.finding == "dim_gap" and len(one.about) == _WHOLE else 2, 0)


def _needs_talk(one: TrustFinding, *, every: Collection[TrustFinding], release: Release) -> bool:
    """Little contact alone needs a talk where it is common, or where it may be what makes a pair one-sided."""
    if one.finding != "thin_contact":
        return not one.thin
    return is_often_thin(release) or any(other.thin and one.about[0] in other.about for other in every)


def _names_sectors(one: TrustFinding) -> bool:
    return one.finding == "asymmetry" or (one.finding == "dim_gap" and len(one.about) > _WHOLE)


def _shown(one: TrustFinding, *, release: Release) -> tuple[Chart | None, tuple[Row, ...]]:
    """The picture and the table of a finding."""
    if one.finding == "asymmetry":
        return Chart.TRUST, trust_words.pair_table(release, about=one.about)
    if one.finding == "thin_contact":
        return None, trust_words.contact_table(release)
    if len(one.about) > _WHOLE and one.finding == "dim_gap":
        return None, trust_words.received_table(release, sector=one.about[0])
    means = by_dimension(release)
    return Chart.TRUST_DIMENSIONS, trust_words.dimensions_table(means) if means else ()
