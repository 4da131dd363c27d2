"""Sharing out points and choosing a first, a second and a third: mouse, keyboard, phone, two tabs, a server away."""

import signal
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests import build
from tests.browser import journey
from tests.browser.journey import key
from tests.budgets import options
from tests.web.house import empty_database, running_server
from xsector.model.modules.kinds import Mode, Modules, Pass, Priorities
from xsector.model.partner import Respondent
from xsector.reports import own
from xsector.store.engine import open_engine

pytestmark = pytest.mark.browser

TEXTS = [one.text for one in options(8)]
BUDGET = (25, 20, 15, 15, 10, 5, 5, 5)


@dataclass(frozen=True, kw_only=True)
class Guest:
    """One person of a round, who is nobody else's, and where the server and the database are."""

    house: build.House
    who: Respondent
    origin: str
    folder: Path

    @property
    def link(self):
        return f"{self.origin}/join/{self.house.tokens[self.who.participant_id]}"

    def kept(self):
        """The levels that the database holds for this person, by option."""
        engine = open_engine(f"sqlite:///{self.folder / 'xsector.sqlite3'}")
        try:
            form = own.own_form(engine, respondent=self.who, round_id=self.house.round.id)
            return [form.answers.get(f"Q{number}_should") for number in range(1, 9)]
        finally:
            engine.dispose()


def open_rounds(folder):
    """Two partnerships, each with a round that asks one question and what should come first: by points, by places."""
    engine = empty_database(folder / "xsector.sqlite3")
    leader, houses = build.account(engine), {}
    for mode in Mode:
        module = Priorities(options=options(8), mode=mode, passes=(Pass.SHOULD,))
        of = {"questions": (build.item("R1"),), "modules": Modules(priorities=module)}
        houses[mode] = build.open_house(engine, by=leader, name=f"Harbour {mode.value}", **of)
    engine.dispose()
    return houses


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """Both rounds and one server for all tests; each brings in somebody new."""
    folder = tmp_path_factory.mktemp("priorities")
    houses = open_rounds(folder)
    waiting = {mode: iter(house.people) for mode, house in houses.items()}
    with running_server(folder) as server:
        yield lambda mode: Guest(house=houses[mode], who=next(waiting[mode]), origin=server.origin, folder=folder)


@pytest.fixture
def guest(served):
    """Somebody who shares out points."""
    return served(Mode.POINTS)


@pytest.fixture
def chooser(served):
    """Somebody who chooses first, second and third."""
    return served(Mode.TOP)


def begin(page, guest):
    """Come in by the guest's link and turn to the table."""
    journey.come_in(page, guest.link)
    journey.settled(page)
    key(page, "form-begin").get_by_role("button").click()
    expect(key(page, "form-progress").first).to_be_visible()
    journey.settled(page)
    journey.go_on(page)
    expect(page.locator(".xs-points")).to_be_visible()


def box(page, text):
    return page.get_by_label(f"Points for: {text}", exact=True)


def place(page, name, text):
    return page.get_by_label(f"{name}: {text}", exact=True)


def said(page, sentence):
    expect(page.locator(".xs-points-left")).to_have_text(sentence)


def saved(page):
    expect(page.locator(".xs-saved")).to_contain_text("✓ saved")


def test_with_the_mouse_points_are_given_counted_and_kept(chromium, guest):
    page = journey.visit(chromium)
    begin(page, guest)
    said(page, "100 points to give")

    page.get_by_role("button", name="Even split").click()
    said(page, "All 100 points given")
    page.get_by_role("button", name=f"More for: {TEXTS[0]}").click()
    said(page, "5 points too many")
    page.get_by_role("button", name=f"Less for: {TEXTS[1]}").click()

    said(page, "All 100 points given")
    saved(page)
    assert guest.kept() == [4, 2, 3, 3, 2, 2, 2, 2]
    page.get_by_role("button", name="Clear").click()
    said(page, "100 points to give")
    saved(page)
    assert set(guest.kept()) == {None}
    assert page.complaints == []


def test_an_even_split_takes_one_tap(chromium, guest):
    page = journey.visit(chromium)
    begin(page, guest)

    page.get_by_role("button", name="Even split").click()

    saved(page)
    assert guest.kept() == [3, 3, 3, 3, 2, 2, 2, 2]


