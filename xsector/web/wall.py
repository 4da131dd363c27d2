"""/wall/{token}: the projector's link, which shows a room what everybody may see."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from xsector.actions import joining
from xsector.errors.access import UnknownLinkError
from xsector.model.partner import RoundFacts
from xsector.ui import resources
from xsector.web import cookies, papers
from xsector.web.forms import fields_of
from xsector.web.roads import WALL, token_of


def show(request: Request) -> Response:
    """The button for the computer at the projector."""
    round_ = _round(token_of(request))
    body = papers.words(
        "This computer will show the room's screen. It shows no names but those under promises, and takes no answers."
    )
    return papers.paper(round_.title, body=body + papers.form(button="Show the screen"))


async def enter(request: Request) -> Response:
    """Exchange the link for a cookie."""
    await fields_of(request)
    token = token_of(request)
    await run_in_threadpool(_round, token)
    response = RedirectResponse(WALL, status_code=303)
    cookies.let_wall_in(response, token=token)
    return response


def _round(token: str) -> RoundFacts:
    found = joining.wall_of_token(resources.engine(), token=token)
    if found is None:
        raise UnknownLinkError()
    return found
