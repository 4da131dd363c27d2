"""Scales as they stand in a file of answers: their values, lowest first, and what they're called."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from xsector.actions.survey.table_file import squeezed
from xsector.errors.files import SurveyFileError

MOST_LEVELS = 30
_RANGE = re.compile(r"(-?\d{1,4})\s*\.\.\s*(-?\d{1,4})")

LevelsAsked = str | tuple[str, ...] | dict[str, str]
"""`1..5`, the labels lowest first, or the label of each value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Levels:
    """The values of a scale as they stand in the file, lowest first, and what they're called."""

    values: tuple[str, ...]
    labels: tuple[str, ...]
    words: bool = False
    """The labels may be there as numbers instead, counted from 1 (or 0)."""
    ordered: bool = True

    def shown(self) -> str:
        """The values for a sentence."""
        if len(self.values) > 2 and all(value.lstrip("-").isdigit() for value in self.values):
            return f"{self.values[0]}..{self.values[-1]}"
        return ", ".join(self.values)


def levels_asked(asked: LevelsAsked | None) -> Levels | None:
    """The scale that was asked for, checked; None where none was."""
    if asked is None:
        return None
    if isinstance(asked, Mapping):
        return _checked(tuple(map(squeezed, asked)), tuple(map(squeezed, asked.values())))
    if isinstance(asked, str):
        if match := _RANGE.fullmatch(asked.strip()):
            return _counted(int(match[1]), int(match[2]))
        asked = tuple(asked.split(","))
    labels = tuple(squeezed(label) for label in asked)
    whole = all(label.lstrip("-").isdigit() for label in labels)
    return _checked(labels, labels, words=not whole)


def numbered(lowest: int, highest: int) -> Levels:
    """A scale of whole numbers that are their own labels."""
    values = tuple(str(value) for value in range(lowest, highest + 1))
    return Levels(values=values, labels=values)


def _counted(lowest: int, highest: int) -> Levels:
    if lowest >= highest or highest - lowest >= MOST_LEVELS:
        raise SurveyFileError(
            f"{lowest}..{highest} is no scale.",
            remedy=f"Write the lower number first, with 2 to {MOST_LEVELS} levels, such as 1..5.",
        )
    return numbered(lowest, highest)


def _checked(values: tuple[str, ...], labels: tuple[str, ...], *, words: bool = False) -> Levels:
    if not 2 <= len(values) <= MOST_LEVELS:
        raise SurveyFileError(
            f"A scale of {len(values)} levels can't be used.", remedy=f"Give 2 to {MOST_LEVELS} levels, such as 1..5."
        )
    if not all(labels) or len({label.casefold() for label in labels}) < len(labels):
        raise SurveyFileError(
            "Two levels of a scale have the same label, or one has none.", remedy="Give each level its own label."
        )
    return Levels(values=values, labels=labels, words=words)
