"""What is said about each job: the finding, whom it rests on, and how sure it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from xsector.agenda.certainty import CLOSE, few_sentence
from xsector.agenda.document import Row
from xsector.analysis.roles import Found, Job, Overload, RoleFinding
from xsector.model.phrases import counted, listed
from xsector.model.released import Release

MOST_IN_HEADLINE: Final = 2
URGENT: Final = (RoleFinding.CONTESTED, RoleFinding.ORPHAN, RoleFinding.MISPLACED, RoleFinding.UNCLAIMED,
                 RoleFinding.UNSEEN)  # fmt: skip
"""What needs talk, most urgent first."""
READ: Final = (
    "In each cell: how many of the sector’s organisations say “we lead” → how many of the others name one of them"
)
OWN_PEOPLE: Final = "Answers of an organisation’s own people are among those who name it: groups are not taken apart."


def headline(jobs: Sequence[Job]) -> str:
    """What the whole table says, in one line."""
    urgent = [(kind, [job for job in jobs if job.findings and job.findings[0].kind is kind]) for kind in URGENT]
    parts = [f"{counted(len(found), 'job', 'jobs')} {_SAID[kind]}" for kind, found in urgent if found]
    if parts:
        return ", ".join(parts[:MOST_IN_HEADLINE])
    settled = sum(job.has(RoleFinding.SETTLED) for job in jobs)
    return f"We agree who leads {settled} of {counted(len(jobs), 'job', 'jobs')}" if settled else "No job stands out"


_SAID: Final = {
    RoleFinding.CONTESTED: "that more than one is said to lead",
    RoleFinding.ORPHAN: "with no leader in sight",
    RoleFinding.MISPLACED: "that another should lead",
    RoleFinding.UNCLAIMED: "whose leader does not say so",
    RoleFinding.UNSEEN: "led unseen",
}


def about(job: Job, *, release: Release) -> str:
    """What was found about one job; what people say where nothing was."""
    first = job.findings[0] if job.findings else None
    told = [one for one in job.findings if not (first and one is not first and _is_told(one, first=first))]
    sentences = [_SENTENCES[one.kind](job, one, release) for one in told]
    return " ".join(sentences) if sentences else _spread(job, release=release)


def _is_told(found: Found, *, first: Found) -> bool:
    """Whether the first finding has said already whose lead few see, and how few."""
    is_contested = first.kind is RoleFinding.CONTESTED
    return found.kind is RoleFinding.UNSEEN and is_contested and set(found.about) <= set(first.about)


def in_short(job: Job, *, release: Release) -> str:
    """The first thing that was found about a job, quoting it."""
    first = job.findings[0]
    return f"“{job.text}”: {_SENTENCES[first.kind](job, first, release)}".removesuffix(".")


def how_sure(job: Job) -> str:
    """How far what was found can be relied on, and what is mixed into it."""
    unclear = job.findings and not all(one.clear for one in job.findings)
    return " ".join(one for one in (few_sentence(job.said), CLOSE if unclear else "") if one)


def sure_in_short(jobs: Sequence[Job]) -> str:
    """Which of the jobs that need talk are close, in one sentence; nothing where none is."""
    close = [f"“{job.short}”" for job in urgent(jobs) if not job.findings[0].clear]
    if not close:
        return ""
    return f"Close, a handful of other answers would change it: {listed(close)}."


def based_on(job: Job) -> str:
    """How many said whom, and how many don't know."""
    unsure = f"; {job.unsure:,} don’t know" if job.unsure else ""
    return f"{job.said:,} of us say who leads today{unsure}."


def overload_sentence(overload: Overload, *, jobs: Sequence[Job], release: Release) -> str:
    """That one organisation is named for many jobs."""
    name = release.organisations[overload.place].name
    return (
        f"Most people name {name} for {len(overload.jobs)} of {len(jobs)} jobs. "
        "That may be too much for one organisation, or too little for the others."
    )


def urgent(jobs: Sequence[Job]) -> list[Job]:
    """Jobs that need talk, most urgent first; ties in the order in which they were asked."""
    order = {kind: place for place, kind in enumerate(URGENT)}
    needing = [job for job in jobs if any(one.kind in order for one in job.findings)]
    return sorted(
        needing, key=lambda job: min((order[one.kind], not one.clear) for one in job.findings if one.kind in order)
    )


