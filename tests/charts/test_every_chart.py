"""What holds for every chart, whatever it is given."""

import json

import pytest

from tests.charts.boxes import outside, overlapping
from tests.charts.gallery import GALLERY
from xsector.charts.theme import SMALL

ALL = pytest.mark.parametrize("name", GALLERY)


@ALL
def test_all_text_stays_on_the_sheet(name):
    assert outside(GALLERY[name]()) == []


@ALL
def test_no_text_touches_another(name):
    assert overlapping(GALLERY[name]()) == []


@ALL
def test_no_letter_is_too_small_for_the_room(name):
    assert min(text.font.size for text in GALLERY[name]().layout.annotations) >= SMALL


@ALL
def test_the_same_input_gives_the_same_figure(name):
    assert GALLERY[name]().to_json() == GALLERY[name]().to_json()


@ALL
def test_alt_text_tells_the_finding_and_how_many_took_part(name):
    meta = GALLERY[name]().layout.meta

    assert meta["alt"].startswith(meta["title"].rstrip(".") + (":" if name.startswith("waiting") else "."))
    assert "answered" in meta["alt"]


@pytest.mark.parametrize("name", [name for name in GALLERY if name.endswith("nasty")])
def test_text_of_people_never_becomes_markup(name):
    figure = json.loads(GALLERY[name]().to_json())
    texts = [text["text"].replace("<br>", "") for text in figure["layout"]["annotations"]]
    hovers = [hover for trace in figure["data"] for hover in trace.get("customdata", [])]

    assert [text for text in texts + hovers if set(text) & set("<>$")] == []
    assert any("onerror=1&gt;" in text for text in texts)
