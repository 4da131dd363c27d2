from datetime import UTC, datetime, timedelta

import pytest

from xsector.ui import visits
from xsector.ui.identity import sealed

NOW = datetime(2030, 5, 6, 12, 0, tzinfo=UTC)
KEY = b"a key of this installation"


@pytest.fixture(autouse=True)
def begun():
    visits.begin(now=NOW)
    yield
    visits.begin(now=datetime.min.replace(tzinfo=UTC))


def comes(cookie, **passed):
    """Whether *cookie* lets its owner in so long after NOW."""
    return visits.token_in(cookie, key=KEY, now=NOW + timedelta(**passed)) == "token-1"


def cookie():
    return sealed("token-1", key=KEY, now=NOW)


def test_a_browser_that_was_away_for_two_hours_stays_out():
    left = cookie()

    seen = [comes(left, minutes=119), comes(left, minutes=237), comes(left, minutes=357), comes(left, minutes=358)]

    assert seen == [True, True, False, False]


def test_a_browser_in_use_is_let_in_for_twelve_hours():
    used = cookie()

    seen = [comes(used, minutes=60 * hour) for hour in range(14)]

    assert seen == [True] * 12 + [False] * 2


def test_one_browser_keeps_no_other_awake():
    used, left = cookie(), sealed("token-1", key=KEY, now=NOW - timedelta(seconds=5))

    for minutes in range(0, 180, 10):
        assert comes(used, minutes=minutes)

    assert not comes(left, minutes=180)


def test_after_a_start_everybody_counts_as_just_seen_but_twelve_hours_stay_twelve_hours():
    before = cookie()
    assert not comes(before, hours=3)

    visits.begin(now=NOW + timedelta(hours=4))

    assert comes(before, hours=5)
    visits.begin(now=NOW + timedelta(hours=12))
    assert not comes(before, hours=12)


def test_a_forged_cookie_is_not_even_noted():
    for place in range(100):
        assert visits.token_in(f"token-1.{int(NOW.timestamp())}.{place}", key=KEY, now=NOW) is None

    assert visits._SEEN == {}


def test_what_is_remembered_is_no_token_and_goes_away():
    value = cookie()
    assert comes(value)
    kept = repr(visits._SEEN)

    comes(sealed("token-1", key=KEY, now=NOW + timedelta(hours=5)), hours=5)

    assert "token-1" not in kept
    assert value not in kept
    assert len(visits._SEEN) == 1


def test_a_cookie_that_was_signed_out_is_of_no_more_use():
    value = cookie()
    assert comes(value)

    visits.end(value, now=NOW)

    assert not comes(value, hours=1)
    assert comes(sealed("token-1", key=KEY, now=NOW + timedelta(hours=1)), hours=1)
