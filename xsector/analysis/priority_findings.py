"""What stands out among priorities: shared ones, split ones, quiet ones, and where effort doesn't follow words."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from statistics import NormalDist
from typing import Final

from xsector.analysis.priorities import Given, View, Weighed
from xsector.analysis.proportions import share_interval
from xsector.analysis.thresholds import DEFAULT_PRIORITIES, PriorityLimits
from xsector.model.modules.kinds import Mode, Pass


class PriorityFinding(StrEnum):
    """What can be found about an option, those that need talk first."""

    SAY_DO = "we say one thing and do another"
    SPLIT = "split between sectors"
    QUIET = "quiet priority"
    OWN = "own differs from shared"
    SHARED = "shared top"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One finding about an option.

    ``groups`` are places in the view's groups: of ``SPLIT`` the highest, then the lowest; of ``QUIET`` the one
    that puts it first; of ``SAY_DO`` those in which the gap is as wide; of ``OWN`` those that put another option
    first for themselves. ``more`` and ``less`` are the two figures compared (values, see ``Given``): highest and
    lowest group, first group and everybody, should and now. ``everybody`` is False for a gap of some groups
    alone. ``other`` is the option that stands first for all of us, where it is another. ``clear`` is False where
    it may be the few who answered, or chance.
    """

    kind: PriorityFinding
    option: str
    clear: bool
    groups: tuple[int, ...] = ()
    more: float = math.nan
    less: float = math.nan
    everybody: bool = True
    other: str = ""


def findings_of(views: Mapping[Pass, View], *, limits: PriorityLimits = DEFAULT_PRIORITIES) -> tuple[Found, ...]:
    """Everything that stands out, what needs talk first: by kind, then clear ones, then the widest.

    Each finding needs its points of view: without what should come first there is none, without what is done
    now no gap between the two, without what organisations want for themselves nothing about that.
    """
    found = [one for find in _KINDS for one in find(views, limits)]
    return tuple(sorted(found, key=lambda one: (_urgency(one), not one.clear, -_wide(one))))


def _urgency(found: Found) -> int:
    """The place of a kind; a gap of some groups alone comes after all that concerns everybody but shared options."""
    order = list(PriorityFinding)
    return 2 * order.index(found.kind if found.everybody else PriorityFinding.OWN) + (not found.everybody)


def least_gap(view: View, *, limits: PriorityLimits = DEFAULT_PRIORITIES) -> float:
    """From which gap between what should come first and what is done something is said."""
    return limits.say_do if view.mode is Mode.POINTS else limits.say_do_shares


def _wide(found: Found) -> float:
    return 0.0 if math.isnan(found.more - found.less) else abs(found.more - found.less)


def _say_do(views: Mapping[Pass, View], limits: PriorityLimits) -> Iterator[Found]:
    """Options of which more is said than done, or more done than said; by group only where it is clear."""
    should, now = views.get(Pass.SHOULD), views.get(Pass.NOW)
    if should is None or now is None:
        return
    least = least_gap(should, limits=limits)
    for said in should.options:
        done = now.option(said.code)
        # With as many groups as there are, some would show a gap by the luck of who is in them.
        parts = dict(_in_groups(said, done=done, should=should, now=now, least=least, limits=limits))
        gap = _gap(said.everybody, done=done.everybody)
        if gap >= least:
            yield Found(
                kind=PriorityFinding.SAY_DO, option=said.code, more=said.everybody.value, less=done.everybody.value,
                clear=_lowest_gap(said.everybody, done=done.everybody, limits=limits) >= least, groups=tuple(parts),
            )  # fmt: skip
        elif parts:
            widest = max(parts, key=lambda place: _gap(*parts[place]))
            yield Found(
                kind=PriorityFinding.SAY_DO, option=said.code, more=parts[widest][0].value,
                less=parts[widest][1].value, clear=True, groups=(widest,), everybody=False,
            )  # fmt: skip


def _in_groups(
    said: Weighed, *, done: Weighed, should: View, now: View, least: float, limits: PriorityLimits
) -> Iterator[tuple[int, tuple[Given, Given]]]:
    """Groups (by place) of which the gap is as wide, and would clearly be a gap with others of them asked."""
    for place, block in enumerate(should.groups):
        if block not in now.groups:
            continue
        pair = _steady(said, place=place), _steady(done, place=now.groups.index(block))
        sure = _lowest_gap(pair[0], done=pair[1], limits=limits, tries=len(should.groups) * len(should.options))
        if _gap(*pair) >= least and sure > 0:
            yield place, pair


def _steady(option: Weighed, *, place: int) -> Given:
    """What one group gives, with an error that is no smaller than its size and everybody's spread make likely.

    Five people who happen to agree have no spread of their own, and would make every gap look sure.
    """
    group, everybody = option.groups[place], option.everybody
    return replace(group, error=max(group.error, everybody.error * math.sqrt(everybody.people / group.people)))


