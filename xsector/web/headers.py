"""What every answer of this server carries, Streamlit's answers too, and what is never answered."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from xsector.actions import notices
from xsector.ui import resources
from xsector.web.origins import is_own

_INLINE: Final = re.compile(r"<script(?P<attributes>[^>]*)>(?P<body>.*?)</script>", re.DOTALL)
_HOST: Final = re.compile(r"[A-Za-z0-9.\-]+(:[0-9]{1,5})?|\[[0-9A-Fa-f:.]+\](:[0-9]{1,5})?")
_CLOSED: Final = ("/_stcore/metrics", "/_stcore/agent")
_ERRORS: Final = 400
STRICT: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; font-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""For our own pages, which run no script at all."""


def inline_hashes(index: Path) -> tuple[str, ...]:
    """CSP sources for the scripts written into *index*, the page that loads Streamlit."""
    scripts = _INLINE.finditer(index.read_text(encoding="utf-8"))
    bodies = [one["body"] for one in scripts if "src=" not in one["attributes"]]
    return tuple(f"'sha256-{base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()}'" for body in bodies)


def policy(*, hashes: tuple[str, ...], host: str) -> str:
    """The content security policy of Streamlit's pages when they are asked for at *host*."""
    sockets = f" ws://{host} wss://{host}" if _HOST.fullmatch(host) else ""
    scripts = " ".join(("'self'", "'wasm-unsafe-eval'", *hashes))
    return (
        f"default-src 'self'; script-src {scripts}; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
        f"connect-src 'self'{sockets}; worker-src 'self' blob:; object-src 'none'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'none'"
    )


def fixed_headers(*, secure: bool) -> Mapping[str, str]:
    """Headers that are the same on every answer."""
    fixed = {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "X-Frame-Options": "DENY",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    }
    if secure:
        fixed["Strict-Transport-Security"] = "max-age=31536000"
    return fixed


class SafeHeaders:
    """ASGI middleware around everything; a class because ASGI wants one that holds the app."""

    def __init__(self, app: ASGIApp, index: Path) -> None:
        self._app = app
        self._hashes = inline_hashes(index)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse what is never answered, and dress everything else."""
        if scope["type"] == "websocket":
            await self._websocket(scope, receive, send)
        elif scope["type"] == "http":
            await self._http(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _websocket(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        origin = headers.get("origin")
        if origin is None:
            await self._app(scope, receive, send)
        elif is_own(origin, host=headers.get("host", ""), settings=resources.settings()):
            await self._app(_with_host_of(origin, scope), receive, send)
        else:
            notices.count(actor=notices.SOMEBODY, action="socket of another site refused")
            await send({"type": "websocket.close", "code": 1008})

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        secure = resources.settings().secure
        csp = policy(hashes=self._hashes, host=Headers(scope=scope).get("host", ""))

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                dress(headers, csp=csp, secure=secure)
                if message["status"] >= _ERRORS:
                    # Streamlit refuses some addresses in two words without saying what these are.
                    headers.setdefault("Content-Type", "text/plain; charset=utf-8")
            await send(message)

        refusal = _refusal(scope)
        await (refusal or self._app)(scope, receive, dressed)


def dress(headers: MutableHeaders, *, csp: str, secure: bool) -> None:
    """Add our headers to an answer that goes out; a policy of its own is left as it is."""
    headers.setdefault("Content-Security-Policy", csp)
    for name, value in fixed_headers(secure=secure).items():
        headers[name] = value
    if secure:
        _make_cookies_secure(headers)


def _refusal(scope: Scope) -> PlainTextResponse | None:
    path = scope["path"].rstrip("/").casefold()
    if scope["method"] in {"TRACE", "TRACK", "CONNECT"}:
        return PlainTextResponse("Method Not Allowed", status_code=405, headers={"Allow": "GET, HEAD, POST"})
    if any(path == closed or path.startswith(closed + "/") for closed in _CLOSED):
        return PlainTextResponse("Not Found", status_code=404)
    return None


def _with_host_of(origin: str, scope: Scope) -> Scope:
    """The same request, asked for at its origin.

    Behind a proxy that renames the host, Streamlit would compare the two for itself, find them
    different, and ask a server of others for our outside address.
    """
    host = origin.partition("://")[2].encode("latin-1")
    others = [(name, value) for name, value in scope["headers"] if name != b"host"]
    return {**scope, "headers": [*others, (b"host", host)]}


def _make_cookies_secure(headers: MutableHeaders) -> None:
    # Streamlit's own cookies don't say Secure when a proxy in front of it speaks https.
    for place, (name, value) in enumerate(headers.raw):
        if name == b"set-cookie" and b"; secure" not in value.lower():
            headers.raw[place] = (name, value + b"; Secure")
