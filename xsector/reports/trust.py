"""Trust in a round: by dimension, and of each sector in each other one, with what follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from xsector.agenda import trust_words
from xsector.agenda.document import Row
from xsector.agenda.trust_words import TrustFinding
from xsector.analysis import trust
from xsector.analysis.banded import Interval
from xsector.model.modules.kinds import Dimension, Module
from xsector.model.modules.trust import IMPORTANCE
from xsector.model.released import Release
from xsector.reports.module_results import released_module
from xsector.store.accounts import Account
from xsector.store.engine import Engine


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustResults:
    """The trust of a round; either of the two tables is empty where it wasn't asked."""

    release: Release
    findings: tuple[TrustFinding, ...]
    matters: tuple[tuple[str, int], ...]
    """What matters most in a partner: statements with the people who chose them, most first."""
    sectors: tuple[Row, ...]
    dimensions: tuple[Row, ...]
    note: str
    """How much of the table between sectors is told, and what is never shown."""
    dimensions_note: str


def trust_results(engine: Engine, *, account: Account, round_id: int) -> TrustResults:
    """What is released of a round's trust; RoundStateError before that, NotFoundError where it wasn't asked."""
    release = released_module(engine, account=account, round_id=round_id, module=Module.TRUST)
    cells, found = trust.cells(release), trust.by_dimension(release)
    return TrustResults(
        release=release,
        findings=trust_words.findings(release),
        matters=_matters(release),
        sectors=trust_words.table(cells, release=release) if cells else (),
        dimensions=trust_words.dimensions_table(found) if found else (),
        note=f"{trust_words.rough_note(cells, release=release)} {trust_words.note(release)}" if cells else "",
        dimensions_note=trust_words.dimensions_note(release) if found else "",
    )


def trust_document(release: Release) -> dict[str, Any]:  # Any: whatever JSON holds
    """Trust as a part of the report: means as their two ends; nothing about a single organisation."""
    found = trust.by_dimension(release)
    return {
        "partners": _ends_by_dimension(found.partners) if found else None,
        "partnership": _ends_by_dimension(found.partnership) if found else None,
        "between": [
            {
                "block": release.blocks[place].name,
                "sector": sector,
                "mean": _ends(one.mean),
                "dimensions": _ends_by_dimension(one.means),
                "why_not": one.why or None,
            }
            for (place, sector), one in trust.cells(release).items()
        ],
        "received": {
            sector: _ends_by_dimension(trust.received_by_dimension(release, sector=sector))
            for sector in trust.rated_sectors(release)
        },
        "matters_most": dict(_matters(release)),
        "findings": [{"finding": one.finding, "about": list(one.about)} for one in trust_words.findings(release)],
    }


def _matters(release: Release) -> tuple[tuple[str, int], ...]:
    item = next((one for one in release.of_module(Module.TRUST) if one.code == IMPORTANCE), None)
    if item is None:
        return ()
    people = [sum(counts[place] for counts in item.counts) for place in range(len(item.levels))]
    return tuple(sorted(zip(item.levels, people, strict=True), key=lambda one: -one[1]))


def _ends(mean: Interval | None) -> dict[str, float] | None:
    return None if mean is None else asdict(mean)


def _ends_by_dimension(means: Mapping[Dimension, Interval | None]) -> dict[str, dict[str, float] | None]:
    return {one.value: _ends(means.get(one)) for one in trust.DIMENSIONS}
