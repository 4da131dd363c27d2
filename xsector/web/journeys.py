"""A browser's way to a provider and back: one signed cookie of ten minutes, in three steps.

Only our own pages let somebody set off, so nobody comes back whom a foreign page has sent; over https
no other host can plant the cookie either, as it could Streamlit's.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from dataclasses import asdict, dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from xsector.errors.access import JourneyError
from xsector.store.identities import Identity
from xsector.ui import resources
from xsector.ui.identity import issued_at, sealed, unsealed
from xsector.web import clock

LIFETIME: Final = timedelta(minutes=10)
_LONGEST: Final = 3_500
_PURPOSE: Final = b"xsector journey 1"


class Door(StrEnum):
    """What somebody wants of a provider's word."""

    SIGN_IN = "sign-in"
    FIRST = "first"
    COLLEAGUE = "colleague"
    TIE = "link"


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    """Where somebody wants to go (*door*, with its link's *token*), and how far they are.

    *state* is there from the way to the provider on, *issuer* and *subject* once they are back.
    """

    door: Door
    provider: str
    token: str = ""
    state: str = ""
    issuer: str = ""
    subject: str = ""
    name: str = ""

    @property
    def identity(self) -> Identity:
        """Who came back; JourneyError before that."""
        if not self.issuer or not self.subject:
            raise JourneyError()
        return Identity(issuer=self.issuer, subject=self.subject)


def of(request: Request) -> Journey:
    """The journey that the browser is on; JourneyError if it is on none, or set off too long ago."""
    value = request.cookies.get(_name(), "")
    token = unsealed(value, key=_key(), now=clock.now()) if len(value) <= _LONGEST else None
    if token is None or clock.now() - issued_at(value) >= LIFETIME:
        raise JourneyError()
    try:
        found = json.loads(base64.urlsafe_b64decode(token))
    except (ValueError, binascii.Error):
        raise JourneyError() from None
    return Journey(**{**found, "door": Door(found["door"])})


def remember(response: Response, journey: Journey) -> None:
    """Give the browser its journey, as far as it is now."""
    token = base64.urlsafe_b64encode(json.dumps(asdict(journey)).encode()).decode()
    value = sealed(token, key=_key(), now=clock.now())
    if len(value) > _LONGEST:
        raise JourneyError()
    response.set_cookie(
        _name(), value, max_age=int(LIFETIME.total_seconds()), path="/",
        secure=resources.settings().secure, httponly=True, samesite="lax",
    )  # fmt: skip


def end(response: Response) -> None:
    """Take the journey's cookie back."""
    response.delete_cookie(_name(), path="/", secure=resources.settings().secure, httponly=True, samesite="lax")


def _name() -> str:
    return "__Host-xs-journey" if resources.settings().secure else "xs-journey"


def _key() -> bytes:
    # A key of its own: no other cookie of ours can be put in a journey's place.
    return hmac.new(resources.signing_key(), _PURPOSE, hashlib.sha256).digest()
