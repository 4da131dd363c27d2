import pytest

from tests.charts.gallery import GALLERY

BANDED = [name for name in GALLERY if name.startswith("banded")]


def captions(figure):
    return [text.text for text in figure.layout.annotations if text.text.startswith("How far apart we are: ")]


@pytest.mark.parametrize("name", BANDED)
def test_how_far_apart_we_are_stands_whole_on_one_line_below_the_bars(name):
    figure = GALLERY[name]()

    [caption] = captions(figure)
    bars = [y + width / 2 for trace in figure.data for y, width in zip(trace.y, trace.width, strict=True)]
    [placed] = [text.y - text.font.size for text in figure.layout.annotations if text.text == caption]
    assert caption.endswith(".")
    assert "…" not in caption
    assert "<br>" not in caption
    assert placed > max(bars)
    assert figure.layout.meta["alt"].endswith(caption)


def test_groups_that_trust_are_told_by_both_ends():
    assert captions(GALLERY["banded_trusting"]()) == [
        "How far apart we are: between aligned and some spread. Average answer: 3.9 to 5.0 on the scale of 1 to 5."
    ]
