"""Files that a page takes: only from somebody who is signed in with an account."""

from __future__ import annotations

from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from xsector.actions import notices
from xsector.errors.common import NotAllowedError
from xsector.web.exports import account_of

_PLACE: Final = "/_stcore/upload_file/"


class AccountsUploads:
    """ASGI middleware before Streamlit; a class because ASGI wants one that holds the app.

    Streamlit keeps in memory whatever anybody sends to a session, one file beside the other, and a
    session is to be had without any cookie. Only conveners' pages take files.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse a file from a stranger before its first byte is read."""
        if scope["type"] == "http" and scope["path"].startswith(_PLACE) and scope["method"] != "OPTIONS":
            try:
                await run_in_threadpool(account_of, Request(scope))
            except NotAllowedError as problem:
                notices.refusal(problem)
                refusal = PlainTextResponse("Forbidden", status_code=403, headers={"Connection": "close"})
                await refusal(scope, receive, send)
                return
        await self._app(scope, receive, send)
