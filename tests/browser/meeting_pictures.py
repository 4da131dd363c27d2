"""Pictures of a whole meeting with the demo: what the wall, the facilitator and a partner see at each step."""

import re

from playwright.sync_api import expect

from tests.browser import journey
from tests.browser.journey import key

AFTER_MS = 1800
"""How long a screen is given to follow."""


def take(browser, server, links, signed_in, *, target):
    """Play the meeting and keep its pictures in the folder *target*."""
    target.mkdir(parents=True, exist_ok=True)
    origin = f"http://localhost:{server.port}"
    lead = journey.visit(browser, storage_state=signed_in)
    lead.goto(f"{origin}/lead?r=1")
    key(lead, "meeting-title").locator("input").fill("How we go on together")
    for name in ("meeting-plan", "meeting-begin"):
        _press(lead, name)
    wall = journey.visit(browser)
    wall.goto(re.sub(r"http://[^/]+", origin, links["wall"]))
    wall.get_by_role("button").first.click()
    partners = [_partner(browser, link, origin=origin) for link in links["partners"].values()]
    screens = {"wall": wall, "facilitator": lead, "partner": partners[0]}

    def kept(name, *who):
        lead.wait_for_timeout(AFTER_MS)
        for one in who:
            screens[one].screenshot(path=target / f"{name}-{one}.png")

    kept("01-lobby", "wall", "facilitator")
    for _ in range(2):
        _press(lead, "key-next")
    kept("02-rules", "wall")
    _on_until(lead, "Our guess")
    kept("03-question", "wall", "facilitator", "partner")
    for number, name in enumerate(("guess", "everybody", "sectors"), start=4):
        _press(lead, "key-next")
        kept(f"{number:02}-{name}", "wall")
    _vote(lead, kept)
    _promise(lead)
    _on_until(lead, "Next: Promises")
    _press(lead, "key-next")
    kept("09-promises", "wall", "facilitator", "partner")
    _press(lead, "meeting-end")
    lead.get_by_role("dialog").get_by_role("button", name="End it").click()
    kept("10-thanks", "wall")
    for page in (lead, wall, *partners):
        page.context.close()


def _press(page, name):
    key(page, name).get_by_role("button").click()
    page.wait_for_timeout(AFTER_MS)


def _on_until(lead, words):
    """Press on until the next key says *words*."""
    for _ in range(40):
        if words in key(lead, "key-next").inner_text():
            return
        _press(lead, "key-next")


def _partner(browser, link, *, origin):
    page = journey.visit(browser, width=390, height=844)
    page.goto(re.sub(r"http://[^/]+", origin, link))
    page.get_by_role("button").first.click()
    page.wait_for_url(re.compile("/answer"))
    page.goto(f"{origin}/follow")
    expect(page.get_by_role("heading", name="You are in")).to_be_visible()
    return page


def _vote(lead, kept):
    lead.get_by_role("radio", name="Vote", exact=True).click()
    journey.settled(lead)
    key(lead, "vote-kind").locator("input").first.click()
    lead.get_by_role("option", name="Fist to five").click()
    journey.settled(lead)
    key(lead, "vote-text").locator("input").fill("We meet on the first Monday of each month")
    lead.keyboard.press("Tab")
    lead.wait_for_timeout(500)
    _press(lead, "vote-ask")
    kept("07-vote", "wall", "facilitator", "partner")
    _by_hand(
        lead, others=("3 · I can live with it", "5 · I will help", "4 · I like it", "2 · I need", "5 · I will help")
    )
    _press(lead, "vote-show")
    kept("08-result", "wall", "facilitator")


def _by_hand(lead, *, others):
    """Some vote on the facilitator's device."""
    key(lead, "vote-here").locator("summary").first.click()
    lead.wait_for_timeout(AFTER_MS)
    names = ("Ana Ortiz", "Ben Walsh", "Carla Rossi", "Alma Berger", "Chloe Grant")
    for name, said in zip(names, others, strict=True):
        box = key(lead, "vote-here-who").locator("input").first
        box.click()
        box.press_sequentially(name, delay=20)
        lead.wait_for_timeout(600)
        box.press("Enter")
        lead.wait_for_timeout(AFTER_MS)
        lead.locator("[class*='st-key-answer-here'] [role=radio]", has_text=said).first.click()
        lead.wait_for_timeout(600)
        lead.locator("[class*='-give'] button").first.click()
        lead.wait_for_timeout(AFTER_MS)


def _promise(lead):
    lead.get_by_role("radio", name="Promises", exact=True).click()
    journey.settled(lead)
    for what, who, seen in (
        ("Send round one page that says who decides what", "Ana Ortiz", "It hangs in every office"),
        ("Invite two parents to the next meeting", "Ben Walsh", "They sit at the table"),
    ):
        lead.wait_for_timeout(AFTER_MS)
        if not key(lead, "promise-what").first.is_visible():
            key(lead, "promise-new").locator("summary").first.click()
            lead.wait_for_timeout(AFTER_MS)
        for name, words in (("what", what), ("who", who), ("seen", seen)):
            key(lead, f"promise-{name}").locator("input").fill(words)
        _press(lead, "promise-keep")
