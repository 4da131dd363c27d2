"""A chart as SVG text that scales with the screen, without a browser and without Plotly on the page."""

from __future__ import annotations

import html
import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import plotly.graph_objects as go

from xsector.charts.measuring import cleaned
from xsector.charts.theme import FONT_STACK

# What Plotly hands back is dictionaries of mixed values.
Part = Mapping[str, Any]

_LINE: Final = 1.3
_CAPITALS: Final = 0.33
"""Half the height of a capital letter, in letter sizes: text is centred on its capitals."""
_LAYOUT: Final = frozenset(
    (
        "width",
        "height",
        "margin",
        "xaxis",
        "yaxis",
        "paper_bgcolor",
        "plot_bgcolor",
        "barmode",
        "showlegend",
        "dragmode",
        "hoverlabel",
        "shapes",
        "annotations",
        "meta",
        "template",
    )
)
_HOVER: Final = frozenset(("type", "customdata", "hovertemplate", "hoverinfo"))
_BAR: Final = _HOVER | frozenset(("orientation", "x", "y", "base", "width", "marker"))
_SCATTER: Final = _HOVER | frozenset(("mode", "cliponaxis", "marker", "x", "y"))
_ANNOTATION: Final = frozenset(
    ("text", "x", "y", "xref", "yref", "xanchor", "yanchor", "align", "font", "showarrow", "borderpad")
)
_ANCHORS: Final = {"left": "start", "center": "middle", "right": "end"}
_SHAPE: Final = frozenset(("type", "x0", "x1", "y0", "y1", "line", "layer"))
_DIAGONAL: Final = 1.3
_SIDE: Final = 2 / math.sqrt(3)
_BONES: Final[dict[str, tuple[tuple[float, float], ...]]] = {
    "square": ((-1, -1), (1, -1), (1, 1), (-1, 1)),
    "diamond": ((0, -_DIAGONAL), (_DIAGONAL, 0), (0, _DIAGONAL), (-_DIAGONAL, 0)),
    "triangle-up": ((-_SIDE, 0.5), (_SIDE, 0.5), (0, -1)),
    "triangle-down": ((-_SIDE, -0.5), (_SIDE, -0.5), (0, 1)),
    "hexagon": ((0, -1), (0.866, -0.5), (0.866, 0.5), (0, 1), (-0.866, 0.5), (-0.866, -0.5)),
    "star": ((0, -1.4), (0.314, -0.433), (1.331, -0.433), (0.509, 0.165), (0.823, 1.133),
             (0, 0.535), (-0.823, 1.133), (-0.509, 0.165), (-1.331, -0.433), (-0.314, -0.433)),
    "cross": ((-1.2, -0.4), (-0.4, -0.4), (-0.4, -1.2), (0.4, -1.2), (0.4, -0.4), (1.2, -0.4),
              (1.2, 0.4), (0.4, 0.4), (0.4, 1.2), (-0.4, 1.2), (-0.4, 0.4), (-1.2, 0.4)),
}  # fmt: skip


def svg_of(figure: go.Figure, *, title_id: str = "chart", width_mm: float | None = None) -> str:
    """The figure as one SVG element, all text escaped.

    It fills the width of its place on a page; on paper, *width_mm* fixes its size. *title_id* must be
    unique on the page.

    Raises
    ------
    ValueError
        The figure holds something that our charts don't use, or a coordinate that isn't a number.
    """
    plain = figure.to_plotly_json()
    layout: Part = plain["layout"]
    _check(layout, allowed=_LAYOUT, what="layout")
    _check_axes(layout)
    shapes = layout.get("shapes", ())
    body = [
        _tag("rect", width=layout["width"], height=layout["height"], fill=layout["paper_bgcolor"]),
        *(_shape(shape) for shape in shapes if shape["layer"] == "below"),
        *(_trace(trace) for trace in plain["data"]),
        *(_shape(shape) for shape in shapes if shape["layer"] == "above"),
        *(_annotation(annotation) for annotation in layout.get("annotations", ())),
    ]
    return _opening(layout, title_id=title_id, width_mm=width_mm) + "".join(body) + "</svg>"


def _check(part: Part, *, allowed: frozenset[str], what: str) -> None:
    unknown = sorted(set(part) - allowed)
    if unknown:
        raise ValueError(f"can't draw {what} with {', '.join(unknown)}")


def _check_axes(layout: Part) -> None:
    """Coordinates are pixels of the sheet, y downwards, and Plotly draws no axis of its own."""
    sheet = {"xaxis": [0, layout["width"]], "yaxis": [layout["height"], 0]}
    for name, wanted in sheet.items():
        axis = layout[name]
        if list(axis["range"]) != wanted or axis["visible"] or list(axis["domain"]) != [0, 1]:
            raise ValueError(f"{name} must be the hidden axis of the sheet, not {axis!r}")
    if any(layout["margin"][side] for side in "lrtb"):
        raise ValueError(f"the sheet has no margin, not {layout['margin']!r}")


