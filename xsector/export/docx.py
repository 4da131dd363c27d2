"""The agenda as a Word file with real headings, repeated table heads and described pictures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Final

import plotly.graph_objects as go

from xsector.agenda.document import Agenda, Step, starts
from xsector.export import paper, word
from xsector.export import parts as parts_of
from xsector.export.png import png_of

if TYPE_CHECKING:
    from docx.document import Document

PICTURE_MM: Final = 162
ZOOM: Final = 2.0
_STYLES: Final = {
    parts_of.Look.TITLE: "Title",
    parts_of.Look.PLAIN: "Normal",
    parts_of.Look.SMALL: word.SMALL,
    parts_of.Look.STRONG: word.STRONG_LINE,
    parts_of.Look.FINDING: word.FINDING,
    parts_of.Look.LABEL: word.LABEL,
    parts_of.Look.QUESTION: word.QUESTION,
    parts_of.Look.BOXED: word.CAUTION,
}


def agenda_docx(agenda: Agenda, *, figures: Mapping[str, go.Figure]) -> bytes:
    """The agenda as Word bytes; *figures* holds the chart of each step that has one, by step id.

    The same agenda and figures give the same bytes.
    """
    content = paper.safe(agenda)
    document = word.new_document(title=paper.title_of(content))
    _front_page(document, agenda=content)
    document.add_heading(paper.STEPS, level=1)
    for start, step in zip(starts(content), content.steps, strict=True):
        _step(document, step=step, start=start, figure=figures.get(step.id))
    _goals(document, agenda=content)
    _around_the_meeting(document, agenda=content)
    _promises(document, agenda=content)
    return _bytes_of(document)


def parts_docx(parts: Sequence[parts_of.Part], *, title: str) -> bytes:
    """A paper that consists of *parts* as Word bytes; the same parts give the same bytes."""
    document = word.new_document(title=title)
    width_mm = word.PORTRAIT_MM
    for part in parts:
        if isinstance(part, parts_of.Sideways):
            word.add_landscape_section(document, title=title)
            width_mm = word.LANDSCAPE_MM
        else:
            _part(document, part=part, width_mm=width_mm)
    return _bytes_of(document)


def _part(document: Document, *, part: parts_of.Part, width_mm: float) -> None:
    match part:
        case parts_of.Heading():
            document.add_heading(part.text, level=part.level)
        case parts_of.Line():
            document.add_paragraph(part.text, style=_STYLES[part.look])
        case parts_of.Bullets():
            _bullets(document, part.entries)
        case parts_of.Picture():
            png = png_of(part.figure, zoom=ZOOM)
            word.add_picture(document, png, alt=part.alt, width_mm=PICTURE_MM)
        case parts_of.Table():
            heads, *rows = part.rows
            widths_mm = [share * width_mm for share in paper.column_shares(part.rows)]
            table = word.add_table(document, heads=heads, rows=rows, widths_mm=widths_mm)
            word.align_right(table, columns=paper.number_columns(part.rows))


def _bytes_of(document: Document) -> bytes:
    buffer = BytesIO()
    document.save(buffer)
    return word.repacked(buffer.getvalue())


def _front_page(document: Document, *, agenda: Agenda) -> None:
    document.add_paragraph(paper.KIND_OF_PAPER, style=word.LABEL)
    document.add_paragraph(paper.title_of(agenda), style="Title")
    document.add_paragraph(agenda.purpose)
    document.add_heading(paper.TIMES, level=1)
    rows = paper.overview_rows(agenda)
    table = word.add_table(document, heads=paper.OVERVIEW_HEADS, rows=rows, widths_mm=(17, 21, 54, 78))
    word.align_right(table, columns=(0, 1))
    document.add_paragraph(paper.total_sentence(agenda), style=word.STRONG_LINE)
    document.add_paragraph(agenda.based_on, style=word.SMALL)
    if agenda.also_found:
        document.add_paragraph(agenda.also_found, style=word.SMALL)
    if agenda.ours.rules:
        document.add_heading(paper.OUR_RULES, level=2)
        document.add_paragraph(paper.OUR_RULES_BEGIN).paragraph_format.keep_with_next = True
        _bullets(document, agenda.ours.rules)
    document.add_heading(paper.HOW_TO_READ, level=2)
    _bullets(document, agenda.how_to_read)
    document.add_heading(paper.GROUND_RULES, level=2)
    _bullets(document, agenda.ground_rules)


def _step(document: Document, *, step: Step, start: int, figure: go.Figure | None) -> None:
    document.add_heading(step.title, level=2)
    document.add_paragraph(paper.time_of(start, step), style=word.SMALL).paragraph_format.keep_with_next = True
    if step.do:
        document.add_paragraph(step.do).paragraph_format.keep_with_next = step.finding is not None
    if step.finding:
        document.add_paragraph(step.finding, style=word.FINDING)
    if figure is not None:
        alt = paper.alt_of(figure, step=step)
        word.add_picture(document, png_of(figure, zoom=ZOOM), alt=alt, width_mm=PICTURE_MM)
    elif len(step.table) > 1:
        heads, *rows = step.table
        widths_mm = [share * word.PORTRAIT_MM for share in paper.column_shares(step.table)]
        table = word.add_table(document, heads=heads, rows=rows, widths_mm=widths_mm)
        word.align_right(table, columns=paper.number_columns(step.table))
    if step.how_sure:
        paragraph = document.add_paragraph(style=word.SMALL)
        paragraph.add_run(f"{paper.HOW_SURE} ").bold = True
        paragraph.add_run(step.how_sure)
    if step.note:
        document.add_paragraph(step.note, style=word.SMALL)
    _questions(document, prompts=step.prompts)
    if step.watch:
        paragraph = document.add_paragraph(style=word.CAUTION)
        paragraph.add_run(f"{paper.WATCH}: ").bold = True
        paragraph.add_run(step.watch)


def _questions(document: Document, *, prompts: Sequence[str]) -> None:
    if prompts:
        document.add_paragraph(paper.OPEN_WITH, style=word.LABEL)
        document.add_paragraph(prompts[0], style=word.QUESTION)
    if len(prompts) > 2:
        document.add_paragraph(paper.THEN, style=word.LABEL)
        _bullets(document, prompts[1:-1])
    if len(prompts) > 1:
        document.add_paragraph(paper.CLOSE_WITH, style=word.LABEL)
        document.add_paragraph(prompts[-1])


def _goals(document: Document, *, agenda: Agenda) -> None:
    """The goals one below the other."""
    if not agenda.ours.goals:
        return
    document.add_heading(paper.OUR_GOALS, level=1)
    document.add_paragraph(agenda.ours.goal_question).paragraph_format.keep_with_next = True
    _bullets(document, agenda.ours.goals)
    document.add_paragraph(paper.OUR_GOALS_READ, style=word.SMALL)


def _around_the_meeting(document: Document, *, agenda: Agenda) -> None:
    document.add_heading(paper.BEFORE, level=1)
    before = [(preparation.when, preparation.do) for preparation in agenda.before]
    word.add_table(document, heads=("When", "What"), rows=before, widths_mm=(35, 135))
    document.add_heading(paper.AFTER, level=1)
    _bullets(document, agenda.after)
    document.add_heading(paper.CAUTIONS, level=1)
    for caution in agenda.cautions:
        document.add_paragraph(caution, style=word.CAUTION)


def _promises(document: Document, *, agenda: Agenda) -> None:
    word.add_landscape_section(document, title=paper.title_of(agenda))
    document.add_heading(paper.PROMISES, level=1)
    _bullets(document, agenda.promise_rules)
    heads = agenda.promise_columns
    width = word.LANDSCAPE_MM / len(heads)
    rows = [("",) * len(heads)] * agenda.promise_rows
    table = word.add_table(document, heads=heads, rows=rows, widths_mm=(width,) * len(heads))
    word.make_form(table, row_height_mm=17)


def _bullets(document: Document, entries: Sequence[str]) -> None:
    for entry in entries:
        document.add_paragraph(entry, style=word.BULLET)
