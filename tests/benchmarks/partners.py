"""Partners who answer all at once, beside a bare Streamlit form: python tests/benchmarks/partners.py."""

import argparse
import asyncio
import json
import random
import resource
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.benchmarks import served, walk
from tests.benchmarks.protocol import Refused
from xsector.model.instrument_file import load_form
from xsector.settings import DATA
from xsector.store.engine import open_engine
from xsector.ui.form_parts import form_parts

FORM = "standard"
BURST_SECONDS = 5
SETTLED_SECONDS = 10
"""When everybody is in and answering begins: the two loads are measured apart."""
BARE = Path(__file__).parent / "bare_form.py"


@dataclass(frozen=True, kw_only=True)
class Load:
    """What everybody did, and what the server had used before, in between and after."""

    walks: list
    used: tuple[served.Used, served.Used, served.Used]
    client_seconds: float


async def crowd(count, *, seconds, steps, process_id, form, end):
    """*count* people come within five seconds and answer until *seconds* are over."""
    clock = asyncio.get_running_loop().time
    start, client = clock(), _own_seconds()
    walks = [walk.Walk() for _ in range(count)]
    before = served.used_by(process_id)

    async def person(number):
        dice, mine = random.Random(number), walks[number]
        await asyncio.sleep(BURST_SECONDS * number / count)
        try:
            async with form(number, mine) as tab:
                await asyncio.sleep(start + SETTLED_SECONDS - clock())
                pause = (start + seconds - clock()) / steps
                await walk.answer_all(tab, walk=mine, pause=lambda: dice.random() * 2 * pause, dice=dice)
                await end(tab, mine)
        except (Refused, OSError, TimeoutError) as problem:
            mine.problems.append(f"{type(problem).__name__}: {problem}")

    async def look_in_between():
        await asyncio.sleep(SETTLED_SECONDS)
        return served.used_by(process_id)

    between, *_ = await asyncio.gather(look_in_between(), *(person(number) for number in range(count)))
    used = before, between, served.used_by(process_id)
    return Load(walks=walks, used=used, client_seconds=_own_seconds() - client)


def bare(folder, *, users, seconds, lengths):
    """The load on a form of Streamlit's own."""
    with served.plain_server(folder, BARE, LENGTHS=",".join(map(str, lengths))) as server:
        return asyncio.run(
            crowd(
                users, seconds=seconds, steps=sum(lengths) + len(lengths), process_id=server.process.pid,
                form=lambda _number, mine: walk.open_bare_form(server.port, walk=mine), end=_nothing,
            )
        )  # fmt: skip


def ours(folder, *, users, seconds, lengths):
    """The load on the real app, and how many people's answers were not kept as they were acknowledged."""
    with served.real_server(folder, people=users, form=FORM) as (room, server):
        load = asyncio.run(
            crowd(
                users, seconds=seconds, steps=sum(lengths) + len(lengths), process_id=server.process.pid,
                form=lambda number, mine: walk.open_form(server.port, room.tokens[number], walk=mine),
                end=lambda tab, mine: walk.finish(tab, walk=mine),
            )
        )  # fmt: skip
    engine = open_engine(f"sqlite:///{folder / 'xsector.sqlite3'}")
    pairs = zip(room.tokens, load.walks, strict=True)
    lost = sum(
        served.kept_answers(engine, room, token=token) != (mine.answers, mine.receipt or None) for token, mine in pairs
    )
    engine.dispose()
    return load, lost


def summary(load, *, users):
    """The figures of one load."""
    before, between, after = load.used
    saves = [one for mine in load.walks for one in mine.saves]
    return {
        "open_p95_s": _part([mine.opened_seconds for mine in load.walks], 0.95),
        "open_max_s": _part([mine.opened_seconds for mine in load.walks], 1),
        "saves": len(saves),
        "save_p50_ms": 1000 * _part(saves, 0.5),
        "save_p95_ms": 1000 * _part(saves, 0.95),
        "save_max_ms": 1000 * _part(saves, 1),
        "cpu_ms_to_open": 1000 * (between.together - before.together) / users,
        "cpu_ms_to_answer": 1000 * (after.together - between.together) / users,
        "cpu_ms_each": 1000 * (after.together - before.together) / users,
        "of_it_system_ms": 1000 * (after.system - before.system) / users,
        "memory_before_mib": before.memory,
        "memory_after_mib": after.memory,
        "client_cpu_ms_each": 1000 * load.client_seconds / users,
        "errors": sum(len(mine.problems) for mine in load.walks),
    }


def main():
    """Measure both and print them side by side."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--users", type=int, default=200)
    given.add_argument("--seconds", type=float, default=120)
    asked = given.parse_args()
    lengths = [len(part.items) for part in form_parts(load_form(DATA / "instruments", FORM), sector="government")]
    size = {"users": asked.users, "seconds": asked.seconds, "lengths": lengths}
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        yardstick = bare(Path(one), **size)
        load, lost = ours(Path(other), **size)
    _print(summary(yardstick, users=asked.users), summary(load, users=asked.users), lost=lost, size=size)
    for problem in sorted({problem for mine in [*yardstick.walks, *load.walks] for problem in mine.problems})[:5]:
        print(problem)


def _print(bare_figures, our_figures, *, lost, size):
    print(f"{size['users']} people, {sum(size['lengths'])} questions, {size['seconds']:g} s")
    print(f"{'':24}{'bare form':>12}{'xsector':>12}{'ratio':>8}")
    for name, value in our_figures.items():
        ratio = f"{value / bare_figures[name]:8.2f}" if bare_figures[name] else ""
        print(f"{name:24}{bare_figures[name]:12.2f}{value:12.2f}{ratio}")
    print(f"people whose answers were not kept as acknowledged: {lost}")
    ratio = our_figures["cpu_ms_each"] / bare_figures["cpu_ms_each"]
    print(json.dumps({**size, "bare": bare_figures, "xsector": our_figures, "lost": lost, "cpu_ratio": ratio}))


async def _nothing(_tab, _walk):
    """The yardstick has no end."""


def _part(numbers, share):
    ordered = sorted(numbers)
    return ordered[round(share * (len(ordered) - 1))] if ordered else float("nan")


def _own_seconds():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
