"""Where the partnership is on its road, from a release: signs seen, work done, pictures chosen, and what follows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import combinations
from typing import Final

import numpy as np

from xsector.analysis.divergence import divergence_comparable
from xsector.analysis.proportions import share_interval
from xsector.analysis.released import counts_of_item
from xsector.analysis.thresholds import DEFAULT_STAGE_LIMITS, StageLimits
from xsector.model.modules.kinds import Module, Road
from xsector.model.modules.stage import PICTURE, PICTURE_BEFORE
from xsector.model.released import Block, Release, ReleasedItem

CAREFUL: Final = "Z01"
ARGUING: Final = "Z04"
SAID_HERE: Final = "Z05"
HARD_TALK: Final = "Z06"
"""Statements that a finding rests on; where one isn't released, the finding is not looked for."""
WORK: Final = "work"


class StageFinding(StrEnum):
    """What can be found about a partnership's road, those that need talk first."""

    FAST_START = "fast start"
    STUCK_STORM = "stuck storm"
    TOO_QUIET = "too quiet"
    SPLIT_VIEW = "split view"
    BACK_ROUND = "back round"


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """People who agree, of those who answered; both are means where several statements are meant."""

    agree: float
    answered: float

    @property
    def share(self) -> float:
        """Share that agrees; 0 where nobody answered."""
        return self.agree / self.answered if self.answered else 0.0

    def interval(self, *, level: float) -> tuple[float, float]:
        """Between which two shares it can lie, for whole people."""
        return share_interval(round(self.agree), round(self.answered), level=level)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What people say of one statement, all of them and block by block; ``divergence`` is D_u, nan below two answers.

    ``counts`` are people by block and level, ``divergences`` belong to the blocks.
    """

    code: str
    text: str
    short: str
    stage: Road
    is_work: bool
    whole: Agreed
    by_block: tuple[Agreed, ...]
    unsure: int
    counts: tuple[tuple[int, ...], ...]
    divergence: float
    divergences: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Station:
    """One stage: how many see its signs, how many say that its work is done; None where nothing is released."""

    stage: Road
    signs: Agreed | None
    work: Agreed | None
    work_by_block: tuple[Agreed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pictures:
    """Which picture people chose, block by block, and each block's own where enough of it chose the same."""

    item: ReleasedItem
    picks: tuple[Road | None, ...]
    divergence: float
    divergences: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a partnership stands: at one stage, or somewhere from ``first`` to ``last``."""

    first: Road
    last: Road

    @property
    def is_certain(self) -> bool:
        """Whether it is one stage."""
        return self.first is self.last

    @property
    def middle(self) -> float:
        """The place on the road, 0 for the first stage."""
        return (step_of(self.first) + step_of(self.last)) / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One finding, the blocks it is about, and whether it is clear or may be the few who answered."""

    kind: StageFinding
    clear: bool
    about: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where one round stood."""

    round_id: int
    title: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class StageView:
    """Everything that a release says about the road; ``standings`` are the rounds, oldest first, this one last."""

    statements: tuple[Said, ...]
    stations: tuple[Station, ...]
    pictures: Pictures | None
    place: Place | None
    standings: tuple[Standing, ...]
    findings: tuple[Found, ...]

    def has(self, kind: StageFinding) -> bool:
        """Whether something of this kind was found."""
        return any(one.kind is kind for one in self.findings)

    def said(self, code: str) -> Said | None:
        """What is said of one statement; None where it isn't released."""
        return next((one for one in self.statements if one.code == code), None)

    def station(self, stage: Road) -> Station:
        """One stage."""
        return self.stations[step_of(stage)]


def step_of(stage: Road) -> int:
    """The place of a stage on the road, 0 for the first."""
    return list(Road).index(stage)


