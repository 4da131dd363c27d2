"""A brainstorm on cards in a real browser: written on two laptops, sorted, shown, voted on, made a rule."""

import pytest
from playwright.sync_api import expect

from tests.browser import cards_walk, journey
from tests.browser.cards_walk import BY_KEYBOARD, BY_THUMB, HOSTILE, UNSENT, box, column, kept, on_wall, paper
from tests.browser.journey import key
from tests.web.house import running_server
from xsector.model.cards import Stage

pytestmark = pytest.mark.browser


@pytest.fixture
def room(chromium, tmp_path):
    """Everybody in the room, on a server of their own."""
    engine, there = cards_walk.furnished(tmp_path)
    with running_server(tmp_path) as server:
        yield cards_walk.entered(chromium, engine, there, server=server)
    engine.dispose()


def test_from_the_prompt_to_the_rule(room):
    _written(room)
    _sorted(room)
    _voted(room)
    _ruled(room)
    assert room.dialogs == []
    assert [page.complaints for page in room.everybody()] == [[], [], [], []]


def _written(room):
    cards_walk.open_cards(room)
    cards_walk.write_by_keyboard(room, BY_KEYBOARD)
    cards_walk.write_by_keyboard(room, "A card too many")
    cards_walk.write_by_thumb(room, BY_THUMB)
    expect(on_wall(room)).to_contain_text("cards from 2 of 14 people", timeout=5_000)
    assert BY_KEYBOARD not in on_wall(room).text_content()
    assert room.phone.evaluate("document.documentElement.scrollWidth") <= 390
    room.laptop.get_by_role("button", name="Take back").first.click()
    expect(key(room.laptop, "own-cards")).not_to_contain_text("A card too many")
    cards_walk.others_write(room)
    expect(key(room.facilitator, "cards-writing")).to_contain_text("12 cards from 12 people", timeout=10_000)
    # Somebody is in the middle of a card when writing ends.
    box(room.phone, room).press_sequentially(UNSENT)
    cards_walk.end_writing(room)
    expect(room.phone.get_by_text("Writing is over", exact=False)).to_be_visible(timeout=10_000)
    expect(box(room.phone, room)).to_have_value(UNSENT)
    expect(on_wall(room)).to_contain_text("reads them for names", timeout=5_000)


def _sorted(room):
    paper(room, "Everybody fought over the credit").get_by_role("button", name="under Turf").click()
    expect(column(room, "Turf")).to_contain_text("Everybody fought")
    moved = paper(room, "Silos everywhere").locator("select")
    moved.focus()
    moved.select_option(label="Turf")
    expect(column(room, "Turf")).to_contain_text("Silos everywhere")
    paper(room, BY_THUMB).drag_to(column(room, "Lip service"), source_position={"x": 12, "y": 12})
    expect(column(room, "Lip service")).to_contain_text(BY_THUMB)
    paper(room, "The meetings are too long").get_by_role("button", name="says the same").click()
    paper(room, "Meetings were too long").get_by_role("button", name="Join it").click()
    expect(paper(room, "Meetings were too long")).to_contain_text("×2")
    paper(room, "No trust between agencies").get_by_role("button", name="Hide").click()
    expect(column(room, "Hidden from the room")).to_contain_text("No trust between agencies")
    key(room.facilitator, "cards-suggest").get_by_role("button").click()
    expect(column(room, "Poor contact")).to_contain_text("We never heard back")
    journey.settled(room.facilitator)
    assert cards_walk.board(room).locator("img, script, a, em, code").count() == 0
    assert {card.text: card.hidden for card in kept(room).cards}["No trust between agencies"]
    assert [heap.label for heap in kept(room).heaps][-1] == ""
    cards_walk.release(room)
    shown = on_wall(room).text_content()
    assert "Turf" in shown
    assert "No trust between agencies" not in shown
    assert on_wall(room).locator("image, script, a, foreignObject, img").count() == 0
    expect(room.phone.locator(".xs-ballot")).to_contain_text(HOSTILE, timeout=10_000)
    assert room.phone.locator(".xs-ballot").locator("img, script, a, em, code").count() == 0


def _voted(room):
    key(room.facilitator, "cards-vote").get_by_role("button").click()
    ballots = room.laptop.locator(".xs-ballot"), room.phone.locator(".xs-ballot")
    for ballot in ballots:
        expect(ballot.locator("input").first).to_be_visible(timeout=10_000)
    for place in range(3):
        ballots[0].locator("input:not(:checked)").nth(0).focus()
        room.laptop.keyboard.press("Space")
        expect(ballots[0].locator("input:checked")).to_have_count(place + 1)
    expect(ballots[0]).to_contain_text("All 3 dots are placed")
    assert ballots[0].locator("input:not(:checked):not(:disabled)").count() == 0
    expect(room.laptop.get_by_text("✓ saved", exact=False)).to_contain_text("3 dots")
    ballots[1].get_by_text("Silos everywhere").tap()
    expect(room.phone.get_by_text("✓ saved", exact=False)).to_contain_text("1 dot")
    room.phone.reload()
    expect(room.phone.locator(".xs-ballot input:checked")).to_have_count(1)
    cards_walk.others_vote(room, "Silos everywhere")
    expect(on_wall(room)).to_contain_text("of 14 people have voted", timeout=5_000)
    assert {card.dots for card in kept(room).cards} == {0}
    cards_walk.count_votes(room)
    expect(on_wall(room)).to_contain_text("6 people voted", timeout=5_000)
    assert kept(room).brainstorm.stage is Stage.COUNTED
    assert kept(room).top[0].head.text == "Silos everywhere"


def _ruled(room):
    page = room.facilitator
    rule = key(page, "rule-new").get_by_role("textbox")
    rule.fill("share one list of what each of us does")
    rule.press("Enter")
    expect(key(page, "rule-1")).to_contain_text("In this partnership we will share one list of what each of us does.")
    key(page, "rule-show-1").get_by_role("button").click()
    expect(on_wall(room)).to_contain_text("In this partnership", timeout=5_000)
    expect(on_wall(room)).to_contain_text("Silos everywhere")
    expect(room.phone.get_by_text("we will share one list", exact=False)).to_be_visible(timeout=10_000)
