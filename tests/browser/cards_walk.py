"""The steps of a brainstorm on cards, as the people in the room take them."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from playwright.sync_api import expect

from tests.benchmarks import served
from tests.browser import journey
from tests.browser.journey import key
from tests.web import house as web_house
from xsector.actions import writing_cards
from xsector.actions.joining import join
from xsector.reports import cards
from xsector.store import accounts
from xsector.store.engine import writing

HOSTILE = "<img src=x onerror=alert(1)> ![p](http://evil.test/1.png) $x$ :smile: **b**"
OTHERS = (
    "Lots of talk and no action after the launch",
    "Everybody fought over the credit",
    "Meetings were too long",
    "The meetings are too long",
    "No trust between agencies",
    "We never heard back from the city",
    "A hidden agenda came out late",
    "Nobody listened to residents",
    "Silos everywhere",
    HOSTILE,
)
BY_KEYBOARD, BY_THUMB, UNSENT = "Plans on a shelf", "Promises were not kept", "Half a thought that"


@dataclass
class Room:
    """Everybody in it: the facilitator, the wall, two partners with a browser, and the others."""

    engine: object
    server: object
    furnished: object
    facilitator: object
    wall: object
    laptop: object
    phone: object
    dialogs: list = field(default_factory=list)

    @property
    def id(self):
        """The brainstorm."""
        [found] = cards.brainstorms_of(self.engine, account=self.furnished.account, round_id=self.furnished.round_id)
        return found.id

    def everybody(self):
        """Every open page."""
        return (self.facilitator, self.wall, self.laptop, self.phone)


def furnished(folder, *, people=14):
    """A database with a partnership whose round is open, and the engine on it."""
    engine = web_house.empty_database(folder / "xsector.sqlite3")
    return engine, served.furnish(engine, people=people, form="pulse")


def entered(chromium, engine, there, *, server, width=1280, height=720, **more):
    """Everybody has come in."""
    with writing(engine) as session:
        login = accounts.sign_in(session, account_id=there.account.id, now=datetime.now(UTC))
    facilitator = journey.visit(chromium, width=width, height=height, **more)
    facilitator.context.add_cookies([{"name": "xs-account", "value": login, "url": server.origin}])
    facilitator.goto(f"{server.origin}/brainstorm")
    wall = journey.visit(chromium, width=width, height=height)
    wall.goto(f"{server.origin}/wall/{there.wall}")
    wall.get_by_role("button").first.click()
    expect(key(wall, "wall-board").locator("svg").first).to_be_visible()
    laptop = journey.visit(chromium, width=width, height=height, **more)
    phone = journey.visit(chromium, width=390, height=844, has_touch=True, **more)
    for page, token in ((laptop, there.tokens[0]), (phone, there.tokens[1])):
        journey.come_in(page, f"{server.origin}/join/{token}")
    room = Room(
        engine=engine, server=server, furnished=there, facilitator=facilitator, wall=wall, laptop=laptop, phone=phone
    )
    for page in room.everybody():
        page.on("dialog", lambda one: (room.dialogs.append(one.message), one.dismiss()))
    return room


def open_cards(room):
    """The facilitator opens; partners follow the link that comes up on their page by itself."""
    key(room.facilitator, "cards-open").get_by_role("button").click()
    expect(key(room.facilitator, "cards-writing")).to_contain_text("0 cards from 0 people")
    for page in (room.laptop, room.phone):
        expect(key(page, "cards-call")).to_contain_text("Cards are being written now", timeout=15_000)
        key(page, "cards-call").get_by_role("link").click()
        expect(box(page, room)).to_be_visible()
        journey.settled(page)
    expect(on_wall(room)).to_contain_text("What has NOT worked", timeout=5_000)
    expect(key(room.wall, "wall-clock").locator("text")).to_contain_text("4:")


def box(page, room):
    """The box in which a card is written."""
    return key(page, f"card-text-{room.id}").locator("input")


def on_wall(room):
    """The picture on the wall."""
    return key(room.wall, "wall-board").locator("svg").first


def others_write(room):
    """The others write, as their own pages would."""
    for token, text in zip(room.furnished.tokens[2:], OTHERS, strict=False):
        writing_cards.write_card(
            room.engine, respondent=join(room.engine, token=token), brainstorm_id=room.id, text=text,
            now=datetime.now(UTC),
        )  # fmt: skip


def write_by_keyboard(room, text):
    """Tab to the box, type, press Enter; the box is empty then and still has the focus."""
    page = room.laptop
    for _ in range(30):
        if box(page, room).evaluate("node => node === document.activeElement"):
            break
        page.keyboard.press("Tab")
    page.keyboard.type(text)
    page.keyboard.press("Enter")
    expect(key(page, "own-cards")).to_contain_text(text)
    expect(box(page, room)).to_have_value("")


def write_by_thumb(room, text):
    """Type and tap the button."""
    box(room.phone, room).fill(text)
    key(room.phone, f"card-add-{room.id}").get_by_role("button").tap()
    expect(key(room.phone, "own-cards")).to_contain_text(text)
    expect(box(room.phone, room)).to_have_value("")


def end_writing(room):
    """The facilitator ends writing."""
    key(room.facilitator, "cards-end").get_by_role("button").click()
    key(room.facilitator, "confirm-yes").get_by_role("button").click()
    expect(key(room.facilitator, "cards-release").first).to_be_visible()
    expect(board(room).locator(".xs-sort-card").first).to_be_visible()


def board(room):
    """The board on the facilitator's page."""
    return room.facilitator.locator(".xs-sort")


def column(room, name):
    """A column of the board."""
    return board(room).locator(".xs-sort-column").filter(has=room.facilitator.get_by_role("heading", name=name))


def paper(room, text):
    """A card on the board."""
    return board(room).locator(".xs-sort-card").filter(has_text=text).first


def release(room):
    """The facilitator lets the room see the cards."""
    key(room.facilitator, "cards-release").get_by_role("button").click()
    key(room.facilitator, "confirm-yes").get_by_role("button").click()
    expect(key(room.facilitator, "cards-vote").first).to_be_visible()
    expect(on_wall(room)).to_contain_text("the largest group first", timeout=5_000)


def kept(room):
    """The board as the database has it."""
    given = {"account": room.furnished.account, "round_id": room.furnished.round_id}
    return cards.board_of(room.engine, brainstorm_id=room.id, **given)


def others_vote(room, text):
    """Four others put a dot on one card."""
    place = next(card.place for card in kept(room).cards if card.text == text)
    for token in room.furnished.tokens[2:6]:
        writing_cards.mark_cards(
            room.engine, respondent=join(room.engine, token=token), brainstorm_id=room.id, places={place},
            now=datetime.now(UTC),
        )  # fmt: skip


def count_votes(room):
    """The facilitator counts."""
    key(room.facilitator, "cards-count").get_by_role("button").click()
    key(room.facilitator, "confirm-yes").get_by_role("button").click()
    expect(room.facilitator.get_by_role("heading", name="What got dots")).to_be_visible()
