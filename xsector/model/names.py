"""Names and lines of text from people: cleaned, checked, and compared as an eye would."""

from __future__ import annotations

import unicodedata
from typing import Final

from xsector.errors.common import UnusableTextError
from xsector.model.lookalikes import SKELETON, disguised_word

LONGEST_NAME: Final = 80
LONGEST_KEY: Final = 160
SLACK: Final = 10
"""Times as long as is allowed that a text may come, with unseen characters and loose accents, to be looked at."""
MARKS_IN_A_ROW: Final = 3
"""Combining marks that may follow one letter: enough for every living script, too few to cover the next line."""

_UNSEEN_CATEGORIES: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
_UNSEEN_LETTERS: Final = frozenset(
    (
        *"\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2065\u2800\u3164\uffa0",
        *(chr(place) for first, last in ((0xFDD0, 0xFDEF), (0xFE00, 0xFE0D), (0xFFF0, 0xFFF8), (0xE0000, 0xE0FFF))
          for place in range(first, last + 1)),
        *(chr((plane << 16) + place) for plane in range(17) for place in (0xFFFE, 0xFFFF)),
    )
)  # fmt: skip
_EMOJI_LOOKS: Final = dict.fromkeys((0xFE0E, 0xFE0F))
"""They only choose whether an emoji has colours, and telephones put them in unasked."""
_ACCENTS_FROM: Final = 200
"""Lowest combining class of marks above or below a letter; lower classes are vowels of other scripts."""


def clean_line(text: str, *, longest: int, what: str = "text") -> str:
    """*text* as one tidy line of at most *longest* characters, in NFC; UnusableTextError says why *what* is not one."""
    _refuse_endless(text, longest=longest)
    composed = unicodedata.normalize("NFC", text.translate(_EMOJI_LOOKS)).strip()
    spaced = "".join(" " if unicodedata.category(character) == "Zs" else character for character in composed)
    line = " ".join(part for part in spaced.split(" ") if part)
    if not line:
        raise UnusableTextError(f"The {what} is missing.", remedy="Type it.")
    for character in line:
        if unicodedata.category(character) in _UNSEEN_CATEGORIES or character in _UNSEEN_LETTERS:
            raise UnusableTextError(f"The text holds a character that can't be seen ({_named(character)}).")
    if _most_marks(line) > MARKS_IN_A_ROW:
        raise UnusableTextError("The text stacks too many accents on one letter.")
    if len(line) > longest:
        reason = f"The text has {len(line)} characters; {longest} is the most."
        raise UnusableTextError(reason, remedy="Make it shorter.")
    return line


def clean_text(text: str, *, longest: int) -> str:
    """*text* in NFC with its line breaks, without unseen characters; UnusableTextError if it is too long.

    A person's own words are never refused for a stray character that came with pasting.
    """
    _refuse_endless(text, longest=longest)
    lines = unicodedata.normalize("NFC", text).splitlines()
    seen = (
        "".join(one for one in line if unicodedata.category(one) not in _UNSEEN_CATEGORIES).rstrip() for line in lines
    )
    clean = "\n".join(seen).strip()
    if len(clean) > longest:
        reason = f"The text has {len(clean)} characters; {longest} is the most."
        raise UnusableTextError(reason, remedy="Make it shorter; what you typed is still on this page.")
    return clean


def clean_name(text: str) -> str:
    """*text* as the name of a person or an organisation; UnusableTextError says why not."""
    name = clean_line(text, longest=LONGEST_NAME, what="name")
    if not any(character.isalnum() for character in name):
        raise UnusableTextError("A name needs a letter or a number.", remedy="Type the name again.")
    if disguised := disguised_word(name):
        word, *alphabets = disguised
        raise UnusableTextError(
            f"The word “{word}” mixes {' and '.join(alphabets)} letters that look alike.",
            remedy="Type the whole word on one keyboard.",
        )
    if not name_key(name) or len(name_key(name)) > LONGEST_KEY:
        raise UnusableTextError("The name holds characters that can't be compared with other names.")
    return name


def name_key(name: str) -> str:
    """What two names have in common that differ at most in case, accents, spacing, letter forms or alphabet.

    A letter of another alphabet that looks like a Latin one counts as that one, and so do the digits
    0 and 1 within a word that has letters.
    """
    start = name[: SLACK * LONGEST_KEY]
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", start).casefold()).replace("ı", "i")
    letters = "".join(character for character in plain if unicodedata.combining(character) < _ACCENTS_FROM)
    composed = unicodedata.normalize("NFC", letters.translate(SKELETON))
    return " ".join(_with_letters_for_digits(word) for word in composed.split())


def _with_letters_for_digits(word: str) -> str:
    return word if word.isdecimal() or not any(map(str.isalpha, word)) else word.replace("0", "o").replace("1", "l")


def _refuse_endless(text: str, *, longest: int) -> None:
    # To put a row of accents into order takes the square of its length: a million of them, minutes for everybody.
    if len(text) > SLACK * longest:
        reason = f"The text has {len(text)} characters; {longest} is the most."
        raise UnusableTextError(reason, remedy="Make it shorter; what you typed is still on this page.")


def _named(character: str) -> str:
    return f"U+{ord(character):04X} {unicodedata.name(character, '')}".strip()


def _most_marks(line: str) -> int:
    most = run = 0
    for character in line:
        run = run + 1 if unicodedata.category(character) in {"Mn", "Me"} else 0
        most = max(most, run)
    return most
