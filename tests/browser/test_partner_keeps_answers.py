"""A partner's answers through refreshes, tabs, restarts, fast fingers and a keyboard, in a real browser."""

import signal
from dataclasses import replace

import pytest
from playwright.sync_api import expect

from tests.browser import journey
from tests.browser.journey import key
from tests.web.house import NOW, empty_database, furnish, running_server
from xsector.actions.setting_up import issue_links

pytestmark = pytest.mark.browser


@pytest.fixture
def furnished(tmp_path):
    """A furnished database, and the folder that a server takes it from."""
    engine = empty_database(tmp_path / "xsector.sqlite3")
    house = furnish(engine)
    engine.dispose()
    return house, tmp_path


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """A house with a link for everybody and one server for all tests; each of them is somebody else's."""
    folder = tmp_path_factory.mktemp("kept")
    engine = empty_database(folder / "xsector.sqlite3")
    house = furnish(engine)
    of = {"account": house.account, "partnership_id": house.partnership_id, "now": NOW}
    links = issue_links(engine, participant_ids=list(house.people.values()), **of)
    engine.dispose()
    with running_server(folder) as server:
        yield replace(house, tokens={name: links[number] for name, number in house.people.items()}), server


def begin(page, server, house, *, who):
    journey.come_in(page, f"{server.origin}/join/{house.tokens[who]}")
    journey.settled(page)
    if key(page, "form-begin").count():
        key(page, "form-begin").get_by_role("button").click()
    expect(key(page, "form-progress").first).to_be_visible()
    journey.settled(page)


def choices(page, house, code):
    return journey.question(page, code, round_id=house.round_id).get_by_role("radio")


def expect_saved(page, house, *codes):
    """Wait for the quiet “saved” beside each of these questions."""
    for code in codes:
        expect(journey.question(page, code, round_id=house.round_id)).to_contain_text("✓ saved")


def test_a_refresh_and_another_device_show_what_was_saved(chromium, served):
    house, server = served
    laptop = journey.visit(chromium)
    begin(laptop, server, house, who="Ann")
    choices(laptop, house, "K03").nth(3).click()
    expect_saved(laptop, house, "K03")
    expect(journey.question(laptop, "K01", round_id=house.round_id)).not_to_contain_text("saved")

    laptop.reload()
    expect(key(laptop, "form-progress")).to_contain_text("1 of 12 answered")
    phone = journey.visit(chromium, width=390, height=844)
    begin(phone, server, house, who="Ann")

    expect(choices(laptop, house, "K03").nth(3)).to_be_checked()
    expect(choices(phone, house, "K03").nth(3)).to_be_checked()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_older_of_two_tabs_follows_and_overwrites_nothing(chromium, served):
    house, server = served
    first = journey.visit(chromium)
    begin(first, server, house, who="Bob")
    second = first.context.new_page()
    second.goto(f"{server.origin}/answer")
    expect(choices(second, house, "K03").first).to_be_visible()
    journey.settled(second)
    choices(second, house, "K03").nth(4).click()
    expect(choices(second, house, "K03").nth(4)).to_be_checked()
    expect_saved(second, house, "K03")

    choices(first, house, "K01").nth(0).click()

    expect_saved(first, house, "K01")
    journey.go_on(first)
    expect(key(first, "form-progress")).to_contain_text("2 of 12 answered")
    key(first, "form-back").get_by_role("button").click()
    expect(choices(first, house, "K03").nth(4)).to_be_checked()
    first.reload()
    expect(choices(first, house, "K03").nth(4)).to_be_checked()
    expect(choices(first, house, "K01").nth(0)).to_be_checked()


def test_fast_fingers_lose_nothing(chromium, served):
    house, server = served
    page = journey.visit(chromium)
    begin(page, server, house, who="Eve")
    codes = ("K03", "K01", "K06", "K08", "F05")

    for place, code in enumerate(codes):
        choices(page, house, code).nth(place).click(delay=20)

    expect_saved(page, house, *codes)
    page.reload()
    expect(key(page, "form-progress")).to_contain_text("5 of 12 answered")
    for place, code in enumerate(codes):
        expect(choices(page, house, code).nth(place)).to_be_checked()


def test_a_restarted_server_knows_the_partner_and_the_answers(chromium, furnished):
    house, folder = furnished
    page = journey.visit(chromium)
    with running_server(folder) as server:
        begin(page, server, house, who="Ann")
        choices(page, house, "K03").nth(1).click()
        expect_saved(page, house, "K03")
        server.process.send_signal(signal.SIGKILL)
        server.process.wait()

    with running_server(folder) as server:
        # The port is another one; the cookie belongs to the host.
        page.goto(f"{server.origin}/answer")

        expect(choices(page, house, "K03").nth(1)).to_be_checked()


def test_a_double_click_on_finish_gives_one_receipt(chromium, served):
    house, server = served
    page = journey.visit(chromium)
    begin(page, server, house, who="Fay")
    while journey.section(page) != journey.LAST:
        journey.go_on(page)

    key(page, "form-finish").get_by_role("button").dblclick()

    expect(key(page, "receipt")).to_have_count(1)
    expect(key(page, "receipt")).to_contain_text("receipt")


def test_the_keyboard_alone_answers_and_goes_on(chromium, served):
    house, server = served
    page = journey.visit(chromium)
    begin(page, server, house, who="Gus")
    choices(page, house, "K03").first.focus()

    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")

    expect_saved(page, house, "K03")
    key(page, "form-next").get_by_role("button").focus()
    page.keyboard.press("Enter")
    expect(key(page, "form-progress")).to_contain_text("section 2")
    expect(key(page, "form-progress")).to_contain_text("1 of 12 answered")
