"""/fonts/{name}: our letters, from our own server."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response

FOLDER: Final = Path(__file__).resolve().parent.parent / "ui" / "static" / "fonts"
NAMES: Final = frozenset({"SourceSans3-Regular.woff2", "SourceSans3-Semibold.woff2", "SourceSans3-Bold.woff2"})


def send(request: Request) -> Response:
    """One of the shipped fonts."""
    name = request.path_params["name"]
    if name not in NAMES:
        return PlainTextResponse("Not Found", status_code=404)
    headers = {"Cache-Control": "public, max-age=604800"}
    return FileResponse(FOLDER / name, media_type="font/woff2", headers=headers)
