"""After the reveal a partner looks into their mirror and takes their answers away, on a phone and on a laptop."""

import csv
import io
import json

import pytest
from playwright.sync_api import expect

from tests import build
from tests.browser import journey
from tests.browser.journey import key
from tests.web.house import empty_database, running_server

pytestmark = pytest.mark.browser

QUESTIONS = (
    build.item("R1", text="Everybody knows what we are here to do, and could say it in one sentence."),
    build.item("R2", text="We keep our promises."),
    build.item("S1", text="I can disagree here without paying a price.", sensitive=True),
)


@pytest.fixture(scope="module")
def revealed(tmp_path_factory):
    """A revealed round, in which the first person stands alone, and the server on it."""
    folder = tmp_path_factory.mktemp("mirror")
    engine = empty_database(folder / "xsector.sqlite3")
    house = build.open_house(engine, sectors={"business": 6, "government": 6}, questions=QUESTIONS)
    for place, who in enumerate(house.people):
        build.finished(house, who, {"R1": 4 if place == 0 else place % 2, "R2": place % 5, "S1": 4})
    build.revealed(house)
    engine.dispose()
    with running_server(folder) as server:
        yield house, server


def look(chromium, revealed, **size):
    house, server = revealed
    page = journey.visit(chromium, **size)
    page.goto(f"{server.origin}/join/{house.tokens[house.people[0].participant_id]}")
    page.get_by_role("button").first.click()
    expect(key(page, "mirror").locator(".xs-mirror-question")).to_have_count(3)
    journey.settled(page)
    return page


@pytest.mark.parametrize(("width", "height", "scheme"), [(390, 844, "dark"), (1280, 720, "light")])
def test_own_answers_are_marked_beside_those_of_the_group_and_of_everybody(chromium, revealed, width, height, scheme):
    page = look(chromium, revealed, width=width, height=height, color_scheme=scheme)
    first = key(page, "mirror").locator(".xs-mirror-question").first

    expect(key(page, "stand")).to_contain_text("Most: “Not at all” or “A little”, 11 of 12 who answered")
    expect(first.get_by_role("img").first).to_have_attribute(
        "aria-label", "My group, 6 people: 2 Not at all, 3 A little, 1 Fully. You: Fully."
    )
    mark, own = (
        first.locator(".xs-mirror-you").first.bounding_box(),
        first.locator(".xs-mirror-own").first.bounding_box(),
    )
    assert abs((mark["x"] + mark["width"] / 2) - (own["x"] + own["width"] / 2)) < 2
    assert mark["y"] + mark["height"] <= own["y"] + 1
    expect(key(page, "mirror")).to_contain_text("at least 4 of 6 say “Mostly” or “Fully”")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    boxes = [one.bounding_box() for one in page.locator(".xs-mirror-bar").all()]
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= width for box in boxes)
    assert page.complaints == []


def test_both_files_come_by_a_click_and_can_be_read(chromium, revealed):
    page = look(chromium, revealed)

    with page.expect_download() as table:
        key(page, "mine-csv").get_by_role("link").click()
    with page.expect_download() as document:
        key(page, "mine-json").get_by_role("link").click()

    rows = list(csv.reader(io.StringIO(table.value.path().read_text(encoding="utf-8-sig"), newline="")))
    assert [row[1] for row in rows] == ["my answer", "Fully", "Not at all", "Fully"]
    kept = json.loads(document.value.path().read_text(encoding="utf-8"))
    assert kept["rounds"][0]["counted_in"] == {"group": "Business", "people": 6}
    assert page.complaints == []
