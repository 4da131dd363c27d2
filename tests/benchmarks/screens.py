"""What a person at a screen waits for, beside a bare Streamlit page: python tests/benchmarks/screens.py."""

import contextlib
import json
import os
import shutil
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.benchmarks import served
from tests.web import house
from xsector.actions import running
from xsector.actions.demonstrating import make_demo
from xsector.actions.permission import OPERATOR
from xsector.store.engine import open_engine

CHROMIUM = os.environ.get("XSECTOR_TEST_CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
]  # fmt: skip
TIMES = 5
QUESTION = "[class*='st-key-answer-'] [role=radiogroup] button"
PICTURE = ".st-key-wall svg"
PATIENCE_MILLISECONDS = 30_000
CHANGED = "before => (document.querySelector('.st-key-wall svg') || {innerHTML: before}).innerHTML !== before"


def loaded(page, address, *, shows):
    """Seconds from asking for the address to seeing what it is about."""
    start = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.wait_for_selector(shows, state="visible", timeout=PATIENCE_MILLISECONDS)
    return time.perf_counter() - start


def loads(browser, address, *, shows, enter=None):
    """Medians with an empty browser cache and with a filled one."""
    cold, warm = [], []
    for _ in range(TIMES):
        context = browser.new_context(viewport={"width": 1280, "height": 720})
        if enter is not None:
            enter(context)
        page = context.new_page()
        cold.append(loaded(page, address, shows=shows))
        warm.append(loaded(page, address, shows=shows))
        context.close()
    return {"cold_s": statistics.median(cold), "warm_s": statistics.median(warm)}


def entering(server, path):
    """Presses the button of a personal link or of a wall's."""

    def enter(context):
        reply = context.request.post(server.origin + path, headers={"Origin": server.origin}, max_redirects=0)
        if reply.status != 303:
            raise RuntimeError(f"{path} answered {reply.status}")

    return enter


def taps(browser, server, *, enter):
    """Seconds from each tap of a partner to the mark beside it that says it is saved; also begins the form."""
    context = browser.new_context()
    enter(context)
    page = context.new_page()
    loaded(page, f"{server.origin}/answer", shows=".st-key-form-begin button")
    page.click(".st-key-form-begin button")
    page.wait_for_selector(QUESTION)
    found = []
    groups = page.locator("[role=radiogroup]")
    for number in range(groups.count()):
        start = time.perf_counter()
        groups.nth(number).locator("button").first.click()
        said = f"() => document.querySelector('.stMain').innerText.split('✓ saved').length > {number + 1}"
        page.wait_for_function(said, polling="raf", timeout=PATIENCE_MILLISECONDS)
        found.append(time.perf_counter() - start)
    context.close()
    return found


def follows(browser, server, *, enter, engine, round_id):
    """Seconds from a facilitator's change to the picture on the wall."""
    context = browser.new_context(viewport={"width": 1920, "height": 1080})
    enter(context)
    page = context.new_page()
    loaded(page, f"{server.origin}/wall", shows=PICTURE)
    found = []
    for view in ("heat", "overview") * TIMES:
        before = page.locator(PICTURE).first.inner_html()
        running.show_on_wall(
            engine, account=OPERATOR, round_id=round_id, view=view, item=None, dark=False, now=datetime.now(UTC)
        )
        start = time.perf_counter()
        page.wait_for_function(CHANGED, arg=before, polling="raf", timeout=PATIENCE_MILLISECONDS)
        found.append(time.perf_counter() - start)
    context.close()
    return found[2:]  # the first of each view is drawn; the others are kept


def measure(browser, folder, bare_folder):
    """All figures of one run."""
    engine = house.empty_database(folder / "xsector.sqlite3")
    demo = make_demo(engine, people=40, seed=7, rounds=2, now=datetime.now(UTC))
    engine.dispose()
    shutil.copytree(house.PROJECT / ".streamlit", folder / ".streamlit")
    script = Path(__file__).parent / "bare_page.py"
    with served.plain_server(bare_folder, script) as plain, house.running_server(folder) as server:
        partner = entering(server, f"/join/{demo.partner_tokens[0][1]}")
        wall = entering(server, f"/wall/{demo.wall_token}")
        tapped = taps(browser, server, enter=partner)
        pages = {
            "bare page": loads(browser, f"http://localhost:{plain.port}/", shows="text=Ready"),
            "first question": loads(browser, f"{server.origin}/answer", shows=QUESTION, enter=partner),
            "wall": loads(browser, f"{server.origin}/wall", shows=PICTURE, enter=wall),
        }
        with contextlib.closing(_Engine(folder)) as second:
            followed = follows(browser, server, enter=wall, engine=second.engine, round_id=demo.rounds[0].id)
    return {"pages": pages, "tap_to_saved_s": statistics.median(tapped), "tap_to_saved_max_s": max(tapped),
            "wall_follows_s": statistics.median(followed), "wall_follows_max_s": max(followed)}  # fmt: skip


class _Engine:
    """A second connection to the server's database, as another process would have."""

    def __init__(self, folder):
        self.engine = open_engine(f"sqlite:///{folder / 'xsector.sqlite3'}")

    def close(self):
        self.engine.dispose()


def main():
    """Measure and print."""
    with (
        sync_playwright() as playing,
        tempfile.TemporaryDirectory() as one,
        tempfile.TemporaryDirectory() as other,
    ):
        browser = playing.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        found = measure(browser, Path(one), Path(other))
        browser.close()
    bare = found["pages"]["bare page"]
    for name, page in found["pages"].items():
        for state, seconds in page.items():
            print(f"{name:16}{state:8}{seconds:8.2f} s{seconds / bare[state]:8.2f} x bare")
    for name in ("tap_to_saved_s", "tap_to_saved_max_s", "wall_follows_s", "wall_follows_max_s"):
        print(f"{name:24}{found[name]:8.3f}")
    print(json.dumps(found))


if __name__ == "__main__":
    main()
