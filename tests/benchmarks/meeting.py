"""A meeting with a room full of laptops: from a key to every screen, a vote, and a room that waits.

python tests/benchmarks/meeting.py [--people 40] [--walls 2]
"""

import argparse
import asyncio
import contextlib
import json
import random
import re
import sys
import tempfile
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import websockets

from tests.benchmarks import served, walk
from tests.benchmarks.protocol import Refused, Tab, ask
from xsector.actions import answering, leading_meetings, releasing, running
from xsector.actions.joining import join
from xsector.reports.agendas import agenda_of
from xsector.store import accounts, meetings, rounds
from xsector.store.engine import open_engine, reading, writing

VOTED = re.compile(rb"(\d+) of (\d+) have voted")
IDLE_SECONDS = 20


@dataclass
class Screen:
    """One page that follows, and when it was drawn anew."""

    kind: str
    drawn: list = field(default_factory=list)
    voted: dict = field(default_factory=dict)
    """Number of votes that the wall told to the moment of it."""
    tab: object = None


async def follow(port, screen, *, where, cookie, page, ready):
    """Open a page and draw it anew at each word from the server, as our own script in the browser does."""
    async with Tab(port, page=page, cookie=cookie) as tab:
        screen.tab = tab
        await tab.open()
        async with websockets.connect(
            f"ws://localhost:{port}/live/{where}", origin=f"http://localhost:{port}", host="127.0.0.1",
            additional_headers={"Cookie": cookie}, compression=None, open_timeout=60, ping_interval=None,
        ) as socket:  # fmt: skip
            await socket.recv()
            ready.set()
            async for _ in socket:
                await tab.open()
                now = time.perf_counter()
                screen.drawn.append(now)
                if screen.kind == "wall":
                    seen = b"".join(one.proto.SerializeToString() for one in tab.widgets("bidi_component"))
                    if found := VOTED.search(seen):
                        screen.voted.setdefault(int(found[1]), now)


def prepare(engine, room):
    """Everybody has answered, the results are shown, and a meeting of 60 minutes goes on; its id."""
    now, dice = datetime.now(UTC), random.Random(1)
    with reading(engine) as session:
        rated = [one for one in rounds.instrument_of(session, room.round_id).items() if len(one.levels) == 5]
    for token in room.tokens:
        who = join(engine, token=token)
        answers = {one.code: dice.randrange(5) for one in rated}
        answering.save_answers(engine, respondent=who, round_id=room.round_id, answers=answers, now=now)
        answering.finish(engine, respondent=who, round_id=room.round_id, now=now)
    of = {"account": room.account, "round_id": room.round_id}
    running.close_round(engine, **of, now=now)
    releasing.reveal(engine, **of, now=now)
    agenda = agenda_of(engine, **of, minutes=60).agenda
    made = leading_meetings.plan_meeting(engine, **of, agenda=agenda, title="June", now=now)
    leading_meetings.begin_meeting(engine, account=room.account, meeting_id=made.id, now=now)
    return made.id


async def press(lead, key):
    """Press a key of the facilitator's page; the moment before it was pressed."""
    start = time.perf_counter()
    await lead.press(lead.button(key))
    return start


async def keys(lead, screens, *, times):
    """Press the first key so many times: seconds from each press until each screen was drawn."""
    waits = []
    for _ in range(times):
        if lead.button("key-next").proto.disabled:
            break
        before = [len(screen.drawn) for screen in screens]
        start = await press(lead, "key-next")
        until = start + 20
        while any(len(one.drawn) == had for one, had in zip(screens, before, strict=True)):
            if time.perf_counter() > until:
                raise TimeoutError("a screen did not follow")
            await asyncio.sleep(0.02)
        waits.append([one.drawn[had] - start for one, had in zip(screens, before, strict=True)])
        await asyncio.sleep(0.5)
    return waits