def table(jobs: Sequence[Job], *, release: Release) -> tuple[Row, ...]:
    """Every job with who is named, who should lead, who says they lead, and what follows; heads first."""
    heads = ("Job", "Named today", "Should lead", "Say they lead", "Nobody or don’t know", "Finding")
    return (heads, *(_row(job, release=release) for job in jobs))


def _row(job: Job, *, release: Release) -> Row:
    named = [f"{_name(one.place, release)} {one.people}" for one in job.now[:3]]
    wanted = [f"{_name(one.place, release)} {one.people}" for one in job.should[:2]]
    return (
        job.text,
        ", ".join([*named, *([f"two or more {job.shared}"] if job.shared else [])]) or "–",
        ", ".join(wanted) or "–",
        ", ".join(_name(place, release) for place in job.leads) or "–",
        f"{job.nobody + job.unsure:,}",
        ", ".join(one.kind.value for one in job.findings) or "–",
    )


def _name(place: int, release: Release) -> str:
    return release.organisations[place].name


def _names(places: Sequence[int], release: Release) -> str:
    return listed([_name(place, release) for place in places])


def _count(job: Job, place: int) -> int:
    return next((one.people for one in job.now if one.place == place), 0)


def _contested(job: Job, found: Found, release: Release) -> str:
    claims = [place for place in found.about if place in job.leads]
    if len(claims) == len(found.about):
        seen = [f"{_name(place, release)} ({_count(job, place):,} of {job.said:,} name it)" for place in found.about]
        return f"More than one says that it leads: {listed(seen)}."
    named = listed([f"{_name(place, release)} ({_count(job, place):,} of {job.said:,})" for place in found.about])
    both = f" {_names(claims, release)} say that they lead." if len(claims) > 1 else ""
    return f"More than one is seen to lead: {named}.{both}"


def _orphan(job: Job, found: Found, release: Release) -> str:
    whole = job.said + job.unsure
    if job.nobody + job.unsure:
        return f"No leader in sight: {job.nobody:,} of {whole:,} say “no one”, {job.unsure:,} don’t know."
    return "No organisation says that it leads this, and no name comes from half of us."


def _unclaimed(job: Job, found: Found, release: Release) -> str:
    (place,) = found.about
    return (
        f"{_count(job, place):,} of {job.said:,} say that {_name(place, release)} leads; "
        f"{_name(place, release)} does not say so."
    )


def _unseen(job: Job, found: Found, release: Release) -> str:
    says = "says that it leads" if len(found.about) == 1 else "say that they lead"
    seen = listed([f"{_count(job, place):,}" for place in found.about])
    return f"{_names(found.about, release)} {says}, and {seen} of {job.said:,} see it."


def _misplaced(job: Job, found: Found, release: Release) -> str:
    (place,) = found.about
    wanted = next(one.people for one in job.should if one.place == place)
    return f"{wanted:,} of {job.said_should:,} say that {_name(place, release)} should lead it."


def _shared(job: Job, found: Found, release: Release) -> str:
    return (
        f"{job.shared:,} of {job.said:,} say that two or more share this. That is no problem by itself: "
        "ask how sharing works."
    )


def _settled(job: Job, found: Found, release: Release) -> str:
    (place,) = found.about
    return f"We agree: {_name(place, release)} leads ({_count(job, place):,} of {job.said:,})."


def _spread(job: Job, *, release: Release) -> str:
    if not job.now:
        return "Too few answers to say."
    named = listed([f"{_name(one.place, release)} ({one.people:,} of {job.said:,})" for one in job.now[:2]])
    return f"Most often named: {named}."


_SENTENCES: Final = {
    RoleFinding.CONTESTED: _contested,
    RoleFinding.ORPHAN: _orphan,
    RoleFinding.UNCLAIMED: _unclaimed,
    RoleFinding.UNSEEN: _unseen,
    RoleFinding.MISPLACED: _misplaced,
    RoleFinding.SHARED: _shared,
    RoleFinding.SETTLED: _settled,
}
