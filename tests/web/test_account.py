"""The account's own page, and a colleague's link, on the running server."""

import hashlib
import re
from datetime import UTC, datetime

import pytest

from tests.web import house as building
from tests.web.house import PASSWORD
from xsector.actions import admitting, sharing, signing_in
from xsector.model.partner import Role
from xsector.store.engine import open_engine

NEW = "seven quiet lamps on a hill"
CHANGED = {"current": PASSWORD, "password": NEW, "again": NEW}


@pytest.fixture(scope="module")
def furnished(tmp_path_factory):
    """A database with a partnership and the server on it, for tests that change accounts."""
    folder = tmp_path_factory.mktemp("accounts")
    engine = building.empty_database(folder / "xsector.sqlite3")
    found = building.furnish(engine)
    engine.dispose()
    with building.running_server(folder) as server:
        yield found, server


def with_account(found, name):
    """Another account, as its name and password would be typed."""
    engine = open_engine(found.url)
    now = datetime.now(UTC)
    signing_in.add_account(engine, name=name, role=Role.CONVENER, password=PASSWORD, now=now)
    engine.dispose()
    return {"name": name, "password": PASSWORD}


def signed_in(server, typed, *, cookies=None):
    reply = server.ask("POST", "/sign-in", form=typed, cookies=cookies)
    assert reply.status == 303
    return reply.cookies


def shows(server, cookies):
    return server.ask("GET", "/account", cookies=cookies).status


def test_the_page_says_whose_account_it_is_and_in_how_many_browsers(furnished):
    found, server = furnished
    typed = with_account(found, "<Eli>")
    first, _second = signed_in(server, typed), signed_in(server, typed)

    reply = server.ask("GET", "/account", cookies=first)

    assert reply.status == 200
    assert "&lt;Eli&gt;, convener" in reply.text
    assert "2 browsers signed in" in reply.text
    assert "This browser: began just now, last used just now" in reply.text
    assert reply.text.count("Another browser: began just now") == 2
    assert reply.headers["cache-control"] == "no-store"


def test_a_new_password_signs_all_other_browsers_out(furnished):
    found, server = furnished
    typed = with_account(found, "Gil")
    here, there = signed_in(server, typed), signed_in(server, typed)

    reply = server.ask("POST", "/account/password", form=CHANGED, cookies=here)

    assert reply.status == 200
    assert list(reply.cookies) == ["xs-account"]
    assert [shows(server, one) for one in (here, there, reply.cookies)] == [403, 403, 200]
    assert server.ask("POST", "/sign-in", form=typed).status == 400
    assert signed_in(server, {**typed, "password": NEW})
    assert NEW not in server.logs()


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({**CHANGED, "current": "wrong"}, "don&#x27;t match"),
        ({**CHANGED, "again": "another"}, "not the same"),
        ({"current": PASSWORD, "password": "short", "again": "short"}, "fewer than 15"),
        ({}, "don&#x27;t match"),
    ],
)
def test_a_refused_change_says_why_and_leaves_the_login(furnished, form, said):
    found, server = furnished
    cookies = signed_in(server, with_account(found, f"Ida {len(form)} {said}"))

    reply = server.ask("POST", "/account/password", form=form, cookies=cookies)

    assert reply.status == 400
    assert said in reply.text
    assert reply.cookies == {}
    assert shows(server, cookies) == 200


def mark_of_another(text):
    """What the page calls a browser that isn't the one which asks."""
    return re.search(r'<option value="([0-9a-f]{24})">Another browser', text)[1]


def test_signing_out_everywhere(furnished):
    found, server = furnished
    typed = with_account(found, "Jo")
    here, there = signed_in(server, typed), signed_in(server, typed)

    refused = server.ask("POST", "/account/sign-out", form={"login": "all", "current": "wrong"}, cookies=here)
    still = [shows(server, here), shows(server, there)]
    reply = server.ask("POST", "/account/sign-out", form={"login": "all", "current": PASSWORD}, cookies=here)

    assert (refused.status, still) == (400, [200, 200])
    assert reply.status == 200
    assert "max-age=0" in reply.headers["set-cookie"].lower()
    assert reply.headers["clear-site-data"] == '"cache", "storage"'
    assert [shows(server, here), shows(server, there)] == [403, 403]


