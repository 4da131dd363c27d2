"""Who says that they lead, and what others say: one cell per job and sector, in four flat classes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

import plotly.graph_objects as go

from xsector.analysis.roles import Cell, Job, RoleFinding
from xsector.analysis.thresholds import DEFAULT_ROLE_LIMITS, RoleLimits
from xsector.charts.measuring import fits, fitting_size, text_width, wrapped
from xsector.charts.shares import answered_of
from xsector.charts.sheet import (
    LINE,
    Drawing,
    Entry,
    Tile,
    figure_of,
    frame,
    head_lines,
    heading,
    key,
    note_line,
    tiles,
    together,
    words,
)
from xsector.charts.theme import BODY, BOLD, EDGE, LABEL, REGULAR, SMALL, Theme, letters_on
from xsector.model.released import Release
from xsector.model.sector import Sector

PROJECTED_JOBS: Final = 8
_TEXT_WIDTH: Final = 300
_CLAIMED_LIGHT, _CLAIMED_DARK = "#F1A340", "#B9702A"
_EXPECTED_LIGHT, _EXPECTED_DARK = "#B9A3D8", "#7A5FB0"
_BOTH_LIGHT, _BOTH_DARK = "#1F5F99", "#8CC8EE"


class Seen(IntEnum):
    """How a sector's own word and that of the others fit together."""

    BOTH = 0
    CLAIMED = 1
    EXPECTED = 2
    NEITHER = 3


LABELS: Final = {
    Seen.BOTH: "Says it leads, and others name it",
    Seen.CLAIMED: "Says so, others do not see it",
    Seen.EXPECTED: "Others name one that does not say so",
    Seen.NEITHER: "Neither",
}

