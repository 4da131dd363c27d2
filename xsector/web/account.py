"""/account: whose login this is, a new password, and signing out everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from xsector.actions import signing_in, signing_in_elsewhere
from xsector.errors import PasswordsDifferError, XsectorError
from xsector.model.phrases import counted
from xsector.ui import providers, resources
from xsector.web import clock, cookies, papers
from xsector.web.account_form import AGAIN, NEW_PASSWORD
from xsector.web.exports import account_of
from xsector.web.forms import fields_of
from xsector.web.problems import status_of
from xsector.web.roads import INSIDE
from xsector.web.signing_in import DOOR

if TYPE_CHECKING:
    from xsector.store.accounts import Account


def show(request: Request) -> Response:
    """The account behind the browser's login."""
    return shown(account_of(request))


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
        return await run_in_threadpool(shown, account, said=problem.sentence(), status=status_of(problem))
    body = papers.words("Every other browser is signed out.") + papers.link(INSIDE, said="Start page")
    response = papers.paper("Your password is changed", body=body)
    cookies.let_account_in(response, token=login)
    return response


async def leave_everywhere(request: Request) -> Response:
    """End the account's logins in all browsers, and take this one's cookies back."""
    await fields_of(request)
    account = await run_in_threadpool(account_of, request)
    await run_in_threadpool(signing_in.sign_out_everywhere, resources.engine(), account=account, now=clock.now())
    response = papers.paper("You are signed out everywhere", body=papers.link(INSIDE, said="Start page"))
    cookies.forget(response)
    return response


def shown(account: Account, *, said: str = "", status: int = 200) -> Response:
    """The account's page; *said* is what was refused."""
    browsers = signing_in.browsers_of(resources.engine(), account=account, now=clock.now())
    own = signing_in_elsewhere.has_password(resources.engine(), account=account)
    signed_in = papers.words(f"Signed in now: {counted(browsers, 'browser', 'browsers')}, with this one.")
    everywhere = papers.form(button="Sign out everywhere", action="/account/sign-out-everywhere")
    body = (
        papers.words(f"{account.name}, {account.role.value}")
        + papers.problem(said)
        + (_password_form() if own else "")
        + signed_in
        + everywhere
        + _elsewhere(account, own=own)
        + papers.link(INSIDE, said="Back")
    )
    return papers.paper("Your account", body=body, status=status)


def _password_form() -> str:
    return papers.form(
        papers.field("current", label="Your password now", kind="password", complete="current-password"),
        papers.field("password", label=NEW_PASSWORD, kind="password", complete="new-password"),
        papers.field("again", label=AGAIN, kind="password", complete="new-password"),
        button="Change the password",
        action="/account/password",
    )


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
                "current", label="Your password now", kind="password", complete="current-password", key=f"at-{one.key}"
            ),
            button=f"Sign in with {one.label} too",
            action="/account/elsewhere",
        )
        for one in found
        if own and one.label not in tied
    ]
    return now + "".join(forms)
