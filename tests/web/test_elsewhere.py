"""Signing in with a provider, step by step over HTTP: the real server, a real provider beside it."""

import base64
import contextlib
import hashlib
import hmac
import http.client
import json
import re
import sqlite3
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from tests.web import house as building
from tests.web import provider as other_side
from tests.web.house import PASSWORD
from xsector.actions import sharing, signing_in, signing_in_elsewhere
from xsector.model.partner import Role
from xsector.store.engine import open_engine
from xsector.store.identities import Identity
from xsector.ui.identity import sealed

ASKED = ("/sign-in", "/account", "/auth/login?provider=x", "/oauth2callback?code=a&state=b", "/sign-in/name")


class Walker:
    """A browser's way by hand: it keeps cookies and follows nothing by itself."""

    def __init__(self, server, provider, cookies=None):
        self.server, self.provider, self.cookies = server, provider, dict(cookies or {})

    def ask(self, method, path, **more):
        reply = self.server.ask(method, path, cookies=self.cookies, **more)
        for line in reply.headers.get_all("set-cookie") or []:
            name, _, rest = line.partition("=")
            if "max-age=0" in line.lower() or "1970" in line:
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = rest.partition(";")[0]
        return reply

    def set_off(self, door="sign-in", token=""):
        """Press the button; returns the address at our own side that leads on."""
        reply = self.ask("POST", "/sign-in/elsewhere", form={"provider": "default", "door": door, "token": token})
        assert reply.status == 200, reply.text
        return reply.headers["refresh"].partition("url=")[2]

    def go(self, **more):
        """Everything up to the provider; returns its address with what it is asked."""
        reply = self.ask("GET", self.set_off(**more))
        assert reply.status == 303, reply.text
        return urlsplit(reply.headers["location"])

    def at_provider(self, there, who):
        """Choose somebody there; returns the address of ours to which the provider leads back."""
        connection = http.client.HTTPConnection("127.0.0.1", self.provider.port, timeout=30)
        with contextlib.closing(connection):
            connection.request("GET", f"/as/{who}?{there.query}")
            back = urlsplit(connection.getresponse().headers["location"])
        return f"{back.path}?{back.query}"

    def walk(self, who, **more):
        return self.ask("GET", self.at_provider(self.go(**more), who))

    def account(self):
        return self.ask("GET", "/account")


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A furnished server that knows a provider: (house, server, provider); Dana is 1001 there."""
    folder = tmp_path_factory.mktemp("elsewhere")
    engine = building.empty_database(folder / "xsector.sqlite3")
    found = building.furnish(engine)
    with other_side.running_provider() as provider:
        token = signing_in_elsewhere.link_for(engine, name="Dana", now=datetime.now(UTC))
        dana = Identity(issuer=provider.issuer, subject="1001")
        signing_in_elsewhere.tie(engine, token=token, identity=dana, provider="x", now=datetime.now(UTC))
        engine.dispose()
        other_side.write_secrets(folder, other_side.secrets_for(provider))
        with building.running_server(folder) as server:
            yield found, server, provider


@pytest.fixture
def walker(place):
    """A fresh browser before that server."""
    yield Walker(place[1], place[2])
    place[2].wrong.clear()
    place[2].key = other_side.KEY


def with_engine(found, act):
    engine = open_engine(found.url)
    try:
        return act(engine)
    finally:
        engine.dispose()


def invitation(found, role=Role.FACILITATOR):
    of = {"account": found.account, "partnership_id": found.partnership_id}
    return with_engine(found, lambda one: sharing.invite_colleague(one, role=role, now=datetime.now(UTC), **of))


def moved(found, column, by):
    """Let all logins look as if that had happened *by* earlier."""
    path = found.url.removeprefix("sqlite:///")
    with contextlib.closing(sqlite3.connect(path, timeout=30)) as file:
        at = (datetime.now(UTC) - by).strftime("%Y-%m-%d %H:%M:%S.%f")
        file.execute(f"UPDATE login SET {column} = ?", (at,))
        file.commit()


def test_the_page_offers_the_provider_by_its_name(walker):
    reply = walker.ask("GET", "/sign-in")

    assert "Sign in with Example City" in reply.text
    assert 'name="password"' in reply.text


def test_a_linked_account_gets_in_with_our_own_login(place, walker):
    found, server, provider = place

    reply = walker.walk("dana")

    assert (reply.status, reply.headers["location"]) == (303, "/")
    assert "xs-account" in walker.cookies
    assert {name for name in walker.cookies if name.startswith(("_streamlit", "xs-journey"))} == set()
    assert "Dana, convener" in walker.account().text
    assert "You can sign in with Example City" in walker.account().text
    assert walker.cookies["xs-account"] not in server.logs()
    journal = with_engine(found, lambda one: one.connect().exec_driver_sql("SELECT detail FROM audit").fetchall())
    assert provider.issuer in str(journal)
    assert "1001" not in str(journal)
    assert "city.example" not in str(journal)


def test_no_answer_on_the_way_hands_out_streamlits_cookie(walker):
    there = walker.go()
    reply = walker.ask("GET", walker.at_provider(there, "dana"))

    assert {"state", "nonce", "code_challenge"} <= set(parse_qs(there.query))
    assert [name for name in reply.cookies if name.startswith("_streamlit_user")] == []
    assert "xs-account" in reply.cookies


def test_somebody_unknown_is_told_so_and_gets_nothing(walker):
    reply = walker.walk("eli")

    assert reply.status == 403
    assert "Example City knows you, but you have no account here." in reply.text
    assert "link that makes one" in reply.text
    assert "xs-account" not in walker.cookies
    assert walker.account().status == 403


def test_the_same_name_and_e_mail_open_nothing(walker):
    reply = walker.walk("twin")

    assert reply.status == 403
    assert walker.account().status == 403


def test_a_colleague_makes_an_account_without_a_password(place, walker):
    found = place[0]
    token = invitation(found)

    offered = walker.ask("GET", f"/colleague/{token}").text
    reply = walker.walk("eli", door="colleague", token=token)
    asked = walker.ask("GET", reply.headers["location"])
    empty = walker.ask("POST", "/sign-in/name", form={"name": " "})
    taken = walker.ask("POST", "/sign-in/name", form={"name": "dana"})
    made = walker.ask("POST", "/sign-in/name", form={"name": "Eli"})

    assert "Sign in with Example City" in offered
    assert reply.headers["location"] == "/sign-in/name"
    assert 'value="Eli &lt;b&gt;"' in asked.text
    assert (empty.status, taken.status, made.status) == (400, 400, 303)
    assert "Eli, facilitator" in walker.account().text
    assert walker.ask("GET", f"/colleague/{token}").status == 404
    again = Walker(walker.server, walker.provider)
    assert again.walk("eli").status == 303
    page = again.account().text
    assert "Eli, facilitator" in page
    assert "You can sign in with Example City." in page
    assert "password" not in page
    typed = {"name": "Eli", "password": ""}
    assert [again.ask("POST", "/sign-in", form={**typed, "password": one}).status for one in ("", PASSWORD)] == [
        400
    ] * 2
    second = Walker(walker.server, walker.provider)
    second.walk("eli", door="colleague", token=invitation(found))
    refused = second.ask("POST", "/sign-in/name", form={"name": "Another"})
    assert refused.status == 403
    assert "belongs to an account here already" in refused.text


def test_an_account_is_tied_from_its_own_page_with_its_password(place, walker):
    found = place[0]
    now = datetime.now(UTC)
    with_engine(
        found, lambda one: signing_in.add_account(one, name="Lou", role=Role.CONVENER, password=PASSWORD, now=now)
    )
    walker.ask("POST", "/sign-in", form={"name": "Lou", "password": PASSWORD})

    wrong = walker.ask("POST", "/account/elsewhere", form={"provider": "default", "current": "wrong"})
    right = walker.ask("POST", "/account/elsewhere", form={"provider": "default", "current": PASSWORD})
    there = urlsplit(walker.ask("GET", right.headers["refresh"].partition("url=")[2]).headers["location"])
    tied = walker.ask("GET", walker.at_provider(there, "lazy"))

    assert (wrong.status, right.status, tied.status) == (400, 200, 303)
    assert "don&#x27;t match" in wrong.text
    fresh = Walker(walker.server, walker.provider)
    fresh.walk("lazy")
    assert "Lou, convener" in fresh.account().text


def test_a_link_of_the_operator_ties_once_and_to_nobody_who_is_tied(place, walker):
    found, *_ = place
    now = datetime.now(UTC)
    with_engine(
        found, lambda one: signing_in_elsewhere.add_account(one, name="Mo", role=Role.CONVENER, identity=None, now=now)
    )
    token = with_engine(found, lambda one: signing_in_elsewhere.link_for(one, name="Mo", now=now))

    shown = walker.ask("GET", f"/link/{token}")
    taken = walker.walk("dana", door="link", token=token)
    tied = walker.walk("twin", door="link", token=token)
    used = walker.ask("POST", "/sign-in/elsewhere", form={"provider": "default", "door": "link", "token": token})

    assert "the account “Mo” (convener)" in shown.text
    assert (taken.status, tied.status, used.status) == (403, 303, 404)
    assert "Mo, convener" in walker.account().text
    path = found.url.removeprefix("sqlite:///")
    with contextlib.closing(sqlite3.connect(path, timeout=30)) as file:
        file.execute("DELETE FROM identity WHERE subject = '1003'")
        file.commit()


def test_signing_out_and_signing_out_everywhere_end_it(walker):
    walker.walk("dana")
    kept = dict(walker.cookies)
    other = Walker(walker.server, walker.provider)
    other.walk("dana")

    walker.ask("POST", "/sign-out", form={})
    other.ask("POST", "/account/sign-out", form={"login": "all", "current": PASSWORD})

    assert walker.cookies == other.cookies == {}
    assert Walker(walker.server, walker.provider, kept).account().status == 403


def test_signing_in_gives_a_new_login_and_ends_the_one_before(walker):
    walker.walk("dana")
    before = dict(walker.cookies)

    walker.walk("dana")

    assert walker.cookies["xs-account"] != before["xs-account"]
    assert Walker(walker.server, walker.provider, before).account().status == 403
    assert walker.account().status == 200


@pytest.mark.parametrize(
    ("column", "by"), [("seen_at", timedelta(minutes=31)), ("created_at", timedelta(hours=12, minutes=1))]
)
def test_such_a_login_ends_when_idle_and_in_any_case(place, walker, column, by):
    walker.walk("dana")
    assert walker.account().status == 200

    moved(place[0], column, by)

    assert walker.account().status == 403


def test_streamlits_cookie_alone_opens_nothing(place, walker):
    provider = place[2]
    said = f'{{"iss": "{provider.issuer}", "sub": "1001", "is_logged_in": true, "provider": "default"}}'
    walker.cookies["_streamlit_user"] = create_signed_value("s" * 32, "_streamlit_user", said).decode()

    replies = {path: walker.ask("GET", path) for path in ASKED}
    signed_out = walker.ask("GET", "/auth/logout")

    assert {path: one.status for path, one in replies.items()} == {ASKED[0]: 200, ASKED[1]: 403} | dict.fromkeys(
        ASKED[2:], 400
    )
    assert "xs-account" not in walker.cookies
    assert signed_out.headers["location"] == "/sign-out"


def test_nobody_comes_back_who_did_not_set_off_here(walker):
    thief = Walker(walker.server, walker.provider)
    back = walker.at_provider(walker.go(), "dana")
    thiefs = thief.at_provider(thief.go(), "eli")

    without = Walker(walker.server, walker.provider).ask("GET", back)
    planted = Walker(
        walker.server, walker.provider, {**walker.cookies, "_streamlit_session": thief.cookies["_streamlit_session"]}
    )
    forced = planted.ask("GET", thiefs)

    assert without.status == forced.status == 400
    assert "began in another browser" in without.text
    assert "xs-account" not in planted.cookies


def test_an_answer_works_once(walker):
    back = walker.at_provider(walker.go(), "dana")
    before = dict(walker.cookies)
    assert walker.ask("GET", back).status == 303

    again = Walker(walker.server, walker.provider, before).ask("GET", back)

    assert again.status == 403
    assert "didn&#x27;t confirm" in again.text


def test_another_sites_form_sets_nobody_off(walker):
    form = {"provider": "default", "door": "sign-in"}

    replies = [
        walker.ask("POST", path, form=form, headers={"Origin": "https://evil.test"})
        for path in ("/sign-in/elsewhere", "/account/elsewhere", "/sign-in/name")
    ]

    assert {one.status for one in replies} == {403}
    assert walker.cookies == {}


@pytest.mark.parametrize("journey", ["", "x", "a.1.b", "e30.1893456000.x", "x" * 5000])
def test_a_made_up_journey_leads_nowhere(walker, journey):
    walker.cookies["xs-journey"] = journey

    assert [walker.ask("GET", path).status for path in ASKED[2:]] == [400, 400, 400]


def test_before_the_provider_has_spoken_no_account_can_be_made(place, walker):
    walker.go(door="colleague", token=invitation(place[0]))

    reply = walker.ask("POST", "/sign-in/name", form={"name": "Nobody", "subject": "1001", "issuer": place[2].issuer})

    assert reply.status == 400
    assert "xs-account" not in walker.cookies


def forged(found, said, *, now):
    """A journey as only somebody with the signing key can write it."""
    key = hmac.new(found.key, b"xsector journey 1", hashlib.sha256).digest()
    return sealed(base64.urlsafe_b64encode(json.dumps(said).encode()).decode(), key=key, now=now)


@pytest.mark.parametrize(("minutes", "status"), [(9, 200), (10, 400), (60, 400)])
def test_a_journey_takes_ten_minutes_at_most(place, walker, minutes, status):
    found, _, provider = place
    said = {"door": "colleague", "provider": "default", "token": invitation(found), "issuer": provider.issuer}
    then = datetime.now(UTC) - timedelta(minutes=minutes)
    walker.cookies["xs-journey"] = forged(found, {**said, "subject": "1009"}, now=then)

    assert walker.ask("GET", "/sign-in/name").status == status


@pytest.mark.parametrize("door", ["sign-in", "link", "colleague"])
def test_whoever_reads_the_signing_key_in_a_backup_still_gets_in_nowhere(place, walker, door):
    found, _, provider = place
    token = with_engine(found, lambda one: signing_in_elsewhere.link_for(one, name="Dana", now=datetime.now(UTC)))
    said = {"door": door, "provider": "default", "token": token, "issuer": provider.issuer, "subject": "1001"}
    walker.cookies["xs-journey"] = forged(found, said, now=datetime.now(UTC))

    replies = [walker.ask("GET", "/sign-in/name"), walker.ask("POST", "/sign-in/name", form={"name": "Eve"})]

    assert {one.status for one in replies} == ({404} if door == "colleague" else {400})
    assert "xs-account" not in walker.cookies


@pytest.mark.parametrize("form", [{"provider": "other"}, {"provider": "default", "door": "https://evil.test"}, {}])
def test_there_is_no_way_to_places_that_are_not_configured(walker, form):
    assert walker.ask("POST", "/sign-in/elsewhere", form=form).status == 404


@pytest.mark.parametrize("door", ["first", "colleague", "link"])
@pytest.mark.parametrize("token", ["", "../x", "a" * 43])
def test_a_made_up_link_sets_nobody_off(walker, door, token):
    reply = walker.ask("POST", "/sign-in/elsewhere", form={"provider": "default", "door": door, "token": token})

    assert reply.status == 404
    assert walker.cookies == {}


def test_where_we_lead_does_not_depend_on_what_was_asked(walker):
    there = walker.go()
    back = walker.at_provider(there, "dana") + "&next=https://evil.test&redirect_uri=https://evil.test"

    reply = walker.ask("GET", back)

    assert reply.headers["location"] == "/"
    assert parse_qs(there.query)["redirect_uri"] == [f"{walker.server.origin}/oauth2callback"]


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://evil.test"}, {"aud": "another client"}, {"nonce": "another"}, {"exp": 1000}, {"sub": ""},
        {"sub": None}, {"sub": "x" * 256}, {"sub": "1001\u0430"},
    ],
    ids=str,
)  # fmt: skip
def test_a_word_that_is_not_for_us_counts_as_none(walker, claims):
    walker.provider.wrong["claims"] = claims

    reply = walker.walk("dana")

    assert reply.status == 403
    assert "Example City didn&#x27;t confirm who you are." in reply.text
    assert "xs-account" not in walker.cookies


def test_a_word_signed_by_somebody_else_counts_as_none(walker):
    walker.provider.key = other_side.FOREIGN_KEY

    assert walker.walk("dana").status == 403


def test_a_provider_that_calls_itself_by_anothers_name_is_not_believed(walker):
    walker.provider.wrong |= {"discovered": "https://evil.test", "claims": {"iss": "https://evil.test"}}

    reply = walker.walk("dana")

    assert reply.status == 403
    assert "Example City didn&#x27;t confirm who you are." in reply.text


def test_a_code_of_another_provider_is_sent_to_nobody(walker):
    walker.provider.codes.clear()
    walker.provider.wrong["callback"] = "https://evil.test"

    reply = walker.walk("dana")

    assert reply.status == 403
    assert len(walker.provider.codes) == 1


@pytest.mark.parametrize("how", ["moved", "broken"])
def test_a_provider_that_is_not_where_it_should_be_is_told_as_one_sentence(walker, how):
    walker.provider.wrong[how] = True

    reply = walker.ask("GET", walker.set_off())

    assert reply.status == 403
    assert "Example City didn&#x27;t confirm who you are." in reply.text


def test_who_says_no_at_the_provider_is_not_signed_in(walker):
    reply = walker.walk("nobody")

    assert reply.status == 403
    assert walker.account().status == 403


def test_secrets_and_tokens_stand_in_no_log(place, walker):
    walker.walk("dana")
    walker.walk("eli")

    said = place[1].logs()
    assert [word for word in (other_side.SECRET, "s" * 32, "eyJ", "city.example", "code=") if word in said] == []


def test_the_first_account_is_made_with_a_provider_and_a_second_factor_is_asked_for(tmp_path):
    with other_side.running_provider() as provider:
        other_side.write_secrets(tmp_path, other_side.secrets_for(provider, more='second_factor = ["otp", "mfa"]'))
        with building.running_server(tmp_path) as server:
            token = re.search(r"/first/([\w-]{43})\n", (tmp_path / "out.txt").read_text())[1]
            walker = Walker(server, provider)
            lazy = walker.walk("lazy", door="first", token=token)
            walker.walk("dana", door="first", token=token)
            made = walker.ask("POST", "/sign-in/name", form={"name": "Dana"})
            page = walker.account().text
            gone = walker.ask("GET", f"/first/{token}").status

    assert lazy.status == 403
    assert "second step" in lazy.text
    assert (made.status, gone) == (303, 404)
    assert "Dana, convener" in page


def test_without_a_provider_nothing_is_offered_and_nothing_answers(served):
    server = served[1]

    assert "Sign in with" not in server.ask("GET", "/sign-in").text
    assert server.ask("POST", "/sign-in/elsewhere", form={"provider": "default"}).status == 404
    assert [server.ask("GET", path).status for path in ASKED[2:]] == [400, 400, 400]


def test_behind_https_the_journey_is_for_this_host_alone(tmp_path):
    building.empty_database(tmp_path / "xsector.sqlite3").dispose()
    with other_side.running_provider() as provider:
        text = other_side.secrets_for(provider).replace("http://localhost:{port}", "https://partners.example.org")
        other_side.write_secrets(tmp_path, text)
        with building.running_server(tmp_path, XSECTOR_BASE_URL="https://partners.example.org") as server:
            walker = Walker(server, provider)
            own = {"Origin": "https://partners.example.org"}
            reply = walker.ask("POST", "/sign-in/elsewhere", form={"provider": "default"}, headers=own)
            led = walker.ask("GET", reply.headers["refresh"].partition("url=")[2])

    [line] = reply.headers.get_all("set-cookie")
    assert line.startswith("__Host-xs-journey=")
    assert {"secure", "httponly", "path=/", "samesite=lax", "max-age=600"} <= set(line.lower().split("; "))
    lines = led.headers.get_all("set-cookie")
    assert len(lines) == 2
    assert all("secure" in one.lower() and "httponly" in one.lower() for one in lines)


def test_no_page_asks_streamlit_who_somebody_is():
    files = [*(building.PROJECT / "xsector").rglob("*.py"), *(building.PROJECT / "pages").glob("*.py")]

    assert [
        one.name for one in files if re.search(r"\bst\.(user|login|logout|experimental_user)\b(?!``)", one.read_text())
    ] == []