def stage_of(release: Release, *, limits: StageLimits = DEFAULT_STAGE_LIMITS) -> StageView | None:
    """What a release says about the road; None where the round didn't ask, or nothing of it is released.

    A distribution for each group, never a mean stage: shares that agree, and which picture was chosen.
    """
    statements = tuple(_said(item) for item in release.of_module(Module.STAGE) if item.code != PICTURE)
    pictures = _pictures(release, limits=limits)
    if not statements:
        return None
    stations = tuple(_station(stage, statements=statements) for stage in Road)
    place = _place(stations, limits=limits)
    before = [
        Standing(round_id=one.round_id, title=one.title, place=there)
        for one in release.past
        if (there := place_of(one, limits=limits)) is not None
    ]
    view = StageView(
        statements=statements,
        stations=stations,
        pictures=pictures,
        place=place,
        standings=(*before, *_here(release, place=place)),
        findings=(),
    )
    found = tuple(_findings(view, blocks=release.blocks, before=before[-1] if before else None, limits=limits))
    return replace(view, findings=found)


def place_of(release: Release, *, limits: StageLimits = DEFAULT_STAGE_LIMITS) -> Place | None:
    """Where a release's partnership stood: at the latest stage whose earlier stages' work is done.

    A range of stages where a share is too close to the limit to tell; None where too little is released.
    """
    statements = tuple(_said(item) for item in release.of_module(Module.STAGE) if item.code != PICTURE)
    return _place([_station(stage, statements=statements) for stage in Road], limits=limits)


def _here(release: Release, *, place: Place | None) -> Iterator[Standing]:
    if place is not None:
        yield Standing(round_id=release.round_id, title=release.title, place=place)


def _said(item: ReleasedItem) -> Said:
    by_block = tuple(_agreed(counts) for counts in item.counts)
    return Said(
        code=item.code,
        text=item.text,
        short=item.short,
        stage=Road(item.parts[0]),
        is_work=item.parts[1] == WORK,
        whole=_added(by_block),
        by_block=by_block,
        unsure=sum(one.cannot_judge for one in item.missing),
        counts=item.counts,
        divergence=_divergence(item),
        divergences=_divergences(item),
    )


