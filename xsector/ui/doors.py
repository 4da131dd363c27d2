"""Links and buttons that leave Streamlit in the same tab: signing in and out, and files."""

from __future__ import annotations

from typing import Literal

from xsector.ui.parts import part

Look = Literal["primary", "secondary", "quiet"]


def link(label: str, *, path: str, look: Look = "secondary", key: str) -> None:
    """A link to *path* of this server that opens in this tab; a file is downloaded."""
    part("door")(key=key, data={"label": label, "path": path, "look": look, "post": False}, width="content")


def posting(label: str, *, path: str, look: Look = "secondary", key: str) -> None:
    """A button that posts to *path*, for doors that change something."""
    part("door")(key=key, data={"label": label, "path": path, "look": look, "post": True}, width="content")
