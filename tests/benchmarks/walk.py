"""A partner's way through the form: link, promise, every question of every section, finish, receipt."""

import asyncio
import contextlib
import random
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.benchmarks.protocol import Refused, Tab, ask

RECEIPT = re.compile(r"receipt ([0-9A-F]{8})")


@dataclass
class Walk:
    """What one partner did and saw."""

    opened_seconds: float = 0.0
    saves: list = field(default_factory=list)
    turns: list = field(default_factory=list)
    answers: dict = field(default_factory=dict)
    """Item code to what was chosen, of every save that the page has acknowledged."""
    receipt: str = ""
    problems: list = field(default_factory=list)


async def come_in(port, token):
    """The page that a personal link leads to, and the cookie for which the server exchanges it."""
    reply = await ask(port, "POST", f"/join/{token}")
    if reply.status != 303:
        raise Refused(f"the link answered {reply.status}")
    return reply.headers["location"].strip("/"), reply.cookie


@contextlib.asynccontextmanager
async def open_form(port, token, *, walk):
    """A tab that shows the first questions; notes how long it took from the link's button to them."""
    start = time.perf_counter()
    page, cookie = await come_in(port, token)
    async with Tab(port, page=page, cookie=cookie) as tab:
        await tab.open()
        begin = tab.button("form-begin")
        if begin is not None:
            await tab.press(begin)
        if not questions(tab):
            raise Refused("the form shows no question")
        walk.opened_seconds = time.perf_counter() - start
        yield tab


@contextlib.asynccontextmanager
async def open_bare_form(port, *, walk):
    """The same for the yardstick, which has neither link nor promise."""
    start = time.perf_counter()
    async with Tab(port) as tab:
        await tab.open()
        walk.opened_seconds = time.perf_counter() - start
        yield tab


def questions(tab):
    """The questions on the screen that are answered by a tap or in words."""
    found = tab.widgets("button_group", "radio", "text_area")
    return [one for one in found if one.key.startswith("answer-")]


async def answer_all(tab, *, walk, pause: Callable[[], float], dice: random.Random):
    """Answer section by section to the last page."""
    while tab.button("form-next") is not None:
        for place in range(len(questions(tab))):
            await asyncio.sleep(pause())
            question = questions(tab)[place]
            code = question.key.split("-")[2]
            if question.kind == "text_area":
                said = f"Words about {code} and {dice.randrange(1000)}"
                walk.saves.append((await tab.write(question, said)).seconds)
            else:
                said = dice.choice(question.options)
                walk.saves.append((await tab.choose(question, said)).seconds)
            walk.answers[code] = said
        await asyncio.sleep(pause())
        walk.turns.append((await tab.press(tab.button("form-next"))).seconds)


async def whole_walk(port, token, *, pause: Callable[[], float], dice: random.Random):
    """One partner from the link to the receipt."""
    walk = Walk()
    async with open_form(port, token, walk=walk) as tab:
        await answer_all(tab, walk=walk, pause=pause, dice=dice)
        await finish(tab, walk=walk)
    return walk


async def finish(tab, *, walk):
    """Hand in and keep the receipt."""
    walk.turns.append((await tab.press(tab.button("form-finish"))).seconds)
    found = RECEIPT.search(tab.words())
    if found is None:
        raise Refused("no receipt after the finish")
    walk.receipt = found[1]
