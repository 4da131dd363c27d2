import csv
import io
from datetime import UTC, datetime

import pytest
from starlette.requests import Request

from tests.web import house
from xsector.actions import signing_in
from xsector.errors.common import NotAllowedError, NotFoundError
from xsector.model.partner import Role
from xsector.settings import Settings
from xsector.ui import resources, vault
from xsector.ui.vault import LinkSheet, PersonalLink
from xsector.web import exports, link_sheet

PEOPLE = (
    ("=HYPERLINK(1)", "+1", "http://x/join/a"),
    ("-Ann", "@City", "http://x/join/b"),
    ("\tTab", "\rReturn", "http://x/join/c"),
    ("＝wide", "＋＝", "http://x/join/d"),
    ('Q "uote", comma', "Two\nlines", "http://x/join/e"),
    ("<b>Bold</b>", "R&D 日本", "http://x/join/f"),
)
SHEET = LinkSheet(
    partnership="<Bridges> & Co",
    links=tuple(PersonalLink(name=name, organisation=place, address=link) for name, place, link in PEOPLE),
)


@pytest.fixture
def logins(tmp_path):
    """Two conveners' tokens, on a database of their own."""
    engine = house.empty_database(tmp_path / "xsector.sqlite3")
    resources.provide(engine, Settings())
    now = datetime.now(UTC)
    tokens = []
    for name in ("Dana", "Eli"):
        account = signing_in.add_account(engine, name=name, role=Role.CONVENER, password=house.PASSWORD, now=now)
        login = signing_in.sign_in(engine, name=name, password=house.PASSWORD, now=now)
        tokens.append((account, login))
    yield tokens
    vault._ENTRIES.clear()
    resources.withdraw()
    engine.dispose()


def asking(sheet_id, *, login):
    cookie = [(b"cookie", f"xs-account={login}".encode())] if login else []
    return Request({"type": "http", "headers": cookie, "path_params": {"sheet_id": sheet_id}, "query_string": b""})


def test_the_table_reads_back_and_holds_no_formula():
    content = link_sheet.as_csv(SHEET)

    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert rows[0] == ["name", "organisation", "link"]
    assert [tuple(cell.removeprefix("'") for cell in row) for row in rows[1:]] == list(PEOPLE)
    assert not any(cell[:1] in set("=+-@\t\r\0＝＋－＠") for row in rows for cell in row)
    assert content.count(b"\r\n") >= len(PEOPLE) + 1


def test_the_page_shows_everybody_with_a_code_and_nothing_of_their_markup():
    page = link_sheet.as_page(SHEET, headers={}).body.decode()

    assert page.count("<svg") == len(PEOPLE)
    assert "&lt;b&gt;Bold&lt;/b&gt;" in page
    assert "R&amp;D 日本" in page
    assert "<b>" not in page
    assert "&lt;Bridges&gt; &amp; Co" in page


def test_only_the_account_that_made_the_links_gets_them(logins):
    (dana, dana_login), (_, eli_login) = logins
    sheet_id = vault.put(SHEET, account_id=dana.id, now=datetime.now(UTC))

    table = exports.links_as_csv(asking(sheet_id, login=dana_login))
    page = exports.links_as_page(asking(sheet_id, login=dana_login))

    assert table.headers["content-disposition"] == 'attachment; filename="bridges-co-links.csv"'
    assert table.headers["cache-control"] == page.headers["cache-control"] == "no-store"
    assert table.body == link_sheet.as_csv(SHEET)
    for door in (exports.links_as_csv, exports.links_as_page):
        with pytest.raises(NotFoundError):
            door(asking(sheet_id, login=eli_login))
        with pytest.raises(NotAllowedError):
            door(asking(sheet_id, login=None))


@pytest.mark.parametrize(
    ("title", "name"), [("Fall–Spring: Çheck/up", "fall-spring-check-up"), ("日本", "xsector"), ('"; rm -rf', "rm-rf")]
)
def test_file_names_are_plain(title, name):
    assert exports.slug(title) == name
