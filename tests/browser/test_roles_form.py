"""Who does what, filled in by mouse, by keyboard alone, and on a telephone."""

import time
from dataclasses import dataclass

import pytest
from playwright.sync_api import expect

from tests.browser import journey
from tests.browser.journey import key
from tests.build import House, entries, item, open_house
from tests.web.house import empty_database, running_server
from xsector.model.modules.kinds import Ask, Modules, Roles
from xsector.model.partner import Respondent
from xsector.model.sheet import Mark
from xsector.reports.own import own_form

pytestmark = pytest.mark.browser
FUNCTIONS = 8
LEAD = 0


@dataclass(frozen=True, kw_only=True)
class Guest:
    """One person of the round, and where the server is."""

    house: House
    who: Respondent
    origin: str

    def form(self):
        return own_form(self.house.engine, respondent=self.who, round_id=self.house.round.id)

    def saved(self):
        return self.form().answers

    def names(self):
        return [one.name for one in self.form().instrument.organisations]


@pytest.fixture(scope="module")
def guests(tmp_path_factory):
    """Twelve organisations of two people each, asked about eight jobs, and one server for all tests."""
    folder = tmp_path_factory.mktemp("roles")
    engine = empty_database(folder / "xsector.sqlite3")
    codes = [f"J{number}" for number in range(1, FUNCTIONS + 1)]
    modules = Modules(roles=Roles(functions=entries(*codes), asks=tuple(Ask)))
    made = open_house(engine, sectors={"government": 12, "business": 12}, questions=(item("R1"),), modules=modules)
    with running_server(folder) as server:
        yield (Guest(house=made, who=who, origin=server.origin) for who in made.people)
    engine.dispose()


@pytest.fixture
def guest(guests):
    """Somebody who has not answered yet."""
    return next(guests)


def begin(page, guest):
    journey.come_in(page, f"{guest.origin}/join/{guest.house.tokens[guest.who.participant_id]}")
    key(page, "form-begin").get_by_role("button").click()
    expect(key(page, "form-progress").first).to_be_visible()
    journey.go_on(page)
    expect(page.locator(".xs-roles-table")).to_be_visible()


def at_last(guest, wanted):
    """Wait until all of *wanted* is saved; a browser sends a moment after the last tap."""
    until = time.monotonic() + 10
    while time.monotonic() < until:
        if wanted.items() <= guest.saved().items():
            return
        time.sleep(0.1)
    assert {code: guest.saved().get(code) for code in wanted} == wanted


def test_eight_jobs_take_a_few_taps_each_and_all_of_them_are_kept(chromium, guest):
    page = journey.visit(chromium)
    begin(page, guest)
    taps, started = 0, time.monotonic()
    for number in range(FUNCTIONS):
        expect(page.get_by_role("heading", name=f"Words of J{number + 1}")).to_be_visible()
        page.get_by_label(f"Leads today: {guest.names()[number]}").check()
        page.get_by_label("We lead" if number == 0 else "No part", exact=True).check()
        taps += 2
        if number == 2:
            page.get_by_label(f"Should lead: {guest.names()[7]}").check()
            page.get_by_label(f"Helps: {guest.names()[5]}").check()
            taps += 2
        key(page, "form-next").get_by_role("button").click()
        taps += 1
        journey.settled(page)
    took = time.monotonic() - started

    same = len(guest.names())
    at_last(guest, {"J1_now": 0, "J8_now": 7, "J1_should": same, "J3_should": 7, "J3_helps": frozenset({5}),
                   "J1_part": LEAD, "J2_part": 3})  # fmt: skip
    print(f"\n{FUNCTIONS} jobs x {len(guest.names())} organisations: {taps} taps, {took:.0f} s by script")
    assert taps <= 4 * FUNCTIONS
    assert page.complaints == []


def test_a_job_is_filled_in_by_keyboard_alone_on_a_telephone(chromium, guest):
    page = journey.visit(chromium, width=390, height=844)
    begin(page, guest)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390

    page.locator(".xs-roles input").first.focus()
    page.get_by_label(f"Leads today: {guest.names()[0]}").focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label(f"Leads today: {guest.names()[2]}")).to_be_focused()
    page.keyboard.press("Tab")

    at_last(guest, {"J1_now": 2, "J1_should": len(guest.names())})
    for _ in range(40):
        if page.evaluate("document.activeElement.closest('.st-key-form-next') !== null"):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Words of J2")).to_be_visible()


def test_a_second_tap_takes_an_answer_back_and_another_device_sees_what_is_kept(chromium, guest):
    laptop = journey.visit(chromium)
    begin(laptop, guest)
    box = laptop.get_by_label(f"Leads today: {guest.names()[4]}")
    box.check()
    at_last(guest, {"J1_now": 4})
    laptop.reload()
    expect(laptop.get_by_label(f"Leads today: {guest.names()[4]}")).to_be_checked()

    laptop.get_by_label(f"Leads today: {guest.names()[4]}").click()
    expect(laptop.get_by_label(f"Leads today: {guest.names()[4]}")).not_to_be_checked()
    laptop.get_by_label("Not sure", exact=True).check()

    at_last(guest, {"J1_part": Mark.CANNOT_JUDGE})
    assert "J1_now" not in guest.saved()
