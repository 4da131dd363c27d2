"""People's words with a look: bold, faint or coloured, and inert all the same."""

from __future__ import annotations

from xsector.ui.text import plain


def strong(text: str) -> str:
    """*text* in bold letters."""
    return f"**{plain(text)}**"


def faint(text: str) -> str:
    """*text* in grey letters."""
    return f":gray[{plain(text)}]"