def _gap(said: Given, done: Given) -> float:
    return abs(said.value - done.value)


def _lowest_gap(said: Given, *, done: Given, limits: PriorityLimits, tries: int = 1) -> float:
    """The near end of the gap's interval; what one person says of both is taken as unrelated, which widens it.

    With several *tries* the interval is that of all of them together.
    """
    z = NormalDist().inv_cdf(1 - (1 - limits.level) / 2 / tries)
    return _gap(said, done) - z * math.hypot(said.error, done.error)


def _split(views: Mapping[Pass, View], limits: PriorityLimits) -> Iterator[Found]:
    """Options that one group weighs far higher than another."""
    view = views.get(Pass.SHOULD)
    if view is None or len(view.groups) < 2:
        return
    least = limits.split if view.mode is Mode.POINTS else limits.split_shares
    for option in view.options:
        values = [group.value for group in option.groups]
        high, low = max(values), min(values)
        if high - low >= least:
            yield Found(
                kind=PriorityFinding.SPLIT, option=option.code, more=high, less=low,
                groups=(values.index(high), values.index(low)),
                clear=_by_more_than_chance(option, view=view, limits=limits),
            )  # fmt: skip


def _by_more_than_chance(option: Weighed, *, view: View, limits: PriorityLimits) -> bool:
    """Whether re-deals seldom give as much.

    Of many options one lies far apart by luck, so each must be rarer; by half as much as their number, because
    points that one option gets another one loses.
    """
    return option.chance is not None and option.chance * len(view.options) / 2 <= limits.chance


def _quiet(views: Mapping[Pass, View], limits: PriorityLimits) -> Iterator[Found]:
    """Options that are not among the first of us all, and that one group alone puts first."""
    view = views.get(Pass.SHOULD)
    if view is None or len(view.groups) < 2:
        return
    for option in view.options:
        first = [place for place, _ in enumerate(view.groups) if _is_first(view, option, place=place)]
        if option.everybody.rank > limits.top and len(first) == 1:
            yield Found(
                kind=PriorityFinding.QUIET, option=option.code, groups=tuple(first),
                more=option.groups[first[0]].value, less=option.everybody.value,
                clear=_by_more_than_chance(option, view=view, limits=limits),
            )  # fmt: skip


def _is_first(view: View, option: Weighed, *, place: int) -> bool:
    """Whether a group puts it first, and no other option level with it."""
    return [one.code for one in view.options if one.groups[place].rank == 1] == [option.code]


def _own(views: Mapping[Pass, View], limits: PriorityLimits) -> Iterator[Found]:
    """The option that comes first for people's own organisations, where another comes first for all of us."""
    should, own = views.get(Pass.SHOULD), views.get(Pass.OWN)
    if should is None or own is None:
        return
    shared, mine = should.ranked()[0], own.ranked()[0]
    # Where two are level, either may be the first.
    if own.option(shared.code).everybody.rank == 1 or should.option(mine.code).everybody.rank == 1:
        return
    groups = tuple(place for place, _ in enumerate(own.groups) if own.option(shared.code).groups[place].rank > 1)
    if len(groups) >= limits.own_groups * len(own.groups):
        yield Found(
            kind=PriorityFinding.OWN, option=mine.code, other=shared.code, groups=groups, more=mine.everybody.value,
            less=own.option(shared.code).everybody.value,
            clear=_above(own, mine.code, other=shared.code, limits=limits),
        )  # fmt: skip


def _shared(views: Mapping[Pass, View], limits: PriorityLimits) -> Iterator[Found]:
    """Options among the first three of every group."""
    view = views.get(Pass.SHOULD)
    if view is None or len(view.groups) < 2 or len(view.options) <= limits.top:
        return
    ranked = view.ranked()
    for option in view.options:
        if all(group.rank <= limits.top for group in (option.everybody, *option.groups)):
            yield Found(
                kind=PriorityFinding.SHARED, option=option.code, more=option.everybody.value,
                clear=_above(view, option.code, other=ranked[limits.top].code, limits=limits),
            )  # fmt: skip


def _above(view: View, code: str, *, other: str, limits: PriorityLimits) -> bool:
    """Whether clearly more than half of us put one option above another, ties half."""
    if view.orders is None:
        return False
    codes = [option.code for option in view.options]
    above = view.orders.above[codes.index(code)][codes.index(other)]
    low, _ = share_interval(math.floor(above), view.answered, level=limits.level)
    return low > 0.5


_KINDS: Final[tuple[Callable[[Mapping[Pass, View], PriorityLimits], Iterator[Found]], ...]] = (
    _say_do, _split, _quiet, _own, _shared,
)  # fmt: skip
