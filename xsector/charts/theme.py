"""Colours, shapes, letters and sizes of every chart, for a room that reads from five metres."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

FAMILY: Final = "Source Sans 3"
FONT_STACK: Final = f"'{FAMILY}', 'Source Sans Pro', 'Segoe UI', Arial, sans-serif"

REGULAR: Final = 400
SEMIBOLD: Final = 600
BOLD: Final = 700

HEADLINE_SIZES: Final = (34, 32, 30, 28, 26, 24)
SUBTITLE_SIZES: Final = (21, 20, 19)
BODY: Final = 22
LABEL: Final = 20
SMALL: Final = 19
"""Nothing is smaller: 2.6 % of the height of the sheet."""
NUMBER: Final = 96
EDGE: Final = 28
"""Empty pixels left and right of everything."""

SYMBOLS: Final = ("circle", "square", "diamond", "triangle-up", "triangle-down", "hexagon", "star", "cross")
_GROWTH: Final = (1.0, 0.92, 1.06, 1.18, 1.18, 1.06, 1.2, 1.12)

_LOOKS_LIGHT: Final = ("#0072B2", "#38A391", "#D55E00", "#9F3960", "#4A0358", "#263C07", "#C06DF7", "#6B7280")
_LOOKS_DARK: Final = ("#56B4E9", "#4AFBF2", "#E69F00", "#D55771", "#8A6AF5", "#D6F941", "#A328A3", "#A0A8B5")
_ANSWERS_LIGHT: Final = ("#B35806", "#F1B15F", "#D9D9D9", "#7FB6D6", "#1F5F99")
_ANSWERS_DARK: Final = ("#F28E2B", "#B9702A", "#5A6270", "#3E7CA8", "#8CC8EE")


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """The sheet's size in pixels and whether it is dark; everything else follows."""

    width: int = 1280
    height: int = 720
    dark: bool = False

    @property
    def background(self) -> str:
        """Colour of the sheet."""
        return "#0E1117" if self.dark else "#FFFFFF"

    @property
    def ink(self) -> str:
        """Colour of letters."""
        return "#FAFAFA" if self.dark else "#1B1F2A"

    @property
    def muted(self) -> str:
        """Colour of letters that may be overlooked."""
        return "#B4BAC6" if self.dark else "#555B69"

    @property
    def grid(self) -> str:
        """Colour of grid lines and of pills."""
        return "#2B303B" if self.dark else "#E3E6EB"

    @property
    def card(self) -> str:
        """The ground of a card with text."""
        return "#1C212B" if self.dark else "#F3F5F8"

    @property
    def calm(self) -> str:
        """The ground of a wall that shows nothing: neither glaring nor as if the projector were off."""
        return "#232834" if self.dark else "#D3D8E0"

    @property
    def band(self) -> str:
        """Colour of the bar between two ends."""
        return "#3A404D" if self.dark else "#C9CED8"

    @property
    def faded(self) -> str:
        """Colour of marks that may be chance."""
        return "#7C8494" if self.dark else "#9AA1AE"

    @property
    def colours(self) -> tuple[str, ...]:
        """Colour of each look; the last is the combined block's."""
        return _LOOKS_DARK if self.dark else _LOOKS_LIGHT

    @property
    def right(self) -> int:
        """Where the sheet's content ends on the right."""
        return self.width - EDGE

    def answers(self, levels: int) -> tuple[str, ...]:
        """One colour per level of an ordered scale, lowest first; the middle one of an odd scale is neutral."""
        if levels < 2:
            raise ValueError(f"a scale has at least two levels, not {levels}")
        strong_low, low, neutral, high, strong_high = _ANSWERS_DARK if self.dark else _ANSWERS_LIGHT
        side = levels // 2
        left = _ramp((strong_low, low, _mixed(low, neutral, share=0.5)), side)
        right = _ramp((strong_high, high, _mixed(high, neutral, share=0.5)), side)
        return left + (neutral,) * (levels % 2) + right[::-1]

    def steps(self, levels: int) -> tuple[str, ...]:
        """One colour per level of an ordered scale without a good end, from pale to full."""
        if levels < 2:
            raise ValueError(f"a scale has at least two levels, not {levels}")
        return tuple(_mixed(self.grid, self.colours[0], share=level / (levels - 1)) for level in range(levels))


def symbol_size(look: int, *, size: float) -> float:
    """The marker size at which this look's shape appears as large as a circle of *size*."""
    return round(size * _GROWTH[look], 2)


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def letters_on(fill: str) -> str:
    """Black or white, whichever is easier to read on *fill*; the ratio is never below 4.5."""
    return max(("#FFFFFF", "#000000"), key=lambda colour: contrast(colour, fill))


def _ramp(stops: Sequence[str], count: int) -> tuple[str, ...]:
    """*count* colours from the first stop on; two of them are the first two stops as they are."""
    if count <= 2:
        return tuple(stops[:count])
    places = [place * (len(stops) - 1) / (count - 1) for place in range(count)]
    return tuple(_between(stops, place) for place in places)


def _between(stops: Sequence[str], place: float) -> str:
    below = min(int(place), len(stops) - 2)
    return _mixed(stops[below], stops[below + 1], share=place - below)


def _mixed(one: str, other: str, *, share: float) -> str:
    pairs = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02X}" for a, b in pairs)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