def test_the_keyboard_alone_types_points_as_they_are(chromium, guest):
    page = journey.visit(chromium)
    begin(page, guest)
    box(page, TEXTS[0]).focus()

    for points in BUDGET:
        page.keyboard.type(str(points))
        page.keyboard.press("Enter")

    said(page, "All 100 points given")
    saved(page)
    assert [box(page, text).input_value() for text in TEXTS] == [str(points) for points in BUDGET]
    assert guest.kept() == [points // 5 for points in BUDGET]
    box(page, TEXTS[7]).focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Tab")
    said(page, "5 points too many")


def test_what_lies_between_two_steps_is_rounded_when_the_box_is_left(chromium, guest):
    page = journey.visit(chromium)
    begin(page, guest)
    box(page, TEXTS[2]).focus()

    page.keyboard.type("13")
    expect(box(page, TEXTS[2])).to_have_value("13")
    page.keyboard.press("Tab")

    expect(box(page, TEXTS[2])).to_have_value("15")
    said(page, "85 of 100 points left to give")


def test_on_a_phone_everything_fits_and_the_sum_stays_in_sight(chromium, guest):
    page = journey.visit(chromium, width=390, height=844, has_touch=True)
    begin(page, guest)

    page.get_by_role("button", name="Even split").tap()

    said(page, "All 100 points given")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    box(page, TEXTS[0]).scroll_into_view_if_needed()
    expect(page.locator(".xs-points-left")).to_be_in_viewport()
    small = [one.bounding_box() for one in page.locator(".xs-points button, .xs-points input").all()]
    assert [one for one in small if one["height"] < 44] == []


def test_first_second_and_third_by_keyboard_push_nobody_out_on_the_way(chromium, chooser):
    page = journey.visit(chromium)
    begin(page, chooser)
    said(page, "Still to choose: first, second, third")
    place(page, "Second", TEXTS[1]).click()
    place(page, "First", TEXTS[0]).focus()

    for pressed in ("Space", "ArrowDown", "ArrowDown", "ArrowRight", "ArrowRight", "Space"):
        page.keyboard.press(pressed)

    said(page, "Done")
    saved(page)
    assert chooser.kept() == [3, 2, 1, 0, 0, 0, 0, 0]
    page.keyboard.press("Space")
    said(page, "Still to choose: third")
    page.get_by_role("button", name="Clear").click()
    said(page, "Still to choose: first, second, third")


def test_first_second_and_third_fit_on_a_phone(chromium, chooser):
    page = journey.visit(chromium, width=390, height=844, has_touch=True)
    begin(page, chooser)

    for name, text in zip(("First", "Second", "Third"), (TEXTS[5], TEXTS[0], TEXTS[5]), strict=True):
        place(page, name, text).tap()

    said(page, "Still to choose: first")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_two_tabs_follow_each_other_and_overwrite_nothing(chromium, guest):
    first = journey.visit(chromium)
    begin(first, guest)
    first.get_by_role("button", name="Even split").click()
    saved(first)
    second = first.context.new_page()
    second.goto(f"{guest.origin}/answer?s=2")

    expect(box(second, TEXTS[0])).to_have_value("15")
    second.get_by_role("button", name=f"More for: {TEXTS[0]}").click()
    saved(second)
    first.get_by_role("button", name=f"Less for: {TEXTS[7]}").click()

    expect(box(first, TEXTS[0])).to_have_value("20")
    said(first, "All 100 points given")
    saved(first)
    assert guest.kept() == [4, 3, 3, 3, 2, 2, 2, 1]


def test_a_server_that_goes_away_and_comes_back_loses_nothing(chromium, tmp_path):
    house, page = open_rounds(tmp_path)[Mode.POINTS], journey.visit(chromium)
    with running_server(tmp_path) as server:
        guest = Guest(house=house, who=house.people[0], origin=server.origin, folder=tmp_path)
        begin(page, guest)
        page.get_by_role("button", name="Even split").click()
        saved(page)
        port = server.port
        server.process.send_signal(signal.SIGKILL)
        server.process.wait()
        page.get_by_role("button", name=f"More for: {TEXTS[0]}").click()
        page.get_by_role("button", name=f"Less for: {TEXTS[1]}").click()
        said(page, "All 100 points given")
        page.wait_for_timeout(1000)

    with running_server(tmp_path, port=port):
        expect(page.locator(".xs-saved")).to_contain_text("✓ saved", timeout=40_000)

        assert guest.kept() == [4, 2, 3, 3, 2, 2, 2, 2]


def test_sharing_out_all_points_takes_twenty_taps_or_eight_numbers(chromium, guest):
    page = journey.visit(chromium)
    begin(page, guest)
    started = time.monotonic()
    presses = 0

    for text, points in zip(TEXTS, BUDGET, strict=True):
        for _ in range(points // 5):
            page.get_by_role("button", name=f"More for: {text}").click()
            presses += 1
    said(page, "All 100 points given")
    saved(page)

    print(f"{presses} taps: {time.monotonic() - started:.1f} s")
    assert presses == 20
    assert guest.kept() == [points // 5 for points in BUDGET]

    page.get_by_role("button", name="Clear").click()
    started = time.monotonic()
    box(page, TEXTS[0]).focus()
    for points in BUDGET:
        page.keyboard.type(str(points))
        page.keyboard.press("Enter")
    saved(page)
    print(f"8 numbers typed: {time.monotonic() - started:.1f} s")
    assert guest.kept() == [points // 5 for points in BUDGET]
