"""Hostile words in a real browser: what other people typed is read, and never obeyed."""

import contextlib
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from tests import build
from tests.browser import journey
from tests.ui import hostile_house
from tests.ui.hostile import JOINER, PAGE, TEXTS
from tests.web import house as web_house
from xsector.actions.releasing import reveal
from xsector.actions.running import issue_wall_link, show_on_wall
from xsector.store import accounts
from xsector.store.engine import writing

pytestmark = pytest.mark.browser

OBEYED = """() => {
  const ours = '[data-testid="stTooltipIcon"], .qr, body > main p > a, a[href^="#"][aria-label="Link to heading"]';
  const words = '[data-testid="stMarkdownContainer"], body > main';
  const made = 'img, script, iframe, object, embed, video, a, code, table, svg, del, em, mark, .katex, ' +
    '[data-testid="stIconMaterial"], [onerror], [onload]';
  const inside = [...document.querySelectorAll(words)].filter(one => one.textContent.includes('Zz'))
    .flatMap(one => [...one.querySelectorAll(made)]).filter(one => !one.closest(ours));
  const anywhere = [...document.querySelectorAll('[src], [href]')]
    .filter(one => /evil|javascript:/i.test((one.getAttribute('src') || '') + (one.getAttribute('href') || '')));
  return [...inside, ...anywhere].map(one => one.outerHTML.slice(0, 200));
}"""
"""Whatever a page made out of words, as its markup."""


@dataclass
class Watched:
    """A page, and everything it asked for or complained about."""

    page: object
    origin: str
    asked: list = field(default_factory=list)
    complaints: list = field(default_factory=list)
    dialogs: list = field(default_factory=list)

    def look(self, *needed):
        """Wait until the page stands still, and see that it shows words and obeys none."""
        journey.settled(self.page)
        self.page.wait_for_timeout(150)
        shown = self.page.locator("body").inner_text().replace(JOINER, "")
        missing = [text for text in needed if squeezed(text) not in squeezed(shown)]
        assert missing == []
        assert self.page.evaluate(OBEYED) == []

    def unfold(self):
        """Open everything that is folded."""
        for box in self.page.locator("[data-testid=stExpander] summary").all():
            if box.locator("xpath=..").get_attribute("open") is None:
                box.click()
                journey.settled(self.page)

    def quiet(self):
        """Whether nothing left our own server and nothing was refused or asked."""
        own = (self.origin + "/", self.origin.replace("http", "ws") + "/", "data:", "blob:")
        assert [url for url in self.asked if not url.startswith(own)] == []
        assert self.complaints == []
        assert self.dialogs == []


def squeezed(text):
    return "".join(text.split())


@contextlib.contextmanager
def watching(chromium, origin, *, cookies=None):
    context = chromium.new_context(viewport={"width": 1280, "height": 1200})
    context.add_cookies([{"name": name, "value": value, "url": origin} for name, value in (cookies or {}).items()])
    page = context.new_page()
    page.set_default_timeout(journey.PATIENCE)
    watched = Watched(page=page, origin=origin)
    page.on("request", lambda request: watched.asked.append(request.url))
    page.on("websocket", lambda socket: watched.asked.append(socket.url))
    page.on("pageerror", lambda problem: watched.complaints.append(str(problem)))
    page.on("console", lambda said: watched.complaints.append(said.text) if "Security Policy" in said.text else None)
    page.on("dialog", lambda one: (watched.dialogs.append(one.message), one.dismiss()))
    yield watched
    context.close()


@pytest.fixture
def hostile(tmp_path):
    """The house in draft, its mouth, a login of its convener, and the server on it."""
    engine = web_house.empty_database(tmp_path / "xsector.sqlite3")
    house, mouth = hostile_house.draft(engine)
    with writing(engine) as session:
        login = accounts.sign_in(session, account_id=house.account.id, now=datetime.now(UTC))
    with web_house.running_server(tmp_path) as server:
        yield house, mouth, login, server
    engine.dispose()


def test_every_kind_of_element_shows_hostile_words_and_obeys_none(chromium, tmp_path):
    (tmp_path / "texts.json").write_text(json.dumps(TEXTS), encoding="utf-8")
    (tmp_path / "page.py").write_text(PAGE.replace('"texts.json"', repr(str(tmp_path / "texts.json"))))
    application = (web_house.PROJECT / "app.py").read_text()
    (tmp_path / "app.py").write_text(application.replace("xsector/ui/frame.py", str(tmp_path / "page.py")))
    (tmp_path / ".streamlit").mkdir()
    config = (web_house.PROJECT / ".streamlit" / "config.toml").read_bytes()
    (tmp_path / ".streamlit" / "config.toml").write_bytes(config)

    more = {"PYTHONPATH": str(web_house.PROJECT)}
    with (
        web_house.running_server(tmp_path, app=tmp_path / "app.py", **more) as server,
        watching(chromium, server.origin) as watched,
    ):
        watched.page.goto(server.origin)
        labels = watched.page.locator("[data-testid=stMarkdownContainer]:has-text('Zz')")
        # So many elements take a slow machine long to draw.
        expect(labels.nth(24 * len(TEXTS) - 1)).to_be_attached(timeout=90_000)
        journey.settled(watched.page)
        watched.look(*TEXTS)
        watched.quiet()


