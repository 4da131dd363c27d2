"""A whole round, from the first account to the papers, with everything that left the server kept by who got it."""

import re
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime

from playwright.sync_api import expect

from tests.benchmarks.protocol import ask
from tests.browser import by_wire, journey, planted
from tests.browser.journey import key
from xsector.actions import running, sharing, signing_in
from xsector.actions.answering import save_comment
from xsector.actions.joining import join
from xsector.actions.permission import OPERATOR
from xsector.model.partner import Role
from xsector.reports import results, rounds, words

PARTNERSHIP, FACILITATOR = "Harbour Housing", "Fay Facilitator"
ON_THE_WALL = (("item", "K01"), ("people", "K01"), ("within", "S01"), ("item", "T01"), ("item", "T05"), ("heat", None))
IN_A_BROWSER = (0, 7)
"""Partners who come with a browser; the others speak the same protocol without one."""

FOLLOWED = (1, 2, 8, 17)
"""Numbers of answers at which the facilitator's page, which looks every two seconds, is waited for."""


@dataclass
class Walked:
    """What the walk knows of itself."""

    people: list
    partnership_id: int = 0
    round_id: int = 0
    room_code: str = ""
    wall_token: str = ""
    cookies: dict = field(default_factory=dict)
    """By account."""
    moments: dict = field(default_factory=dict)
    """Name of a step to when it began."""
    looked: list = field(default_factory=list)
    """Code and moment of each question chosen on the Results page; the last one is empty."""
    let_through: set = field(default_factory=set)
    opened: set = field(default_factory=set)
    """Codes of the questions whose words the facilitator may read."""
    titles: set = field(default_factory=set)

    def mark(self, step):
        """Note that a step begins now."""
        self.moments[step] = time.monotonic()

    @property
    def finishers(self):
        """Those who handed in."""
        return [one for one in self.people if one.finishes]


def whole_round(chromium, engine, recorder, *, first_link):
    """Walk it; gives what the walk knows."""
    walked = Walked(planted.everybody())
    convener = _set_up(chromium, engine, recorder, walked, first_link=first_link)
    wall = _wall(chromium, engine, recorder, walked)
    facilitator = _facilitator(chromium, engine, recorder, walked)
    _answers(chromium, engine, recorder, walked)
    _reveal(convener, recorder, walked)
    _show(engine, recorder, walked)
    _let_through(facilitator, engine, recorder, walked)
    _look(engine, recorder, walked)
    _papers(convener, recorder, walked)
    _partners_again(recorder, walked)
    walked.titles |= {page.title() for page in (convener, wall, facilitator)}
    for page in (convener, wall, facilitator):
        page.context.close()
    return walked


def _set_up(chromium, engine, recorder, walked, *, first_link):
    convener = journey.visit(chromium)
    journey.make_first_account(convener, _through(recorder, "convener", first_link))
    journey.make_partnership(convener, name=PARTNERSHIP, sectors={one.lower() for one in planted.SECTORS})
    journey.go_to(convener, "People")
    with planted.long_numbers(engine):
        journey.add_people(convener, [one.row for one in walked.people])
        links = journey.issue_links(convener)
    _know(engine, walked, tokens=[link.rpartition("/")[2] for link in links])
    walked.mark("links made")
    journey.go_to(convener, "Round")
    journey.make_and_open_round(convener, title="First look", form="pulse")
    of = {"account": OPERATOR, "partnership_id": walked.partnership_id}
    opened = rounds.rounds(engine, **of)[0]
    walked.round_id, walked.room_code = opened.id, opened.room_code
    for one in walked.people:
        one.keys = _keys(join(engine, token=one.token), round_id=walked.round_id)
    walked.cookies["convener"] = _cookies(convener)
    journey.go_to(convener, "Reveal")
    return convener


def _cookies(page):
    """What this browser would send, but for Streamlit's own."""
    ours = [one for one in page.context.cookies() if one["name"].startswith("xs-")]
    return "; ".join(f"{one['name']}={one['value']}" for one in ours)


def _through(recorder, who, address):
    """An address of the server, through somebody's own door."""
    return re.sub(r"http://[^/]+", recorder.origin(who), address)


