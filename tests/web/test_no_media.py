"""Streamlit hands out what is put under /media to anybody who has the address, so nothing is ever put there."""

import ast
from datetime import UTC, datetime

import pytest

from tests.test_bans import name_of, sources
from tests.web import house
from tests.web.test_hijack import browser, one_run
from xsector.actions import signing_in
from xsector.store.engine import open_engine
from xsector.ui.identity import sealed

PUTTING = {
    "audio",
    "download_button",
    "image",
    "logo",
    "pdf",
    "pyplot",
    "video",
    "chat_input",
    "camera_input",
    "audio_input",
}
PAGES = ("partnerships", "people", "questions", "round", "meeting", "results", "felt", "agenda")
DOORS = (
    "/export/links/{}.csv",
    "/export/links/{}.html",
    "/export/agenda/1.docx",
    "/export/agenda/1.pdf",
    "/export/agenda/1.md",
)


def test_no_page_puts_anything_under_media():
    found = [
        f"{path.name}:{node.lineno}"
        for path in sources()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and name_of(node.func).split(".")[-1] in PUTTING
    ]

    assert found == []


@pytest.fixture(scope="module")
def pages(served):
    """Everything that left the server for the convener, a partner and the wall."""
    found, server = served
    engine = open_engine(found.url)
    login = signing_in.sign_in(engine, name="Dana", password=house.PASSWORD, now=datetime.now(UTC))
    engine.dispose()
    ann = sealed(found.tokens["Ann"], key=found.key, now=datetime.now(UTC))
    visits = [(f"xs-account={login}", page) for page in PAGES]
    visits += [(f"xs-partner={ann}", "answer"), (f"xs-wall={found.wall}", "wall")]
    seen = []
    for cookie, page in visits:
        with browser(server, cookie=cookie) as socket:
            seen.append(one_run(socket, page=page)[1])
    return seen


def test_no_page_sends_an_address_under_media(pages):
    assert all(pages)
    assert not [page for page in pages if b"/media/" in page]


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("who", ["nobody", "a partner", "the wall", "a liar"])
def test_a_file_is_refused_without_an_account_s_cookie(served, door, who):
    found, server = served
    cookies = {
        "nobody": {},
        "a partner": {"xs-partner": sealed(found.tokens["Ann"], key=found.key, now=datetime.now(UTC))},
        "the wall": {"xs-wall": found.wall},
        "a liar": {"xs-account": "made-up"},
    }[who]

    reply = server.ask("GET", door.format("x" * 22), cookies=cookies)

    assert reply.status == 403
    assert reply.headers["Cache-Control"] == "no-store"
    assert "Bridges" not in reply.text


@pytest.mark.parametrize(
    "path", ["/media/", "/media/x.csv", "/media/../xsector.sqlite3", "/media/%2e%2e/xsector.sqlite3"]
)
def test_there_is_nothing_under_media(served, path):
    reply = served[1].ask("GET", path)

    assert reply.status == 404 or b"SQLite" not in reply.body
    assert "attachment" not in (reply.headers["Content-Disposition"] or "")
