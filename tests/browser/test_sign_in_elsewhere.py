"""Signing in with a provider as a person does it, in a real browser through the real server."""

import re

import pytest
from playwright.sync_api import expect
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from tests.browser import journey
from tests.browser.journey import key
from tests.web import house
from tests.web import provider as other_side

pytestmark = pytest.mark.browser


@pytest.fixture
def city(tmp_path):
    """A server without any account that knows a provider: (server, provider)."""
    with other_side.running_provider() as provider:
        other_side.write_secrets(tmp_path, other_side.secrets_for(provider))
        with house.running_server(tmp_path) as server:
            yield server, provider


def first_account(page, server):
    """Make the first account as Dana of the provider."""
    page.goto(re.search(r"http\S+/first/\S+", (server.folder / "out.txt").read_text()).group())
    through(page, "dana")
    expect(page.locator("input[name=name]")).to_have_value("Dana Lee")
    page.get_by_role("button", name="Make the account").click()
    page.wait_for_url(re.compile("/partnerships"))


def through(page, who):
    """Press our button, be led to the provider, and be somebody there."""
    page.get_by_role("button", name="Sign in with Example City").click()
    page.get_by_role("heading", name="Provider").wait_for()
    page.get_by_role("link", name=who, exact=True).click()


def names_of_cookies(page):
    return {one["name"] for one in page.context.cookies()}


def test_from_the_first_account_to_signing_out_and_in_again(chromium, city):
    server, _ = city
    page = journey.visit(chromium)
    first_account(page, server)
    assert names_of_cookies(page) - {"_streamlit_xsrf"} == {"xs-account"}

    key(page, "sign-out").locator("button, a").first.click()
    page.get_by_text("You are signed out").wait_for()
    page.goto(f"{server.origin}/partnerships")
    page.get_by_text("You are not signed in for this page").wait_for()
    page.get_by_role("link", name="Sign in").click()
    through(page, "dana")
    page.wait_for_url(re.compile("/partnerships"))
    page.reload()
    expect(key(page, "line-on-top")).to_contain_text("Dana Lee, convener")

    assert page.complaints == []
    page.context.close()


def test_somebody_unknown_reads_what_to_do_and_sees_no_page(chromium, city):
    server, _ = city
    dana, eve = journey.visit(chromium), journey.visit(chromium)
    first_account(dana, server)

    eve.goto(f"{server.origin}/sign-in")
    through(eve, "eli")

    expect(eve.get_by_role("heading")).to_have_text("Example City knows you, but you have no account here.")
    assert "xs-account" not in names_of_cookies(eve)
    eve.goto(f"{server.origin}/partnerships")
    eve.get_by_text("You are not signed in for this page").wait_for()
    assert eve.complaints == []
    for one in (dana, eve):
        one.context.close()


def test_a_stolen_cookie_of_streamlits_shows_no_page(chromium, city):
    server, provider = city
    dana, thief = journey.visit(chromium), journey.visit(chromium)
    first_account(dana, server)
    said = f'{{"iss": "{provider.issuer}", "sub": "1001", "is_logged_in": true, "origin": "{server.origin}"}}'
    value = create_signed_value("s" * 32, "_streamlit_user", said).decode()

    thief.context.add_cookies([{"name": "_streamlit_user", "value": value, "url": server.origin, "httpOnly": True}])
    thief.goto(f"{server.origin}/partnerships")

    thief.get_by_text("You are not signed in for this page").wait_for()
    for one in (dana, thief):
        one.context.close()


def test_a_foreign_page_cannot_set_somebody_off(chromium, city, tmp_path):
    server, provider = city
    page = journey.visit(chromium)
    outside = tmp_path / "outside.html"
    outside.write_text(
        f'<form method="post" action="{server.origin}/sign-in/elsewhere"><input name="provider" value="default">'
        "<button>Win</button></form>"
    )

    page.goto(outside.as_uri())
    page.get_by_role("button", name="Win").click()

    expect(page.get_by_role("heading")).to_have_text("This was not sent from one of our own pages.")
    assert provider.asked == []
    assert names_of_cookies(page) == set()
    page.context.close()
