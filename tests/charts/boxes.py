"""Where the letters of a figure stand, measured with the shipped font."""

import html
from itertools import combinations

import plotly.graph_objects as go

from xsector.charts.measuring import text_width

CAPITALS = 0.72
"""Height of the letters of one line, in letter sizes; lines that touch would overlap."""


def text_boxes(figure: go.Figure) -> list[tuple[str, float, float, float, float]]:
    """Text, left, right, top and bottom of every line."""
    boxes = []
    for note in _notes(figure):
        x, y, size = note["x"], note["y"], note["font"]["size"]
        lines = [html.unescape(line) for line in note["text"].split("<br>")]
        height = len(lines) * size * 1.3
        top = {"top": y, "middle": y - height / 2, "bottom": y - height}[note["yanchor"]]
        for place, line in enumerate(lines):
            width = text_width(line, size=size, weight=note["font"]["weight"])
            left = {"left": x, "center": x - width / 2, "right": x - width}[note["xanchor"]]
            middle = top + (place + 0.5) * size * 1.3
            boxes.append((line, left, left + width, middle - size * CAPITALS / 2, middle + size * CAPITALS / 2))
    return boxes


def smallest(figure: go.Figure) -> float:
    """Size of the smallest letters."""
    return min(note["font"]["size"] for note in _notes(figure))


def _notes(figure: go.Figure) -> list[dict]:
    # Plotly's own objects look up every single value anew, a hundred times slower than a dictionary.
    return figure.to_plotly_json()["layout"]["annotations"]


def outside(figure: go.Figure) -> list[str]:
    """Lines that leave the sheet."""
    width, height = figure.layout.width, figure.layout.height
    return [
        text
        for text, left, right, top, bottom in text_boxes(figure)
        if left < 0 or right > width or top < 0 or bottom > height
    ]


def overlapping(figure: go.Figure) -> list[tuple[str, str]]:
    """Pairs of lines that touch."""
    return [
        (one[0], other[0])
        for one, other in combinations(text_boxes(figure), 2)
        if one[1] < other[2] and other[1] < one[2] and one[3] < other[4] and other[3] < one[4]
    ]
