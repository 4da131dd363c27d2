"""Takes the README's pictures from the running program: ``python tests/browser/take_pictures.py [FOLDER]``.

With ``--all`` every screen is taken at 1280x720 and 1920x1080, light and dark, for looking at them; with ``--meeting``
the screens of a meeting alone, into the folder ``meeting``.
"""

import contextlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(PROJECT))

from playwright.sync_api import sync_playwright  # noqa: E402  # after the path is set

from tests.browser import journey, meeting_pictures  # noqa: E402
from tests.browser.journey import key  # noqa: E402
from tests.chromium import ARGUMENTS, FOUND  # noqa: E402
from tests.web.house import environment, running_server  # noqa: E402

SIZES = ((1280, 720), (1920, 1080))
VIEWS = ("waiting", "overview", "whole", "item", "inside", "people")
"""The wall's pictures, in the order of the facilitator's choice; comments are put on it from their own page."""
PAGES = ("partnerships", "people", "questions", "round", "results", "comments", "felt", "agenda", "meeting")
FACILITATORS = frozenset({"results", "comments", "felt", "meeting"})


def main():
    """Take the pictures."""
    everything = "--all" in sys.argv
    folders = [Path(one) for one in sys.argv[1:] if not one.startswith("--")]
    target = folders[0] if folders else PROJECT / "data" / "pictures"
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home, _demo(Path(home)) as (server, links), sync_playwright() as running:
        browser = running.chromium.launch(executable_path=FOUND, args=ARGUMENTS)
        first = re.search(r"http\S+/first/\S+", (server.folder / "out.txt").read_text(encoding="utf-8")).group()
        signed_in = _sign_in(browser, first)
        if "--meeting" in sys.argv:
            meeting_pictures.take(browser, server, links, signed_in, target=target / "meeting")
            return
        for size in SIZES if everything else SIZES[:1]:
            for dark in (False, True) if everything else (False,):
                mark = f"-{size[0]}{'-dark' if dark else ''}" if everything else ""
                _take(browser, server, links, signed_in, size=size, dark=dark, mark=mark, target=target)
        browser.close()


@contextlib.contextmanager
def _demo(home):
    surroundings = environment(home)
    made = subprocess.run(
        [sys.executable, "-m", "xsector", "demo", "--json"], cwd=PROJECT, env={**os.environ, **surroundings},
        capture_output=True, check=True, text=True,
    )  # fmt: skip
    with running_server(home) as server:
        yield server, json.loads(made.stdout)["links"]


def _sign_in(browser, first):
    page = journey.visit(browser)
    journey.make_first_account(page, first)
    state = page.context.storage_state()
    page.context.close()
    return state


def _take(browser, server, links, signed_in, *, size, dark, mark, target):
    more = {"color_scheme": "dark" if dark else "light"}
    convener = journey.visit(browser, width=size[0], height=size[1], storage_state=signed_in, **more)
    origin = f"http://localhost:{server.port}"
    for name in PAGES:
        convener.goto(f"{origin}/{name}?r=1")
        journey.settled(convener)
        convener.wait_for_timeout(1200)
        who = "facilitator" if name in FACILITATORS else "convener"
        convener.screenshot(path=target / f"{who}-{name}{mark}.png", full_page=True)
    convener.goto(f"{origin}/account")
    convener.screenshot(path=target / f"convener-account{mark}.png", full_page=True)
    _take_partner(browser, links, origin=origin, size=size, mark=mark, target=target, **more)
    wall = journey.visit(browser, width=size[0], height=size[1], **more)
    wall.goto(re.sub(r"http://[^/]+", origin, links["wall"]))
    wall.get_by_role("button").first.click()
    for place, name in enumerate(VIEWS):
        convener.goto(f"{origin}/meeting?r=1")
        journey.settled(convener)
        toggle = key(convener, "wall-dark")
        if toggle.get_by_role("switch").or_(toggle.get_by_role("checkbox")).first.is_checked() is not dark:
            toggle.locator("label").first.click()
            convener.wait_for_timeout(600)
        key(convener, "wall-view").get_by_role("radio").nth(place).click()
        wall.wait_for_timeout(2500)
        wall.screenshot(path=target / f"wall-{name}{mark}.png")
    convener.context.close()
    wall.context.close()


def _take_partner(browser, links, *, origin, size, mark, target, **more):
    link = re.sub(r"http://[^/]+", origin, next(iter(links["partners"].values())))
    partner = journey.visit(browser, width=size[0], height=size[1], **more)
    journey.come_in(partner, link)
    partner.wait_for_timeout(1500)
    partner.screenshot(path=target / f"partner-promise{mark}.png")
    if key(partner, "form-begin").count():
        key(partner, "form-begin").get_by_role("button").click()
        partner.wait_for_timeout(1500)
    key(partner, "form-next").get_by_role("button").click()
    partner.wait_for_timeout(1500)
    partner.screenshot(path=target / f"partner-form{mark}.png")
    partner.context.close()


if __name__ == "__main__":
    if shutil.which(FOUND or "") is None:
        raise SystemExit("Chromium is needed.")
    main()
