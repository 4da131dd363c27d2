"""A clock that counts down in the browser, beside a prompt or over a picture."""

from __future__ import annotations

from datetime import datetime
from typing import Final, Protocol

from xsector.ui import clock
from xsector.ui.parts import part

OVER: Final = "The time is up"


class Place(Protocol):
    """Where a clock stands over a picture: in pixels of the picture, with its letters."""

    @property
    def width(self) -> int: ...
    @property
    def height(self) -> int: ...
    @property
    def x(self) -> float: ...
    @property
    def y(self) -> float: ...
    @property
    def size(self) -> float: ...
    @property
    def colour(self) -> str: ...
    @property
    def font(self) -> str: ...
    @property
    def anchor(self) -> str: ...


def timer(ends_at: datetime, *, key: str) -> None:
    """Show how long it is until *ends_at*."""
    part("timer")(key=key, data={**_left(ends_at), "over": OVER})


def timer_over(ends_at: datetime, *, place: Place, key: str) -> None:
    """The same over a picture, in large figures that stay at zero."""
    names = ("width", "height", "x", "y", "size", "colour", "font", "anchor")
    data = {**_left(ends_at), "over": "0:00", "place": {name: getattr(place, name) for name in names}}
    part("timer")(key=key, data=data)


def _left(ends_at: datetime) -> dict[str, object]:
    left = max(0.0, (ends_at - clock.now()).total_seconds())
    return {"left": round(left, 1), "ends": ends_at.isoformat()}
