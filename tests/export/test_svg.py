from xml.etree import ElementTree

import plotly.graph_objects as go
import pytest

from tests.charts.gallery import GALLERY
from xsector.charts.sheet import Drawing, Spot, figure_of, spots, words
from xsector.charts.theme import Theme
from xsector.export.png import png_of
from xsector.export.svg import svg_of

SVG = "{http://www.w3.org/2000/svg}"
PLAIN = figure_of(words(("Words",), x=10, y=10, size=20, colour="#000000"), theme=Theme(), headline="Title", alt="Alt.")


@pytest.mark.parametrize("name", GALLERY)
def test_every_chart_is_well_formed_and_holds_nothing_active(name):
    root = ElementTree.fromstring(svg_of(GALLERY[name]()))

    tags = {element.tag.removeprefix(SVG) for element in root.iter()}
    attributes = {key for element in root.iter() for key in element.attrib}
    assert tags <= {"svg", "title", "desc", "rect", "line", "path", "circle", "text", "tspan"}
    assert not any(key.startswith("on") or "href" in key or key == "style" for key in attributes)


def test_it_scales_and_tells_its_finding_to_people_who_cannot_see_it():
    root = ElementTree.fromstring(svg_of(PLAIN, title_id="c1"))

    assert root.get("viewBox") == "0 0 1280 720"
    assert root.get("width") is None
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "c1 c1-text"
    assert [(child.get("id"), child.text) for child in root[:2]] == [("c1", "Title"), ("c1-text", "Alt.")]


def test_its_size_can_be_fixed_for_paper():
    root = ElementTree.fromstring(svg_of(PLAIN, width_mm=160))

    assert (root.get("width"), root.get("height")) == ("160mm", "90mm")


def test_the_font_family_is_quoted_for_it_ends_in_a_number():
    assert "font-family=\"'Source Sans 3', " in svg_of(PLAIN)


@pytest.mark.parametrize("text", ["<b>x</b><img src=x onerror=1>", "$x^2$", "&lt;", "a & b", '"quoted"'])
def test_text_arrives_letter_by_letter(text):
    figure = figure_of(words((text,), x=0, y=0, size=20, colour="#000000"), theme=Theme(), headline=text, alt=text)

    root = ElementTree.fromstring(svg_of(figure, title_id='"><script>'))

    assert [element.text for element in root.iter(f"{SVG}tspan")] == [text]
    assert [child.text for child in root[:2]] == [text, text]


def test_equal_figures_give_equal_bytes():
    assert svg_of(GALLERY["overview"]()) == svg_of(GALLERY["overview"]())


@pytest.mark.parametrize("wrong", [float("nan"), float("inf")])
def test_a_coordinate_that_is_no_number_raises(wrong):
    drawing = spots((Spot(x=wrong, y=1, look=0, colour="#000000"),), size=20, line="#000000", line_width=1)
    figure = figure_of(drawing, theme=Theme(), headline="Title", alt="Alt.")

    with pytest.raises(ValueError, match="must be a number"):
        svg_of(figure)


@pytest.mark.parametrize(
    "change",
    [
        {"title": {"text": "A title of Plotly's own"}},
        {"xaxis": {"visible": True}},
        {"margin": {"l": 10}},
        {"images": [{"source": "https://example.org/x.png"}]},
        {"annotations": [{"text": "x", "showarrow": True}]},
        {"annotations": [{"text": "<b>x</b>", "showarrow": False, "x": 0, "y": 0, "xanchor": "left", "yanchor": "top",
                          "font": {"size": 20, "color": "#000000", "weight": 400}}]},
        {"shapes": [{"type": "circle", "x0": 0, "x1": 1, "y0": 0, "y1": 1, "line": {"color": "#000000", "width": 1},
                     "layer": "below"}]},
    ],
)  # fmt: skip
def test_what_our_charts_do_not_use_raises(change):
    figure = go.Figure(PLAIN).update_layout(change)

    with pytest.raises(ValueError, match=r"can't draw|must be|has no margin"):
        svg_of(figure)


@pytest.mark.parametrize(
    "trace", [go.Pie(values=[1]), go.Scatter(x=[1], y=[1], mode="lines"), go.Bar(x=[1], y=[1], orientation="v")]
)
def test_other_traces_raise(trace):
    figure = go.Figure(PLAIN).add_trace(trace)

    with pytest.raises(ValueError, match=r"can't draw|are horizontal"):
        svg_of(figure)


def test_every_mark_can_be_drawn():
    drawing = Drawing(traces=tuple(
        spots((Spot(x=50, y=50, look=look, colour="#000000"),), size=20, line="#FFFFFF", line_width=1).traces[0]
        for look in range(7)
    ))  # fmt: skip

    root = ElementTree.fromstring(svg_of(figure_of(drawing, theme=Theme(), headline="Title", alt="Alt.")))

    assert len(root.findall(f"{SVG}path")) == 6
    assert len(root.findall(f"{SVG}circle")) == 1


def test_a_png_has_the_size_asked_for():
    picture = png_of(PLAIN, zoom=1.5)

    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    assert (int.from_bytes(picture[16:20]), int.from_bytes(picture[20:24])) == (1920, 1080)
