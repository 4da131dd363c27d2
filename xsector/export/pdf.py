"""The agenda as a tagged PDF that screen readers can follow (PDF/UA-1)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from importlib import resources
from typing import Final, Literal

import plotly.graph_objects as go

from xsector.agenda.document import Agenda, Step, starts
from xsector.charts.measuring import FONT_FOLDER
from xsector.export import paper
from xsector.export import parts as parts_of
from xsector.export.svg import svg_of

_NO_LETTER: Final = "could not be displayed with font"
"""What the compiler says of a letter that none of the fonts has."""

WORDS = {
    "kind": paper.KIND_OF_PAPER,
    "how_to_read": paper.HOW_TO_READ,
    "ground_rules": paper.GROUND_RULES,
    "our_rules": paper.OUR_RULES,
    "our_rules_begin": paper.OUR_RULES_BEGIN,
    "our_goals": paper.OUR_GOALS,
    "our_goals_read": paper.OUR_GOALS_READ,
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

    The same agenda and figures give the same bytes, on one computer where our fonts lack a letter.
    """
    return _paper(_content(paper.safe(agenda), figures=figures), template="agenda.typ")


def parts_pdf(parts: Sequence[parts_of.Part], *, title: str) -> bytes:
    """A paper that consists of *parts* as PDF bytes, tagged as the agenda is."""
    return _paper({"title": title, "parts": [_part(part) for part in parts]}, template="parts.typ")


def _paper(content: Mapping[str, object], *, template: str) -> bytes:
    # The compiler takes long to load, and most visits need no paper.
    import typst

    # Text travels as JSON, so that nothing in it is ever read as markup.
    inputs = {"paper": json.dumps(content)}
    try:
        return _compiled(inputs, template=template, system_fonts=False, standard="ua-1")
    except typst.TypstError as error:
        if _NO_LETTER not in str(error):
            raise
    # Our fonts lack a script that people wrote in. The computer's may have it; where they don't, boxes
    # stand for its letters, which the standard forbids.
    return _compiled(inputs, template=template, system_fonts=True, standard=None)


def _compiled(inputs: dict[str, str], *, template: str, system_fonts: bool, standard: Literal["ua-1"] | None) -> bytes:
    import typst

    folder = resources.files("xsector.export")
    pdf = typst.compile(
        b"".join(folder.joinpath(name).read_bytes() for name in ("look.typ", template)),
        format="pdf",
        pdf_standards=standard,
        font_paths=typst.Fonts(include_system_fonts=system_fonts, font_paths=[str(FONT_FOLDER)]),
        sys_inputs=inputs,
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
        "also_found": agenda.also_found,
        "heads": paper.OVERVIEW_HEADS,
        "overview": paper.overview_rows(agenda),
        "total": paper.total_sentence(agenda),
        "how_to_read": agenda.how_to_read,
        "ground_rules": agenda.ground_rules,
        "our_rules": agenda.ours.rules,
        "goal_question": agenda.ours.goal_question,
        "our_goals": agenda.ours.goals,
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


def _part(part: parts_of.Part) -> dict[str, object]:
    """One part as its kind and what stands in it."""
    match part:
        case parts_of.Heading():
            return {"kind": "heading", "level": part.level, "text": part.text}
        case parts_of.Line():
            return {"kind": "line", "look": part.look.value, "text": part.text}
        case parts_of.Bullets():
            return {"kind": "bullets", "entries": part.entries}
        case parts_of.Picture():
            return {"kind": "picture", "svg": svg_of(part.figure), "alt": part.alt}
        case parts_of.Table():
            shares, numbers = paper.column_shares(part.rows), paper.number_columns(part.rows)
            return {"kind": "table", "table": part.rows, "shares": shares, "numbers": numbers}
        case parts_of.Sideways():
            return {"kind": "sideways"}
