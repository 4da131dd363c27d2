"""Where a message ends, what it says it is, and to whom it may be shown: looked at byte by byte."""

import contextlib
import socket

import pytest

from tests.web.test_headers import PATHS


def answers_to(server, message):
    """All bytes that come back before the server ends the connection or falls silent."""
    found = b""
    with contextlib.closing(socket.create_connection(("127.0.0.1", server.port), timeout=2)) as line:
        line.sendall(message)
        with contextlib.suppress(TimeoutError):
            while part := line.recv(65_536):
                found += part
    return found


def test_a_length_is_ignored_where_the_message_comes_in_chunks(served):
    both = b"POST /sign-out HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"

    found = answers_to(served[1], both + b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")

    assert found.count(b"HTTP/1.1 ") == 2
    assert found.endswith(b"\r\n\r\nok")


@pytest.mark.parametrize(
    "headers",
    [b"Content-Length: 4\r\nContent-Length: 5\r\n", b"Transfer-Encoding: xchunked\r\n", b"Content-Length: -1\r\n",
     b"Transfer-Encoding : chunked\r\n", b"A: b\r\n c\x00d\r\n"],
)  # fmt: skip
def test_a_message_whose_end_is_unclear_is_refused(served, headers):
    found = answers_to(served[1], b"POST /sign-out HTTP/1.1\r\nHost: x\r\n" + headers + b"\r\nabcd")

    assert found.startswith(b"HTTP/1.1 400 ")
    assert found.count(b"HTTP/1.1 ") == 1


@pytest.mark.parametrize("path", sorted(PATHS))
def test_every_answer_says_what_it_is_and_no_foreign_page_may_read_it(served, path):
    reply = served[1].ask("GET", path, headers={"Origin": "https://evil.test"})

    kind = reply.headers["content-type"] or ""
    assert kind or not reply.body
    assert "charset=utf-8" in kind or not kind.startswith("text/")
    assert reply.headers["access-control-allow-origin"] is None


@pytest.mark.parametrize("path", ["/.git/config", "/app.py", "/data/xsector.sqlite3", "/.streamlit/config.toml"])
def test_no_file_of_the_program_is_served(served, path):
    assert served[1].ask("GET", path).body == served[1].ask("GET", "/").body


@pytest.mark.parametrize("path", ["//evil", "/..%5cx"])
def test_a_refusal_of_two_words_says_that_they_are_plain_text(served, path):
    reply = served[1].ask("GET", path)

    assert reply.status >= 400
    assert reply.headers["content-type"] == "text/plain; charset=utf-8"
