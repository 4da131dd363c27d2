"""/sign-in and /sign-out for conveners and facilitators, and for everybody who leaves."""

from __future__ import annotations

import asyncio
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from xsector.actions import signing_in
from xsector.errors.access import SignInError, TooManyTriesError
from xsector.errors.common import ForeignPageError
from xsector.ui import resources, visits
from xsector.web import clock, cookies, papers
from xsector.web.forms import fields_of
from xsector.web.journeys import Door
from xsector.web.offers import offers
from xsector.web.problems import status_of
from xsector.web.roads import INSIDE

# A flood of passwords waits here, in the order it came, and not in the threads that all doors share.
DOOR: Final = asyncio.Semaphore(4)


def ask(_request: Request) -> Response:
    """The form for name and password."""
    return _form()


async def enter(request: Request) -> Response:
    """Check name and password and let the account in; a login that the browser had before ends."""
    fields = await fields_of(request)
    name, password = fields.get("name", ""), fields.get("password", "")
    try:
        async with DOOR:
            token = await run_in_threadpool(
                signing_in.sign_in, resources.engine(), name=name, password=password, now=clock.now()
            )
    except (SignInError, TooManyTriesError) as problem:
        return _form(name=name, said=problem.sentence(), status=status_of(problem))
    before = cookies.account_token(request)
    if before is not None:
        await run_in_threadpool(signing_in.sign_out, resources.engine(), token=before)
    response = RedirectResponse(INSIDE, status_code=303)
    cookies.let_account_in(response, token=token)
    return response


def confirm(_request: Request) -> Response:
    """The button that signs out."""
    body = papers.words("Your saved answers stay. To come back, use your personal link or sign in again.")
    return papers.paper("Sign out", body=body + papers.form(button="Sign out", action="/sign-out"))


async def leave(request: Request) -> Response:
    """End the login and take every cookie back."""
    try:
        await fields_of(request)
    except ForeignPageError:
        # Streamlit's pages send no origin, and without https nothing else: ask once more from a page that does.
        return confirm(request)
    token = cookies.account_token(request)
    if token is not None:
        await run_in_threadpool(signing_in.sign_out, resources.engine(), token=token)
    partner = cookies.partner_cookie(request)
    if partner is not None:
        visits.end(partner, now=clock.now())
    response = papers.paper("You are signed out", body=papers.link(INSIDE, said="Start page"))
    cookies.forget(response)
    return response


def _form(*, name: str = "", said: str = "", status: int = 200) -> Response:
    form = papers.form(
        papers.field("name", label="Name", value=name, complete="username"),
        papers.field("password", label="Password", kind="password", complete="current-password"),
        button="Sign in",
        action="/sign-in",
    )
    lead = papers.words("For conveners and facilitators. Partners come in with their personal link or a room code.")
    return papers.paper(
        "Sign in", body=lead + papers.problem(said) + form + offers(Door.SIGN_IN, lead="Or:"), status=status
    )
