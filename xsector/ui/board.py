"""A picture on the screen: one SVG, as wide as its place, with words for those who can't see it."""

from __future__ import annotations

from typing import Protocol

from xsector.ui.parts import part


class Picture(Protocol):
    """One SVG, the words that say the same, and the colour around it."""

    @property
    def svg(self) -> str: ...
    @property
    def alt(self) -> str: ...
    @property
    def ground(self) -> str: ...


def board(picture: Picture, *, key: str, height: str = "") -> None:
    """Show *picture*; *height* is a CSS length that it fills, such as ``100vh``.

    The old picture stays until the new one is drawn, so that nothing flickers.
    """
    data = {"svg": picture.svg, "alt": picture.alt, "ground": picture.ground, "height": height}
    part("board")(key=key, data=data)
