"""Whether a request comes from one of our own pages."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.requests import Request

from xsector.errors.common import ForeignPageError
from xsector.settings import Settings
from xsector.ui import resources


def is_own(origin: str, *, host: str, settings: Settings) -> bool:
    """Whether *origin* is the host that was asked, or the address that partners use."""
    try:
        given = urlsplit(origin)
    except ValueError:
        return False
    if given.scheme not in {"http", "https"} or not given.netloc:
        return False
    if settings.secure and given.scheme != "https":
        return False
    return given.netloc.casefold() in {host.casefold(), urlsplit(settings.base_url).netloc.casefold()}


def refuse_foreign(request: Request) -> None:
    """Raise ForeignPageError unless the browser says that one of our own pages sends this.

    Browsers leave one of the two headers out in some places (Sec-Fetch-Site without https), so one
    that fits is enough; one that doesn't fit is refused.
    """
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    fits = site in {"same-origin", "none"}
    if site is not None and not fits:
        raise ForeignPageError()
    if origin is None or (origin == "null" and fits):
        if not fits:
            raise ForeignPageError()
        return
    if not is_own(origin, host=request.headers.get("host", ""), settings=resources.settings()):
        raise ForeignPageError()
