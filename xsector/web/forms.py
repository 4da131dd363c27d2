"""What a form brought, read with a limit."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qsl

from starlette.requests import Request

from xsector.errors.common import FormError
from xsector.web.origins import refuse_foreign

LARGEST = 16 * 1024
FIELDS_AT_MOST = 20


async def fields_of(request: Request) -> Mapping[str, str]:
    """The fields of a form that one of our own pages sent.

    Raises
    ------
    ForeignPageError, FormError
        It came from elsewhere, is too large, or is no form.
    """
    refuse_foreign(request)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().casefold()
    if kind not in {"", "application/x-www-form-urlencoded"}:
        raise FormError()
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            raise FormError()
    try:
        return dict(parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=FIELDS_AT_MOST))
    except ValueError:
        raise FormError() from None
