"""What we feel against what we answer: the statement's bar on top, the profile answers below as rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import plotly.graph_objects as go

from xsector.analysis.felt import FeltFinding, FeltShare
from xsector.analysis.profile import Unread
from xsector.charts.measuring import fits, text_width, wrapped
from xsector.charts.shares import answered_of, number, percent
from xsector.charts.sheet import Drawing, Tile, figure_of, heading, note_line, rule, tiles, together, words
from xsector.charts.theme import BOLD, EDGE, LABEL, REGULAR, SEMIBOLD, SMALL, Theme, letters_on
from xsector.model.released import Release, ReleasedItem

_NAME_WIDTH: Final = 336
_FIGURE_WIDTH: Final = 148
_TITLE: Final = 34
_TALLEST: Final = 84
FEEL: Final = "What we feel"
ANSWER: Final = "What we answer: no answer is right or wrong"
DIVIDED: Final = "divided"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Area:
    """Pixels: where bars begin and end, and the height of a row."""

    left: float
    right: float
    row: float


def felt_rows(
    found: FeltFinding, *, release: Release, headline: str, subtitle: str, note: str, theme: Theme
) -> go.Figure:
    """Draw the share that agrees with the statement above, and below it how we describe ourselves, furthest first.

    The figure at the end of a row says how divided we are, 100 % being half of us at each end; it is bold where
    the answers differ.
    """
    head = heading(headline, subtitle=subtitle, theme=theme)
    foot = note_line(note, theme=theme, bottom=theme.height)
    rows = 1 + max(len(found.real), 1)
    height = min((foot.edge - head.edge - 2 * _TITLE - 8) / rows, _TALLEST)
    area = _Area(left=EDGE + _NAME_WIDTH + 20, right=theme.right - _FIGURE_WIDTH, row=height)
    below = head.edge + _TITLE + height + _TITLE + 8
    drawing = together(
        (
            head.drawing,
            _title(FEEL, y=head.edge + _TITLE / 2, theme=theme),
            _felt(found.felt, y=head.edge + _TITLE + height / 2, area=area, theme=theme)
            if isinstance(found.felt, FeltShare)
            else words((found.felt.value,), x=area.left, y=head.edge + _TITLE + height / 2, size=LABEL,
                       colour=theme.muted),
            rule(x=(EDGE, theme.right), y=(below - _TITLE - 4,) * 2, colour=theme.band),
            _title(ANSWER, y=below - _TITLE / 2, theme=theme),
            _answers(found, top=below, area=area, theme=theme),
            foot.drawing,
        )
    )  # fmt: skip
    return figure_of(drawing, theme=theme, headline=headline, alt=_alt(found, headline=headline, release=release))


def _title(text: str, *, y: float, theme: Theme) -> Drawing:
    return words((text,), x=EDGE, y=y, size=SMALL, colour=theme.muted, weight=SEMIBOLD)


def _felt(felt: FeltShare, *, y: float, area: _Area, theme: Theme) -> Drawing:
    counts = tuple(sum(level) for level in zip(*felt.item.counts, strict=True))
    agree = (f"{felt.share:.0%} agree", f"{number(felt.yes)} of {number(felt.n)}")
    return together(
        (
            _name(felt.item, y=y, area=area, theme=theme),
            _bar(felt.item, counts=counts, fills=theme.answers(len(counts)), y=y, area=area, theme=theme),
            _figure(agree, y=y, bold=True, theme=theme),
        )
    )


def _answers(found: FeltFinding, *, top: float, area: _Area, theme: Theme) -> Drawing:
    if not found.real:
        reason = next(iter(found.unread.values()), Unread.NOT_ASKED)
        return words((reason.value,), x=area.left, y=top + area.row / 2, size=LABEL, colour=theme.muted)
    drawn = [words((DIVIDED,), x=theme.right, y=top - _TITLE / 2, size=SMALL, colour=theme.muted, anchor="right")]
    for place, one in enumerate(found.real):
        y = top + (place + 0.5) * area.row
        apart = (percent(100 * one.divided), f"{number(one.n)} answers")
        fills = theme.steps(len(one.counts))
        drawn += [
            _name(one.item, y=y, area=area, theme=theme),
            _bar(one.item, counts=one.counts, fills=fills, y=y, area=area, theme=theme),
            _figure(apart, y=y, bold=one.differs, theme=theme),
        ]
    return together(drawn)


def _name(item: ReleasedItem, *, y: float, area: _Area, theme: Theme) -> Drawing:
    """The question, or its short name where the row can't hold it."""
    most = max(1, int(area.row // 26))
    text = next(
        (text for text in (item.text, item.short) if fits(text, width=_NAME_WIDTH, size=LABEL, most=min(most, 2))),
        item.short,
    )
    lines = wrapped(text, width=_NAME_WIDTH, size=LABEL, most=min(most, 2))
    return words(lines, x=area.left - 20, y=y, size=LABEL, colour=theme.ink, anchor="right")


def _bar(
    item: ReleasedItem, *, counts: Sequence[int], fills: Sequence[str], y: float, area: _Area, theme: Theme
) -> Drawing:
    """All answers in one bar from the first level to the last, each part with as much text as it holds."""
    half = area.row / 2 - 4
    total, x = sum(counts), area.left
    placed, said = [], []
    for label, people, fill in zip(item.levels, counts, fills, strict=True):
        width = people / total * (area.right - 24 - area.left)
        if not people:
            continue
        share = percent(100 * people / total)
        placed.append(
            Tile(left=x, right=x + width, top=y - half, bottom=y + half, fill=fill, hover=f"{label}: {share}")
        )
        lines = _part_lines(share, label, width=width - 14, height=2 * half)
        said.append(
            words(lines, x=x + width / 2, y=y, size=SMALL, colour=letters_on(fill), weight=REGULAR, anchor="center")
        )
        x += width
    return together((tiles(placed, line=theme.background, line_width=2), *said))


def _part_lines(share: str, label: str, *, width: float, height: float) -> tuple[str, ...]:
    """Share and label, else the share alone, else nothing: a part is never labelled by half."""
    most = int(height // 25)
    whole = f"{share} {label}"
    if most and fits(whole, width=width, size=SMALL, most=min(most, 3)):
        return wrapped(whole, width=width, size=SMALL, most=min(most, 3))
    return (share,) if text_width(share, size=SMALL) <= width + 8 else ()


def _figure(lines: Sequence[str], *, y: float, bold: bool, theme: Theme) -> Drawing:
    """A figure at the end of its row, and under it how many people it rests on."""
    colour = theme.ink if bold else theme.muted
    return together(
        (
            words(lines[:1], x=theme.right, y=y - 13, size=LABEL, colour=colour, weight=BOLD if bold else REGULAR,
                  anchor="right"),
            words(lines[1:], x=theme.right, y=y + 13, size=SMALL, colour=theme.muted, anchor="right"),
        )
    )  # fmt: skip


def _alt(found: FeltFinding, *, headline: str, release: Release) -> str:
    said = [
        f"“{one.item.short}”: {percent(100 * one.divided)} divided, most named "
        f"“{one.item.levels[one.counts.index(max(one.counts))]}” ({number(max(one.counts))} of {number(one.n)})"
        for one in found.real
    ]
    rows = f" {'; '.join(said)}." if said else ""
    return f"{headline.rstrip('.')}.{rows} {answered_of(release)}."
