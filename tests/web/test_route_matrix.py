"""Every web address of ours, asked for by everybody; a new one without a line fails the first test."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute

from tests.build_records import ended
from tests.conftest import copied, quickly
from tests.roles import ACCOUNTS, ACTORS, PARTNERS, at_stage, copy_of, logins, open_town
from tests.ui import screens
from tests.ui.signed_in import cookies_of
from xsector.actions import admitting, joining, sharing
from xsector.errors.common import XsectorError
from xsector.model.partner import Role
from xsector.ui import resources, vault, visits
from xsector.web import problems
from xsector.web.routes import routes

HOST = "partners.example"
LEADERS = frozenset({"convener", "facilitator"})
NOBODY, EVERY_ACCOUNT, EVERYBODY = frozenset(), frozenset(ACCOUNTS), frozenset(ACTORS)
OPEN_TO = {
    ("GET", "/healthz"): EVERYBODY,
    ("GET", "/fonts/SourceSans3-Bold.woff2"): EVERYBODY,
    ("GET", "/sign-in"): EVERYBODY,
    ("POST", "/sign-in"): NOBODY,
    ("POST", "/sign-in/elsewhere"): NOBODY,
    ("GET", "/sign-in/name"): NOBODY,
    ("POST", "/sign-in/name"): NOBODY,
    ("GET", "/auth/login"): NOBODY,
    ("GET", "/auth/logout"): EVERYBODY,
    ("GET", "/oauth2callback"): NOBODY,
    ("GET", "/link/{colleague}"): NOBODY,
    ("POST", "/account/elsewhere"): NOBODY,
    ("GET", "/sign-out"): EVERYBODY,
    ("POST", "/sign-out"): EVERYBODY,
    ("GET", "/room"): EVERYBODY,
    ("POST", "/room"): NOBODY,
    ("GET", "/room/{door}"): NOBODY,
    ("POST", "/room/{partner}"): NOBODY,
    ("GET", "/join/{partner}"): EVERYBODY,
    ("POST", "/join/{partner}"): EVERYBODY,
    ("GET", "/join/{wall}"): NOBODY,
    ("POST", "/join/{login}"): NOBODY,
    ("GET", "/wall/{wall}"): EVERYBODY,
    ("POST", "/wall/{wall}"): EVERYBODY,
    ("GET", "/wall/{partner}"): NOBODY,
    ("POST", "/wall/{login}"): NOBODY,
    ("GET", "/first/{partner}"): NOBODY,
    ("POST", "/first/{colleague}"): NOBODY,
    ("GET", "/colleague/{colleague}"): EVERYBODY,
    ("POST", "/colleague/{partner}"): NOBODY,
    ("GET", "/account"): EVERY_ACCOUNT,
    ("POST", "/account/password"): NOBODY,
    ("POST", "/account/sign-out"): EVERY_ACCOUNT,
    ("GET", "/password/{password}"): EVERYBODY,
    ("POST", "/password/{colleague}"): NOBODY,
    ("GET", "/erase"): frozenset(PARTNERS),
    ("POST", "/erase"): frozenset(PARTNERS),
    ("GET", "/mine/{here}.csv"): frozenset({"partner"}),
    ("GET", "/mine/{elsewhere}.csv"): frozenset({"partner elsewhere"}),
    ("GET", "/mine.json"): frozenset(PARTNERS),
    ("GET", "/export/links/{sheet}.csv"): frozenset({"convener"}),
    ("GET", "/export/links/{sheet}.html"): frozenset({"convener"}),
    ("GET", "/export/agenda/{here}.md"): LEADERS,
    ("GET", "/export/agenda/{elsewhere}.md"): NOBODY,
    ("GET", "/export/record/{meeting}.md"): LEADERS,
    ("GET", "/export/record/{meeting}.ics"): LEADERS,
    ("GET", "/export/record/{meeting_elsewhere}.md"): NOBODY,
}
"""Who gets a page, or is led on, instead of a refusal; a link's own token is all it asks for."""


@pytest.fixture(scope="module")
def revealed(migrated_file, tmp_path_factory):
    """A town that nobody changes."""
    engine = quickly(copied(migrated_file, tmp_path_factory.mktemp("routes")))
    yield at_stage(open_town(engine), "revealed")
    engine.dispose()


