"""Where a partner stands: how often with most of their group, and where furthest from everybody."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from xsector.model.instrument import Kind
from xsector.model.mirror import Far, Mirror, Reflection, Stand, Tally
from xsector.model.poles import NO_ANSWER, poles
from xsector.model.released import WITHHELD, Band
from xsector.model.sheet import Mark

MOST_FAR: Final = 3


def stand_of(mirror: Mirror) -> Stand:
    """Where the partner of this mirror stands.

    Questions about the person, and those that take several answers, are not compared.
    """
    by_group = mirror.group is not None
    sides = [
        (_side(one, own=own), _most(one, of=one.group if by_group else one.everybody))
        for one in mirror.reflections()
        if (own := _own(one)) is not None and (one.group if by_group else one.everybody) is not None
    ]
    known = [(own, most) for own, most in sides if most]
    return Stand(
        together=sum(own == most for own, most in known),
        compared=len(known),
        open=len(sides) - len(known),
        by_group=by_group,
        furthest=_furthest(list(mirror.reflections())),
    )


def _furthest(reflections: Sequence[Reflection]) -> tuple[Far, ...]:
    """The questions on which most people stand on another side, those the most steps away first."""
    found = []
    for one in reflections:
        own, tally = _own(one), one.everybody
        if own is None or tally is None or not one.is_scale:
            continue
        most = _most(one, of=tally)
        if most and most != _side(one, own=own):
            found.append((_distance(own, tally=tally), _far(one, own=own, tally=tally, most=most)))
    found.sort(key=lambda pair: -pair[0])
    return tuple(far for _, far in found[:MOST_FAR])


def _own(one: Reflection) -> int | None:
    """The level that the partner chose, if it can be compared."""
    if one.item.context or one.item.kind is Kind.CHOICES or isinstance(one.own, Mark | frozenset):
        return None
    return one.own


def _side(one: Reflection, *, own: int) -> str:
    marks = poles(len(one.item.levels), ordered=one.item.ordered)
    return next(pole for pole, levels in marks.items() if own in levels)


def _most(one: Reflection, *, of: Tally | Band | None) -> str:
    """The side on which more than half of those who answered stand; empty if there is none."""
    if of is None:
        return ""
    if isinstance(of, Band):
        known = of.pole not in {WITHHELD, NO_ANSWER} and 2 * of.at_least > of.people
        return of.pole if known else ""
    marks = poles(len(one.item.levels), ordered=one.item.ordered)
    people = {pole: sum(of.counts[level] for level in levels) for pole, levels in marks.items() if pole != NO_ANSWER}
    return next((pole for pole, number in people.items() if 2 * number > sum(of.counts)), "")


def _distance(own: int, *, tally: Tally) -> float:
    """Between an answer and everybody's mean, as a share of the scale."""
    mean = sum(level * people for level, people in enumerate(tally.counts)) / sum(tally.counts)
    return abs(own - mean) / (len(tally.counts) - 1)


def _far(one: Reflection, *, own: int, tally: Tally, most: str) -> Far:
    levels = sorted(poles(len(one.item.levels), ordered=True)[most])
    return Far(
        text=one.item.text,
        own=one.item.levels[own],
        most=tuple(one.item.levels[level] for level in levels),
        people=sum(tally.counts[level] for level in levels),
        answered=sum(tally.counts),
    )
