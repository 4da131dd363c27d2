"""One definition of each picture for screen, wall and papers: which chart, and how to read it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd
import plotly.graph_objects as go

from xsector.agenda.document import MODULE_CHARTS, Agenda, Chart, Step
from xsector.agenda.firm import with_firm
from xsector.agenda.rough import apart_caption
from xsector.agenda.target_words import today
from xsector.analysis.felt import FeltFinding, felt_and_real
from xsector.analysis.findings import block_means, item_findings
from xsector.analysis.target import FromTarget
from xsector.charts.banded import banded_bars
from xsector.charts.diverging import answer_bars
from xsector.charts.felt import felt_rows
from xsector.charts.heat import PROJECTED_ROWS, heat_map
from xsector.charts.options import option_bars
from xsector.charts.overview import gap_dots
from xsector.charts.people import person_dots
from xsector.charts.target import target_dots
from xsector.charts.theme import Theme
from xsector.charts.within import within_bars
from xsector.export import module_pictures
from xsector.model import columns
from xsector.model.instrument import Kind
from xsector.model.released import BandedItem, Release, ReleasedItem

READ_OVERVIEW: Final = "Average answer of each sector. The longer the bar, the more differently we see it."
READ_ONE: Final = "Where we differ is shown as soon as a second group is. One question at a time can be shown already."
READ_HEAT: Final = "Average answer of each sector, most divided statements first."
READ_SIDES: Final = "Share of each sector on the low side (left) and on the high side (right)."
READ_AGREE: Final = "Share of each sector that disagrees (left) and agrees (right)."
READ_NEUTRAL: Final = " “{neutral}” stands apart, so both sides start at the same line."
READ_OPTIONS: Final = "Share of each sector that chose each answer."
READ_WITHIN: Final = "How each sector answered, in percent, from “{lowest}” to “{highest}”."
READ_BANDED: Final = (
    "Full colour is counted. Stripes stand for “at least so many”; where a bar is empty, any answer is possible."
)
READ_PEOPLE: Final = "No names and no sectors."
READ_FELT: Final = "Divided: 0% if all say the same, 100% if half of us stand at each end."
READ_TARGET: Final = "Dots: average answer of each group today. Hollow mark: what we wish for. A distance, no grade."
PAPER: Final = Theme(width=1120, height=560)
"""A smaller sheet than the wall's, so that letters stay readable at the width of a page."""


def overview(
    findings: pd.DataFrame, *, means: pd.DataFrame, release: Release, headline: str, theme: Theme, note: str = ""
) -> go.Figure:
    """The widest gaps of a round; *findings* has the column ``firm``."""
    drawn = _drawable(findings, means=means)
    read = READ_OVERVIEW if len(release.blocks) > 1 else READ_ONE
    return gap_dots(means, drawn, release=release, headline=headline, subtitle=read, theme=theme, note=note)


def heat(
    findings: pd.DataFrame, *, means: pd.DataFrame, release: Release, headline: str, theme: Theme, note: str = "",
    rows: int | None = PROJECTED_ROWS,
) -> go.Figure:  # fmt: skip
    """The whole survey, or its first *rows* questions."""
    drawn = _drawable(findings, means=means)
    read = READ_HEAT if len(release.blocks) > 1 else READ_ONE
    return heat_map(means, drawn, release=release, headline=headline, subtitle=read, theme=theme, rows=rows, note=note)


