"""What was said on a recorded line, taken apart: replies, pages' messages, tables, pictures, papers."""

import base64
import bisect
import html
import io
import json
import re
import zipfile
from dataclasses import dataclass, field

import pyarrow as pa
import pypdf
from google.protobuf.message import Message
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

ENCLOSED = re.compile(rb"base64,([A-Za-z0-9+/=]{16,})")


@dataclass(frozen=True)
class Table:
    """A table of a message: heads, and rows of cells."""

    heads: tuple
    rows: tuple


@dataclass
class Left:
    """One thing that left the server."""

    who: str
    at: float
    kind: str
    """``head``, ``body`` or ``message``."""
    path: str
    raw: bytes
    message: object = None
    texts: list = field(default_factory=list)
    tables: list = field(default_factory=list)
    boards: list = field(default_factory=list)
    """Pictures, as the part of the page that draws them got them."""

    def haystacks(self):
        """Everything in which something may be hidden, as bytes."""
        return [self.raw, "\n".join(self.texts).encode()]


@dataclass(frozen=True)
class Asked:
    """One request: who, method, address, headers as they came."""

    who: str
    method: str
    path: str
    head: str


def taken_apart(lines):
    """All requests and all that left, in order of time."""
    asked, left = [], []
    for line in lines:
        requests = list(_requests(line))
        asked += requests
        left += _replies(line, requests)
    return asked, sorted(left, key=lambda one: one.at)


def _requests(line):
    rest = bytes(line.asked)
    while rest and b"\r\n\r\n" in rest:
        head, _, rest = rest.partition(b"\r\n\r\n")
        text = head.decode("latin-1")
        method, path, _ = text.split("\r\n")[0].split(" ")
        yield Asked(line.who, method, path, text)
        length = re.search(r"(?im)^content-length: *(\d+)", text)
        rest = rest[int(length[1]) if length else 0 :]
        if "upgrade: websocket" in text.lower():
            return


def _replies(line, requests):
    data, place = bytes(line.left), 0
    starts = [start for start, _ in line.times]

    def moment(where):
        return line.times[bisect.bisect_right(starts, where) - 1][1]

    for request in requests:
        end = data.find(b"\r\n\r\n", place)
        if end < 0:
            return
        head = data[place:end].decode("latin-1")
        if re.search(r"(?im)^content-encoding:", head):
            raise ValueError(f"compressed all the same: {head}")
        yield Left(line.who, moment(place), "head", request.path, data[place:end])
        if head.split(" ")[1] == "101":
            yield from _messages(line.who, data, end + 4, path=request.path, moment=moment)
            return
        body, after = _body(data, end + 4, head=head, method=request.method)
        if body:
            yield opened(Left(line.who, moment(place), "body", request.path, body))
        place = after


def _body(data, start, *, head, method):
    status = head.split(" ")[1]
    if method == "HEAD" or status in {"204", "304"}:
        return b"", start
    length = re.search(r"(?im)^content-length: *(\d+)", head)
    if length:
        return data[start : start + int(length[1])], start + int(length[1])
    if not re.search(r"(?im)^transfer-encoding: *chunked", head):
        return data[start:], len(data)
    body = b""
    while True:
        line_end = data.find(b"\r\n", start)
        size = int(data[start:line_end] or b"0", 16)
        body += data[line_end + 2 : line_end + 2 + size]
        start = line_end + 4 + size
        if not size:
            return body, start


def _messages(who, data, place, *, path, moment):
    """The frames of a socket: whole messages of ours, and whatever else there is."""
    whole = b""
    while place + 2 <= len(data):
        start, first, length = place, data[place], data[place + 1]
        if first & 0x70 or length & 0x80:
            raise ValueError("a frame that is compressed or masked")
        place += 2
        if length > 125:
            wide = 2 if length == 126 else 8
            length = int.from_bytes(data[place : place + wide], "big")
            place += wide
        if place + length > len(data):
            return
        frame, place = data[place : place + length], place + length
        whole = whole + frame if first & 0x0F in {0, 1, 2} else b""
        if first & 0x0F in {0, 2} and first & 0x80:
            message = ForwardMsg.FromString(whole)
            yield opened(Left(who, moment(start), "message", path, whole, message))
            whole = b""
        elif first & 0x0F not in {0, 2}:
            yield Left(who, moment(start), "message", path, frame)
            whole = b""


def opened(left):
    """*left* with its words, tables and pictures, however deeply they were packed."""
    if left.message is not None:
        _walk(left.message, left=left)
    elif left.raw[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(left.raw)) as packed:
            for name in packed.namelist():
                content = packed.read(name)
                left.texts += [name, content.decode("utf-8", "replace")]
                left.texts.append(html.unescape(re.sub("<[^>]+>", "", left.texts[-1])))
    elif left.raw[:5] == b"%PDF-":
        reader = pypdf.PdfReader(io.BytesIO(left.raw))
        left.texts += [page.extract_text() for page in reader.pages]
        left.texts += [repr(reader.metadata), repr(reader.xmp_metadata and reader.xmp_metadata.stream.get_data())]
    else:
        left.texts.append(html.unescape(left.raw.decode("utf-8", "replace")))
    for packed in ENCLOSED.findall(left.raw):
        left.texts.append(base64.b64decode(packed + b"=" * (-len(packed) % 4)).decode("utf-8", "replace"))
    return left


def _walk(message, *, left):
    for kind, value in message.ListFields():
        several = kind.is_repeated if hasattr(kind, "is_repeated") else kind.label == kind.LABEL_REPEATED
        if several and kind.message_type and kind.message_type.GetOptions().map_entry:
            values = [*value.keys(), *value.values()]
        else:
            values = list(value) if several else [value]
        for one in values:
            _note(one, left=left)


def _note(value, *, left):
    if isinstance(value, Message):
        _walk(value, left=left)
    elif isinstance(value, bytes):
        if table := _table(value):
            left.tables.append(table)
            left.texts += [str(cell) for cell in (*table.heads, *(cell for row in table.rows for cell in row))]
        left.texts.append(value.decode("utf-8", "replace"))
    elif isinstance(value, str):
        left.texts.append(value)
        if value[:1] in "{[":
            _unpack(value, left=left)


def _unpack(text, *, left):
    try:
        content = json.loads(text)
    except ValueError:
        return
    if isinstance(content, dict):
        left.texts += [html.unescape(one) for one in content.values() if isinstance(one, str)]
        left.boards += [content] if "svg" in content else []


def _table(content):
    if content[:4] != b"\xff\xff\xff\xff":
        return None
    table = pa.ipc.open_stream(content).read_all()
    columns = [column.to_pylist() for column in table.columns]
    return Table(tuple(table.column_names), tuple(zip(*columns, strict=True)))
