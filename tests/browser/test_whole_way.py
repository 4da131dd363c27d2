"""From the first account to the agenda in hand, with twelve partners, in a real browser."""

import re
from io import BytesIO

import pytest
from docx import Document
from playwright.sync_api import expect

from tests.browser import journey
from tests.browser.journey import key

pytestmark = pytest.mark.browser

PULSE = ("K03", "K01", "K06", "K08", "F05", "S01", "S03", "I01", "T01", "T05", "T09")
PLANTED = "K01"
SECTORS = {
    "Government": ("City Hall", "County Office", "Health Board", "Parks", "Police", "Water Works"),
    "Business": ("Harbour Bank", "Mill & Sons", "Bakers", "Tile Works", "Ferry Line", "Grand Hotel"),
}
NAMES = iter(("Ann", "Ben", "Cem", "Dua", "Eli", "Fay", "Gus", "Hal", "Ida", "Jim", "Kai", "Lea"))
ROSTER = [f"{next(NAMES)}, {one}, {sector}" for sector, organisations in SECTORS.items() for one in organisations]


def test_from_the_first_account_to_the_agenda(chromium, server, first_link):
    convener = journey.visit(chromium)
    journey.make_first_account(convener, first_link)
    journey.make_partnership(convener, name="Harbour Housing", sectors={"government", "business"})
    journey.go_to(convener, "People")
    journey.add_people(convener, ROSTER)
    links = journey.issue_links(convener)
    assert len(set(links)) == 12
    journey.go_to(convener, "Round")
    journey.make_and_open_round(convener, title="First look", form="pulse")
    wall = _open_wall(chromium, convener)

    for place, link in enumerate(links):
        partner = journey.visit(chromium, width=390, height=844) if place == 0 else journey.visit(chromium)
        journey.come_in(partner, link)
        left = journey.answer_all(partner, _levels(partner, place))
        assert not left
        assert partner.complaints == []
        partner.context.close()
        if place == 10:
            expect(key(wall, "wall-board").locator("svg").first).to_contain_text("11", timeout=3_000)

    _reveal(convener)
    expect(key(wall, "wall-board").locator("svg").first).to_contain_text("furthest apart", timeout=5_000)
    assert "final say" in key(wall, "wall-board").inner_text()
    _download_agenda(convener)
    assert convener.complaints == []
    assert wall.complaints == []


def _levels(page, place):
    """Everybody is near the middle; on the planted question government says yes and business no."""
    body = page.inner_text("body")
    government = any(name in body for name in SECTORS["Government"])
    levels = {code: 2 + (place + number) % 2 for number, code in enumerate(PULSE)}
    return {**levels, PLANTED: 4 if government else 0}


def _open_wall(chromium, convener):
    journey.go_to(convener, "Reveal")
    key(convener, "wall-link").get_by_text("screen", exact=False).first.click()
    key(convener, "wall-issue").get_by_role("button").click()
    address = re.search(r"http\S+/wall/[\w-]+", _all_text(convener)).group()
    wall = journey.visit(chromium)
    wall.goto(address)
    wall.get_by_role("button").first.click()
    expect(key(wall, "wall-board").locator("svg").first).to_contain_text("0")
    return wall


def _all_text(page):
    expect(key(page, "wall-open")).to_be_visible()
    return key(page, "wall-link").inner_text() + " " + page.content()


def _reveal(convener):
    key(convener, "round-close").get_by_role("button").click()
    key(convener, "confirm-yes").get_by_role("button").click()
    key(convener, "reveal-ask").get_by_role("button").click()
    dialog = convener.get_by_role("dialog")
    expect(dialog).to_contain_text("Government (6 people)")
    expect(dialog).to_contain_text("Business (6 people)")
    key(convener, "confirm-yes").get_by_role("button").click()
    expect(key(convener, "wall-view").first).to_be_visible()


def _download_agenda(convener):
    journey.go_to(convener, "Agenda")
    with convener.expect_download() as download:
        key(convener, "paper-docx").get_by_role("link").click()
    document = Document(BytesIO(download.value.path().read_bytes()))
    words = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "Harbour Housing" in words
    assert "I know who has the final say on big decisions" in words