def _know(engine, walked, *, tokens):
    """Note which number and which link the server gave to whom."""
    by_name = {one.name: one for one in walked.people}
    for token in tokens:
        there = join(engine, token=token)
        one = by_name[there.name]
        one.participant_id, one.organisation_id, one.token = there.participant_id, there.organisation_id, token
        walked.partnership_id = there.partnership_id


def _keys(respondent, *, round_id):
    return (respondent.key, respondent.sheet_key(round_id), respondent.link_sha256)


def _wall(chromium, engine, recorder, walked):
    walked.wall_token = running.issue_wall_link(
        engine, account=OPERATOR, round_id=walked.round_id, now=datetime.now(UTC)
    )
    wall = journey.visit(chromium)
    wall.goto(f"{recorder.origin('wall')}/wall/{walked.wall_token}")
    wall.get_by_role("button").first.click()
    expect(key(wall, "wall-board").locator("svg").first).to_contain_text("0")
    return wall


def _facilitator(chromium, engine, recorder, walked):
    """A colleague who leads the meeting and has an account of their own."""
    now = datetime.now(UTC)
    signing_in.add_account(engine, name=FACILITATOR, role=Role.FACILITATOR, password=journey.PASSWORD, now=now)
    sharing.share(engine, account=OPERATOR, partnership_id=walked.partnership_id, name=FACILITATOR, now=now)
    port = recorder.door("facilitator")
    cookie = recorder.run(by_wire.sign_in(port, name=FACILITATOR, password=journey.PASSWORD))
    walked.cookies["facilitator"] = cookie
    name, _, value = cookie.partition("=")
    page = journey.visit(chromium)
    page.context.add_cookies([{"name": name, "value": value, "url": recorder.origin("facilitator")}])
    page.goto(f"{recorder.origin('facilitator')}/meeting")
    expect(key(page, "turnout")).to_contain_text("0 of 18")
    return page


def _answers(chromium, engine, recorder, walked):
    """Everybody answers, one after the other; what left between two of them is marked."""
    for one in walked.people:
        who = f"partner {one.place}"
        walked.mark(f"answers {one.place}")
        if one.place in IN_A_BROWSER:
            _in_browser(chromium, recorder, walked, one)
        else:
            answering = by_wire.answer(recorder.door(who), one, comment=_commenter(engine, walked))
            one.cookie = recorder.run(answering)
        if one.finishes:
            done = one.place + 1
            since = walked.moments[f"answers {one.place}"]
            recorder.wait_for(f"{done} of 18 have answered", who="wall", since=since)
            if done in FOLLOWED:
                recorder.wait_for(f"**{done} of 18** have answered", who="facilitator", since=since)
    walked.mark("all answered")


def _commenter(engine, walked):
    """What saves the comments of those who have no browser to open the box for them."""

    def comment(one):
        me = join(engine, token=one.token)
        for code, (text, may_show) in one.comments.items():
            given = {"code": code, "text": text, "may_show": may_show, "now": datetime.now(UTC)}
            save_comment(engine, respondent=me, round_id=walked.round_id, **given)

    return comment


def _in_browser(chromium, recorder, walked, one):
    page = journey.visit(chromium)
    who = f"partner {one.place}"
    journey.come_in(page, f"{recorder.origin(who)}/join/{one.token}")
    key(page, "form-begin").get_by_role("button").click()
    expect(key(page, "form-progress").first).to_be_visible()
    journey.settled(page)
    levels = dict(zip(planted.RATED, one.levels, strict=True))
    while journey.section(page) != journey.LAST:
        there = [code for code in levels if journey.question(page, code, round_id=walked.round_id).count()]
        for code in there:
            choice = journey.question(page, code, round_id=walked.round_id).get_by_role("radio").nth(levels[code])
            choice.click()
            expect(choice).to_be_checked()
        box = page.locator("[class*=st-key-answer-] textarea")
        if box.count():
            box.fill(one.said)
            box.blur()
            expect(page.get_by_text("✓ saved", exact=False).last).to_be_visible()
            page.get_by_text("The room may see this", exact=False).first.click()
            expect(page.get_by_text("In the meeting:", exact=False).first).to_be_visible()
        _comment(page, {code: said for code, said in one.comments.items() if code in there}, round_id=walked.round_id)
        journey.go_on(page)
    key(page, "form-finish").get_by_role("button").click()
    expect(key(page, "receipt")).to_contain_text("receipt")
    walked.titles.add(page.title())
    one.cookie = _cookies(page)
    page.context.close()


