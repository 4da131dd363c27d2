"""Which passwords may be used: long ones that are not a common one, however it was stretched."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from xsector.errors.access import WeakPasswordError
from xsector.settings import DATA

SHORTEST: Final = 15
LONGEST: Final = 1_000
COMMON: Final = ("password", "1234567890", "qwertyuiop", "letmeinletmein", "xsector", "abcdefghij")
LIST: Final = DATA / "passwords" / "common.txt"
_LONGEST_PAIR: Final = 64
_DIGITS_AT_LEAST: Final = 6
_LOOKS: Final = str.maketrans("0134578@$!", "oieastbasi")
_AROUND: Final = re.compile(r"^[\W\d_]+|[\W\d_]+$")
_BETWEEN: Final = re.compile(r"[\W_]+")
_NO_LETTER: Final = re.compile(r"[\W\d_]+")


def check_password(password: str, *, name: str) -> None:
    """Raise WeakPasswordError for a password that is short or easily guessed."""
    plain = unicodedata.normalize("NFKC", password).casefold()
    if len(password) < SHORTEST:
        raise WeakPasswordError(f"it has fewer than {SHORTEST} characters")
    if len(password) > LONGEST:
        raise WeakPasswordError(f"it has more than {LONGEST:,} characters")
    if len(set(plain)) < 5 or _repeats_itself(plain):
        raise WeakPasswordError("it repeats too few characters")
    if any(word in plain for word in COMMON) or (len(name) > 3 and name.casefold() in plain):
        raise WeakPasswordError("it holds a common word or your name")
    if any(_is_common(core) for core in _cores(plain)):
        raise WeakPasswordError("it is a common password, or two, with something around")


@lru_cache(maxsize=1)
def common() -> frozenset[str]:
    """The common passwords that this program knows, in small letters."""
    return frozenset(LIST.read_text(encoding="utf-8").split())


def _cores(plain: str) -> set[str]:
    """What is left of a password without signs and digits that only make it longer, read in several ways."""
    inside = _AROUND.sub("", plain)
    read = {_BETWEEN.sub("", plain), _NO_LETTER.sub("", plain), _BETWEEN.sub("", inside)}
    return {*read, inside, _NO_LETTER.sub("", inside.translate(_LOOKS))} - {""}


def _is_common(core: str) -> bool:
    """Whether *core* is a common password, one that repeats, one beside digits, or two of them together."""
    known = common()
    if core in known or core[: _period(core)] in known:
        return True
    halves = ((core[:place], core[place:]) for place in range(1, min(len(core), _LONGEST_PAIR)))
    return any(
        (one in known and (other in known or _only_pads(other, beside=one)))
        or (other in known and _only_pads(one, beside=other))
        for one, other in halves
    )


def _only_pads(rest: str, *, beside: str) -> bool:
    """Whether *rest* is mere digits, which add little; a year *beside* other digits is no common password yet."""
    telling = len(beside) >= _DIGITS_AT_LEAST or not beside.isdecimal()
    return rest.isdecimal() and (telling or _period(rest) <= len(rest) // 2)


def _repeats_itself(plain: str) -> bool:
    """Whether a password is a shorter one again and again, which makes it no harder to guess."""
    bare = _BETWEEN.sub("", plain)
    period = _period(bare)
    return period < min(SHORTEST, len(bare) // 2 + 1)


def _period(text: str) -> int:
    """The length of the shortest part that makes *text* when it is repeated, the last time perhaps cut off."""
    longest = [0] * len(text)  # how much of the beginning ends at each place, as Knuth, Morris and Pratt count it
    for place in range(1, len(text)):
        length = longest[place - 1]
        while length and text[place] != text[length]:
            length = longest[length - 1]
        longest[place] = length + (text[place] == text[length])
    return len(text) - longest[-1] if text else 0
