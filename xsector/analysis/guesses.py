"""What people guessed of a sector beside what it answered, from a release: gaps, the four cases, and projection.

Counts by group don't tell who guessed their own answer. What they allow is to lay the guesses of a group beside that
group's own answers, and so says every figure here.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np

from xsector.analysis.gaps import difference_interval, mean_positions
from xsector.analysis.perceived import Case, Perceived, perceived_case
from xsector.analysis.tallies import NOTHING, Floats
from xsector.analysis.thresholds import DEFAULT_GUESSES, GuessLimits
from xsector.model.modules.kinds import Module
from xsector.model.released import Release, ReleasedItem

ABOUT_RIGHT: Final = 0.25
"""Steps below which a guess counts as right."""


class Silent(StrEnum):
    """Why a guess isn't laid beside an answer."""

    NOT_ALONE = "the answers are not shown by themselves"
    NOT_RELEASED = "the question is not shown"
    FEW = "too few people answered or guessed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """What some groups guessed of a sector; means are places on the scale, 1 the lowest.

    ``block`` is the place of the group that guessed, None for all others together. ``own`` is what they answer
    themselves, ``guess`` what they think the sector answers. ``people`` guessed, ``unsure`` have no idea. ``clear``:
    the differences that the case rests on are more than what the few who answered could make. ``is_off``: guess and
    answer are as far from each other as groups that count as apart.
    """

    block: int | None
    people: int
    unsure: int
    own: float
    guess: float
    perceived: Perceived
    clear: bool
    is_off: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Guessed:
    """One question of one sector: what it answers, and what all others and each other group guessed.

    ``actual`` is the sector's mean and ``answered`` its people; where that isn't shown, ``silent`` says why,
    ``others`` is None and nothing is compared.
    """

    code: str
    item: str
    text: str
    short: str
    levels: tuple[str, ...]
    sector: str
    label: str
    look: int
    actual: float
    answered: int
    silent: Silent | None
    others: Guess | None
    blocks: tuple[Guess, ...]

    @property
    def gap(self) -> float:
        """How much too high all others guessed, in steps; nan where nothing is compared."""
        return math.nan if self.others is None else self.others.perceived.gap


def guesses_of(release: Release, *, limits: GuessLimits = DEFAULT_GUESSES) -> tuple[Guessed, ...]:
    """Every guessed question and sector, the widest gap first, what can't be compared last."""
    items = {item.code: item for item in release.items}
    found = [
        _guessed(item, of=items.get(item.parts[0]), release=release, limits=limits)
        for item in release.of_module(Module.GUESSES)
    ]
    # Python's sort keeps the order in which they were asked where two are equal.
    return tuple(sorted(found, key=lambda one: -abs(one.gap) if one.others else 1.0))


def _guessed(item: ReleasedItem, *, of: ReleasedItem | None, release: Release, limits: GuessLimits) -> Guessed:
    sector = item.parts[1]
    alone = [place for place, block in enumerate(release.blocks) if block.sectors == (sector,)]
    others = [place for place, block in enumerate(release.blocks) if sector not in block.sectors]
    actual = _summed(of, places=alone) if of else np.zeros(len(item.levels))
    whole = None if of is None else _guess(item, of=of, actual=actual, places=others, block=None, limits=limits)
    silent = _silent(of, alone=alone, whole=whole)
    if silent is not None:
        whole = None
    return Guessed(
        code=item.code,
        item=item.parts[0],
        text=item.text,
        short=of.short if of else item.text,
        levels=item.levels,
        sector=sector,
        label=next((one.label for one in release.sectors if one.code == sector), sector),
        look=release.blocks[alone[0]].look if alone else 0,
        actual=_mean(actual) if silent is None else math.nan,
        answered=int(actual.sum()) if silent is None else 0,
        silent=silent,
        others=whole,
        blocks=_by_block(item, of=of, actual=actual, others=others, limits=limits) if of and whole else (),
    )


def _silent(of: ReleasedItem | None, *, alone: Sequence[int], whole: Guess | None) -> Silent | None:
    if of is None:
        return Silent.NOT_RELEASED
    if not alone:
        return Silent.NOT_ALONE
    return Silent.FEW if whole is None or whole.perceived.case is None else None


def _by_block(
    item: ReleasedItem, *, of: ReleasedItem, actual: Floats, others: Sequence[int], limits: GuessLimits
) -> tuple[Guess, ...]:
    """What each other group guessed, those with enough guesses and answers."""
    every = [_guess(item, of=of, actual=actual, places=[place], block=place, limits=limits) for place in others]
    return tuple(one for one in every if one.perceived.case is not None)


def _guess(
    item: ReleasedItem, *, of: ReleasedItem, actual: Floats, places: Sequence[int], block: int | None,
    limits: GuessLimits,
) -> Guess:  # fmt: skip
    own, guesses = _summed(of, places=places), _summed(item, places=places)
    perceived = perceived_case(own, guesses=guesses, actual=actual, limits=limits)
    return Guess(
        block=block,
        people=int(guesses.sum()),
        unsure=sum(item.missing[place].cannot_judge for place in places),
        own=_mean(own),
        guess=_mean(guesses),
        perceived=perceived,
        clear=_is_clear(perceived.case, own=own, guesses=guesses, actual=actual, limits=limits),
        is_off=abs(perceived.gap) >= _apart(actual, limits=limits),
    )


def _is_clear(case: Case | None, *, own: Floats, guesses: Floats, actual: Floats, limits: GuessLimits) -> bool:
    """Whether the intervals of the differences that the case says are there leave out nought.

    Guesses and own answers come from the same people; taken as if they did not, the interval is too wide rather
    than too narrow, because who guesses by their own answer makes the two alike.
    """
    if case is None:
        return False
    real = difference_interval(actual, other=own, level=limits.level)
    believed = difference_interval(guesses, other=own, level=limits.level)
    wrong = difference_interval(guesses, other=actual, level=limits.level)
    needed: Mapping[Case, tuple[tuple[float, float], ...]] = {
        Case.REAL: (real, believed),
        Case.HIDDEN: (real, wrong),
        Case.IMAGINED: (believed, wrong),
    }
    if case is Case.SHARED:
        apart = _apart(own, limits=limits)
        return all(-apart < low and high < apart for low, high in (real, believed))
    return all(low > 0 or high < 0 for low, high in needed[case])


def _apart(counts: Floats, *, limits: GuessLimits) -> float:
    """Steps from which two groups count as apart."""
    return limits.gap * (len(counts) - 1) - NOTHING


def _summed(item: ReleasedItem, *, places: Sequence[int]) -> Floats:
    counts = np.array([item.counts[place] for place in places], dtype=np.float64)
    return np.asarray(counts.reshape(len(places), len(item.levels)).sum(axis=0))


def _mean(counts: Floats) -> float:
    return float(mean_positions(counts[None])[0])
