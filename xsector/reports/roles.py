"""Who does what: the jobs of a round with what was found about each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from xsector.agenda import role_words
from xsector.agenda.document import Row
from xsector.analysis.roles import Job, jobs_of, overloaded
from xsector.model.modules.kinds import Module
from xsector.model.released import Release
from xsector.reports.module_results import released_module
from xsector.store.accounts import Account
from xsector.store.engine import Engine


@dataclass(frozen=True, slots=True, kw_only=True)
class JobWords:
    """One job on the screen: its name, what was found, whom that rests on, and how sure it is."""

    text: str
    found: str
    based_on: str
    how_sure: str
    is_urgent: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleResults:
    """The roles of a round; ``jobs`` with those that need talk first."""

    release: Release
    headline: str
    jobs: tuple[JobWords, ...]
    overloads: tuple[str, ...]
    table: tuple[Row, ...]
    note: str


def role_results(engine: Engine, *, account: Account, round_id: int) -> RoleResults:
    """What is released of a round's roles; RoundStateError before that."""
    release = released_module(engine, account=account, round_id=round_id, module=Module.ROLES)
    jobs = jobs_of(release)
    urgent = role_words.urgent(jobs)
    order = [*urgent, *(job for job in jobs if job not in urgent)]
    return RoleResults(
        release=release,
        headline=role_words.headline(jobs),
        jobs=tuple(_words(job, urgent=job in urgent, release=release) for job in order),
        overloads=tuple(role_words.overload_sentence(one, jobs=jobs, release=release) for one in overloaded(jobs)),
        table=role_words.table(jobs, release=release),
        note=role_words.OWN_PEOPLE,
    )


def roles_document(release: Release) -> dict[str, Any]:  # Any: whatever JSON holds
    """The roles as a part of the report; organisations by name, people as counts."""
    jobs = jobs_of(release)
    names = [one.name for one in release.organisations]
    return {
        "jobs": [_job_document(job, names=names) for job in jobs],
        "overloaded": [{"organisation": names[one.place], "jobs": list(one.jobs)} for one in overloaded(jobs)],
    }


def _words(job: Job, *, urgent: bool, release: Release) -> JobWords:
    return JobWords(
        text=job.text,
        found=role_words.about(job, release=release),
        based_on=role_words.based_on(job),
        how_sure=role_words.how_sure(job),
        is_urgent=urgent,
    )


def _job_document(job: Job, *, names: list[str]) -> dict[str, Any]:  # Any: whatever JSON holds
    return {
        "code": job.code,
        "text": job.text,
        "said": job.said,
        "unsure": job.unsure,
        "nobody": job.nobody,
        "shared": job.shared,
        "now": {names[one.place]: one.people for one in job.now},
        "should": {names[one.place]: one.people for one in job.should},
        "leads": [names[place] for place in job.leads],
        "helps": [names[place] for place in job.helps],
        "findings": [
            {"finding": one.kind.value, "about": [names[place] for place in one.about], "clear": one.clear}
            for one in job.findings
        ],
    }
