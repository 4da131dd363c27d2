"""What papers that are read from top to bottom consist of; each format draws the same parts in its own way."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import plotly.graph_objects as go

from xsector.agenda.document import Row


class Look(StrEnum):
    """The looks of a line."""

    TITLE = "title"
    PLAIN = "plain"
    SMALL = "small"
    STRONG = "strong"
    FINDING = "finding"
    LABEL = "label"
    QUESTION = "question"
    BOXED = "boxed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading of level 1 or 2."""

    level: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One paragraph."""

    text: str
    look: Look = Look.PLAIN


@dataclass(frozen=True, slots=True, kw_only=True)
class Bullets:
    """A list."""

    entries: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows of cells, the heads first."""

    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A chart, and what it shows for people who can't see it."""

    figure: go.Figure
    alt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sideways:
    """From here on pages lie on their side."""


Part = Heading | Line | Bullets | Table | Picture | Sideways
