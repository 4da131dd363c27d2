"""Each door of the running server, knocked at as a browser does and as one does not."""

import re
import sqlite3
from datetime import UTC, datetime

import pytest

from tests.web.house import PASSWORD
from xsector.ui.identity import sealed

UNKNOWN = "A" * 43


def dump(server):
    with sqlite3.connect(server.folder / "xsector.sqlite3") as database:
        return list(database.iterdump())


def signed_in(server):
    reply = server.ask("POST", "/sign-in", form={"name": "Dana", "password": PASSWORD})
    assert reply.status == 303
    return reply.cookies


def test_a_personal_link_can_be_looked_at_any_number_of_times(served):
    house, server = served
    before = dump(server)

    for _ in range(5):
        shown = server.ask("GET", f"/join/{house.tokens['Ann']}")
        assert server.ask("HEAD", f"/join/{house.tokens['Ann']}").status == 200

    assert shown.status == 200
    assert "&lt;Bridges &amp; Co&gt;" in shown.text
    assert "<Bridges" not in shown.text
    assert "<script" not in shown.text
    assert shown.headers["cache-control"] == "no-store"
    assert shown.cookies == {}
    assert dump(server) == before


def test_the_button_of_a_personal_link_lets_the_partner_in(served):
    house, server = served

    reply = server.ask("POST", f"/join/{house.tokens['Ann']}", form={})

    assert (reply.status, reply.headers["location"]) == (303, "/answer")
    assert list(reply.cookies) == ["xs-partner"]
    flags = {one.strip().lower() for one in reply.headers["set-cookie"].split(";")[1:]}
    assert {"httponly", "samesite=lax", "path=/", "max-age=43200"} <= flags
    assert server.ask("POST", f"/join/{house.tokens['Ann']}", form={}).status == 303


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("path", [f"/join/{UNKNOWN}", "/join/x", f"/wall/{UNKNOWN}", f"/first/{UNKNOWN}"])
def test_an_unknown_link_says_so(served, method, path):
    reply = served[1].ask(method, path, form={} if method == "POST" else None)

    assert reply.status == 404
    assert "This link isn&#x27;t known here" in reply.text
    assert reply.cookies == {}


def test_a_replaced_link_is_unknown(served):
    house, server = served
    chosen = {"participant": str(house.people["Bob"]), "confirmed": "yes"}

    assert server.ask("GET", f"/join/{house.tokens['Bob']}").status == 200
    fresh = server.ask("POST", f"/room/{house.door}", form=chosen)

    assert fresh.status == 200
    assert server.ask("GET", f"/join/{house.tokens['Bob']}").status == 404
    assert server.ask("POST", f"/join/{house.tokens['Bob']}", form={}).status == 404


def test_a_token_in_the_query_opens_nothing(served):
    house, server = served

    reply = server.ask("GET", f"/?token={house.tokens['Ann']}")

    assert reply.cookies == {}
    assert b"Bridges" not in reply.body


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.test"},
        {"Origin": "null"},
        {"Origin": None},
        {"Origin": "https://evil.test", "Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": None, "Sec-Fetch-Site": "cross-site"},
    ],
)
def test_a_form_from_elsewhere_is_refused(served, headers):
    house, server = served

    reply = server.ask("POST", f"/join/{house.tokens['Ann']}", form={}, headers=headers)

    assert reply.status == 403
    assert reply.cookies == {}


@pytest.mark.parametrize("headers", [{"Origin": None}, {"Origin": "null"}, {}])
def test_a_browser_that_vouches_for_the_page_is_enough(served, headers):
    house, server = served

    reply = server.ask(
        "POST", f"/join/{house.tokens['Ann']}", form={}, headers={"Sec-Fetch-Site": "same-origin", **headers}
    )

    assert reply.status == 303


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"name=" + b"x" * 17_000, "application/x-www-form-urlencoded"),
        (b"{}", "application/json"),
        (b"&".join([b"a=1"] * 50), "application/x-www-form-urlencoded"),
        (b"name=\xff\xfe", "application/x-www-form-urlencoded"),
    ],
)
def test_what_is_no_small_form_is_refused(served, body, kind):
    reply = served[1].ask("POST", "/sign-in", body=body, headers={"Content-Type": kind})

    assert reply.status == 400
    assert "could not be read" in reply.text


def test_a_wrong_password_keeps_the_name_and_says_so(served):
    reply = served[1].ask("POST", "/sign-in", form={"name": '<Dana">', "password": "wrong"})

    assert reply.status == 400
    assert 'value="&lt;Dana&quot;&gt;"' in reply.text
    assert 'role="alert"' in reply.text
    assert "wrong" not in reply.text
    assert reply.cookies == {}


def test_after_five_wrong_passwords_the_account_waits(served):
    server = served[1]
    replies = [server.ask("POST", "/sign-in", form={"name": "Mallory", "password": f"no {n}"}) for n in range(6)]

    assert [one.status for one in replies] == [400] * 5 + [429]
    assert "Wait" in replies[-1].text
    assert server.ask("POST", "/sign-in", form={"name": "Dana", "password": PASSWORD}).status == 303


def test_signing_out_ends_the_login_and_takes_the_cookies_back(served):
    house, server = served
    cookies = signed_in(server)
    path = f"/export/agenda/{house.round_id}.md"
    assert server.ask("GET", path, cookies=cookies).status == 400
    assert "Sign out" in server.ask("GET", "/sign-out", cookies=cookies).text
    assert server.ask("GET", path, cookies=cookies).status == 400

    reply = server.ask("POST", "/sign-out", form={}, cookies=cookies)

    assert reply.status == 200
    assert set(reply.cookies) == {"xs-account", "xs-partner", "xs-wall", "xs-room"}
    assert reply.headers["clear-site-data"] == '"cache", "storage"'
    assert all("max-age=0" in one.lower() for one in reply.headers.get_all("set-cookie"))
    assert server.ask("GET", path, cookies=cookies).status == 403