async def vote(engine, lead, port, room, cookies, screens, meeting_id):
    """Everybody votes within five seconds: saves, and how long after the last one the wall told all of them."""
    from xsector.actions import voting
    from xsector.model.voting import VoteKind

    ask_ = voting.Ask(kind=VoteKind.FIST, text="We meet every month")
    voting.open_vote(engine, account=room.account, meeting_id=meeting_id, ask=ask_, seconds=60, now=datetime.now(UTC))
    await asyncio.sleep(2)
    partners = [one for one in screens if one.kind == "partner"]
    saves, last = [], 0.0

    async def one(screen):
        nonlocal last
        await asyncio.sleep(random.uniform(0, 5))
        [box] = [w for w in screen.tab.widgets("button_group") if "-fist" in w.key]
        took = await screen.tab.choose(box, random.choice(box.options[3:]))
        saves.append(took.seconds)
        last = max(last, time.perf_counter())

    await asyncio.gather(*(one(screen) for screen in partners))
    walls = [one for one in screens if one.kind == "wall"]
    until = last + 20
    while not all(len(partners) in one.voted for one in walls) and time.perf_counter() < until:
        await asyncio.sleep(0.05)
    counted = max((one.voted.get(len(partners), float("inf")) for one in walls), default=float("inf")) - last
    voting.show_vote(engine, account=room.account, meeting_id=meeting_id, now=datetime.now(UTC))
    await asyncio.sleep(2)
    return saves, counted


async def meeting(engine, server, room, *, meeting_id, login, walls, times):
    """The whole room: figures."""
    port, screens, tasks = server.port, [], []
    cookies = [(await walk.come_in(port, token))[1] for token in room.tokens]
    wall = (await ask(port, "POST", f"/wall/{room.wall}")).cookie
    account = f"xs-account={login}"
    opening = time.perf_counter()
    for kind, where, page, cookie in [
        *(("partner", "room", "follow", cookie) for cookie in cookies),
        *[("wall", "wall", "wall", wall)] * walls,
    ]:
        screen, ready = Screen(kind), asyncio.Event()
        tasks.append(asyncio.create_task(follow(port, screen, where=where, cookie=cookie, page=page, ready=ready)))
        screens.append(screen)
        await ready.wait()
    opened = time.perf_counter() - opening
    async with Tab(port, page="lead", cookie=account) as lead:
        lead.query = f"p={room.partnership_id}&r={room.round_id}"
        await lead.open()
        before = served.used_by(server.process.pid)
        waits = await keys(lead, screens, times=times)
        drawing = served.used_by(server.process.pid).together - before.together
        before = served.used_by(server.process.pid)
        await asyncio.sleep(IDLE_SECONDS)
        idle = (served.used_by(server.process.pid).together - before.together) / IDLE_SECONDS
        saves, counted = await vote(engine, lead, port, room, cookies, screens, meeting_id)
    for task in tasks:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError, Refused):
            await task
    every = [one for some in waits for one in some]
    return {
        "opened_one_after_the_other_s": opened,
        "keys": len(waits),
        "key_to_screen_p50_s": part(every, 0.5),
        "key_to_screen_p95_s": part(every, 0.95),
        "key_to_last_screen_max_s": max(map(max, waits)),
        "server_ms_a_screen_and_key": 1000 * drawing / len(every),
        "vote_saved_p95_s": part(saves, 0.95),
        "all_votes_on_wall_after_the_last_s": counted,
        "idle_room_share_of_a_core": idle,
        "memory_mib": served.used_by(server.process.pid).memory,
    }


def part(values, share):
    """The value below which this share of them lies."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--people", type=int, default=40)
    options.add_argument("--walls", type=int, default=2)
    options.add_argument("--times", type=int, default=12)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        with served.real_server(folder, people=given.people, form="pulse") as (room, server):
            engine = open_engine(f"sqlite:///{folder / 'xsector.sqlite3'}")
            meeting_id = prepare(engine, room)
            with writing(engine) as session:
                login = accounts.sign_in(session, account_id=room.account.id, now=datetime.now(UTC))
            found = asyncio.run(
                meeting(engine, server, room, meeting_id=meeting_id, login=login, walls=given.walls, times=given.times)
            )
            with reading(engine) as session:
                found["people_noted_as_here"] = len(meetings.attended(session, meeting_id))
            engine.dispose()
    for name, value in found.items():
        print(f"{name:40} {value:.3f}" if isinstance(value, float) else f"{name:40} {value}")
    print(json.dumps(found))


if __name__ == "__main__":
    main()
