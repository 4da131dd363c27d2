"""/account: whose login this is, a new password, and where it is signed in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from xsector.actions import leaving, signing_in, signing_in_elsewhere
from xsector.errors.access import PasswordsDifferError, SignInError, TooManyTriesError
from xsector.errors.common import NotFoundError, XsectorError
from xsector.model.phrases import counted
from xsector.store import logins
from xsector.ui import providers, resources
from xsector.web import clock, cookies, papers
from xsector.web.account_form import password_fields
from xsector.web.exports import account_of
from xsector.web.forms import fields_of
from xsector.web.problems import status_of
from xsector.web.roads import INSIDE
from xsector.web.signing_in import DOOR

if TYPE_CHECKING:
    from xsector.store.accounts import Account
    from xsector.store.logins import Login

ALL: Final = "all"


def show(request: Request) -> Response:
    """The account behind the browser's login."""
    return shown(request, account_of(request))


async def change_password(request: Request) -> Response:
    """Replace the password; this browser gets a new login, and all others are signed out."""
    fields = await fields_of(request)
    account = await run_in_threadpool(account_of, request)
    current, new = fields.get("current", ""), fields.get("password", "")
    try:
        if new != fields.get("again", ""):
            raise PasswordsDifferError()
        async with DOOR:
            login = await run_in_threadpool(
                signing_in.change_password, resources.engine(), account=account, current=current, new=new,
                now=clock.now(),
            )  # fmt: skip
    except XsectorError as problem:
        return await run_in_threadpool(shown, request, account, said=problem.sentence(), status=status_of(problem))
    body = papers.words("Every other browser is signed out.") + papers.link(INSIDE, said="Start page")
    response = papers.paper("Your password is changed", body=body)
    cookies.let_account_in(response, token=login)
    return response


async def leave(request: Request) -> Response:
    """End the login in one browser, or in all; this one's cookies are taken back if it is among them."""
    fields = await fields_of(request)
    account = await run_in_threadpool(account_of, request)
    mark, own = fields.get("login", ""), logins.mark_of(cookies.account_token(request) or "")
    end = signing_out_of(mark)
    try:
        async with DOOR:
            await run_in_threadpool(
                end, resources.engine(), account=account, password=fields.get("current", ""), now=clock.now()
            )
    except (SignInError, TooManyTriesError, NotFoundError) as problem:
        return await run_in_threadpool(shown, request, account, said=problem.sentence(), status=status_of(problem))
    if mark not in {ALL, own}:
        return await run_in_threadpool(shown, request, account, done="That browser is signed out.")
    response = papers.paper("You are signed out", body=papers.link(INSIDE, said="Start page"))
    cookies.forget(response)
    return response


def signing_out_of(mark: str) -> Callable[..., None]:
    """What ends the login with this mark, or all of them."""
    return leaving.sign_out_everywhere if mark == ALL else partial(leaving.end_one, mark=mark)


def shown(request: Request, account: Account, *, said: str = "", done: str = "", status: int = 200) -> Response:
    """The account's page; *said* is what was refused, *done* what was done."""
    own = leaving.needs_password(resources.engine(), account=account)
    body = (
        papers.words(f"{account.name}, {account.role.value}")
        + papers.problem(said)
        + (papers.words(done) if done else "")
        + (_password_form() if own else "")
        + _browsers(request, account)
        + _elsewhere(account, own=own)
        + papers.link(INSIDE, said="Back")
    )
    return papers.paper("Your account", body=body, status=status)


def _password_form() -> str:
    return papers.form(
        papers.field("current", label="Your password now", kind="password", complete="current-password"),
        password_fields(),
        button="Change the password",
        action="/account/password",
    )


def _browsers(request: Request, account: Account) -> str:
    """In which browsers the account is signed in, and the form that ends one of these logins."""
    now, engine = clock.now(), resources.engine()
    own = logins.mark_of(cookies.account_token(request) or "")
    found = leaving.browsers_of(engine, account=account, now=now)
    told = [(one.mark, _told(one, own=own, now=now)) for one in found]
    mine = {"label": "Your password", "kind": "password", "complete": "current-password", "mark": "password-to-end"}
    form = papers.form(
        papers.choice("login", label="Sign out of", options=(*told, (ALL, "All browsers"))),
        papers.field("current", **mine) if leaving.needs_password(engine, account=account) else "",
        button="Sign out there",
        action="/account/sign-out",
    )
    heading = papers.heading(f"{counted(len(found), 'browser', 'browsers')} signed in")
    return heading + papers.lines([said for _, said in told]) + form


def _told(one: Login, *, own: str, now: datetime) -> str:
    which = "This browser" if one.mark == own else "Another browser"
    return f"{which}: began {_ago(now - one.began)}, last used {_ago(now - one.seen)}"


def _ago(passed: timedelta) -> str:
    minutes = int(passed.total_seconds() // 60)
    if minutes < 1:
        return "just now"
    if minutes < 60:
        return f"{counted(minutes, 'minute', 'minutes')} ago"
    return f"{minutes // 60} h {minutes % 60} min ago"


def _elsewhere(account: Account, *, own: bool) -> str:
    found = providers.providers()
    if not found:
        return ""
    issuers = signing_in_elsewhere.issuers_of(resources.engine(), account=account)
    tied = [one.label for one in found if any(providers.same(one.issuer, issuer) for issuer in issuers)]
    ways = [*tied, *(["a password"] if own else [])]
    now = papers.words(f"You can sign in with {' or '.join(ways)}.") if ways else ""
    forms = [
        papers.form(
            papers.hidden("provider", value=one.key),
            papers.field(
                "current", label="Your password now", kind="password", complete="current-password", mark=f"at-{one.key}"
            ),
            button=f"Sign in with {one.label} too",
            action="/account/elsewhere",
        )
        for one in found
        if own and one.label not in tied
    ]
    return now + "".join(forms)