def test_a_house_of_hostile_words_is_walked_through_in_peace(chromium, hostile):
    house, mouth, login, server = hostile
    name = house.partnership.name
    with watching(chromium, server.origin, cookies={"xs-account": login}) as watched:
        for address in ("partnerships", "people", "questions", "round"):
            visited(watched, address, name)
        dialog(watched, "people", "person-remove", folded=True)
        opened = hostile_house.opened(house)
        partner_s_way(chromium, opened, server=server)
        hostile_house.answered(opened, mouth, but=0)
        visited(watched, "meeting", name)
        build.closed(opened)
        dialog(watched, "meeting", "reveal-ask", name)
        reveal(opened.engine, account=opened.account, round_id=opened.round.id, now=build.NOW)
        for address in ("meeting", "results", "felt", "agenda", "round", "people"):
            visited(watched, address, name, opened.round.title)
        watched.quiet()
    on_the_wall(chromium, opened, server=server)
    in_the_mirror(chromium, opened, server=server)


def visited(watched, address, *needed):
    watched.page.goto(f"{watched.origin}/{address}")
    expect(watched.page.get_by_role("heading", level=1).first).to_be_visible()
    journey.settled(watched.page)
    watched.look(*needed)
    watched.unfold()
    watched.look(*needed)


def dialog(watched, address, button, *needed, folded=False):
    watched.page.goto(f"{watched.origin}/{address}")
    journey.settled(watched.page)
    if folded:
        watched.unfold()
    journey.key(watched.page, button).get_by_role("button").click()
    expect(watched.page.get_by_role("dialog")).to_be_visible()
    watched.look(*needed)


def partner_s_way(chromium, house, *, server):
    """In by the room's code to the list of names, in by link, through the form, with own hostile words."""
    own = "Zz ![p](http://evil.test/own.png) <img src=http://evil.test/own> $x$ :smile: zZ"
    with watching(chromium, server.origin) as watched:
        page = watched.page
        page.goto(f"{server.origin}/room")
        page.locator("input[name=code]").fill(house.round.room_code)
        page.get_by_role("button").click()
        expect(page.get_by_role("heading", name="Who are you?")).to_be_visible()
        assert page.evaluate(OBEYED) == []
        page.locator("select").select_option(index=1)
        page.get_by_role("button").click()
        expect(page.get_by_role("heading", name="Are you Zz", exact=False)).to_be_visible()
        page.goto(f"{server.origin}/join/{house.tokens[house.people[0].participant_id]}")
        page.get_by_role("button").first.click()
        expect(journey.key(page, "form-begin")).to_be_visible()
        watched.look(house.round.title)
        journey.key(page, "form-begin").get_by_role("button").click()
        expect(journey.key(page, "form-progress").first).to_be_visible()
        box = page.locator("[class*=st-key-answer-] textarea").first
        box.fill(own)
        box.blur()
        expect(page.get_by_text("✓ saved", exact=False).first).to_be_visible()
        watched.unfold()
        journey.settled(page)
        comment = page.get_by_label("Your comment")
        comment.fill(own)
        comment.blur()
        journey.key(page, f"consent-{house.round.id}-R1").locator("label").first.click()
        expect(page.get_by_text("In the meeting:", exact=False)).to_be_visible()
        watched.look(f"In the meeting: “{own}”")
        page.reload()
        watched.look()
        watched.quiet()


def in_the_mirror(chromium, house, *, server):
    """A partner's own answers beside those of others, in hostile words."""
    with watching(chromium, server.origin) as watched:
        watched.page.goto(f"{server.origin}/join/{house.tokens[house.people[0].participant_id]}")
        watched.page.get_by_role("button").first.click()
        drawn = journey.key(watched.page, "mirror").locator(".xs-mirror")
        expect(drawn).to_contain_text("Zz")
        watched.unfold()
        watched.look(house.round.title)
        assert drawn.locator("img, script, a, iframe, svg, object, em, code, del, mark").count() == 0
        watched.quiet()


def on_the_wall(chromium, house, *, server):
    of = {"account": house.account, "round_id": house.round.id, "now": build.NOW}
    with watching(chromium, server.origin) as watched:
        watched.page.goto(f"{server.origin}/wall/{issue_wall_link(house.engine, **of)}")
        watched.page.get_by_role("button").click()
        drawn = journey.key(watched.page, "wall-board").locator("svg").first
        for view in ("overview", "heat", "item", "within", "people", "felt"):
            item = "R1" if view not in {"overview", "heat", "felt"} else None
            show_on_wall(house.engine, view=view, item=item, dark=False, **of)
            watched.page.reload()
            expect(drawn).to_contain_text("Zz")
            made = drawn.locator("image, script, a, foreignObject, style, use, iframe, img")
            assert made.count() == 0
        watched.quiet()
