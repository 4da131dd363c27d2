"""The agenda as Markdown: one readable file, or a zip of the text and its pictures."""

from __future__ import annotations

import base64
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from io import BytesIO
from typing import Final

import plotly.graph_objects as go

from xsector.agenda.document import Agenda, Step, starts
from xsector.charts.measuring import cleaned
from xsector.export import paper
from xsector.export import parts as parts_of
from xsector.export.svg import svg_of

_SPECIAL: Final = re.compile(r"[\\`*_{}\[\]<>&|~$#!^]")
_LIST_MARK: Final = re.compile(r"^(?:\d+(?=[.)](?:\s|$))|(?=[-+=:]))")
"""Where a backslash keeps the start of a line from becoming a list, an underline or a definition."""
_LINKS: Final = re.compile(r":(?=//)|(?<=www)\.|(?<=mailto):|(?<=xmpp):", re.IGNORECASE)
_WORD_JOINER: Final = "\u2060"
_EARLIEST: Final = (1980, 1, 1, 0, 0, 0)
"""The date of every entry of the zip, so that the same agenda gives the same bytes."""

_LINES: Final = {
    parts_of.Look.TITLE: "# {}",
    parts_of.Look.PLAIN: "{}",
    parts_of.Look.SMALL: "{}",
    parts_of.Look.STRONG: "**{}**",
    parts_of.Look.FINDING: "**{}**",
    parts_of.Look.LABEL: "*{}*",
    parts_of.Look.QUESTION: "**{}**",
    parts_of.Look.BOXED: "> {}",
}

Picture = Callable[[str], str]


def agenda_markdown(agenda: Agenda, *, figures: Mapping[str, go.Figure]) -> bytes:
    """The agenda as one Markdown file; each chart stands in it as a picture and again as a table."""

    def inline(step_id: str) -> str:
        return _inline(figures[step_id])

    return _document(agenda, figures=figures, picture=inline)


def _inline(figure: go.Figure) -> str:
    return "data:image/svg+xml;base64," + base64.b64encode(svg_of(figure).encode()).decode()


def agenda_markdown_zip(agenda: Agenda, *, figures: Mapping[str, go.Figure]) -> bytes:
    """A zip of ``agenda.md`` and one SVG file for each chart, for wikis that take no pictures inside text."""
    names = {step_id: f"charts/{number}.svg" for number, step_id in enumerate(figures, start=1)}
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        _write(target, name="agenda.md", content=_document(agenda, figures=figures, picture=names.__getitem__))
        for step_id, name in names.items():
            _write(target, name=name, content=svg_of(figures[step_id]).encode())
    return buffer.getvalue()


def parts_markdown(parts: Sequence[parts_of.Part]) -> bytes:
    """A paper that consists of *parts* as one Markdown file; its pictures stand in it."""
    blocks = [_part(part) for part in parts]
    return ("\n\n".join(block for block in blocks if block) + "\n").encode()


def _part(part: parts_of.Part) -> str:
    match part:
        case parts_of.Heading():
            return f"{'#' * (part.level + 1)} {escaped(part.text)}"
        case parts_of.Line():
            return _LINES[part.look].format(escaped(part.text))
        case parts_of.Bullets():
            return _bullets(part.entries)
        case parts_of.Picture():
            return f"![{escaped(part.alt)}]({_inline(part.figure)})"
        case parts_of.Table():
            return _table(part.rows[0], part.rows[1:])
        case parts_of.Sideways():
            return ""


def escaped(text: str) -> str:
    """One line of somebody's text so that Markdown shows it letter by letter: no markup, link, picture or HTML."""
    safe = _SPECIAL.sub(r"\\\g<0>", cleaned(text))
    safe = _LIST_MARK.sub(lambda match: f"{match[0]}\\", safe)
    safe = _LINKS.sub(lambda match: f"\\{match[0]}", safe)
    # Some readers make a mail link of any name@host; an invisible joiner prevents it.
    return safe.replace("@", f"@{_WORD_JOINER}")


