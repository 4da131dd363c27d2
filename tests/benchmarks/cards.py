"""A room that writes cards, its wall, and the board on which they are sorted: python tests/benchmarks/cards.py."""

import argparse
import asyncio
import json
import random
import re
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from playwright.sync_api import sync_playwright

from tests.benchmarks import screens, served, walk
from tests.benchmarks.protocol import Refused, Tab, ask
from xsector.actions import brainstorming, writing_cards
from xsector.actions.joining import join
from xsector.reports import cards as reported
from xsector.store import accounts, brainstorms
from xsector.store.engine import open_engine, reading, writing

WORDS = [
    *("meeting", "trust", "money", "people", "nobody", "never", "agency", "city", "talk", "action", "credit", "plan"),
    *("goal", "report", "email", "listen", "leader", "budget", "power", "late", "early", "start", "finish", "data"),
    *("family", "school", "river", "bridge", "clinic", "promise", "silence", "fear", "logo", "slide"),
]
TOLD = re.compile(rb"(\d+) cards? from")
BOARD = ".xs-sort-card"


@dataclass
class Seen:
    """What everybody noticed."""

    saves: list = field(default_factory=list)
    """Seconds from the button to the card among one's own."""
    saved_at: list = field(default_factory=list)
    on_wall: dict = field(default_factory=dict)
    """Number of cards to the moment at which the wall told it, or more."""
    problems: list = field(default_factory=list)


def sentence(dice):
    """A card of three to fourteen words."""
    return " ".join(dice.choices(WORDS, k=dice.randint(3, 14)))[:110].capitalize()


async def partner(port, token, *, number, cards, seconds, seen):
    """One partner comes in, writes so many cards at random moments, and looks every two seconds for news."""
    dice = random.Random(number)
    _, cookie = await walk.come_in(port, token)
    async with Tab(port, page="cards", cookie=cookie) as tab:
        await tab.open()
        clock = asyncio.get_running_loop().time
        start = clock()
        due = sorted(start + dice.uniform(0, seconds) for _ in range(cards))
        next_look = start + dice.uniform(0, 2)
        while due:
            await asyncio.sleep(max(0.0, min(due[0], next_look) - clock()))
            if clock() >= due[0]:
                due.pop(0)
                await _write(tab, f"{sentence(dice)} {number}", seen=seen)
            if clock() >= next_look:
                for fragment, interval in list(tab.polls.items()):
                    await tab.tick(fragment)
                    next_look = clock() + interval


async def _write(tab, text, *, seen):
    [box] = [one for one in tab.widgets("text_input") if one.key.startswith("card-text-")]
    [button] = [one for one in tab.widgets("button") if one.key.startswith("card-add-")]
    tab.fill(box, text)
    took = await tab.press(button)
    if text not in tab.words().replace("\\", ""):
        raise Refused(f"{text!r} is not among one's own cards")
    seen.saves.append(took.seconds)
    seen.saved_at.append(time.perf_counter())


async def wall(port, token, *, seen, until):
    """The room's screen: it looks every half second, and notes how many cards it tells."""
    reply = await ask(port, "POST", f"/wall/{token}")
    async with Tab(port, page="wall", cookie=reply.cookie) as tab:
        await tab.open()
        while not until.is_set():
            await asyncio.sleep(0.5)
            for fragment in list(tab.polls):
                await tab.tick(fragment)
            pictures = b"".join(one.proto.SerializeToString() for one in tab.widgets("bidi_component"))
            if found := TOLD.search(pictures):
                seen.on_wall.setdefault(int(found[1]), time.perf_counter())


async def crowd(port, room, *, people, cards, seconds, process_id):
    """Everybody writes; gives what was seen and the processor time of the server."""
    seen, until = Seen(), asyncio.Event()
    screen = asyncio.create_task(wall(port, room.wall, seen=seen, until=until))
    await asyncio.sleep(1)
    before = served.used_by(process_id)

    async def one(number):
        await asyncio.sleep(5 * number / people)
        try:
            given = {"number": number, "cards": cards, "seconds": seconds, "seen": seen}
            await partner(port, room.tokens[number], **given)
        except (Refused, OSError, TimeoutError) as problem:
            seen.problems.append(f"{type(problem).__name__}: {problem}")

    await asyncio.gather(*(one(number) for number in range(people)))
    used = served.used_by(process_id).together - before.together
    await asyncio.sleep(2)
    until.set()
    await screen
    return seen, used


def lags(seen):
    """Seconds from each save to the first picture that counts it."""
    found = []
    for count, at in enumerate(sorted(seen.saved_at), start=1):
        told = [moment for number, moment in seen.on_wall.items() if number >= count]
        found.append(max(0.0, min(told) - at) if told else float("inf"))
    return found


