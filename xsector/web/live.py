"""/live/…: a socket on which a page hears that it has something new to show, and nothing of what.

Many pages that wait for the same thing share one look at the database, so that a room that waits costs nearly
nothing, and all of it hears of a change at the same moment. A page that hears nothing looks by itself now and then.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from starlette.concurrency import run_in_threadpool
from starlette.websockets import WebSocket, WebSocketDisconnect

from xsector.actions import joining, signing_in
from xsector.errors.common import NotAllowedError, XsectorError
from xsector.reports import in_the_room, meetings, wall
from xsector.ui import resources, visits
from xsector.ui.identity import held
from xsector.ui.live import token_of
from xsector.web import clock, cookies

EVERY_SECONDS: Final = 0.15
REFUSED: Final = 4403
MOST: Final = 24
"""Sockets of one person, or of the walls of one round, at a time; a page that is refused looks by itself."""
Look: TypeAlias = Callable[[], object]
Topic: TypeAlias = tuple[str, int]


@dataclass
class _Watch:
    """One look at the database for all who wait for the same; its task ends with the last of them."""

    look: Look
    waiting: set[asyncio.Queue[str]] = field(default_factory=set)
    newest: str = ""
    task: asyncio.Task[None] | None = None


_WATCHES: Final[dict[Topic, _Watch]] = {}
_OPEN: Final[Counter[Topic]] = Counter()
"""How many sockets each of those who listen has open."""


async def follow(socket: WebSocket) -> None:
    """Send a word whenever there is something new, the first one at once; it says nothing by itself."""
    try:
        who, topic, look = await run_in_threadpool(_asked, socket)
    except XsectorError:
        await socket.close(code=REFUSED)
        return
    if _OPEN[who] >= MOST:
        await socket.close(code=REFUSED)
        return
    _OPEN[who] += 1
    try:
        await _follow(socket, topic, look)
    finally:
        _OPEN[who] -= 1
        if not _OPEN[who]:
            del _OPEN[who]


async def _follow(socket: WebSocket, topic: Topic, look: Look) -> None:
    await socket.accept()
    async with _waiting(topic, look) as news:
        gone = asyncio.create_task(_gone(socket))
        try:
            await _tell(socket, news, gone=gone)
        finally:
            gone.cancel()


async def _tell(socket: WebSocket, news: asyncio.Queue[str], *, gone: asyncio.Task[None]) -> None:
    while not gone.done():
        word = asyncio.create_task(news.get())
        await asyncio.wait({word, gone}, return_when=asyncio.FIRST_COMPLETED)
        if not word.done():
            word.cancel()
            return
        with contextlib.suppress(WebSocketDisconnect, RuntimeError):
            await socket.send_text(word.result())


async def _gone(socket: WebSocket) -> None:
    """Ends when the page closes its socket; what it sends is not looked at."""
    with contextlib.suppress(WebSocketDisconnect):
        while True:
            await socket.receive_text()


@contextlib.asynccontextmanager
async def _waiting(topic: Topic, look: Look) -> AsyncIterator[asyncio.Queue[str]]:
    watch = _WATCHES.setdefault(topic, _Watch(look))
    news: asyncio.Queue[str] = asyncio.Queue()
    watch.waiting.add(news)
    if watch.newest:
        news.put_nowait(watch.newest)
    if watch.task is None:
        watch.task = asyncio.create_task(_watch(watch))
    try:
        yield news
    finally:
        watch.waiting.discard(news)
        if not watch.waiting:
            watch.task.cancel()
            _WATCHES.pop(topic, None)


async def _watch(watch: _Watch) -> None:
    while True:
        # A database that is away for a moment is asked again: pages say by themselves what is wrong.
        with contextlib.suppress(XsectorError):
            found = token_of(await run_in_threadpool(watch.look))
            if found != watch.newest:
                watch.newest = found
                for news in watch.waiting:
                    news.put_nowait(found)
        await asyncio.sleep(EVERY_SECONDS)


def _asked(socket: WebSocket) -> tuple[Topic, Topic, Look]:
    """Who listens, and what the page waits for; NotAllowedError where the browser's cookie doesn't open it."""
    engine, where = resources.engine(), str(socket.path_params["where"])
    if where == "wall":
        token = held(socket.cookies, cookies.names().wall)
        round_ = joining.wall_of_token(engine, token=token) if token else None
        if round_ is not None:
            return ("wall", round_.id), ("wall", round_.id), lambda: wall.wall_revision(engine, round_id=round_.id)
    if where == "room":
        cookie = held(socket.cookies, cookies.names().partner)
        token = visits.token_in(cookie, key=resources.signing_key(), now=clock.now()) if cookie else None
        respondent = joining.respondent_of(engine, token=token) if token else None
        if respondent is not None:
            at, me = respondent.partnership_id, ("partner", respondent.participant_id)
            return me, ("room", at), lambda: in_the_room.room_mark(engine, partnership_id=at)
    if where.isascii() and where.isdecimal() and len(where) < 10:
        token = held(socket.cookies, cookies.names().account)
        account = signing_in.account_of(engine, token=token, now=clock.now()) if token else None
        if account is not None:
            look = meetings.watching(engine, account=account, meeting_id=int(where))
            return ("account", account.id), ("lead", int(where)), look
    raise NotAllowedError()
