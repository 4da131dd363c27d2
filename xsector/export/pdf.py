"""The agenda as a tagged PDF that screen readers can follow (PDF/UA-1)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib import resources

import plotly.graph_objects as go

from xsector.agenda.document import Agenda, Step, starts
from xsector.charts.measuring import FONT_FOLDER
from xsector.export import paper
from xsector.export.svg import svg_of

WORDS = {
    "kind": paper.KIND_OF_PAPER,
    "how_to_read": paper.HOW_TO_READ,
    "ground_rules": paper.GROUND_RULES,
    "before": paper.BEFORE,
    "after": paper.AFTER,
    "cautions": paper.CAUTIONS,
    "promises": paper.PROMISES,
    "open_with": paper.OPEN_WITH,
    "then": paper.THEN,
    "close_with": paper.CLOSE_WITH,
    "watch": paper.WATCH,
    "how_sure": paper.HOW_SURE,
    "times": paper.TIMES,
    "steps": paper.STEPS,
}


def agenda_pdf(agenda: Agenda, *, figures: Mapping[str, go.Figure]) -> bytes:
    """The agenda as PDF bytes; *figures* holds the chart of each step that has one, by step id.

    The same agenda and figures give the same bytes.
    """
    # The compiler takes long to load, and most visits need no paper.
    import typst

    template = resources.files("xsector.export").joinpath("agenda.typ").read_bytes()
    pdf = typst.compile(
        template,
        format="pdf",
        pdf_standards="ua-1",
        font_paths=typst.Fonts(include_system_fonts=False, font_paths=[str(FONT_FOLDER)]),
        # Text travels as JSON, so that nothing in it is ever read as markup.
        sys_inputs={"paper": json.dumps(_content(paper.safe(agenda), figures=figures))},
    )
    if not isinstance(pdf, bytes):
        raise TypeError(f"a PDF is one file, not {type(pdf).__name__}")
    return pdf


def _content(agenda: Agenda, *, figures: Mapping[str, go.Figure]) -> dict[str, object]:
    return {
        "words": WORDS,
        "title": paper.title_of(agenda),
        "partnership": agenda.partnership,
        "round": agenda.round_title,
        "purpose": agenda.purpose,
        "based_on": agenda.based_on,
        "heads": paper.OVERVIEW_HEADS,
        "overview": paper.overview_rows(agenda),
        "total": paper.total_sentence(agenda),
        "how_to_read": agenda.how_to_read,
        "ground_rules": agenda.ground_rules,
        "steps": [
            _step(step, start=start, figure=figures.get(step.id))
            for start, step in zip(starts(agenda), agenda.steps, strict=True)
        ],
        "promise_columns": agenda.promise_columns,
        "promise_rules": agenda.promise_rules,
        "promise_rows": agenda.promise_rows,
        "before": [[preparation.when, preparation.do] for preparation in agenda.before],
        "after": agenda.after,
        "cautions": agenda.cautions,
    }


def _step(step: Step, *, start: int, figure: go.Figure | None) -> dict[str, object]:
    return {
        "title": step.title,
        "time": paper.time_of(start, step),
        "do": step.do,
        "finding": step.finding,
        "how_sure": step.how_sure,
        "note": step.note,
        "prompts": step.prompts,
        "watch": step.watch,
        "table": [] if figure is not None else step.table,
        "shares": paper.column_shares(step.table) if step.table else [],
        "numbers": paper.number_columns(step.table) if step.table else [],
        "svg": None if figure is None else svg_of(figure),
        "alt": None if figure is None else paper.alt_of(figure, step=step),
    }