@pytest.fixture
def town(revealed, tmp_path):
    """A copy of it that the web serves."""
    made = copy_of(revealed, tmp_path)
    screens.serve(made.engine)
    visits._ENDED.clear()  # two cookies of one second are the same
    yield made
    resources.withdraw()
    made.engine.dispose()


def asked(method, path, *, cookies):
    """Status and body of one request, with what a browser on our own page would send."""
    app = Starlette(routes=routes(), exception_handlers={XsectorError: problems.told})
    form = urlencode(
        {"name": "Nobody", "password": "wrong", "current": "wrong", "code": "00000000", "login": "all"}
    ).encode()
    headers = {
        "host": HOST,
        "origin": f"https://{HOST}",
        "content-type": "application/x-www-form-urlencoded",
        "cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
    }
    scope = {
        "type": "http", "method": method, "path": path, "raw_path": path.encode(), "query_string": b"", "root_path": "",
        "scheme": "https", "server": (HOST, 443), "client": ("127.0.0.1", 1), "http_version": "1.1",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
    }  # fmt: skip
    sent, body = [], [form if method == "POST" else b""]

    async def receive():
        if not body:
            await asyncio.sleep(3600)  # A browser that waits for the answer says nothing more.
        return {"type": "http.request", "body": body.pop(), "more_body": False}

    async def send(message):
        sent.append(message)

    # In a thread of its own: a browser that other tests have open keeps a loop in this one.
    with ThreadPoolExecutor(1) as pool:
        pool.submit(lambda: asyncio.run(app(scope, receive, send))).result()
    return sent[0]["status"], b"".join(one.get("body", b"") for one in sent[1:])


def brought(town, *, now):
    """The cookies of each actor's browser."""
    found = {actor: cookies_of(login=token) for actor, token in logins(town, now=now).items()}
    found |= {actor: cookies_of(partner=town.token(actor)) for actor in PARTNERS}
    return {"nobody": {}, "wall": cookies_of(wall=town.wall), **found}


def filled(town, path, *, now):
    """*path* with real tokens and numbers in it."""
    dana, partnership = town.accounts["convener"], town.here.partnership
    token = town.token("partner")
    links = (vault.PersonalLink(name="Ann", organisation="City Hall", address="https://partners.example/join/secret"),)
    values = {
        "partner": token,
        "wall": town.wall,
        "door": joining.door_of(town.here.round, key=resources.signing_key()) or f"{town.here.round.id}-{'A' * 43}",
        "login": logins(town, now=now)["convener"],
        "sheet": vault.put(vault.LinkSheet(partnership=partnership.name, links=links), account_id=dana.id, now=now),
        "here": town.here.round.id,
        "elsewhere": town.elsewhere.round.id,
        "password": admitting.give_link(town.engine, name="Dana", now=now)[1],
        "colleague": sharing.invite_colleague(
            town.engine, account=dana, partnership_id=partnership.id, role=Role.CONVENER, now=now
        ),
    }
    if "{meeting" in path:
        values |= {"meeting": ended(town.here).id, "meeting_elsewhere": ended(town.elsewhere).id}
    return path.format(**values)


def test_every_route_stands_in_the_table():
    plain = [route for route in routes() if not isinstance(route, WebSocketRoute)]
    known = {(method, route.path) for route in plain for method in route.methods - {"HEAD"}}
    tried = {
        (method, route.path)
        for method, path in OPEN_TO
        for route in plain
        if method in route.methods and route.path_regex.match(path)
    }

    assert tried == known


@pytest.mark.parametrize(("method", "path"), OPEN_TO)
def test_each_address_opens_for_whom_it_is(town, method, path):
    now = datetime.now(UTC)
    address, cookies = filled(town, path, now=now), brought(town, now=now)

    replies = {actor: asked(method, address, cookies=cookies[actor]) for actor in ACTORS}

    assert {actor for actor, (status, _) in replies.items() if status < 400} == OPEN_TO[method, path]
    refused = [body for status, body in replies.values() if status >= 400]
    assert not [body for body in refused if b"Harbour" in body or b"Lighthouse" in body or b"secret" in body]
    assert {status for status, _ in replies.values()} <= {200, 303, 400, 403, 404, 429}


def test_only_one_socket_is_ours_and_it_has_a_test_of_its_own():
    assert [route.path for route in routes() if isinstance(route, WebSocketRoute)] == ["/live/{where}"]
