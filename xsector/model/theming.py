"""Which theme a short text probably belongs to, and which texts say nearly the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Final

from xsector.model.cards import Theme

ALIKE: Final = 0.72
"""Likeness (0 to 1) from which two texts are offered as one."""
_WORD: Final = re.compile(r"[^\W_]+")
_SMALL: Final = frozenset(
    ("a", "an", "and", "are", "at", "be", "by", "did", "do", "for", "had", "has", "have", "in", "is", "it", "its",
     "of", "on", "or", "our", "so", "that", "the", "there", "they", "this", "to", "too", "was", "we", "were", "with")
)  # fmt: skip
"""Words that say nothing of what a card is about."""
_STEM: Final = 4
"""Letters from which on a keyword also stands for longer words that begin with it."""


def suggested(text: str, themes: Sequence[Theme]) -> int | None:
    """The number of the theme most of whose keywords stand in *text*; of equals the first; None if none does."""
    words = _words(text)
    found = [(sum(_holds(words, keyword) for keyword in theme.keywords), theme.number) for theme in themes]
    best = max((count for count, _ in found), default=0)
    return next((number for count, number in found if count == best), None) if best else None


def near_pairs(texts: Sequence[str]) -> list[tuple[int, int]]:
    """Places of texts that say nearly the same, the most alike first."""
    return list(_pairs(tuple(texts)))


@lru_cache(maxsize=16)
def _pairs(texts: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
    forms = [_forms(text) for text in texts]
    stems = [{word[:_STEM] for word in form.split()} for form, _ in forms]
    found: list[tuple[float, int, int]] = []
    for second in range(len(texts)):
        matchers = [SequenceMatcher(None, "", form, autojunk=False) for form in forms[second]]
        for first in range(second):
            if stems[first].isdisjoint(stems[second]):
                continue
            likeness = max(_ratio(matcher, form) for matcher, form in zip(matchers, forms[first], strict=True))
            if likeness >= ALIKE:
                found.append((-likeness, first, second))
    return tuple((first, second) for _, first, second in sorted(found))


def _ratio(matcher: SequenceMatcher[str], text: str) -> float:
    matcher.set_seq1(text)
    # The two quick ones are upper bounds: most pairs are out after a count of letters.
    if matcher.real_quick_ratio() < ALIKE or matcher.quick_ratio() < ALIKE:
        return 0.0
    return matcher.ratio()


def _forms(text: str) -> tuple[str, str]:
    """The telling words of *text*, as they stand and in the order of the alphabet."""
    words = [word for word in _words(text) if word not in _SMALL] or _words(text)
    return " ".join(words), " ".join(sorted(words))


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", text).casefold().replace("’", "'").replace("'", "")
    return _WORD.findall(plain)


@lru_cache(maxsize=2_000)
def _keyword(text: str) -> tuple[str, ...]:
    return tuple(_words(text))


def _holds(words: Sequence[str], keyword: str) -> bool:
    """Whether the words of *keyword* stand side by side in *words*; the last may go on."""
    wanted = _keyword(keyword)
    if not wanted:
        return False
    *first, last = wanted
    for place in range(len(words) - len(first)):
        word = words[place + len(first)]
        ends = word.startswith(last) if len(last) >= _STEM else word == last
        if ends and list(words[place : place + len(first)]) == first:
            return True
    return False
