"""The pictures of a round for a screen: what is shown, as SVG with words for those who can't see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Protocol

import pandas as pd
import plotly.graph_objects as go

from xsector.analysis.felt import FeltFinding
from xsector.analysis.target import FromTarget
from xsector.charts.spoken import paged, word_cards
from xsector.charts.theme import Theme
from xsector.charts.waiting import Arrived, code_place, waiting_wall
from xsector.export import module_pictures, pictures
from xsector.export.svg import svg_of
from xsector.model.released import Release, ReleasedItem

SCAN: Final = "Scan to come in"


class Words(Protocol):
    """What is said about one question."""

    @property
    def headline(self) -> str: ...
    @property
    def wall_note(self) -> str: ...


class Results(Protocol):
    """A release and what it means."""

    @property
    def release(self) -> Release: ...
    @property
    def findings(self) -> pd.DataFrame: ...
    @property
    def means(self) -> pd.DataFrame: ...
    @property
    def headline(self) -> str: ...
    @property
    def wall_note(self) -> str: ...
    def item(self, code: str) -> ReleasedItem: ...
    def words(self, code: str) -> Words: ...


class FeltReport(Protocol):
    """What is felt and what is real, and the way to a chosen profile."""

    @property
    def release(self) -> Release: ...
    @property
    def felt(self) -> FeltFinding: ...
    @property
    def headline(self) -> str: ...
    @property
    def in_short(self) -> str: ...
    @property
    def note(self) -> str: ...
    @property
    def aimed(self) -> FromTarget | None: ...
    @property
    def target_headline(self) -> str: ...
    @property
    def target_note(self) -> str: ...


class Arrivals(Protocol):
    """How many people of one sector have answered."""

    @property
    def label(self) -> str: ...
    @property
    def look(self) -> int: ...
    @property
    def answered(self) -> int: ...


class Code(Protocol):
    """A QR code as a picture."""

    @property
    def svg(self) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One SVG, the words that say the same, and the colour around it."""

    svg: str
    alt: str
    ground: str


def waiting_board(
    title: str, *, subtitle: str, answered: int, invited: int, sectors: Sequence[Arrivals], dark: bool,
    code: Code | None = None,
) -> Picture:  # fmt: skip
    """How many have answered, and nothing of what; with *code*, also the QR code by which people come in."""
    arrived = [Arrived(label=one.label, look=one.look, answered=one.answered) for one in sectors]
    theme = Theme(dark=dark)
    figure = waiting_wall(title, answered=answered, invited=invited, sectors=arrived, subtitle=subtitle, theme=theme,
                          scan=SCAN if code else "")  # fmt: skip
    drawn = _picture(figure, theme=theme)
    return drawn if code is None else with_code(drawn, code=code, theme=theme)


def with_code(drawn: Picture, *, code: Code, theme: Theme) -> Picture:
    """The picture with the QR code in the place that it keeps free."""
    place = code_place(theme)
    side = place.right - place.left
    inner = code.svg.replace(
        "<svg ", f'<svg x="{place.left:g}" y="{place.top:g}" width="{side:g}" height="{side:g}" ', 1
    )
    return replace(drawn, svg=drawn.svg.removesuffix("</svg>") + inner + "</svg>", alt=f"{drawn.alt} {SCAN}: QR code.")


def result_key(
    round_id: int, *, part: int, view: str, item: str | None, dark: bool
) -> tuple[str, int, int, str, str | None, bool]:
    """The name under which a result's picture is kept.

    A release never changes, so no revision is in it; *part* is how many there are of the round.
    """
    return ("result", round_id, part, view, item, dark)


def words_board(question: str, *, texts: Sequence[str], page: int, invited: int, answered: int, dark: bool) -> Picture:
    """What people wrote about one question, one page of cards."""
    theme = Theme(dark=dark)
    took_part = f"{answered:,} of {invited:,} invited people answered"
    return _picture(word_cards(question, texts=texts, page=page, answered=took_part, theme=theme), theme=theme)


def word_pages(question: str, texts: Sequence[str]) -> int:
    """How many pages of cards *texts* make."""
    return len(paged(question, texts, theme=Theme()))


def result_board(view: str, *, found: Results, item: str | None, dark: bool) -> Picture:
    """The picture that *view* names: ``overview``, ``heat``, or ``item``, ``within``, ``people`` of one question."""
    theme = Theme(dark=dark)
    return _picture(_figure(view, found=found, item=item, theme=theme), theme=theme)


def module_board(view: str, *, release: Release, dark: bool) -> Picture:
    """The picture of a module that *view* names."""
    theme = Theme(dark=dark)
    return _picture(module_pictures.PICTURES[view](release, theme=theme), theme=theme)


def felt_board(view: str, *, told: FeltReport, dark: bool) -> Picture:
    """The picture that *view* names: ``felt``, or ``target`` where a profile is chosen."""
    theme, shown = Theme(dark=dark), {"release": told.release}
    if view == "target" and told.aimed is not None:
        figure = pictures.target(told.aimed, headline=told.target_headline, note=told.target_note, theme=theme, **shown)
    else:
        figure = pictures.felt(told.felt, headline=told.headline, in_short=told.in_short, note=told.note, theme=theme,
                               **shown)  # fmt: skip
    return _picture(figure, theme=theme)


def spread_board(code: str, *, release: Release, dark: bool) -> Picture:
    """How what people give one option (its code) spreads inside each group."""
    theme = Theme(dark=dark)
    return _picture(module_pictures.spread_picture(release, code=code, theme=theme), theme=theme)


def _figure(view: str, *, found: Results, item: str | None, theme: Theme) -> go.Figure:
    if view in module_pictures.PICTURES:
        return module_pictures.PICTURES[view](found.release, theme=theme)
    if view in {"overview", "heat"}:
        draw = pictures.overview if view == "overview" else pictures.heat
        return draw(found.findings, means=found.means, release=found.release, headline=found.headline, theme=theme,
                    note=found.wall_note)  # fmt: skip
    if item is None:
        raise ValueError(f"the view {view!r} needs a question")
    said = found.words(item)
    rough = next((one for one in found.release.banded if one.code == item), None)
    if rough is not None:
        return pictures.banded(rough, release=found.release, headline=said.headline, note=said.wall_note, theme=theme)
    asked = found.item(item)
    if view == "people":
        return pictures.people(asked, release=found.release, headline=said.headline, theme=theme)
    if view == "within":
        return pictures.within(asked, release=found.release, headline=said.headline, note=said.wall_note, theme=theme)
    if view == "item":
        return pictures.answers(asked, release=found.release, headline=said.headline, note=said.wall_note, theme=theme)
    raise ValueError(f"there is no view {view!r}")


def _picture(figure: go.Figure, *, theme: Theme) -> Picture:
    return Picture(svg=svg_of(figure), alt=str(figure.layout.meta["alt"]), ground=theme.background)
