"""The steps of a meeting, as the facilitator, the wall and the partners take them."""

import re
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import expect

from tests.browser import journey
from tests.browser.journey import key
from tests.build_meetings import answered_house, planned_room
from tests.web import house as web_house
from xsector.actions import running
from xsector.store import accounts
from xsector.store.engine import writing

MOVED_CLOCK = Path(__file__).with_name("moved_clock")
PATIENCE_SECONDS = 5


@dataclass
class Hall:
    """Everybody in it: the facilitator, the wall, partners with a browser, and the clock."""

    room: object
    server: object
    clock: Path
    facilitator: object = None
    wall: object = None
    partners: list = field(default_factory=list)

    def later(self, *, minutes):
        """Let time go on."""
        ahead = float(self.clock.read_text() or 0)
        self.clock.write_text(str(ahead + 60 * minutes))

    def press(self, name):
        """One of the facilitator's keys, and wait until what it did is kept and drawn."""
        before = self.room.meeting
        key(self.facilitator, name).get_by_role("button").click()
        until = time.monotonic() + PATIENCE_SECONDS
        while self.room.meeting == before and time.monotonic() < until:
            self.facilitator.wait_for_timeout(20)
        journey.settled(self.facilitator)

    def at_hand(self, name):
        """What stands beside the keys."""
        self.facilitator.get_by_role("radio", name=name, exact=True).click()
        journey.settled(self.facilitator)

    def expect_on_wall(self, words):
        """The wall's picture says so, within the time that a room waits."""
        board = key(self.wall, "wall-board").locator("svg").first
        expect(board).to_have_attribute("aria-label", re.compile(re.escape(words)), timeout=8_000)

    def wall_words(self):
        """Everything that the wall's browser was sent for the picture it shows."""
        board = key(self.wall, "wall-board").locator("svg").first
        return f"{board.get_attribute('aria-label')} {board.text_content()}"

    def everybody(self):
        """Every open page."""
        return [self.facilitator, self.wall, *self.partners]


def furnished(folder):
    """A revealed round with a meeting of 60 minutes, and the engine."""
    engine = web_house.empty_database(folder / "xsector.sqlite3")
    return engine, planned_room(answered_house(engine))


def environment(folder):
    """What lets the server's clock be moved."""
    clock = folder / "ahead.txt"
    clock.write_text("0")
    return {"XSECTOR_TEST_CLOCK": str(clock), "PYTHONPATH": f"{MOVED_CLOCK}:{web_house.PROJECT}"}


def entered(chromium, engine, room, *, server, devices, width=1280, height=720, **more):
    """The facilitator is at the page, the wall shows, and so many partners have come in, the first one by phone."""
    house = room.house
    with writing(engine) as session:
        login = accounts.sign_in(session, account_id=house.account.id, now=datetime.now(UTC))
    hall = Hall(room=room, server=server, clock=server.folder / "ahead.txt")
    hall.facilitator = journey.visit(chromium, width=width, height=height, **more)
    hall.facilitator.context.add_cookies([{"name": "xs-account", "value": login, "url": server.origin}])
    hall.facilitator.goto(f"{server.origin}/lead")
    hall.press("meeting-begin")
    token = running.issue_wall_link(engine, account=house.account, round_id=house.round.id, now=datetime.now(UTC))
    hall.wall = journey.visit(chromium, width=width, height=height)
    hall.wall.goto(f"{server.origin}/wall/{token}")
    hall.wall.get_by_role("button").first.click()
    expect(key(hall.wall, "wall-board").locator("svg").first).to_be_visible()
    for number, who in enumerate(house.people[:devices]):
        size = {"width": 390, "height": 844} if number == 0 else {"width": width, "height": height}
        page = journey.visit(chromium, **size, **more)
        page.goto(f"{server.origin}/join/{house.tokens[who.participant_id]}")
        page.get_by_role("button").first.click()
        page.wait_for_url(re.compile("/answer"))
        page.goto(f"{server.origin}/follow")
        expect(page.get_by_role("heading", name="You are in")).to_be_visible()
        hall.partners.append(page)
    return hall


def vote(page, *, label):
    """One partner taps an answer."""
    page.locator(".st-key-vote [role=radio]", has_text=label).first.click()
    expect(page.get_by_text("Your vote is saved.")).to_be_visible()
