"""The cookies that say who a browser is: their names, and how the partner's is signed."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

LIFETIME: Final = timedelta(hours=12)
_SLACK: Final = timedelta(minutes=5)
_PARTNER: Final = b"xsector partner cookie 1:"
_BROWSER: Final = b"xsector browser cookie 1:"


@dataclass(frozen=True, slots=True, kw_only=True)
class CookieNames:
    """What our cookies are called in this installation."""

    account: str
    partner: str
    wall: str
    browser: str
    room: str

    def all(self) -> tuple[str, ...]:
        """Those that let somebody in."""
        return (self.account, self.partner, self.wall, self.room)


def _named(prefix: str) -> CookieNames:
    kinds = ("account", "partner", "wall", "browser", "room")
    return CookieNames(**{kind: f"{prefix}xs-{kind}" for kind in kinds})


_PLAIN: Final = _named("")
_HOST: Final = _named("__Host-")


def cookie_names(*, secure: bool) -> CookieNames:
    """The names; over https browsers then refuse them from any other host."""
    return _HOST if secure else _PLAIN


def sealed(token: str, *, key: bytes, now: datetime) -> str:
    """A personal token with the time and our signature: the value of the partner's cookie."""
    return _sealed(token, purpose=_PARTNER, key=key, now=now)


def unsealed(value: str, *, key: bytes, now: datetime) -> str | None:
    """The personal token in a partner's cookie; None if it is forged, changed or too old."""
    return _unsealed(value, purpose=_PARTNER, key=key, now=now)


def sealed_browser(name: str, *, key: bytes, now: datetime) -> str:
    """The value of the cookie by which a browser's wrong room codes are counted."""
    return _sealed(name, purpose=_BROWSER, key=key, now=now)


def unsealed_browser(value: str, *, key: bytes, now: datetime) -> str | None:
    """The random name that we gave a browser; None if it made it up."""
    return _unsealed(value, purpose=_BROWSER, key=key, now=now)


def _sealed(content: str, *, purpose: bytes, key: bytes, now: datetime) -> str:
    issued = str(int(now.timestamp()))
    return f"{content}.{issued}.{_signature(content, purpose=purpose, issued=issued, key=key)}"


def _unsealed(value: str, *, purpose: bytes, key: bytes, now: datetime) -> str | None:
    content, _, rest = value.partition(".")
    issued, _, signature = rest.partition(".")
    if not (value.isascii() and issued.isdecimal() and len(issued) < 12):
        return None
    expected = _signature(content, purpose=purpose, issued=issued, key=key)
    if not hmac.compare_digest(signature.encode(), expected.encode()):
        return None
    age = now - datetime.fromtimestamp(int(issued), tz=now.tzinfo)
    return content if -_SLACK <= age < LIFETIME else None


def issued_at(value: str) -> datetime:
    """When a partner's cookie, which ``unsealed`` has found to be ours, was given out."""
    return datetime.fromtimestamp(int(value.split(".")[1]), tz=UTC)


def held(cookies: Mapping[str, str], name: str) -> str | None:
    """The cookie *name*, unless it is missing or can't be one of ours."""
    value = cookies.get(name, "")
    return value if 0 < len(value) <= 400 and value.isascii() else None


def _signature(content: str, *, purpose: bytes, issued: str, key: bytes) -> str:
    digest = hmac.new(key, purpose + f"{content}.{issued}".encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
