"""A whole meeting of an hour with eight partners: every screen of facilitator, wall and partners, step by step."""

import json

import pytest
from playwright.sync_api import expect

from tests.browser import journey, meeting_walk
from tests.browser.journey import key
from tests.web.house import running_server
from xsector.reports.ledger import ledger_document
from xsector.store import commitments, meetings
from xsector.store.engine import reading
from xsector.ui.live import BY_ITSELF_SECONDS

pytestmark = pytest.mark.browser
WATCH_FRAMES = """() => {
    window.frames_seen = [];
    const place = (node) => {
        const box = node.getBoundingClientRect();
        return [box.x, box.y, box.height].map(Math.round);
    };
    const look = () => {
        const picture = document.querySelector(".st-key-wall-board svg");
        const texts = picture ? [...picture.querySelectorAll("text")] : [];
        const count = texts.map((one) => one.textContent).find((one) => one.includes("have voted")) || "";
        window.frames_seen.push({
            picture: picture && place(picture), words: (count.match(/^\\d+/) || [""])[0], places: texts.map(place),
        });
        requestAnimationFrame(look);
    };
    look();
}"""
"""Notes in each frame that the browser draws where the wall's picture and its words stand."""
LOOKS_SECONDS = BY_ITSELF_SECONDS + 2


@pytest.fixture
def hall(chromium, tmp_path):
    engine, room = meeting_walk.furnished(tmp_path)
    with running_server(tmp_path, **meeting_walk.environment(tmp_path)) as server:
        there = meeting_walk.entered(chromium, engine, room, server=server, devices=8)
        yield there
        for page in there.everybody():
            page.context.close()
    engine.dispose()


def test_an_hour_from_who_is_here_to_who_promised_what(hall):
    _lobby(hall)
    _rules(hall)
    _nothing_too_early(hall)
    _blank(hall)
    _second_vote_after_the_talk(hall)
    _over_time(hall)
    _promises(hall)
    _fist_to_five(hall)
    _end(hall)
    assert [page.complaints for page in hall.everybody()] == [[]] * len(hall.everybody())


def _lobby(hall):
    hall.expect_on_wall("8 of 18")
    hall.at_hand("People")
    expect(hall.facilitator.get_by_text("8 people follow")).to_be_visible()
    assert "person 1" not in hall.wall_words()


def _rules(hall):
    hall.press("key-next")
    hall.press("key-next")
    hall.expect_on_wall("Ask before you argue")
    expect(hall.partners[0].get_by_text("Ask before you argue")).to_be_visible()
    hall.later(minutes=5)


def _nothing_too_early(hall):
    """The question first, then the guess, then everybody, and sectors last."""
    hall.at_hand("Steps")
    while hall.room.meeting.step != "between_sectors":
        hall.press("key-next")
    hall.expect_on_wall("Wording of R1")
    for page in hall.partners[:2]:
        expect(page.get_by_role("heading", name="Wording of R1")).to_be_visible()
    sent = hall.wall_words()
    hall.press("key-next")
    sent += hall.wall_words()
    assert "Government" not in sent
    assert "apart" not in sent.replace("how far apart", "")
    hall.press("key-next")
    hall.expect_on_wall("Wording of R1")
    assert "Government" not in hall.wall_words()
    hall.press("key-next")
    hall.expect_on_wall("Government")
    hall.partners[0].get_by_text("My own answer").click()
    expect(hall.partners[0].get_by_text("Not at all", exact=True)).to_be_visible()


def _blank(hall):
    hall.facilitator.keyboard.press("b")
    expect(key(hall.wall, "wall-board").locator("svg").first).to_have_attribute("aria-label", "The screen is blank.")
    hall.press("key-blank")
    hall.expect_on_wall("Government")


def _second_vote_after_the_talk(hall):
    hall.at_hand("Vote")
    key(hall.facilitator, "vote-kind").locator("input").first.click()
    hall.facilitator.get_by_role("option", name="Has it moved?").click()
    journey.settled(hall.facilitator)
    hall.press("vote-ask")
    hall.expect_on_wall("0 of 18")
    hall.wall.evaluate(WATCH_FRAMES)
    for page in hall.partners:
        meeting_walk.vote(page, label="A little differently")
    hall.expect_on_wall("8 of 18")
    _nothing_flickers(hall.wall.evaluate("window.frames_seen"))
    hall.press("vote-show")
    hall.expect_on_wall("A little differently")
    expect(hall.partners[3].get_by_role("heading", name="Wording of R1")).to_be_visible()


def _nothing_flickers(frames):
    """In every frame the picture is there, at the same place, and its words stand where they stood."""
    assert len(frames) > 30
    assert {one["words"] for one in frames} > {"1", "7"}
    assert {json.dumps(one["picture"]) for one in frames} == {json.dumps(frames[0]["picture"])}
    assert {json.dumps(one["places"]) for one in frames} == {json.dumps(frames[0]["places"])}


def _over_time(hall):
    for _ in range(2):  # nobody is signed out who only listens
        hall.later(minutes=25)
        hall.facilitator.wait_for_timeout(1000 * LOOKS_SECONDS)
    hall.facilitator.reload()
    expect(hall.facilitator.get_by_text("minutes more than are left")).to_be_visible()
    expect(key(hall.facilitator, "sheet-promises").get_by_text("→")).to_be_visible()
    hall.press("key-more")


def _promises(hall):
    while hall.room.meeting.step != "promises":
        hall.press("key-next")
    hall.at_hand("Promises")
    page = hall.facilitator
    key(page, "promise-what").locator("input").fill("Send round who decides what")
    key(page, "promise-who").locator("input").fill("Ada Lovelace")
    key(page, "promise-seen").locator("input").fill("It hangs in the hall")
    hall.press("promise-keep")
    hall.expect_on_wall("Send round who decides what")
    expect(hall.partners[5].get_by_text("Send round who decides what")).to_be_visible()


def _fist_to_five(hall):
    hall.at_hand("Vote")
    key(hall.facilitator, "vote-kind").locator("input").first.click()
    hall.facilitator.get_by_role("option", name="Fist to five").click()
    journey.settled(hall.facilitator)
    hall.press("vote-ask")
    for page in hall.partners[:6]:
        meeting_walk.vote(page, label="4 · I like it")
    hall.press("vote-show")
    hall.expect_on_wall("I like it")


def _end(hall):
    while hall.room.meeting.step != "close":
        hall.press("key-next")
    hall.press("meeting-end")
    hall.facilitator.get_by_role("dialog").get_by_role("button", name="End it").click()
    hall.expect_on_wall("Thank")
    expect(hall.partners[0].get_by_role("heading", name="Thank you")).to_be_visible(timeout=10_000)
    with reading(hall.room.house.engine) as session:
        [made] = commitments.of_meeting(session, hall.room.id)
        assert (made.draft.who, made.draft.seen_by) == ("Ada Lovelace", "It hangs in the hall")
        assert len(meetings.attended(session, hall.room.id)) == 8
    ledger = ledger_document(hall.room.house.engine, account=hall.room.house.account, round_id=hall.room.house.round.id)
    assert any("moved" in one["q"] for one in ledger["releases"])