def test_signing_out_from_a_page_without_an_origin_asks_once_more(served):
    cookies = signed_in(served[1])

    reply = served[1].ask("POST", "/sign-out", form={}, cookies=cookies, headers={"Origin": "null"})

    assert reply.status == 200
    assert '<form method="post" action="/sign-out">' in reply.text
    assert reply.cookies == {}


def test_coming_in_by_room_code(served):
    house, server = served
    browser = server.ask("GET", "/room").cookies
    typed = f" {house.room_code[:4].lower()}-{house.room_code[4:].lower()} "
    gus = str(house.people["Gus"])

    names = server.ask("POST", "/room", form={"code": typed}, cookies=browser)
    asked = server.ask("POST", f"/room/{house.door}", form={"participant": gus})
    done = {"participant": gus, "confirmed": "yes"}
    welcome = server.ask("POST", f"/room/{house.door}", form=done)

    assert list(browser) == ["xs-browser"]
    assert "Gus · Org of Gus" in names.text
    assert "Your name is not here?" in names.text
    assert f'action="/room/{house.door}"' in names.text
    assert names.cookies == {"xs-room": house.door}
    assert asked.cookies == {}
    assert "Are you Gus · Org of Gus?" in asked.text
    assert list(welcome.cookies) == ["xs-partner"]
    link = re.search(r"http://localhost:\d+(/join/[\w-]{43})<", welcome.text)[1]
    assert welcome.cookies["xs-partner"].split(".")[0] == link.rpartition("/")[2]
    assert "<svg" in welcome.text
    assert server.ask("GET", link).status == 200
    again = server.ask("POST", f"/room/{house.door}", form=done)
    assert "Choose your name." in again.text
    assert again.cookies == {}


def test_the_qr_code_of_a_room_leads_straight_to_the_names(served):
    house, server = served
    before = dump(server)

    shown = server.ask("GET", f"/room/{house.door}")

    assert shown.status == 200
    assert "Eve · Org of Eve" in shown.text
    assert "&lt;Bridges &amp; Co&gt;" in shown.text
    assert shown.cookies == {}
    assert dump(server) == before
    assert house.door.partition("-")[2] not in "".join(before)


@pytest.mark.parametrize("door", [f"1-{UNKNOWN}", "1", "x", f"999-{UNKNOWN}", "-1-x", "9" * 300])
def test_a_made_up_door_says_what_to_do(served, door):
    for method in ("GET", "POST"):
        reply = served[1].ask(method, f"/room/{door}", form={} if method == "POST" else None)

        assert reply.status == 404
        assert "Scan the code that is on the screen now" in reply.text


def test_the_wall_link_shows_a_button_that_opens_the_wall(served):
    house, server = served

    shown = server.ask("GET", f"/wall/{house.wall}")
    opened = server.ask("POST", f"/wall/{house.wall}", form={})

    assert shown.status == 200
    assert "Spring &lt;b&gt;" in shown.text
    assert shown.cookies == {}
    assert (opened.status, opened.headers["location"]) == (303, "/wall")
    assert opened.cookies == {"xs-wall": house.wall}


@pytest.mark.parametrize("path", ["/export/agenda/1.pdf", "/export/links/abc.csv", "/export/links/abc.html"])
def test_no_export_without_a_login(served, path):
    house, server = served
    partner = sealed(house.tokens["Ann"], key=house.key, now=datetime.now(UTC))

    for cookies in ({}, {"xs-account": UNKNOWN}, {"xs-partner": partner}, {"xs-account": partner}):
        reply = server.ask("GET", path, cookies=cookies)
        assert reply.status == 403
        assert "You can&#x27;t open this" in reply.text


def test_exports_that_are_not_there(served):
    cookies = signed_in(served[1])
    paths = ["/export/agenda/999.pdf", "/export/links/unknown.csv", "/export/links/x.html", "/export/agenda/1.exe"]

    replies = [served[1].ask("GET", path, cookies=cookies) for path in paths]

    assert [one.status for one in replies] == [404, 404, 404, 400]


def test_healthz_reads_the_database(served):
    reply = served[1].ask("GET", "/healthz")

    assert (reply.status, reply.text) == (200, "ok")


def test_fonts_come_from_here_and_nothing_else_does(served):
    assert served[1].ask("GET", "/fonts/SourceSans3-Regular.woff2").headers["content-type"] == "font/woff2"
    assert served[1].ask("GET", "/fonts/OFL.md").status == 404
    assert served[1].ask("GET", "/fonts/..%2F..%2Faccess.py").status in {400, 404}


def test_no_token_is_stored_or_logged(served):
    house, server = served
    cookies = signed_in(server)
    server.ask("GET", f"/room/{house.door}")
    server.ask("GET", f"/room/{house.door}/more")
    tokens = [*house.tokens.values(), house.wall, house.door.partition("-")[2], *cookies.values(), PASSWORD]
    server.ask("GET", f"/join/{house.tokens['Ann']}/more")
    server.ask("POST", f"/join/{house.tokens['Ann']}", form={}, headers={"Origin": "https://evil.test"})
    server.ask("GET", "/export/agenda/1.pdf", cookies={"xs-account": house.tokens["Ann"]})

    files = b"".join(one.read_bytes() for one in server.folder.iterdir() if one.name.startswith("xsector.sqlite3"))

    for secret in tokens:
        assert secret not in server.logs()
        assert secret.encode() not in files
