"""The pictures of a round's modules: what each is made of, and how to read it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import plotly.graph_objects as go

from xsector.agenda import certainty, role_words
from xsector.analysis import roles
from xsector.charts.roles import PROJECTED_JOBS, role_matrix
from xsector.charts.theme import Theme
from xsector.model.released import Release


def note_of(release: Release) -> str:
    """How many answered, and who isn't shown by name."""
    answered = f"{release.answered:,} of {release.invited:,} people answered."
    return " ".join(one for one in (answered, certainty.hidden_note(replace(release, banded=(), held=()))) if one)


def role_picture(release: Release, *, theme: Theme) -> go.Figure:
    """Who says that they lead each job, and what the others say; jobs that need talk first where not all fit."""
    jobs = roles.jobs_of(release)
    if len(jobs) > PROJECTED_JOBS:
        first = role_words.urgent(jobs)
        jobs = (*first, *(job for job in jobs if job not in first))
    return role_matrix(
        jobs,
        roles.matrix(release),
        release=release,
        headline=role_words.headline(jobs),
        subtitle=role_words.READ,
        note=note_of(release),
        theme=theme,
    )


PICTURES: Final[dict[str, Callable[..., go.Figure]]] = {"roles": role_picture}
"""By the name of a view of the wall."""
