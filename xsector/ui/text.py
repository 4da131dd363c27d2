"""Words that people typed, made harmless for Streamlit's Markdown."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_PUNCTUATION: Final = re.compile(r"([!-/:-@\[-`{-~])")
_JOINER: Final = "\u2060"
# Streamlit looks for these after Markdown has taken the backslashes away, so they are taken apart by a
# character that nobody sees: emoji and icon codes, addresses of the web and of people, arrows.
_LATE: Final = re.compile(r"(?P<colon>:(?=\S))|(?P<at>(?=@))|(?P<www>(?i:www)(?=\.))|(?P<arrow>(?<=[<>~-])(?=[-=>]))")


@lru_cache(maxsize=4_096)
def plain(text: str) -> str:
    """*text* so that Streamlit shows each character as it is: no formatting, formula, emoji, link or picture."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\\\n".join(_inert(line) for line in lines if line)


def _inert(line: str) -> str:
    apart = _LATE.sub(lambda found: found.group() + _JOINER, line)
    return _PUNCTUATION.sub(r"\\\1", apart)