def test_signing_another_browser_out_leaves_this_one(furnished):
    found, server = furnished
    typed = with_account(found, "Nia")
    here, there = signed_in(server, typed), signed_in(server, typed)
    mark = mark_of_another(server.ask("GET", "/account", cookies=here).text)
    form = {"login": mark, "current": PASSWORD}

    wrong = server.ask("POST", "/account/sign-out", form={**form, "current": "wrong"}, cookies=here)
    still = shows(server, there)
    reply = server.ask("POST", "/account/sign-out", form=form, cookies=here)
    again = server.ask("POST", "/account/sign-out", form=form, cookies=here)

    assert (wrong.status, still, reply.status, again.status) == (400, 200, 200, 404)
    assert "That browser is signed out." in reply.text
    assert "1 browser signed in" in reply.text
    assert reply.cookies == {}
    assert [shows(server, here), shows(server, there)] == [200, 403]


def test_the_page_shows_no_token_and_no_address(furnished):
    found, server = furnished
    typed = with_account(found, "Pia")
    here, there = signed_in(server, typed), signed_in(server, typed)

    text = server.ask("GET", "/account", cookies=here).text

    for token in (here["xs-account"], there["xs-account"]):
        assert token not in text
        assert hashlib.sha256(token.encode()).hexdigest() not in text
    assert "127.0.0.1" not in text


def test_a_forgotten_password_is_set_anew_by_a_link_that_works_once(furnished):
    found, server = furnished
    typed = with_account(found, "<Quin>")
    before = signed_in(server, typed)
    engine = open_engine(found.url)
    _, token = admitting.give_link(engine, name="<Quin>", now=datetime.now(UTC))
    engine.dispose()
    path = f"/password/{token}"

    looked = [server.ask("GET", path) for _ in range(3)]
    weak = server.ask("POST", path, form={"password": "dragon123456789", "again": "dragon123456789"})
    unlike = server.ask("POST", path, form={"password": NEW, "again": "x"})
    foreign = server.ask("POST", path, form={"password": NEW, "again": NEW}, headers={"Origin": "https://evil.test"})
    made = server.ask("POST", path, form={"password": NEW, "again": NEW})

    assert [one.status for one in looked] == [200, 200, 200]
    assert "&lt;Quin&gt;" in looked[0].text
    assert (weak.status, unlike.status, foreign.status, made.status) == (400, 400, 403, 303)
    assert "it is a common password" in weak.text
    assert [shows(server, before), shows(server, made.cookies)] == [403, 200]
    assert signed_in(server, {**typed, "password": NEW})
    assert server.ask("POST", "/sign-in", form=typed).status == 400
    assert [server.ask(method, path, form={}).status for method in ("GET", "POST")] == [404, 404]
    assert token not in server.logs()
    assert NEW not in server.logs()


def test_signing_in_again_ends_the_login_that_the_browser_had(furnished):
    found, server = furnished
    typed = with_account(found, "Kim")
    before = signed_in(server, typed)

    after = signed_in(server, typed, cookies=before)

    assert after["xs-account"] != before["xs-account"]
    assert [shows(server, before), shows(server, after)] == [403, 200]


@pytest.mark.parametrize("path", ["/account/password", "/account/sign-out"])
def test_another_sites_form_changes_nothing(furnished, path):
    found, server = furnished
    cookies = signed_in(server, with_account(found, f"Lu {path[9]}"))

    reply = server.ask("POST", path, form=CHANGED, cookies=cookies, headers={"Origin": "https://evil.test"})

    assert reply.status == 403
    assert shows(server, cookies) == 200


def test_a_colleague_makes_their_own_account_with_a_link_that_works_once(furnished):
    found, server = furnished
    engine = open_engine(found.url)
    token = sharing.invite_colleague(
        engine, account=found.account, partnership_id=found.partnership_id, role=Role.FACILITATOR, now=datetime.now(UTC)
    )
    engine.dispose()
    path = f"/colleague/{token}"

    looked = [server.ask("GET", path).status for _ in range(3)]
    weak = server.ask("POST", path, form={"name": "Mo", "password": "short", "again": "short"})
    unlike = server.ask("POST", path, form={"name": "Mo", "password": NEW, "again": "x"})
    made = server.ask("POST", path, form={"name": "Mo", "password": NEW, "again": NEW})

    assert looked == [200, 200, 200]
    assert "&lt;Bridges &amp; Co&gt;” as facilitator" in weak.text
    assert (weak.status, unlike.status, made.status) == (400, 400, 303)
    assert "Mo, facilitator" in server.ask("GET", "/account", cookies=made.cookies).text
    assert server.ask("GET", path).status == 404
    assert server.ask("POST", path, form={"name": "No", "password": NEW, "again": NEW}).status == 404
    assert token not in server.logs()
