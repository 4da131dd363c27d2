"""A browser tab without a browser: it speaks Streamlit's protocol and waits for what a person would wait for."""

import asyncio
import contextlib
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

DONE, REPLACED, FRAGMENT_DONE = 0, 2, 3
PATIENCE_SECONDS = 60
ERROR = 1
"""An alert of this format is an error."""


@dataclass(frozen=True)
class Reply:
    """What a plain web address answered."""

    status: int
    headers: dict[str, str]
    cookie: str
    body: str


@dataclass(frozen=True)
class Took:
    """What one interaction took."""

    seconds: float
    received: int
    sent: int
    messages: int


@dataclass(frozen=True)
class Widget:
    """Something on the page that can be used."""

    kind: str
    proto: object
    fragment: str

    @property
    def key(self):
        """The key that the page gave it."""
        return self.proto.id.rpartition("$$")[2].split("-", 2)[-1] if self.proto.id else ""

    @property
    def options(self):
        """What can be chosen, as the page shows it."""
        if self.kind == "button_group":
            return [option.content for option in self.proto.options]
        return list(self.proto.options)


class Refused(Exception):
    """The page said that something went wrong."""


async def ask(port, method, path, *, cookie="", fields=None):
    """One web request as one of our own pages would send it."""
    body = urlencode(fields or {}).encode()
    lines = [f"{method} {path} HTTP/1.1", f"Host: localhost:{port}", "Connection: close"]
    if method == "POST":
        lines += [f"Origin: http://localhost:{port}", "Content-Type: application/x-www-form-urlencoded"]
        lines += [f"Content-Length: {len(body)}"]
    if cookie:
        lines += [f"Cookie: {cookie}"]
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write("\r\n".join([*lines, "", ""]).encode() + body)
    raw = await asyncio.wait_for(reader.read(), PATIENCE_SECONDS)
    writer.close()
    await writer.wait_closed()
    head, _, rest = raw.partition(b"\r\n\r\n")
    first, *others = head.decode("latin-1").split("\r\n")
    pairs = [line.partition(": ") for line in others]
    cookies = [value.partition(";")[0] for name, _, value in pairs if name.lower() == "set-cookie"]
    return Reply(
        status=int(first.split()[1]),
        headers={name.lower(): value for name, _, value in pairs},
        cookie="; ".join(cookies),
        body=rest.decode("utf-8", "replace"),
    )


@dataclass
class _Received:
    """What came since something was sent."""

    size: int = 0
    messages: int = 0
    paths: set = field(default_factory=set)
    blocks: set = field(default_factory=set)


