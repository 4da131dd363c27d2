from datetime import UTC, datetime, timedelta

import pytest

from xsector.ui.identity import cookie_names, held, sealed, sealed_browser, unsealed, unsealed_browser

NOW = datetime(2030, 5, 6, 12, 0, tzinfo=UTC)
KEY = b"a key of this installation"


def test_a_sealed_token_comes_back_for_twelve_hours():
    value = sealed("token-1", key=KEY, now=NOW)

    assert unsealed(value, key=KEY, now=NOW) == "token-1"
    assert unsealed(value, key=KEY, now=NOW + timedelta(hours=11, minutes=59)) == "token-1"
    assert unsealed(value, key=KEY, now=NOW + timedelta(hours=12)) is None
    assert unsealed(value, key=KEY, now=NOW - timedelta(hours=1)) is None


def test_another_key_opens_nothing():
    assert unsealed(sealed("token-1", key=KEY, now=NOW), key=b"another", now=NOW) is None


def test_a_cookie_changed_at_any_place_opens_nothing():
    value = sealed("token-1", key=KEY, now=NOW)

    for place, letter in enumerate(value):
        changed = value[:place] + ("b" if letter == "a" else "a") + value[place + 1 :]
        assert unsealed(changed, key=KEY, now=NOW) is None


@pytest.mark.parametrize(
    "value", ["", ".", "..", "a.b.c", "token", "t.1٣.x", "t.99999999999999999999.x", "t.-5.x", "\ud800.1.x", "é.1.é"]
)
def test_nonsense_opens_nothing(value):
    assert unsealed(value, key=KEY, now=NOW) is None


def test_over_https_browsers_keep_the_cookies_to_this_host():
    assert all(name.startswith("__Host-") for name in cookie_names(secure=True).all())
    assert len({*cookie_names(secure=True).all(), *cookie_names(secure=False).all()}) == 8


def test_cookies_that_cannot_be_ours_are_none():
    assert held({"a": "\udcff"}, "a") is None
    assert held({"a": ""}, "a") is None
    assert held({}, "a") is None
    assert held({"a": "x" * 401}, "a") is None
    assert held({"a": "x"}, "a") == "x"


def test_a_browser_s_name_is_ours_or_none_and_lets_nobody_in():
    made = sealed_browser("a-random-name", key=KEY, now=NOW)

    assert unsealed_browser(made, key=KEY, now=NOW) == "a-random-name"
    assert unsealed(made, key=KEY, now=NOW) is None
    assert unsealed_browser(sealed("a-random-name", key=KEY, now=NOW), key=KEY, now=NOW) is None
    assert unsealed_browser("a-random-name", key=KEY, now=NOW) is None
    assert unsealed_browser(made, key=b"another", now=NOW) is None
