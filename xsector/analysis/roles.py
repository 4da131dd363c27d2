"""Who does what, from a release: for each job who is named, what organisations say themselves, and what follows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from xsector.analysis.proportions import share_interval
from xsector.analysis.thresholds import DEFAULT_ROLE_LIMITS, RoleLimits
from xsector.model.modules import roles
from xsector.model.modules.kinds import Ask, Module
from xsector.model.released import Release, ReleasedItem


class RoleFinding(StrEnum):
    """What can be found about a job, those that need talk first."""

    CONTESTED = "contested"
    ORPHAN = "orphan"
    UNCLAIMED = "expected but unclaimed"
    UNSEEN = "claimed but unseen"
    MISPLACED = "misplaced"
    SHARED = "shared by choice"
    SETTLED = "settled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """An organisation (its place in ``Release.organisations``) and how many name it."""

    place: int
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One finding about a job, whom it is about, and whether it is clear or may be the few who answered."""

    kind: RoleFinding
    about: tuple[int, ...]
    clear: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What is said about one job.

    ``now`` and ``should`` name organisations, most named first; ``said`` are the people who gave an answer that
    can be counted, ``unsure`` those who don't know. ``leads`` and ``helps`` are places of organisations that say
    so of themselves; ``stated`` are those that say anything.
    """

    code: str
    text: str
    short: str
    now: tuple[Named, ...]
    should: tuple[Named, ...]
    said: int
    said_should: int
    unsure: int
    nobody: int
    shared: int
    leads: tuple[int, ...]
    helps: tuple[int, ...]
    stated: tuple[int, ...]
    findings: tuple[Found, ...]

    def has(self, kind: RoleFinding) -> bool:
        """Whether something of this kind was found."""
        return any(one.kind is kind for one in self.findings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Overload:
    """An organisation (its place) that is named most often for at least half of the jobs."""

    place: int
    jobs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One sector and one job: its organisations that say they lead, those that say anything, and what others say.

    ``named`` of ``others``: people of groups without this sector who name one of its organisations, ``seen`` those who
    name one that says it leads.
    """

    leads: int
    stated: int
    named: int
    seen: int
    others: int


def jobs_of(release: Release, *, limits: RoleLimits = DEFAULT_ROLE_LIMITS) -> tuple[Job, ...]:
    """Every job of the roles module, in the order in which it was asked; empty where the round asked none."""
    items = {item.parts: item for item in release.of_module(Module.ROLES)}
    if release.modules.roles is None:
        return ()
    found = []
    for function in release.modules.roles.functions:
        now, should = (items.get((function.code, ask.value)) for ask in (Ask.NOW, Ask.SHOULD))
        if now is None and should is None:
            continue
        job = _job(now, should, code=function.code, text=function.text, short=function.short, release=release)
        found.append(_with_findings(job, limits=limits))
    return tuple(found)


def overloaded(jobs: Sequence[Job], *, limits: RoleLimits = DEFAULT_ROLE_LIMITS) -> tuple[Overload, ...]:
    """Organisations that most people name for at least half of the jobs, those with most jobs first."""
    leads: dict[int, list[str]] = {}
    for job in jobs:
        if job.said >= limits.fewest_named and job.now and job.now[0].people > job.nobody + job.unsure:
            leads.setdefault(job.now[0].place, []).append(job.code)
    many = [Overload(place=place, jobs=tuple(codes)) for place, codes in leads.items()]
    heavy = [one for one in many if len(jobs) > 2 and len(one.jobs) >= limits.overloaded * len(jobs)]
    return tuple(sorted(heavy, key=lambda one: -len(one.jobs)))


def matrix(release: Release) -> dict[str, dict[str, Cell]]:
    """For each job (code) and sector: what its organisations say themselves, and what the other groups say of them."""
    items = {item.parts: item for item in release.of_module(Module.ROLES)}
    sectors = {one.sector for one in release.organisations}
    parts = _parts(release)
    found: dict[str, dict[str, Cell]] = {}
    for function in release.modules.roles.functions if release.modules.roles else ():
        now = items.get((function.code, Ask.NOW.value))
        if now is not None:
            claims = parts.get(function.code, {})
            found[function.code] = {sector: _cell(now, sector, claims=claims, release=release) for sector in sectors}
    return found


def _cell(item: ReleasedItem, sector: str, *, claims: Mapping[int, int], release: Release) -> Cell:
    own = [place for place, one in enumerate(release.organisations) if one.sector == sector]
    others = [counts for counts, block in zip(item.counts, release.blocks, strict=True) if sector not in block.sectors]
    return Cell(
        leads=sum(claims.get(place) == roles.LEADS for place in own),
        stated=sum(place in claims for place in own),
        named=sum(counts[place] for counts in others for place in own),
        seen=sum(counts[place] for counts in others for place in own if claims.get(place) == roles.LEADS),
        others=sum(map(sum, others)),
    )


def _parts(release: Release) -> dict[str, dict[int, int]]:
    """What most people of an organisation say its part is, by job and place of the organisation."""
    places = {one.id: place for place, one in enumerate(release.organisations)}
    found: dict[str, dict[int, int]] = {}
    for statement in release.statements:
        if statement.organisation in places and any(statement.counts):
            function = statement.item.removesuffix(f"_{Ask.PART.value}")
            # The first of the largest: where people of one organisation differ, the larger part is told.
            part = int(np.argmax(statement.counts))
            found.setdefault(function, {})[places[statement.organisation]] = part
    return found