def _comment(page, comments, *, round_id):
    """Write comments into the box of this section; the box shows its first question."""
    if not comments:
        return
    page.get_by_text("Comment on a question").click()
    for code, (text, may_show) in comments.items():
        page.locator("[class*=st-key-about-]").first.locator("input").click()
        page.get_by_role("option", name=planted.TEXTS[code]).click()
        journey.settled(page)
        box = key(page, f"comment-{round_id}-{code}").locator("textarea")
        expect(box).to_have_value("")
        box.fill(text)
        box.blur()
        consent = key(page, f"consent-{round_id}-{code}")
        expect(consent.get_by_role("checkbox")).to_be_enabled()
        if may_show:
            consent.locator("label").first.click()
            expect(page.get_by_text(f"In the meeting: “{text}”")).to_be_visible()
        journey.settled(page)


def _reveal(convener, recorder, walked):
    walked.mark("closing")
    convener.reload()
    key(convener, "round-close").get_by_role("button").click()
    key(convener, "confirm-yes").get_by_role("button").click()
    key(convener, "reveal-ask").get_by_role("button").click()
    expect(convener.get_by_role("dialog")).to_contain_text("Education (5 people)")
    walked.mark("reveal")
    key(convener, "confirm-yes").get_by_role("button").click()
    expect(key(convener, "wall-view").first).to_be_visible()
    recorder.wait_for("furthest apart", who="wall", since=walked.moments["reveal"])


def _show(engine, recorder, walked):
    """One picture after the other on the wall."""
    of = {"account": OPERATOR, "round_id": walked.round_id}
    for view, item in ON_THE_WALL:
        since = time.monotonic()
        running.show_on_wall(engine, **of, view=view, item=item, dark=False, now=datetime.now(UTC))
        recorder.wait_for("<svg", who="wall", since=since)
        walked.mark(f"wall {view} {item}")


def _let_through(facilitator, engine, recorder, walked):
    """The facilitator reads what was written, and lets the room see one comment."""
    facilitator.goto(f"{recorder.origin('facilitator')}/comments")
    walked.mark("letting through")
    facilitator.locator("[class*=st-key-word-shown-]").first.locator("label").click()
    key(facilitator, "words-show").get_by_role("button").click()
    recorder.wait_for("What people wrote", who="wall", since=walked.moments["letting through"])
    found = words.words_of(engine, account=OPERATOR, round_id=walked.round_id)
    walked.let_through = {word.text for one in found for word in one.let_through}
    walked.opened = {one.code for one in found}


def _look(engine, recorder, walked):
    """Every question of the Results page, and the other pages of a facilitator."""
    found = results.results(engine, account=OPERATOR, round_id=walked.round_id)
    texts = {item.code: item.text for item in (*found.release.items, *found.release.banded)}
    looking = by_wire.look_at_every_question(
        recorder.door("facilitator"),
        cookie=walked.cookies["facilitator"],
        texts=texts,
        mark=lambda code: walked.looked.append((code, time.monotonic())),
    )
    recorder.run(looking)
    pages = "meeting", "results", "felt", "comments", "people", "questions", "round", "agenda", "partnerships"
    for who in ("facilitator", "convener"):
        for page in pages:
            recorder.run(by_wire.look(recorder.door(who), cookie=walked.cookies[who], page=page))


def _papers(convener, recorder, walked):
    walked.mark("papers")
    journey.go_to(convener, "Agenda")
    with convener.expect_download() as download:
        key(convener, "paper-docx").get_by_role("link").click()
    download.value.path()
    for kind in ("pdf", "md"):
        address = f"/export/agenda/{walked.round_id}.{kind}?minutes=90"
        reply = recorder.run(ask(recorder.door("convener"), "GET", address, cookie=walked.cookies["convener"]))
        if reply.status != 200:
            raise ValueError(f"no agenda as {kind}: {reply.status}")


def _partners_again(recorder, walked):
    """Everybody comes back and reads what has been shown and what they answered."""
    walked.mark("partners again")
    for one in walked.people:
        words = recorder.run(by_wire.look(recorder.door(f"partner {one.place}"), cookie=one.cookie, page="answer"))
        if "The results have been shown" not in words:
            raise ValueError(f"partner {one.place} reads {words!r}")
