"""The pictures of a record: each that was on the wall, drawn as the agenda's papers have them."""

from __future__ import annotations

import plotly.graph_objects as go

from xsector.agenda.firm import with_firm
from xsector.agenda.record import Record, RecordStep, Shown
from xsector.analysis.felt import felt_and_real
from xsector.analysis.findings import block_means, item_findings
from xsector.charts.theme import Theme
from xsector.export import module_pictures, pictures
from xsector.export.pictures import PAPER
from xsector.model.released import Release


def key_of(step: RecordStep, shown: Shown) -> str:
    """The name of one picture among those of a record."""
    return f"{step.id}/{shown.view}"


def figures_of(record: Record, *, release: Release | None, theme: Theme = PAPER) -> dict[str, go.Figure]:
    """The pictures that were shown, by step and view; the finding stands above them as text."""
    if release is None:
        return {}
    wanted = {key_of(step, shown): shown for step in record.steps for shown in step.shown}
    drawn = {key: _figure(shown, release=release, theme=theme) for key, shown in wanted.items()}
    return {key: figure for key, figure in drawn.items() if figure is not None}


def _figure(shown: Shown, *, release: Release, theme: Theme) -> go.Figure | None:
    if shown.view == "overview":
        findings = with_firm(item_findings(release), release=release)
        return pictures.overview(findings, means=block_means(release), release=release, headline="", theme=theme)
    if shown.view == "felt":
        told = felt_and_real(release)
        return pictures.felt(told, release=release, headline="", in_short="", note="", theme=theme)
    if shown.view in module_pictures.PICTURES:
        return module_pictures.PICTURES[shown.view](release, theme=theme)
    return _question(shown, release=release, theme=theme)


def _question(shown: Shown, *, release: Release, theme: Theme) -> go.Figure | None:
    rough = next((one for one in release.banded if one.code == shown.item), None)
    if rough is not None:
        return pictures.banded(rough, release=release, headline="", note="", theme=theme)
    item = next((one for one in release.items if one.code == shown.item), None)
    if item is None:
        return None
    if shown.view == "people":
        return pictures.people(item, release=release, headline="", theme=theme)
    draw = pictures.within if shown.view == "within" else pictures.answers
    return draw(item, release=release, headline="", note="", theme=theme)