def answers(item: ReleasedItem, *, release: Release, headline: str, note: str, theme: Theme) -> go.Figure:
    """How each sector answered one question."""
    if item.kind is Kind.CHOICES or not item.ordered:
        return option_bars(item, release=release, headline=headline, subtitle=READ_OPTIONS, note=note, theme=theme)
    sides = READ_AGREE if "disagree" in item.levels[0].lower() else READ_SIDES
    middle = len(item.levels) % 2 and READ_NEUTRAL.format(neutral=item.levels[len(item.levels) // 2])
    return answer_bars(
        item, release=release, headline=headline, subtitle=sides + (middle or ""), note=note, theme=theme
    )


def banded(item: BandedItem, *, release: Release, headline: str, note: str, theme: Theme) -> go.Figure:
    """What may be told of one sensitive question."""
    return banded_bars(
        item, release=release, headline=headline, subtitle=READ_BANDED, caption=apart_caption(item), note=note,
        theme=theme,
    )  # fmt: skip


def within(item: ReleasedItem, *, release: Release, headline: str, note: str, theme: Theme) -> go.Figure:
    """How far each sector is split inside."""
    reading = READ_WITHIN.format(lowest=item.levels[0], highest=item.levels[-1])
    return within_bars(item, release=release, headline=headline, subtitle=reading, note=note, theme=theme)


def people(item: ReleasedItem, *, release: Release, headline: str, theme: Theme) -> go.Figure:
    """Everybody's answers as dots, for the whole group only."""
    return person_dots(item, release=release, headline=headline, subtitle=READ_PEOPLE, theme=theme)


def everybody(item: ReleasedItem, *, release: Release, theme: Theme) -> go.Figure:
    """The same dots under the question itself: before it is talked about, nothing is said of what was found."""
    asked = f"“{item.text.rstrip('.')}”"
    return person_dots(item, release=release, headline=asked, subtitle="All of us, without names.", theme=theme)


def felt(
    found: FeltFinding, *, release: Release, headline: str, in_short: str, note: str, theme: Theme
) -> go.Figure:  # fmt: skip
    """What we feel above what we answer."""
    return felt_rows(
        found, release=release, headline=headline, subtitle=f"{in_short} {READ_FELT}".strip(), note=note, theme=theme
    )


def target(found: FromTarget, *, release: Release, headline: str, note: str, theme: Theme) -> go.Figure:
    """Today's answers and the chosen profile."""
    said = [today(one) for one in found.distances]
    return target_dots(
        found, today=said, release=release, headline=headline, subtitle=READ_TARGET, note=note, theme=theme
    )


def figures_for(agenda: Agenda, *, release: Release, theme: Theme = PAPER) -> dict[str, go.Figure]:
    """The chart of each step of an agenda that has one, by step id; the finding stands above it as text."""
    wanted = [step for step in agenda.steps if step.chart is not None]
    if not wanted:
        return {}
    findings, means = with_firm(item_findings(release), release=release), block_means(release)
    items = {item.code: item for item in release.items}
    made = {}
    for step in wanted:
        figure = _figure(step, findings=findings, means=means, items=items, release=release, theme=theme)
        if figure is not None:
            made[step.id] = figure
    return made


def _figure(
    step: Step, *, findings: pd.DataFrame, means: pd.DataFrame, items: dict[str, ReleasedItem], release: Release,
    theme: Theme,
) -> go.Figure | None:  # fmt: skip
    if step.chart is Chart.OVERVIEW:
        return overview(findings, means=means, release=release, headline="", theme=theme)
    if step.chart is Chart.FELT:
        return felt(felt_and_real(release), release=release, headline="", in_short="", note="", theme=theme)
    if step.chart in MODULE_CHARTS:
        return module_pictures.PICTURES[step.chart.value](release, theme=theme, headline="")
    item = items.get(step.item or "")
    if item is None:
        return None
    draw = within if step.chart is Chart.WITHIN and item.ordered else answers
    return draw(item, release=release, headline="", note="", theme=theme)


def _drawable(findings: pd.DataFrame, *, means: pd.DataFrame) -> pd.DataFrame:
    """The ranked questions that have a mean position in at least two blocks."""
    ranked: Sequence[object] = [
        code
        for code in findings.index[findings[columns.RANK].notna()]
        if code in means.index and means.loc[code].notna().sum() > 1
    ]
    return findings.loc[list(ranked)]
