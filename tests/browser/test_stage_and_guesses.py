"""A partner answers the road and the guesses by keyboard alone, on a phone's width and on a laptop's."""

import re

import pytest
from playwright.sync_api import expect

from tests import build
from tests.browser import journey
from tests.browser.journey import key
from tests.roads_and_guesses import CHOSEN, QUESTIONS, SECTORS
from tests.said_in_modules import STAGE
from tests.web.house import empty_database, running_server
from xsector.reports.own import own_form

pytestmark = pytest.mark.browser

EXPECTED = {one.code: 3 for one in STAGE.statements} | {
    "R1": 3, "R2": 3, "Z13": 3, "R1_of_government": 3, "R1_of_business": 3,
}  # fmt: skip
"""The answer that three presses of the arrow key choose in each question."""


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    """An open round that asks both modules, the server on it, and its people one after the other."""
    folder = tmp_path_factory.mktemp("stage")
    engine = empty_database(folder / "xsector.sqlite3")
    house = build.open_house(engine, sectors=SECTORS, questions=QUESTIONS, modules=CHOSEN)
    with running_server(folder) as server:
        yield house, server, iter(house.people)
    engine.dispose()


def focused(page, *, label):
    """Press Tab, round the page if need be, until a question without an answer has the focus, or else the button.

    The question's key; None at the button.
    """
    for _ in range(120):
        page.keyboard.press("Tab")
        found = page.evaluate(
            """() => {
                const here = document.activeElement;
                const key = here.closest("[class*='st-key-answer-']");
                const radio = here.matches("[role=radio], input[type=radio]");
                const group = radio && here.closest("[role=radiogroup]");
                const checked = "[aria-checked=true], input:checked";
                return {radio, checked: Boolean(group && group.querySelector(checked)),
                        left: [...document.querySelectorAll("[role=radiogroup]")].some(
                            one => !one.querySelector(checked)),
                        key: key ? [...key.classList].find(one => one.startsWith("st-key-answer-")) : "",
                        text: here.innerText || ""};
            }"""
        )
        if found["radio"] and not found["checked"]:
            return found["key"]
        if label in found["text"] and not found["left"]:
            return None
    raise LookupError("neither a question nor the button was reached by Tab")


def answered_by_keyboard(page, *, last):
    """Choose the fourth answer of every question of this section with arrow keys, then press the button at its end."""
    label = "To the last page" if last else "Next"
    where = journey.section(page)
    while question := focused(page, label=label):
        for _ in range(3):
            page.keyboard.press("ArrowRight")
        page.keyboard.press("Space")
        expect(page.locator(f".{question}")).to_contain_text("✓ saved")
        journey.settled(page)
    page.keyboard.press("Enter")
    expect(key(page, "form-progress")).not_to_contain_text(where)
    journey.settled(page)


@pytest.mark.parametrize(("width", "height"), [(390, 844), (1280, 720)])
def test_both_forms_can_be_answered_without_a_mouse_and_fit_the_screen(chromium, opened, width, height):
    house, server, waiting = opened
    who = next(waiting)
    page = journey.visit(chromium, width=width, height=height)
    journey.come_in(page, f"{server.origin}/join/{house.tokens[who.participant_id]}")
    journey.settled(page)
    key(page, "form-begin").get_by_role("button").press("Enter")
    expect(key(page, "form-progress").first).to_be_visible()
    journey.settled(page)

    titles = []
    while journey.section(page) != journey.LAST:
        titles.append(page.get_by_role("heading", level=3).first.inner_text())
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        place, of = map(int, re.findall(r"\d+", journey.section(page)))
        answered_by_keyboard(page, last=place == of)

    assert titles == [
        "All",
        "Where are we on the road?",
        "Where are we on the road? (continued)",
        "What will they say? Government",
        "What will they say? Business",
    ]
    assert own_form(house.engine, respondent=who, round_id=house.round.id).answers == EXPECTED
    expect(key(page, "form-progress")).to_contain_text(f"{len(EXPECTED)} of {len(EXPECTED)} answered")
    assert page.complaints == []