def _job(
    now: ReleasedItem | None, should: ReleasedItem | None, *, code: str, text: str, short: str, release: Release
) -> Job:
    count = len(release.organisations)
    today, wanted = _summed(now), _summed(should)
    parts = _parts(release).get(code, {})
    beside = today[count:] if now else [0, 0]
    return Job(
        code=code,
        text=text,
        short=short,
        now=_most_named(today[:count]),
        should=_most_named(wanted[:count]),
        said=sum(today),
        said_should=sum(wanted),
        unsure=sum(one.cannot_judge for one in now.missing) if now else 0,
        nobody=beside[roles.beside(Ask.NOW).index(roles.NOBODY)],
        shared=beside[roles.beside(Ask.NOW).index(roles.SHARED)],
        leads=tuple(place for place, part in sorted(parts.items()) if part == roles.LEADS),
        helps=tuple(place for place, part in sorted(parts.items()) if part == roles.HELPS),
        stated=tuple(sorted(parts)),
        findings=(),
    )


def _summed(item: ReleasedItem | None) -> list[int]:
    return [] if item is None else [sum(level) for level in zip(*item.counts, strict=True)]


def _most_named(counts: Sequence[int]) -> tuple[Named, ...]:
    named = [Named(place=place, people=people) for place, people in enumerate(counts) if people]
    return tuple(sorted(named, key=lambda one: (-one.people, one.place)))


def _with_findings(job: Job, *, limits: RoleLimits) -> Job:
    if job.said + job.unsure < limits.fewest_named:
        return job
    kinds = [kind(job, limits=limits) for kind in (_contested, _orphan, _unclaimed, _unseen, _misplaced, _shared)]
    found = [one for one in kinds if one is not None]
    settled = None if found else _settled(job, limits=limits)
    return replace(job, findings=(*found, settled) if settled else tuple(found))


def _above(part: int, whole: int, *, limit: float, limits: RoleLimits) -> tuple[bool, bool]:
    """Whether a share reaches *limit*, and whether it clearly does."""
    low, _ = share_interval(part, whole, level=limits.level)
    return whole > 0 and part / whole >= limit, low >= limit


def _contested(job: Job, *, limits: RoleLimits) -> Found | None:
    if len(job.now) > 1:
        is_second, clear = _above(job.now[1].people, job.said, limit=limits.second, limits=limits)
        if is_second:
            rivals = [one.place for one in job.now if one.people / job.said >= limits.second]
            both = len(set(rivals) & set(job.leads)) > 1
            return Found(kind=RoleFinding.CONTESTED, about=tuple(rivals), clear=clear or both)
    if len(job.leads) > 1 and not _above(job.shared, job.said, limit=limits.shared, limits=limits)[0]:
        return Found(kind=RoleFinding.CONTESTED, about=job.leads, clear=True)
    return None


def _orphan(job: Job, *, limits: RoleLimits) -> Found | None:
    whole = job.said + job.unsure
    empty, clear = _above(job.nobody + job.unsure, whole, limit=limits.orphan, limits=limits)
    if empty:
        return Found(kind=RoleFinding.ORPHAN, about=(), clear=clear)
    best = job.now[0].people if job.now else 0
    if job.stated and not job.leads and not _above(best, job.said, limit=limits.expected, limits=limits)[0]:
        held = _above(job.shared, job.said, limit=limits.shared, limits=limits)[0]
        return None if held else Found(kind=RoleFinding.ORPHAN, about=(), clear=False)
    return None


def _unclaimed(job: Job, *, limits: RoleLimits) -> Found | None:
    if not job.now or job.now[0].place not in job.stated or job.now[0].place in job.leads:
        return None
    is_expected, clear = _above(job.now[0].people, job.said, limit=limits.expected, limits=limits)
    return Found(kind=RoleFinding.UNCLAIMED, about=(job.now[0].place,), clear=clear) if is_expected else None


def _unseen(job: Job, *, limits: RoleLimits) -> Found | None:
    """Organisations that say they lead, while few name them: some of those few may be their own people."""
    named = {one.place: one.people for one in job.now}
    quiet = [place for place in job.leads if job.said and named.get(place, 0) / job.said < limits.unseen]
    if not quiet or job.shared / job.said >= limits.shared:
        return None
    most = max(share_interval(named.get(place, 0), job.said, level=limits.level)[1] for place in quiet)
    return Found(kind=RoleFinding.UNSEEN, about=tuple(quiet), clear=most < limits.unseen)


def _misplaced(job: Job, *, limits: RoleLimits) -> Found | None:
    if not job.should or (job.now and job.should[0].place == job.now[0].place):
        return None
    is_other, clear = _above(job.should[0].people, job.said_should, limit=limits.misplaced, limits=limits)
    return Found(kind=RoleFinding.MISPLACED, about=(job.should[0].place,), clear=clear) if is_other else None


def _shared(job: Job, *, limits: RoleLimits) -> Found | None:
    is_shared, clear = _above(job.shared, job.said, limit=limits.shared, limits=limits)
    return Found(kind=RoleFinding.SHARED, about=(), clear=clear) if is_shared else None


def _settled(job: Job, *, limits: RoleLimits) -> Found | None:
    if not job.now:
        return None
    is_known, clear = _above(job.now[0].people, job.said, limit=limits.settled, limits=limits)
    wanted = not job.should or job.should[0].place == job.now[0].place
    return Found(kind=RoleFinding.SETTLED, about=(job.now[0].place,), clear=clear) if is_known and wanted else None
