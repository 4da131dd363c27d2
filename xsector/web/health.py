"""/healthz: whether the server and its database answer, for whoever watches over it."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from xsector.errors.common import XsectorError
from xsector.store import accounts
from xsector.store.engine import reading
from xsector.ui import resources


def check(_request: Request) -> Response:
    """“ok” after one read of the database."""
    headers = {"Cache-Control": "no-store"}
    try:
        with reading(resources.engine()) as session:
            accounts.count(session)
    except XsectorError:
        return PlainTextResponse("the database does not answer", status_code=503, headers=headers)
    return PlainTextResponse("ok", headers=headers)
