"""/password/{token}: a link from the operator by which the owner of an account sets a new password, once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from xsector.actions import regaining
from xsector.errors.access import PasswordsDifferError, UnknownLinkError
from xsector.errors.common import XsectorError
from xsector.ui import resources
from xsector.web import clock, cookies, papers
from xsector.web.account_form import password_fields
from xsector.web.forms import fields_of
from xsector.web.problems import status_of
from xsector.web.roads import INSIDE, token_of
from xsector.web.signing_in import DOOR

if TYPE_CHECKING:
    from xsector.store.accounts import Account


def ask(request: Request) -> Response:
    """The form for the new password; looking uses nothing up."""
    return _form(_owner(token_of(request)))


async def make(request: Request) -> Response:
    """Set the password, sign the account out everywhere, and let its owner in."""
    fields = await fields_of(request)
    token = token_of(request)
    # Before any hashing: a made-up link must not cost us a core.
    owner = await run_in_threadpool(_owner, token)
    try:
        if fields.get("password", "") != fields.get("again", ""):
            raise PasswordsDifferError()
        async with DOOR:
            login = await run_in_threadpool(
                regaining.set_password, resources.engine(), token=token, password=fields.get("password", ""),
                now=clock.now(),
            )  # fmt: skip
    except UnknownLinkError:
        raise
    except XsectorError as problem:
        return _form(owner, said=problem.sentence(), status=status_of(problem))
    response = RedirectResponse(INSIDE, status_code=303)
    cookies.let_account_in(response, token=login)
    return response


def _owner(token: str) -> Account:
    return regaining.look_at_link(resources.engine(), token=token, now=clock.now())


def _form(owner: Account, *, said: str = "", status: int = 200) -> Response:
    lead = papers.words(f"For the account of {owner.name}. Every browser is signed out of it. This link works once.")
    form = papers.form(password_fields(), button="Set the password")
    return papers.paper("Set your password", body=lead + papers.problem(said) + form, status=status)
