"""Where doors lead to, and the tokens in their addresses."""

from __future__ import annotations

import re
from typing import Final

from starlette.requests import Request

from xsector.errors.access import UnknownLinkError

INSIDE: Final = "/"
ANSWER: Final = "/answer"
FOLLOW: Final = "/follow"
WALL: Final = "/wall"
_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{20,100}")


def token_of(request: Request) -> str:
    """The token in the path; anything that can't be one is an unknown link."""
    token = str(request.path_params["token"])
    if not is_token(token):
        raise UnknownLinkError()
    return token


def is_token(text: str) -> bool:
    """Whether *text* can be a token at all."""
    return _TOKEN.fullmatch(text) is not None
