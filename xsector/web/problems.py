"""A problem that a person can understand, as a page with the right status."""

from __future__ import annotations

import logging
import secrets
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from xsector.actions import notices
from xsector.errors.access import (
    IdentityTakenError,
    NotConfirmedError,
    RoomBusyError,
    TooManyTriesError,
    UnknownDoorError,
    UnknownIdentityError,
    UnknownLinkError,
)
from xsector.errors.common import ForeignPageError, NotAllowedError, NotFoundError, XsectorError
from xsector.errors.operating import DatabaseBrokenError, DiskFullError, NotSavedError
from xsector.ui import resources
from xsector.web import papers
from xsector.web.headers import STRICT, dress

LOG: Final = logging.getLogger("xsector.web")
_STATUS: Final[dict[type[XsectorError], int]] = {
    UnknownLinkError: 404,
    UnknownDoorError: 404,
    NotFoundError: 404,
    NotAllowedError: 403,
    ForeignPageError: 403,
    NotConfirmedError: 403,
    UnknownIdentityError: 403,
    IdentityTakenError: 403,
    TooManyTriesError: 429,
    RoomBusyError: 429,
    NotSavedError: 503,
    DiskFullError: 503,
    DatabaseBrokenError: 503,
}


def status_of(problem: XsectorError) -> int:
    """The HTTP status that says *problem* to programs."""
    return _STATUS.get(type(problem), 400)


async def told(_request: Request, problem: XsectorError) -> HTMLResponse:
    """The page that says *problem* and what to do about it."""
    notices.refusal(problem)
    body = papers.words(problem.remedy) + papers.link("/", said="Start page")
    response = papers.paper(str(problem), body=body, status=status_of(problem))
    retry_later(response, problem)
    return response


def retry_later(response: Response, problem: XsectorError) -> None:
    """Say to programs when to come again, where *problem* is that somebody has to wait."""
    if isinstance(problem, TooManyTriesError):
        response.headers["Retry-After"] = str(problem.wait_seconds)


async def hushed(_request: Request, problem: Exception) -> HTMLResponse:
    """The page for a mistake of ours: a number to quote, and nothing else."""
    reference = secrets.token_hex(3)
    LOG.error("Reference %s: %s", reference, type(problem).__name__)
    body = papers.words("Try again. If it happens once more, tell the convener this reference.")
    response = papers.paper(f"Something went wrong (reference {reference})", body=body, status=500)
    # This answer leaves outside of all middleware.
    dress(MutableHeaders(raw=response.raw_headers), csp=STRICT, secure=resources.settings().secure)
    return response