def write_all(folder, *, people, cards, seconds):
    """The load on the real app: figures, and what the database kept."""
    with served.real_server(folder, people=people, form="pulse") as (room, server):
        engine = open_engine(f"sqlite:///{folder / 'xsector.sqlite3'}")
        of = {"account": room.account, "round_id": room.round_id}
        opened = brainstorming.open_brainstorm(
            engine, **of, code="V1", text="What has not worked?", minutes=10, now=datetime.now(UTC)
        )
        size = {"people": people, "cards": cards, "seconds": seconds}
        seen, used = asyncio.run(crowd(server.port, room, **size, process_id=server.process.pid))
        kept = reported.board_of(engine, brainstorm_id=opened.id, **of).written
        engine.dispose()
    waited = lags(seen)
    return {
        "cards_saved": len(seen.saves),
        "cards_kept": kept,
        "save_p50_ms": 1000 * _part(seen.saves, 0.5),
        "save_p95_ms": 1000 * _part(seen.saves, 0.95),
        "save_max_ms": 1000 * _part(seen.saves, 1),
        "wall_lag_p50_ms": 1000 * _part(waited, 0.5),
        "wall_lag_p95_ms": 1000 * _part(waited, 0.95),
        "wall_lag_max_ms": 1000 * _part(waited, 1),
        "server_cpu_share": used / (seconds + 5),
        "errors": len(seen.problems),
    }, seen.problems


def sort_board(folder, bare_folder, *, cards):
    """How long the sorting page takes with so many cards, beside a bare page, and a move on it until it is kept."""
    script = Path(__file__).parent / "bare_page.py"
    with (
        served.plain_server(bare_folder, script) as plain,
        served.real_server(folder, people=cards // 4 + 8, form="pulse") as (room, server),
    ):
        engine = open_engine(f"sqlite:///{folder / 'xsector.sqlite3'}")
        of = {"account": room.account, "round_id": room.round_id, "now": datetime.now(UTC)}
        there = brainstorming.open_brainstorm(engine, **of, code="V1", text="What has not worked?", minutes=10)
        dice = random.Random(7)
        for number in range(cards):
            who = join(engine, token=room.tokens[number % len(room.tokens)])
            given = {"respondent": who, "brainstorm_id": there.id, "now": datetime.now(UTC)}
            writing_cards.write_card(engine, text=f"{sentence(dice)} {number}", **given)
        brainstorming.close_writing(engine, **of, brainstorm_id=there.id)
        with writing(engine) as session:
            login = accounts.sign_in(session, account_id=room.account.id, now=datetime.now(UTC))
        with sync_playwright() as playing:
            browser = playing.chromium.launch(executable_path=screens.CHROMIUM, args=screens.ARGUMENTS)
            bare = screens.loads(browser, f"http://localhost:{plain.port}/", shows="text=Ready")
            found = _on_board(browser, server, login=login, cards=cards, kept=lambda: _themed(engine, there.id))
            browser.close()
        engine.dispose()
    return {**found, "bare_page_s": bare["warm_s"], "board_of_bare": found["board_s"] / bare["warm_s"]}


def _themed(engine, brainstorm_id):
    with reading(engine) as session:
        return sum(card.theme is not None for card in brainstorms.cards(session, brainstorm_id))


def _on_board(browser, server, *, login, cards, kept):
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    context.add_cookies([{"name": "xs-account", "value": login, "url": server.origin}])
    page = context.new_page()
    last = f"{BOARD} >> nth={cards - 1}"
    opened = [screens.loaded(page, f"{server.origin}/brainstorm", shows=last) for _ in range(screens.TIMES)]
    moves = []
    for number in range(1, 11):
        start = time.perf_counter()
        page.locator(".xs-sort-loose select").first.select_option(index=1 + number % 6)
        while kept() < number:
            time.sleep(0.005)
        moves.append(time.perf_counter() - start)
    context.close()
    return {
        "board_cold_s": opened[0],
        "board_s": statistics.median(opened[1:]),
        "move_kept_p50_ms": 1000 * statistics.median(moves),
        "move_kept_max_ms": 1000 * max(moves),
    }


def _part(numbers, share):
    ordered = sorted(numbers)
    return ordered[round(share * (len(ordered) - 1))] if ordered else float("nan")


def main():
    """Measure and print."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--people", type=int, default=50)
    given.add_argument("--cards", type=int, default=2, help="cards that each person writes")
    given.add_argument("--seconds", type=float, default=60)
    given.add_argument("--board", type=int, default=100, help="cards on the sorting board")
    asked = given.parse_args()
    size = {"people": asked.people, "cards": asked.cards, "seconds": asked.seconds}
    with (
        tempfile.TemporaryDirectory() as one,
        tempfile.TemporaryDirectory() as other,
        tempfile.TemporaryDirectory() as third,
    ):
        found, problems = write_all(Path(one), **size)
        found |= sort_board(Path(other), Path(third), cards=asked.board)
    for name, value in found.items():
        print(f"{name:24}{value:10.2f}")
    for problem in sorted(set(problems))[:5]:
        print(problem)
    print(json.dumps({**size, "board": asked.board, **found}))


if __name__ == "__main__":
    main()