TAGS: Final = {
    RoleFinding.CONTESTED: "more than one said to lead",
    RoleFinding.ORPHAN: "no leader in sight",
    RoleFinding.MISPLACED: "another should lead",
    RoleFinding.UNCLAIMED: "its leader does not say so",
    RoleFinding.UNSEEN: "led unseen",
    RoleFinding.SHARED: "shared",
    RoleFinding.SETTLED: "settled",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Grid:
    """Pixels of the cells."""

    left: float
    column: float
    top: float
    row: float


def seen(cell: Cell, *, limits: RoleLimits = DEFAULT_ROLE_LIMITS) -> Seen:
    """The class of a cell: “named” is a quarter of the others where it is claimed, half of them where it isn't.

    One organisation's claim is not seen where others name another one of its sector.
    """
    seen_, other = (part / cell.others if cell.others else 0.0 for part in (cell.seen, cell.named - cell.seen))
    if cell.leads and seen_ >= limits.unseen:
        return Seen.BOTH
    if other >= limits.expected:
        return Seen.EXPECTED
    return Seen.CLAIMED if cell.leads else Seen.NEITHER


def role_matrix(
    jobs: Sequence[Job], cells: Mapping[str, Mapping[str, Cell]], *, release: Release, headline: str, subtitle: str,
    note: str, theme: Theme,
) -> go.Figure:  # fmt: skip
    """Draw the first jobs, a row each, a column for each sector that has an organisation."""
    shown = jobs[:PROJECTED_JOBS]
    sectors = [one for one in release.sectors if any(one.code in cells.get(job.code, {}) for job in shown)]
    head = heading(headline, subtitle=subtitle, theme=theme)
    legend = key([_entry(kind, theme=theme) for kind in Seen], theme=theme, top=head.edge)
    foot = note_line(note, theme=theme, bottom=theme.height)
    left = EDGE + max((text_width(line, size=LABEL) for job in shown for line in _lines(job)), default=0) + 16
    column = (theme.right - left) / max(len(sectors), 1)
    names = [head_lines(sector.label, column=column) for sector in sectors]
    top = legend.edge + 6 + max((len(lines) for lines, _ in names), default=1) * LABEL * LINE
    row = min((foot.edge - 4 - top) / max(len(shown), 1), 76)
    grid = _Grid(left=left, column=column, top=top, row=row)
    drawn = [
        _row(job, cells=cells.get(job.code, {}), sectors=sectors, place=place, grid=grid, theme=theme)
        for place, job in enumerate(shown)
    ]
    heads = [
        words(lines, x=left + (place + 0.5) * column, y=top - 6, size=size, colour=theme.ink, weight=BOLD,
              anchor="center", stand="bottom")
        for place, (lines, size) in enumerate(names)
    ]  # fmt: skip
    drawing = together((head.drawing, legend.drawing, *heads, *drawn, foot.drawing))
    return figure_of(drawing, theme=theme, headline=headline, alt=_alt(shown, headline=headline, release=release))


def _entry(kind: Seen, *, theme: Theme) -> Entry:
    return Entry(label=LABELS[kind], colour=_fill(kind, theme=theme), symbol="square")


def _fill(kind: Seen, *, theme: Theme) -> str:
    light = {Seen.BOTH: _BOTH_LIGHT, Seen.CLAIMED: _CLAIMED_LIGHT, Seen.EXPECTED: _EXPECTED_LIGHT}
    dark = {Seen.BOTH: _BOTH_DARK, Seen.CLAIMED: _CLAIMED_DARK, Seen.EXPECTED: _EXPECTED_DARK}
    return (dark if theme.dark else light).get(kind, theme.grid)


def _lines(job: Job) -> tuple[str, ...]:
    text = job.text if fits(job.text, width=_TEXT_WIDTH, size=LABEL, most=2) else job.short
    return wrapped(text, width=_TEXT_WIDTH, size=LABEL, most=2)


def _row(
    job: Job, *, cells: Mapping[str, Cell], sectors: Sequence[Sector], place: int, grid: _Grid, theme: Theme
) -> Drawing:
    y = grid.top + (place + 0.5) * grid.row
    drawn = [
        _cell(cells[sector.code], hover=f"{sector.label}: {job.short}", y=y, place=column, grid=grid, theme=theme)
        for column, sector in enumerate(sectors)
        if sector.code in cells
    ]
    return together((_name(job, x=grid.left - 12, y=y, theme=theme), *drawn))


def _name(job: Job, *, x: float, y: float, theme: Theme) -> Drawing:
    """The job, and below it what was found where there is room."""
    lines = _lines(job)
    if len(lines) > 1 or not job.findings:
        return words(lines, x=x, y=y, size=LABEL, colour=theme.ink, anchor="right")
    tag = (TAGS[job.findings[0].kind],)
    return together(
        (
            words(lines, x=x, y=y - 2, size=LABEL, colour=theme.ink, anchor="right", stand="bottom"),
            words(tag, x=x, y=y + 1, size=SMALL, colour=theme.muted, anchor="right", stand="top"),
        )
    )


def _cell(cell: Cell, *, hover: str, y: float, place: int, grid: _Grid, theme: Theme) -> Drawing:
    kind, middle = seen(cell), grid.left + (place + 0.5) * grid.column
    x = (middle - grid.column / 2 + 3, middle + grid.column / 2 - 3)
    top, bottom = y - grid.row / 2 + 3, y + grid.row / 2 - 3
    told = _told(cell)
    size = fitting_size(told, width=grid.column - 14, sizes=(BODY, LABEL, SMALL))
    if kind is Seen.NEITHER:
        box = frame(x=x, y=(top, bottom), colour=theme.grid, width=1)
        return together((box, words((told,), x=middle, y=y, size=size, colour=theme.muted, anchor="center")))
    fill = _fill(kind, theme=theme)
    tile = Tile(left=x[0], right=x[1], top=top, bottom=bottom, fill=fill, hover=f"{hover}: {LABELS[kind]}, {told}")
    weight = BOLD if kind is Seen.BOTH else REGULAR
    number = words((told,), x=middle, y=y, size=size, colour=letters_on(fill), weight=weight, anchor="center")
    return together((tiles((tile,), line=theme.background), number))


def _told(cell: Cell) -> str:
    others = f"{cell.named / cell.others:.0%}" if cell.others else "–"
    return f"{cell.leads} of {cell.stated} → {others}" if cell.stated else f"→ {others}"


def _alt(jobs: Sequence[Job], *, headline: str, release: Release) -> str:
    findings = [f"{job.short}: {job.findings[0].kind.value}" for job in jobs if job.findings]
    return (
        f"{headline.rstrip('.')}. {len(jobs)} jobs by {len(release.sectors)} sectors; "
        f"{'; '.join(findings) or 'nothing found'}; {answered_of(release)}."
    )
