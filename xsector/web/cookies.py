"""Setting, reading and clearing the cookies that let somebody in."""

from __future__ import annotations

import secrets
from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response

from xsector.actions.joining import Browser
from xsector.ui import resources
from xsector.ui.identity import (
    LIFETIME,
    CookieNames,
    cookie_names,
    held,
    sealed,
    sealed_browser,
    unsealed_browser,
)


def names() -> CookieNames:
    """What the cookies are called here."""
    return cookie_names(secure=resources.settings().secure)


def let_account_in(response: Response, *, token: str) -> None:
    """Give the browser a login's token."""
    _set(response, name=names().account, value=token)


def let_partner_in(response: Response, *, token: str, now: datetime) -> None:
    """Give the browser a personal token, signed and dated: the server keeps no list of partners' visits."""
    _set(response, name=names().partner, value=sealed(token, key=resources.signing_key(), now=now))


def let_wall_in(response: Response, *, token: str) -> None:
    """Give the browser a wall's token."""
    _set(response, name=names().wall, value=token)


def name_browser(response: Response, *, now: datetime) -> None:
    """Give the browser a random name, signed and dated, by which wrong room codes are counted."""
    made = sealed_browser(secrets.token_urlsafe(16), key=resources.signing_key(), now=now)
    _set(response, name=names().browser, value=made)


def remember_door(response: Response, *, door: str) -> None:
    """Let the browser keep the room's door that it has found, so that typing the code again isn't slowed."""
    _set(response, name=names().room, value=door)


def account_token(request: Request) -> str | None:
    """The login's token that the browser brings."""
    return held(request.cookies, names().account)


def partner_cookie(request: Request) -> str | None:
    """The partner's cookie that the browser brings, as it is."""
    return held(request.cookies, names().partner)


def browser_of(request: Request, *, now: datetime) -> Browser:
    """What the browser brings to the room's door; a name that isn't ours counts as none."""
    cookie = held(request.cookies, names().browser) or ""
    name = unsealed_browser(cookie, key=resources.signing_key(), now=now) or ""
    return Browser(name=name, door=held(request.cookies, names().room) or "")


def forget(response: Response) -> None:
    """Take back every cookie that lets somebody in, and let the browser drop all else that it keeps of us.

    Cookies are named one by one: as a kind they would be cleared for every program under the operator's domain.
    """
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    for name in names().all():
        response.delete_cookie(name, path="/", secure=resources.settings().secure, httponly=True, samesite="lax")


def _set(response: Response, *, name: str, value: str) -> None:
    response.set_cookie(
        name,
        value,
        max_age=int(LIFETIME.total_seconds()),
        path="/",
        secure=resources.settings().secure,
        httponly=True,
        samesite="lax",
    )