def _opening(layout: Part, *, title_id: str, width_mm: float | None) -> str:
    width, height = layout["width"], layout["height"]
    meta = layout["meta"]
    alt = cleaned(meta["alt"])
    ident = html.escape(title_id)
    size = "" if width_mm is None else f' width="{_number(width_mm)}mm" height="{_number(width_mm * height / width)}mm"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_number(width)} {_number(height)}"{size} role="img"'
        f' aria-labelledby="{ident} {ident}-text" font-family="{html.escape(FONT_STACK, quote=False)}">'
        f'<title id="{ident}">{html.escape(cleaned(meta.get("title") or meta["alt"]))}</title>'
        f'<desc id="{ident}-text">{html.escape(alt)}</desc>'
    )


def _number(value: float) -> str:
    if not math.isfinite(value):
        raise ValueError(f"a coordinate must be a number, not {value}")
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _tag(name: str, **attributes: str | float) -> str:
    written = " ".join(
        f'{key.replace("_", "-")}="{html.escape(value) if isinstance(value, str) else _number(value)}"'
        for key, value in attributes.items()
    )
    return f"<{name} {written}/>"


def _shape(shape: Part) -> str:
    _check(shape, allowed=_SHAPE, what="a shape")
    left, right, top, bottom = shape["x0"], shape["x1"], shape["y0"], shape["y1"]
    stroke = {"stroke": shape["line"]["color"], "stroke_width": shape["line"]["width"]}
    if shape["type"] == "line":
        return _tag("line", x1=left, x2=right, y1=top, y2=bottom, **stroke)
    if shape["type"] == "rect":
        return _tag("rect", x=left, y=top, width=right - left, height=bottom - top, fill="none", **stroke)
    raise ValueError(f"can't draw a shape of type {shape['type']!r}")


def _trace(trace: Part) -> str:
    drawers: dict[str, Callable[[Part], str]] = {"bar": _bars, "scatter": _markers}
    if trace["type"] not in drawers:
        raise ValueError(f"can't draw a trace of type {trace['type']!r}")
    return drawers[trace["type"]](trace)


def _bars(trace: Part) -> str:
    _check(trace, allowed=_BAR, what="a bar")
    if trace["orientation"] != "h":
        raise ValueError("bars on the sheet are horizontal, with a base")
    line = trace["marker"]["line"]
    stroke = {"stroke": line["color"], "stroke_width": line["width"]} if line["width"] else {}
    places = zip(trace["x"], trace["y"], trace["base"], trace["width"], trace["marker"]["color"], strict=True)
    return "".join(
        _tag("rect", x=base, y=y - height / 2, width=length, height=height, fill=fill, **stroke)
        for length, y, base, height, fill in places
    )


def _markers(trace: Part) -> str:
    _check(trace, allowed=_SCATTER, what="a scatter")
    if not trace["x"]:
        return ""
    if trace["mode"] != "markers":
        raise ValueError(f"can't draw a scatter as {trace['mode']!r}")
    marker = trace["marker"]
    _check(marker, allowed=frozenset(("symbol", "size", "color", "line", "opacity")), what="a marker")
    line = marker["line"]
    stroke = {"stroke": line["color"], "stroke_width": line["width"]} if line["width"] else {}
    places = zip(trace["x"], trace["y"], marker["symbol"], marker["size"], marker["color"], strict=True)
    return "".join(
        _mark(symbol, x=x, y=y, radius=size / 2, fill=fill, stroke=stroke) for x, y, symbol, size, fill in places
    )


def _mark(symbol: str, *, x: float, y: float, radius: float, fill: str, stroke: Mapping[str, Any]) -> str:
    if symbol == "circle":
        return _tag("circle", cx=x, cy=y, r=radius, fill=fill, **stroke)
    if symbol not in _BONES:
        raise ValueError(f"can't draw the mark {symbol!r}")
    corners = "L".join(f"{_number(x + a * radius)},{_number(y + b * radius)}" for a, b in _BONES[symbol])
    return _tag("path", d=f"M{corners}Z", fill=fill, stroke_linejoin="round", **stroke)


def _annotation(annotation: Part) -> str:
    _check(annotation, allowed=_ANNOTATION, what="an annotation")
    if annotation["showarrow"]:
        raise ValueError("can't draw an arrow")
    font = annotation["font"]
    lines = annotation["text"].split("<br>")
    first = _first_baseline(annotation["y"], lines=lines, size=font["size"], stand=annotation["yanchor"])
    x = _number(annotation["x"])
    spans = "".join(
        f'<tspan x="{x}" y="{_number(first + place * font["size"] * _LINE)}">{_text(line)}</tspan>'
        for place, line in enumerate(lines)
    )
    return (
        f'<text font-size="{_number(font["size"])}" font-weight="{int(font["weight"])}" '
        f'fill="{html.escape(font["color"])}" text-anchor="{_ANCHORS[annotation["xanchor"]]}">{spans}</text>'
    )


def _first_baseline(y: float, *, lines: Sequence[str], size: float, stand: str) -> float:
    height = len(lines) * size * _LINE
    top = {"top": y, "middle": y - height / 2, "bottom": y - height}[stand]
    return float(top + size * _LINE / 2 + size * _CAPITALS)


def _text(line: str) -> str:
    """A line of pseudo-HTML as escaped text; our charts know no tag but the line break."""
    if "<" in line:
        raise ValueError(f"can't draw the markup in {line!r}")
    return html.escape(cleaned(html.unescape(line)), quote=False)
