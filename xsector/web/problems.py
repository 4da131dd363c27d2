"""A problem that a person can understand, as a page with the right status."""

from __future__ import annotations

import logging
import secrets
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import HTMLResponse

from xsector import errors
from xsector.ui import resources
from xsector.web import papers
from xsector.web.headers import STRICT, dress

LOG: Final = logging.getLogger("xsector.web")
_STATUS: Final[dict[type[errors.XsectorError], int]] = {
    errors.UnknownLinkError: 404,
    errors.NotFoundError: 404,
    errors.NotAllowedError: 403,
    errors.ForeignPageError: 403,
    errors.NotConfirmedError: 403,
    errors.UnknownIdentityError: 403,
    errors.IdentityTakenError: 403,
    errors.TooManyTriesError: 429,
    errors.NotSavedError: 503,
    errors.DiskFullError: 503,
    errors.DatabaseBrokenError: 503,
}


def status_of(problem: errors.XsectorError) -> int:
    """The HTTP status that says *problem* to programs."""
    return _STATUS.get(type(problem), 400)


async def told(_request: Request, problem: errors.XsectorError) -> HTMLResponse:
    """The page that says *problem* and what to do about it."""
    body = papers.words(problem.remedy) + papers.link("/", said="Start page")
    response = papers.paper(str(problem), body=body, status=status_of(problem))
    if isinstance(problem, errors.TooManyTriesError):
        response.headers["Retry-After"] = str(problem.wait_seconds)
    return response


async def hushed(_request: Request, problem: Exception) -> HTMLResponse:
    """The page for a mistake of ours: a number to quote, and nothing else."""
    reference = secrets.token_hex(3)
    LOG.error("Reference %s: %s", reference, type(problem).__name__)
    body = papers.words("Try again. If it happens once more, tell the convener this reference.")
    response = papers.paper(f"Something went wrong (reference {reference})", body=body, status=500)
    # This answer leaves outside of all middleware.
    dress(MutableHeaders(raw=response.raw_headers), csp=STRICT, secure=resources.settings().secure)
    return response
