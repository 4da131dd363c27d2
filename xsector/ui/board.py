"""A picture on the screen: one SVG, as wide as its place, with words for those who can't see it."""

from __future__ import annotations

from xsector.ui.parts import part


def board(svg: str, *, alt: str, key: str, height: str = "") -> None:
    """Show *svg*; *height* is a CSS length that it may not exceed, such as ``100vh``.

    The old picture stays until the new one is drawn, so that nothing flickers.
    """
    part("board")(key=key, data={"svg": svg, "alt": alt, "height": height})