class Tab:
    """One tab on one page; a class because it holds a socket and what the page shows."""

    def __init__(self, port, *, page="", cookie=""):
        self._port, self._page, self._cookie = port, page, cookie
        self._socket = self._reader = None
        self._elements, self._values, self._known = {}, {}, {}
        self._session = self._hash = self.query = ""
        self._received = _Received()
        self._waiting = None
        self.polls = {}

    async def __aenter__(self):
        headers = {"Cookie": self._cookie} if self._cookie else {}
        origin = f"http://localhost:{self._port}"
        self._socket = await websockets.connect(
            f"ws://localhost:{self._port}/_stcore/stream",
            subprotocols=["streamlit", "PLACEHOLDER_AUTH_TOKEN"],
            origin=origin,
            additional_headers=headers,
            host="127.0.0.1",
            compression=None,
            max_size=None,
            open_timeout=PATIENCE_SECONDS,
            close_timeout=2,
            ping_interval=None,
        )
        self._reader = asyncio.create_task(self._read())
        return self

    async def __aexit__(self, *_problem):
        await self._socket.close()
        self._reader.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._reader

    async def open(self):
        """Load the page."""
        return await self._run()

    async def choose(self, widget, *options):
        """Choose among *options* (by what they say) and wait until the page has answered."""
        self._values[widget.proto.id] = _state(widget, options)
        return await self._run(fragment=widget.fragment)

    async def write(self, widget, text):
        """Write *text* into a box and leave it."""
        self._values[widget.proto.id] = WidgetState(id=widget.proto.id, string_value=text)
        return await self._run(fragment=widget.fragment)

    def fill(self, widget, text):
        """Write *text* into a box of a form, which tells nobody before its button is pressed."""
        self._values[widget.proto.id] = WidgetState(id=widget.proto.id, string_value=text)

    async def tick(self, fragment):
        """Run a fragment again, as the browser does every few seconds for those in ``polls``."""
        return await self._run(fragment=fragment)

    async def press(self, widget):
        """Press a button."""
        return await self._run(fragment=widget.fragment, pressed=widget.proto.id)

    def widgets(self, *kinds):
        """What stands on the page of these kinds, from top to bottom."""
        found = sorted((path, element) for path, element in self._elements.items() if element[0] in kinds)
        return [Widget(kind, proto, fragment) for _, (kind, proto, fragment) in found]

    def button(self, key):
        """The button with this key; None if there is none."""
        return next((one for one in self.widgets("button") if one.key == key), None)

    def words(self):
        """Everything that stands on the page as text."""
        return "\n".join(one.proto.body for one in self.widgets("markdown", "alert", "heading"))

    async def _run(self, *, fragment="", pressed=""):
        message = BackMsg()
        ask_for = message.rerun_script
        ask_for.query_string, ask_for.page_script_hash, ask_for.fragment_id = self.query, self._hash, fragment
        ask_for.page_name = "" if self._hash else self._page
        ask_for.cached_message_hashes.extend(self._known)
        ask_for.context_info.timezone, ask_for.context_info.locale = "UTC", "en-US"
        ask_for.context_info.url = f"http://localhost:{self._port}/{self._page}"
        ask_for.widget_states.widgets.extend(self._values.values())
        if pressed:
            ask_for.widget_states.widgets.add(id=pressed, trigger_value=True)
        data = message.SerializeToString()
        self._received = _Received()
        self._waiting = asyncio.get_running_loop().create_future()
        start = time.perf_counter()
        await self._socket.send(data)
        end = await asyncio.wait_for(self._waiting, PATIENCE_SECONDS)
        self._refuse_problems()
        got = self._received
        return Took(seconds=end - start, received=got.size, sent=len(data), messages=got.messages)

    def _refuse_problems(self):
        for one in self.widgets("exception"):
            raise Refused(f"{one.proto.type}: {one.proto.message}")
        for one in self.widgets("alert"):
            if one.proto.format == ERROR:
                raise Refused(one.proto.body)

    async def _read(self):
        problem = ConnectionError("the socket was closed")
        try:
            async for data in self._socket:
                self._take(data, now=time.perf_counter())
        except websockets.ConnectionClosed as closed:
            problem = closed
        finally:
            if self._waiting is not None and not self._waiting.done():
                self._waiting.set_exception(problem)

    def _take(self, data, *, now):
        message = ForwardMsg.FromString(data)
        self._received.size += len(data)
        self._received.messages += 1
        if message.WhichOneof("type") == "ref_hash":
            full = ForwardMsg()
            full.CopyFrom(self._known[message.ref_hash])
            full.metadata.CopyFrom(message.metadata)
            message = full
        elif message.metadata.cacheable:
            self._known[message.hash] = message
        kind = message.WhichOneof("type")
        if kind == "delta":
            self._change(tuple(message.metadata.delta_path), message.delta)
        elif kind == "auto_rerun":
            self.polls[message.auto_rerun.fragment_id] = message.auto_rerun.interval
        elif kind == "new_session":
            self._hash = message.new_session.page_script_hash or self._hash
        elif kind == "navigation":
            self._hash = message.navigation.page_script_hash or self._hash
        elif kind == "page_info_changed":
            self.query = message.page_info_changed.query_string
        elif kind == "script_finished" and message.script_finished != REPLACED:
            self._finish(message.script_finished, now=now)

    def _change(self, path, delta):
        if delta.WhichOneof("type") == "add_block":
            self._received.blocks.add(path)
        if delta.WhichOneof("type") != "new_element":
            return
        kind = delta.new_element.WhichOneof("type")
        proto = getattr(delta.new_element, kind)
        self._elements[path] = (kind, proto, delta.fragment_id)
        self._received.paths.add(path)
        if kind == "button_group" and proto.set_value:
            self._values[proto.id] = _state(Widget(kind, proto, ""), proto.raw_values)

    def _finish(self, status, *, now):
        """Take away what the run did not draw again, as the browser does."""
        fresh, drawn = self._received.paths, self._received.blocks
        for path in set(self._elements) - fresh:
            if status == DONE or any(path[:depth] in drawn for depth in range(len(path))):
                del self._elements[path]
        there = {getattr(proto, "id", "") for _, proto, _ in self._elements.values()}
        self._values = {key: value for key, value in self._values.items() if key in there}
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(now)


def _state(widget, options):
    state = WidgetState(id=widget.proto.id)
    if widget.kind == "button_group":
        state.string_array_value.data.extend(options)
    else:
        state.string_value = options[0]
    return state
