"""Setting, reading and clearing the cookies that let somebody in."""

from __future__ import annotations

from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response

from xsector.ui import resources
from xsector.ui.identity import LIFETIME, CookieNames, cookie_names, held, sealed


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


def remember_browser(response: Response, *, browser: str) -> None:
    """Give the browser a random name, by which wrong room codes are counted."""
    _set(response, name=names().browser, value=browser)


def account_token(request: Request) -> str | None:
    """The login's token that the browser brings."""
    return held(request.cookies, names().account)


def partner_cookie(request: Request) -> str | None:
    """The partner's cookie that the browser brings, as it is."""
    return held(request.cookies, names().partner)


def browser_of(request: Request) -> str:
    """The browser's random name; all that have none share the empty one."""
    return held(request.cookies, names().browser) or ""


def forget(response: Response) -> None:
    """Take back every cookie that lets somebody in."""
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
