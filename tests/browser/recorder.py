"""A wire between browsers and the server that keeps every byte that passes, by who it was for and when.

Each visitor comes through a door (a port) of their own. Answers are asked for without compression, so that what is
kept is what was said.
"""

import asyncio
import bisect
import contextlib
import threading
import time
from dataclasses import dataclass, field

PLAIN = ((b"Accept-Encoding:", b"X-ccept-Encoding:"), (b"Sec-WebSocket-Extensions:", b"X-ec-WebSocket-Extensions:"))
"""Headers under names that no server knows; each word for word as long as before."""
PIECE = 1 << 18
PATIENCE_SECONDS = 40
"""A machine that does much else at the same time has been slower than 15."""


@dataclass
class Line:
    """One connection: what was asked and what left the server, in pieces with their times."""

    who: str
    asked: bytearray = field(default_factory=bytearray)
    left: bytearray = field(default_factory=bytearray)
    times: list = field(default_factory=list)
    """For each piece that left: the place of its first byte, and when it came."""


class Recorder:
    """Doors to one server; a class because it holds a thread and its sockets."""

    def __init__(self, port):
        self.lines, self.doors = [], {}
        self._servers, self._ends = [], []
        self._port = port
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_problem):
        self.run(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def door(self, who):
        """The port through which *who* comes; made at the first call."""
        if who not in self.doors:
            self.doors[who] = self.run(self._open(who))
        return self.doors[who]

    def origin(self, who):
        """The same as the beginning of an address."""
        return f"http://localhost:{self.door(who)}"

    def run(self, work):
        """Do *work* (a coroutine) beside the browser's own loop, and wait for it."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(60)

    def wait_for(self, words, *, who, since):
        """Wait until *words* have left the server for *who* after the moment *since*."""
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until:
            if any(words.encode() in self._after(line, since) for line in self.lines if line.who == who):
                return
            time.sleep(0.02)
        raise TimeoutError(f"{words!r} did not come to {who}")

    @staticmethod
    def _after(line, since):
        later = bisect.bisect_left(line.times, since, key=lambda one: one[1])
        return bytes(line.left[line.times[later][0] :]) if later < len(line.times) else b""

    async def _open(self, who):
        server = await asyncio.start_server(lambda *ends: self._serve(who, *ends), "127.0.0.1", 0)
        self._servers.append(server)
        return server.sockets[0].getsockname()[1]

    async def _serve(self, who, reader, writer):
        line = Line(who)
        self.lines.append(line)
        from_server, to_server = await asyncio.open_connection("127.0.0.1", self._port)
        self._ends += [writer, to_server]
        asking = asyncio.create_task(self._ask(reader, to_server, line))
        try:
            await self._answer(from_server, writer, line)
        except ConnectionError:
            pass  # who asked has gone away
        finally:
            asking.cancel()
            for end in (writer, to_server):
                end.close()

    async def _ask(self, reader, writer, line):
        while piece := await reader.read(PIECE):
            for header, unknown in PLAIN:
                piece = piece.replace(header, unknown)
            line.asked += piece
            writer.write(piece)
            await writer.drain()
        with contextlib.suppress(OSError):
            writer.write_eof()

    async def _answer(self, reader, writer, line):
        while piece := await reader.read(PIECE):
            line.times.append((len(line.left), time.monotonic()))
            line.left += piece
            writer.write(piece)
            await writer.drain()

    async def _end(self):
        for server in self._servers:
            server.close()
        for end in self._ends:
            end.transport.abort()
        await asyncio.sleep(0.2)  # an aborted end is closed, and its work ended, in the next turns of the loop
