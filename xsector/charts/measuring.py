"""How wide text is in the shipped font, and how it wraps; what makes text inert."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

from PIL import ImageFont

from xsector.charts.theme import BOLD, REGULAR, SEMIBOLD

FONT_FOLDER: Final = Path(__file__).parent / "fonts"
_FILES: Final = {
    REGULAR: "SourceSans3-Regular.ttf",
    SEMIBOLD: "SourceSans3-Semibold.ttf",
    BOLD: "SourceSans3-Bold.ttf",
}
_PROBE: Final = 200
_ENTITIES: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "$": "&#36;"}


@lru_cache(maxsize=8)
def _font(weight: int) -> ImageFont.FreeTypeFont:
    # The basic layout is the same on every machine; the other one depends on a system library.
    return ImageFont.truetype(str(FONT_FOLDER / _FILES[weight]), _PROBE, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=4096)
def text_width(text: str, *, size: float, weight: int = REGULAR) -> float:
    """Width of one line in pixels; East Asian wide letters, which the font lacks, count one em."""
    wide = [letter for letter in text if unicodedata.east_asian_width(letter) in "WF"]
    narrow = "".join(letter for letter in text if unicodedata.east_asian_width(letter) not in "WF")
    return float(_font(weight).getlength(narrow)) * size / _PROBE + len(wide) * size


def cleaned(text: str) -> str:
    """The text on one line, without control and direction characters that XML or a screen would trip over."""
    spaced = " ".join(text.split())
    return "".join(letter for letter in spaced if unicodedata.category(letter) not in ("Cc", "Cs", "Cn", "Co")
                   and letter not in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufffe\uffff")  # fmt: skip


def inert(text: str) -> str:
    """The text so that Plotly shows it letter by letter: no tag, no entity, no formula."""
    return "".join(_ENTITIES.get(letter, letter) for letter in cleaned(text))


def shortened(text: str, *, width: float, size: float, weight: int = REGULAR) -> str:
    """The text, or as much of it as fits into *width* with an ellipsis."""
    if text_width(text, size=size, weight=weight) <= width:
        return text
    kept = text
    while kept and text_width(kept + "…", size=size, weight=weight) > width:
        kept = kept[:-1]
    return kept.rstrip(" ,.;:–-") + "…"


def wrapped(text: str, *, width: float, size: float, weight: int = REGULAR, most: int = 2) -> tuple[str, ...]:
    """The text in at most *most* lines of about equal width; what doesn't fit ends in an ellipsis."""
    words = [part for word in cleaned(text).split(" ") for part in _parts(word, width=width, size=size, weight=weight)]
    lines = _filled(words, width=width, size=size, weight=weight)
    if len(lines) > most:
        rest = " ".join(lines[most - 1 :])
        return (*lines[: most - 1], shortened(rest, width=width, size=size, weight=weight))
    for share in (0.5, 0.6, 0.7, 0.8, 0.9):
        narrower = _filled(words, width=width * share, size=size, weight=weight)
        if len(narrower) == len(lines) and all(
            text_width(line, size=size, weight=weight) <= width * share for line in narrower
        ):
            return narrower
    return tuple(shortened(line, width=width, size=size, weight=weight) for line in lines)


def fits(text: str, *, width: float, size: float, weight: int = REGULAR, most: int = 2) -> bool:
    """Whether the whole text can stand in *most* lines of *width* without breaking a word."""
    lines = _filled(cleaned(text).split(" "), width=width, size=size, weight=weight)
    return len(lines) <= most and all(text_width(line, size=size, weight=weight) <= width for line in lines)


def fitting_size(text: str, *, width: float, sizes: Sequence[int], weight: int = REGULAR, most: int = 2) -> int:
    """The first of *sizes* at which the text fits, or the last one."""
    matching = (size for size in sizes if fits(text, width=width, size=size, weight=weight, most=most))
    return next(matching, sizes[-1])


def _parts(word: str, *, width: float, size: float, weight: int) -> list[str]:
    """The word, cut into lines if it is of a script without spaces or longer than any word."""
    breakable = len(word) > 24 or any(unicodedata.east_asian_width(letter) in "WF" for letter in word)
    if not breakable or text_width(word, size=size, weight=weight) <= width:
        return [word]
    parts = [word[0]]
    for letter in word[1:]:
        if text_width(parts[-1] + letter, size=size, weight=weight) <= width:
            parts[-1] += letter
        else:
            parts.append(letter)
    return parts


def _filled(words: Sequence[str], *, width: float, size: float, weight: int) -> tuple[str, ...]:
    lines = [words[0]]
    for word in words[1:]:
        longer = f"{lines[-1]} {word}"
        if text_width(longer, size=size, weight=weight) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)
