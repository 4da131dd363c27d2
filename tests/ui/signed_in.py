"""Running pages without a browser, as somebody."""

from datetime import UTC, datetime

from streamlit.testing.v1 import AppTest

from xsector.ui import access, resources
from xsector.ui.identity import cookie_names, sealed


def cookies_of(*, login=None, partner=None, wall=None):
    """What the browser of somebody with these tokens brings."""
    names = cookie_names(secure=resources.settings().secure)
    cookies = {}
    if login:
        cookies[names.account] = login
    if partner:
        cookies[names.partner] = sealed(partner, key=resources.signing_key(), now=datetime.now(UTC))
    if wall:
        cookies[names.wall] = wall
    return cookies


def browse_as(monkeypatch, **tokens):
    """From now on pages see these cookies; AppTest has no browser that could bring them."""
    cookies = cookies_of(**tokens)
    monkeypatch.setattr(access, "_cookies", lambda: cookies)


def page(script):
    """A page for tests, from a function."""
    return AppTest.from_function(script, default_timeout=30)
