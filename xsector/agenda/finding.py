"""A talking point: what a rule found, ready to become a step of an agenda."""

from __future__ import annotations

from dataclasses import dataclass

from xsector.agenda.document import Chart, Row
from xsector.model.guide import StepKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing the answers say that is worth the room's time.

    ``sure`` is False where it may be chance or the few who answered, or where nothing tells. ``size`` is the share of
    what was possible, from 0 to 1: of the scale between two groups or figures, or of the people it is about.
    """

    kind: StepKind
    item: str
    short: str
    headline: str
    how_sure: str
    note: str
    chart: Chart | None
    table: tuple[Row, ...]
    sure: bool = False
    size: float = 0.0