def _agreed(counts: Sequence[int]) -> Agreed:
    """Those above the middle of the scale."""
    return Agreed(agree=sum(counts[(len(counts) + 1) // 2 :]), answered=sum(counts))


def _added(parts: Iterable[Agreed]) -> Agreed:
    every = list(parts)
    return Agreed(agree=sum(one.agree for one in every), answered=sum(one.answered for one in every))


def _mean(parts: Sequence[Agreed]) -> Agreed | None:
    """The mean share of several statements, of as many people as answer one of them."""
    answered = [one for one in parts if one.answered]
    if not answered:
        return None
    people = sum(one.answered for one in answered) / len(answered)
    share = sum(one.share for one in answered) / len(answered)
    return Agreed(agree=share * people, answered=people)


def _divergence(item: ReleasedItem) -> float:
    return float(divergence_comparable(counts_of_item(item).sum(axis=0)))


def _divergences(item: ReleasedItem) -> tuple[float, ...]:
    return tuple(np.asarray(divergence_comparable(counts_of_item(item))).tolist())


def _station(stage: Road, *, statements: Sequence[Said]) -> Station:
    here = [one for one in statements if one.stage is stage]
    work = [one for one in here if one.is_work]
    blocks = range(len(work[0].by_block)) if work else ()
    parts = [_mean([one.by_block[block] for one in work]) for block in blocks]
    return Station(
        stage=stage,
        signs=_mean([one.whole for one in here if not one.is_work]),
        work=_mean([one.whole for one in work]),
        work_by_block=tuple(one or Agreed(agree=0, answered=0) for one in parts),
    )


def _pictures(release: Release, *, limits: StageLimits) -> Pictures | None:
    asked = [*release.of_module(Module.STAGE), *release.items]
    item = next((one for one in asked if one.code in {PICTURE, PICTURE_BEFORE}), None)
    if item is None or len(item.levels) != len(Road):
        return None
    return Pictures(
        item=item,
        picks=tuple(_pick(counts, limits=limits) for counts in item.counts),
        divergence=_divergence(item),
        divergences=_divergences(item),
    )


def _pick(counts: Sequence[int], *, limits: StageLimits) -> Road | None:
    most = max(range(len(counts)), key=lambda level: counts[level])
    enough = sum(counts) >= limits.fewest_answers and counts[most] >= limits.picked * sum(counts)
    # Half and half between two pictures is nobody's own.
    return list(Road)[most] if enough and counts.count(counts[most]) == 1 else None


def _place(stations: Sequence[Station], *, limits: StageLimits) -> Place | None:
    first, last = 0, 0
    surely = possibly = True
    for station in stations[:-1]:
        if station.work is None or station.work.answered < limits.fewest_answers:
            return None
        low, high = station.work.interval(level=limits.level)
        surely, possibly = surely and low >= limits.done, possibly and high >= limits.done
        first, last = first + surely, last + possibly
    return Place(first=list(Road)[first], last=list(Road)[last])


def _findings(
    view: StageView, *, blocks: Sequence[Block], before: Standing | None, limits: StageLimits
) -> Iterator[Found]:
    doing = view.station(Road.PERFORM).work
    skipped = _mean([one.whole for one in view.statements if one.is_work and one.stage in (Road.STORM, Road.NORM)])
    hard_talk, careful = _whole(view, HARD_TALK), _whole(view, CAREFUL)
    said_here, arguing = _whole(view, SAID_HERE), _whole(view, ARGUING)
    if (clear := _apart(doing, skipped, limits=limits)) is not None:
        yield Found(kind=StageFinding.FAST_START, clear=clear)
    if (clear := _apart(arguing, hard_talk, limits=limits)) is not None:
        yield Found(kind=StageFinding.STUCK_STORM, clear=clear)
    is_doing = doing is not None and doing.share >= limits.done
    if not is_doing and (clear := _apart(careful, said_here, limits=limits)) is not None:
        yield Found(kind=StageFinding.TOO_QUIET, clear=clear)
    if view.pictures is not None and (pair := _furthest(view.pictures, blocks=blocks, limits=limits)):
        chance = view.pictures.item.chance
        yield Found(kind=StageFinding.SPLIT_VIEW, clear=chance is not None and chance <= limits.chance, about=pair)
    if before is not None and view.place is not None and view.place.middle < before.place.middle:
        gone_back = step_of(view.place.last) < step_of(before.place.first)
        yield Found(kind=StageFinding.BACK_ROUND, clear=gone_back)


def _whole(view: StageView, code: str) -> Agreed | None:
    said = view.said(code)
    return None if said is None else said.whole


def _apart(seen: Agreed | None, unseen: Agreed | None, *, limits: StageLimits) -> bool | None:
    """Whether many agree with one and few with the other; if so, whether both stay on their side of the middle."""
    if seen is None or unseen is None or min(seen.answered, unseen.answered) < limits.fewest_answers:
        return None
    if seen.share < limits.done or unseen.share >= limits.undone:
        return None
    middle = (limits.done + limits.undone) / 2
    return seen.interval(level=limits.level)[0] > middle > unseen.interval(level=limits.level)[1]


def _furthest(pictures: Pictures, *, blocks: Sequence[Block], limits: StageLimits) -> tuple[int, int] | None:
    """The two sectors whose pictures lie furthest apart, the one that sees us earlier first."""
    own = [(step_of(pick), place) for place, pick in enumerate(pictures.picks)
           if pick is not None and len(blocks[place].sectors) == 1]  # fmt: skip
    pairs = [
        (abs(one[0] - other[0]), blocks[one[1]].n + blocks[other[1]].n, min(one, other), max(one, other))
        for one, other in combinations(own, 2)
    ]
    if not pairs:
        return None
    steps, _, early, late = max(pairs, key=lambda pair: (pair[0], pair[1]))
    return (early[1], late[1]) if steps >= limits.steps_apart else None
