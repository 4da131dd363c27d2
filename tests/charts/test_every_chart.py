"""What holds for every chart, whatever it is given."""

import json

import pytest

from tests.charts.boxes import outside, overlapping, smallest
from tests.charts.gallery import GALLERY
from xsector.charts.theme import SMALL

NASTY = [name for name in GALLERY if name.endswith("nasty")]


@pytest.fixture(scope="module", params=GALLERY)
def name(request):
    """One chart after the other; of module scope so that all tests of a chart come together."""
    return request.param


@pytest.fixture(scope="module")
def figure(name):
    """The chart, drawn once for all that is asked of it; nothing here changes it."""
    return GALLERY[name]()


def test_all_text_stays_on_the_sheet(figure):
    assert outside(figure) == []


def test_no_text_touches_another(figure):
    assert overlapping(figure) == []


def test_no_letter_is_too_small_for_the_room(figure):
    assert smallest(figure) >= SMALL


def test_the_same_input_gives_the_same_figure(figure, name):
    assert figure.to_json() == GALLERY[name]().to_json()


def test_alt_text_tells_the_finding_and_how_many_took_part(figure, name):
    meta = figure.layout.meta

    assert meta["alt"].startswith(meta["title"].rstrip(".") + (":" if name.startswith("waiting") else "."))
    assert "answered" in meta["alt"]


@pytest.mark.parametrize("name", NASTY, indirect=True)
def test_text_of_people_never_becomes_markup(figure):
    drawn = json.loads(figure.to_json())
    texts = [text["text"].replace("<br>", "") for text in drawn["layout"]["annotations"]]
    hovers = [hover for trace in drawn["data"] for hover in trace.get("customdata", [])]

    assert [text for text in texts + hovers if set(text) & set("<>$")] == []
    assert any("onerror=1&gt;" in text for text in texts)
