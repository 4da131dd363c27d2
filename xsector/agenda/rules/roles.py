"""Jobs that more than one leads, or that nobody leads.

Source: METRICS section 5 (claimed and attributed roles) and the discussion guide, “More than one partner leads this”
and “No leader in sight”.
"""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from xsector.agenda import role_words
from xsector.agenda.finding import Finding
from xsector.analysis.roles import Job, RoleFinding, jobs_of
from xsector.analysis.thresholds import Bands, Limits
from xsector.model.guide import StepKind
from xsector.model.modules.kinds import Ask
from xsector.model.modules.roles import code_of
from xsector.model.released import Release


def find_contested(
    release: Release, *, findings: pd.DataFrame, used: Collection[str], bands: Bands, limits: Limits
) -> Finding | None:
    """The job on which people or organisations differ most about who leads it."""
    return _first(release, kind=StepKind.CONTESTED_ROLE, used=used, orphans=False)


def find_orphan(
    release: Release, *, findings: pd.DataFrame, used: Collection[str], bands: Bands, limits: Limits
) -> Finding | None:
    """A job that nobody leads."""
    return _first(release, kind=StepKind.ORPHAN_ROLE, used=used, orphans=True)


def _first(release: Release, *, kind: StepKind, used: Collection[str], orphans: bool) -> Finding | None:
    for job in role_words.urgent(jobs_of(release)):
        code = code_of(job.code, Ask.NOW)
        if code not in used and job.has(RoleFinding.ORPHAN) is orphans:
            return _finding(job, kind=kind, code=code, release=release)
    return None


def _finding(job: Job, *, kind: StepKind, code: str, release: Release) -> Finding:
    return Finding(
        kind=kind,
        item=code,
        short=job.short,
        headline=role_words.in_short(job, release=release),
        how_sure=role_words.how_sure(job),
        note=role_words.based_on(job),
        chart=None,
        table=role_words.table([job], release=release),
        sure=not role_words.how_sure(job),
        size=_size(job, orphan=kind is StepKind.ORPHAN_ROLE),
    )


def _size(job: Job, *, orphan: bool) -> float:
    """How many of us say “no one”, or name another than most do."""
    whole = job.said + job.unsure
    most = job.now[0].people if job.now else 0
    other = job.nobody if orphan else job.said - most
    return other / whole if whole else 0.0
