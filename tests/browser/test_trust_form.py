"""The round robin of trust in a real browser: contact first, then statements, with mouse, keyboard and thumb."""

from dataclasses import dataclass

import pytest
from playwright.sync_api import expect

from tests.browser import journey
from tests.browser.journey import key
from tests.build import House
from tests.trust_house import asked, trusting_house
from tests.web.house import empty_database, running_server
from xsector.model.partner import Respondent
from xsector.model.sheet import Mark
from xsector.reports.own import own_form

pytestmark = pytest.mark.browser


@dataclass(frozen=True, kw_only=True)
class Guest:
    """One person of the round, and where the server is."""

    house: House
    who: Respondent
    origin: str

    def answers(self):
        return own_form(self.house.engine, respondent=self.who, round_id=self.house.round.id).answers

    def code_of(self, name, part):
        """The question about one organisation's *part*."""
        there = own_form(self.house.engine, respondent=self.who, round_id=self.house.round.id).instrument
        names = {one.id: one.name for one in there.organisations}
        found = [one for one in asked(self.house, self.who) if names[one.about] == name and one.parts[0] == part]
        return found[0].code


@pytest.fixture(scope="module")
def guests(tmp_path_factory):
    """An open round with three organisations of each of two sectors, and one server for all tests.

    The four people of the first organisation come in one after the other; all of them see the same table.
    """
    folder = tmp_path_factory.mktemp("trust")
    engine = empty_database(folder / "xsector.sqlite3")
    house = trusting_house(engine, sectors={"government": 12, "nonprofit": 12}, per_organisation=4)
    with running_server(folder) as server:
        yield (Guest(house=house, who=who, origin=server.origin) for who in house.people[:4])
    engine.dispose()


@pytest.fixture
def guest(guests):
    """Somebody of the first organisation who has not answered yet."""
    return next(guests)


def at_the_table(chromium, guest, *, width=1280, height=900):
    """The page of the guest, at the organisations."""
    page = journey.visit(chromium, width=width, height=height)
    journey.come_in(page, f"{guest.origin}/join/{guest.house.tokens[guest.who.participant_id]}")
    journey.settled(page)
    key(page, "form-begin").get_by_role("button").click()
    expect(key(page, "form-progress").first).to_be_visible()
    key(page, "form-next").get_by_role("button").click()
    expect(page.locator(".xs-trust")).to_be_visible()
    journey.settled(page)
    return page


def box(page, name):
    return page.get_by_role("radio", name=name, exact=True)


def test_contact_comes_first_and_only_known_organisations_are_rated(chromium, guest):
    page = at_the_table(chromium, guest)
    expect(page.locator(".xs-trust-wait")).to_be_visible()
    expect(page.locator(".xs-trust")).not_to_contain_text("Government house 1")
    expect(page.get_by_text("They have reliability.")).to_be_hidden()

    box(page, "Government house 2: Some").click()
    box(page, "Nonprofit house 1: None").click()
    expect(page.get_by_text("They have reliability.")).to_be_visible()
    box(page, "Government house 2: Mostly").first.click()
    expect(page.get_by_text("✓ saved")).to_be_visible()

    shown = page.locator(".xs-trust-table").nth(1).locator("tbody tr:not([hidden])")
    expect(shown).to_have_count(1)
    expect(shown).to_contain_text("Government house 2")
    assert guest.answers()[guest.code_of("Government house 2", "reliability")] == 3

    box(page, "Government house 2: None").click()
    expect(page.get_by_text("They have reliability.")).to_be_hidden()
    expect(page.get_by_text("✓ saved")).to_be_visible()
    journey.settled(page)
    assert guest.code_of("Government house 2", "reliability") not in guest.answers()


def test_answers_are_there_after_a_refresh_and_count_as_one_question_an_organisation(chromium, guest):
    page = at_the_table(chromium, guest)
    for name in ("Government house 3", "Nonprofit house 1", "Nonprofit house 2", "Nonprofit house 3"):
        box(page, f"{name}: None").click()
    box(page, "Government house 2: A lot").click()
    for place in range(5):
        page.locator(".xs-trust-table").nth(place + 1).get_by_role(
            "radio",
            name="Government house 2: Not enough contact to say" if place == 4 else "Government house 2: Fully",
        ).click()
    expect(page.get_by_text("✓ saved")).to_be_visible()
    journey.settled(page)

    page.reload()
    expect(key(page, "form-progress")).to_contain_text("5 of 8 answered")
    expect(
        page.locator(".xs-trust-table").nth(1).get_by_role("radio", name="Government house 2: Fully")
    ).to_be_checked()
    found = guest.answers()
    assert found[guest.code_of("Government house 2", "strength")] == 4
    assert found[guest.code_of("Government house 2", "overall")] is Mark.CANNOT_JUDGE


def test_the_keyboard_alone_is_enough(chromium, guest):
    page = at_the_table(chromium, guest)
    box(page, "Government house 2: None").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(box(page, "Government house 2: Some")).to_be_checked()
    expect(page.get_by_text("They have reliability.")).to_be_visible()

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')").startswith("Government house 3: ")
    expect(page.get_by_text("✓ saved")).to_be_visible()


def test_a_telephone_shows_it_all_without_scrolling_sideways(chromium, guest):
    page = at_the_table(chromium, guest, width=390, height=844)
    box(page, "Government house 2: Some").click()
    expect(page.get_by_text("They have reliability.")).to_be_visible()

    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    wide = (
        page.locator(".xs-trust-table")
        .nth(1)
        .locator("tbody tr:not([hidden]) label")
        .evaluate_all("all => all.map(one => [one.getBoundingClientRect().width, one.getBoundingClientRect().height])")
    )
    assert len(wide) == 6
    assert all(width >= 38 and height >= 44 for width, height in wide)
