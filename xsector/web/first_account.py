"""/first/{token}: the link that is printed at the start makes the first account, once."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from xsector.actions import signing_in
from xsector.errors.access import PasswordsDifferError, UnknownLinkError
from xsector.errors.common import XsectorError
from xsector.ui import resources
from xsector.web import clock, cookies
from xsector.web.account_form import account_form
from xsector.web.forms import fields_of
from xsector.web.journeys import Door
from xsector.web.problems import status_of
from xsector.web.roads import INSIDE, token_of


def ask(request: Request) -> Response:
    """The form for the first convener's name and password."""
    token = token_of(request)
    signing_in.check_first_token(resources.engine(), token=token, now=clock.now())
    return _form(token=token)


async def make(request: Request) -> Response:
    """Make the account and let it in; what was typed as name stays when the password is refused."""
    fields = await fields_of(request)
    token, name = token_of(request), fields.get("name", "")
    try:
        login = await run_in_threadpool(
            _make, token=token, name=name, password=fields.get("password", ""), again=fields.get("again", "")
        )
    except UnknownLinkError:
        raise
    except XsectorError as problem:
        return _form(token=token, name=name, said=problem.sentence(), status=status_of(problem))
    response = RedirectResponse(INSIDE, status_code=303)
    cookies.let_account_in(response, token=login)
    return response


def _make(*, token: str, name: str, password: str, again: str) -> str:
    # Before any hashing: a made-up link must not cost us a core.
    signing_in.check_first_token(resources.engine(), token=token, now=clock.now())
    if password != again:
        raise PasswordsDifferError()
    return signing_in.create_first_account(
        resources.engine(), token=token, name=name, password=password, now=clock.now()
    )


def _form(*, token: str, name: str = "", said: str = "", status: int = 200) -> Response:
    lead = "This is the first account here. It belongs to the convener, who sets everything up."
    return account_form(
        "Make the first account", lead=lead, door=Door.FIRST, token=token, name=name, said=said, status=status
    )
