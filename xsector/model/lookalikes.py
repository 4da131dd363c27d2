"""Letters of several alphabets that an eye can't tell apart."""

from __future__ import annotations

import unicodedata
from typing import Final

ALPHABETS: Final = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC", "LISU")
"""As Unicode names begin; among these, and hardly any others, letters have the same shape."""

_SHAPES: Final = {
    "a": "аɑα", "b": "вβ", "c": "сϲⲥ", "d": "ԁժ", "e": "еε", "f": "ք", "g": "ɡԍց", "h": "һнհ", "i": "іιɩӏ",
    "j": "јϳ", "k": "кκ", "l": "ⅼǀ", "m": "мμ", "n": "ոη", "o": "оοօ", "p": "рρ", "q": "ԛգ", "r": "гꭇ",
    "s": "ѕꜱտ", "t": "тτ", "u": "υսʋ", "v": "ѵν", "w": "ԝωա", "x": "хχ", "y": "уγ", "z": "ᴢζ",
}  # fmt: skip
"""By the Latin letter: others that look like it as small or as capital letters; both count as one in a key."""
_CHEROKEE: Final = dict(zip("ᎪᏴᏟᎠᎬᎻᎫᏦᏞᎷᎾᎱᏒᏚᎢᏙᏔᏃᎡᎥ", "abcdehjklmnprstvwzri", strict=True))

SKELETON: Final[dict[int, str]] = {
    **{ord(letter): latin for latin, others in _SHAPES.items() for letter in others},
    **{ord(letter): latin for letter, latin in _CHEROKEE.items()},
}
"""What ``str.translate`` makes of folded text, so that texts of the same look become the same."""


def alphabet_of(letter: str) -> str:
    """Which of ``ALPHABETS`` the letter belongs to; nothing for all other characters."""
    if not letter.isalpha():
        return ""
    name = unicodedata.name(letter, "")
    return next((alphabet for alphabet in ALPHABETS if name.startswith(alphabet)), "")


def disguised_word(line: str) -> tuple[str, ...]:
    """The first word of *line* that mixes alphabets in letters that look alike, then those alphabets; or nothing."""
    for word in "".join(one if one.isalnum() or unicodedata.combining(one) else " " for one in line).split():
        if word.isascii():
            continue
        found = dict.fromkeys(alphabet_of(letter) for letter in word)
        found.pop("", None)
        if len(found) > 1 and any(_hides(word, among=alphabet) for alphabet in found):
            return word, *(alphabet.capitalize() for alphabet in found)
    return ()


def _hides(word: str, *, among: str) -> bool:
    """Whether all letters of *word* that aren't of the alphabet *among* look like letters of another."""
    others = [letter for letter in word if alphabet_of(letter) not in ("", among)]
    return all(ord(folded) in SKELETON for letter in others for folded in letter.casefold())