def _document(agenda: Agenda, *, figures: Mapping[str, go.Figure], picture: Picture) -> bytes:
    content = paper.safe(agenda)
    blocks = [*_front(content)]
    for start, step in zip(starts(content), content.steps, strict=True):
        blocks += _step(step, start=start, figure=figures.get(step.id), picture=picture)
    blocks += _goals(content)
    blocks += _back(content)
    return ("\n\n".join(block for block in blocks if block) + "\n").encode()


def _front(agenda: Agenda) -> Iterator[str]:
    yield f"# {escaped(paper.title_of(agenda))}"
    yield f"{paper.KIND_OF_PAPER}. {escaped(agenda.purpose)}"
    yield f"## {paper.TIMES}"
    yield _table(paper.OVERVIEW_HEADS, paper.overview_rows(agenda))
    yield f"**{paper.total_sentence(agenda)}**"
    yield escaped(agenda.based_on)
    yield escaped(agenda.also_found)
    if agenda.ours.rules:
        yield f"## {paper.OUR_RULES}"
        yield paper.OUR_RULES_BEGIN
        yield _bullets(agenda.ours.rules)
    yield f"## {paper.HOW_TO_READ}"
    yield _bullets(agenda.how_to_read)
    yield f"## {paper.GROUND_RULES}"
    yield _bullets(agenda.ground_rules)
    yield f"## {paper.STEPS}"


def _step(step: Step, *, start: int, figure: go.Figure | None, picture: Picture) -> Iterator[str]:
    yield f"### {escaped(step.title)}"
    yield f"*{paper.time_of(start, step)}*"
    yield escaped(step.do)
    yield f"**{escaped(step.finding)}**" if step.finding else ""
    if figure is not None:
        yield f"![{escaped(paper.alt_of(figure, step=step))}]({picture(step.id)})"
    if len(step.table) > 1:
        yield _table(step.table[0], step.table[1:])
    yield f"{paper.HOW_SURE} {escaped(step.how_sure)}" if step.how_sure else ""
    yield escaped(step.note or "")
    yield from _questions(step.prompts)
    yield f"> {paper.WATCH}: {escaped(step.watch)}" if step.watch else ""


def _questions(prompts: Sequence[str]) -> Iterator[str]:
    if prompts:
        yield f"{paper.OPEN_WITH}: **{escaped(prompts[0])}**"
    if len(prompts) > 2:
        yield f"{paper.THEN}:"
        yield _bullets(prompts[1:-1])
    if len(prompts) > 1:
        yield f"{paper.CLOSE_WITH}: {escaped(prompts[-1])}"


def _goals(agenda: Agenda) -> Iterator[str]:
    if agenda.ours.goals:
        yield f"## {paper.OUR_GOALS}"
        yield escaped(agenda.ours.goal_question)
        yield _bullets(agenda.ours.goals)
        yield paper.OUR_GOALS_READ


def _back(agenda: Agenda) -> Iterator[str]:
    yield f"## {paper.PROMISES}"
    yield _bullets(agenda.promise_rules)
    yield _table(agenda.promise_columns, [("",) * len(agenda.promise_columns)] * agenda.promise_rows)
    yield f"## {paper.BEFORE}"
    yield _bullets([f"{preparation.when}: {preparation.do}" for preparation in agenda.before])
    yield f"## {paper.AFTER}"
    yield _bullets(agenda.after)
    yield f"## {paper.CAUTIONS}"
    yield _bullets(agenda.cautions)


def _bullets(entries: Sequence[str]) -> str:
    return "\n".join(f"- {escaped(entry)}" for entry in entries)


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    cells = [[cell if place == 1 else escaped(cell) for cell in line] for place, line in enumerate(lines)]
    return "\n".join(f"| {' | '.join(line)} |" for line in cells)


def _write(target: zipfile.ZipFile, *, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, date_time=_EARLIEST)
    entry.compress_type = zipfile.ZIP_DEFLATED
    target.writestr(entry, content)
