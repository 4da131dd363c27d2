"""/join/{token}: a personal link shows a button; the button lets the partner in."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from xsector.actions import joining
from xsector.ui import resources
from xsector.web import clock, cookies, papers
from xsector.web.forms import fields_of
from xsector.web.roads import ANSWER, token_of


def show(request: Request) -> Response:
    """The button; looking changes nothing, for mail scanners open every link."""
    name = joining.look_at_link(resources.engine(), token=token_of(request))
    body = papers.words("This is your personal link. Keep it: with it you come back to your answers.")
    return papers.paper(name, body=body + papers.form(button="Start"))


async def enter(request: Request) -> Response:
    """Exchange the link for a cookie."""
    await fields_of(request)
    token = token_of(request)
    await run_in_threadpool(joining.join, resources.engine(), token=token)
    # Straight to the form: the start page would run the script once more for everybody who comes.
    response = RedirectResponse(ANSWER, status_code=303)
    cookies.let_partner_in(response, token=token, now=clock.now())
    return response
