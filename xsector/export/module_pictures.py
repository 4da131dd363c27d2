"""The pictures of a round's modules: what each is made of, and how to read it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import plotly.graph_objects as go

from xsector.agenda import certainty, role_words, trust_words
from xsector.analysis import roles, trust
from xsector.charts.roles import PROJECTED_JOBS, role_matrix
from xsector.charts.theme import Theme
from xsector.charts.trust import Summed, trust_matrix
from xsector.charts.trust_dimensions import dimension_bars
from xsector.model.modules.trust import CHECK_UP
from xsector.model.released import BandedItem, Release, ReleasedItem


def note_of(release: Release) -> str:
    """How many answered, and who isn't shown by name."""
    answered = f"{release.answered:,} of {release.invited:,} people answered."
    return " ".join(one for one in (answered, certainty.hidden_note(release)) if one)


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


def trust_picture(release: Release, *, theme: Theme) -> go.Figure:
    """How far sectors trust each other where that was asked; otherwise trust by dimension."""
    cells = trust.cells(release)
    if not cells:
        return dimensions_picture(release, theme=theme)
    pairs = trust.one_sided(release)
    sectors = trust.rated_sectors(release)
    summed = Summed(
        given={place: trust.given(cells, block=place, own=block.sectors) for place, block in enumerate(release.blocks)},
        received={one: trust.average(trust.received_by_dimension(release, sector=one).values()) for one in sectors},
    )
    return trust_matrix(
        cells,
        summed=summed,
        pair=pairs[0] if pairs else None,
        release=release,
        levels=release.modules.trust.scale if release.modules.trust else (),
        headline=trust_words.headline(pairs, release=release),
        subtitle=trust_words.READ,
        note=note_of(release),
        theme=theme,
    )


def dimensions_picture(release: Release, *, theme: Theme) -> go.Figure:
    """Trust in partners beside trust in the partnership, by dimension; LookupError where it wasn't asked."""
    found = trust.by_dimension(release)
    if found is None:
        raise LookupError(f"round {release.round_id} shows nothing about trust")
    rows = {trust_words.NAMES[one]: (found.partners[one], found.partnership[one]) for one in trust_words.NAMES}
    asked: tuple[ReleasedItem | BandedItem, ...] = (*release.items, *release.banded)
    return dimension_bars(
        rows,
        levels=next(item.levels for item in asked if item.code in CHECK_UP),
        release=release,
        headline=trust_words.dimensions_headline(found),
        subtitle=trust_words.READ_DIMENSIONS,
        note=note_of(release),
        theme=theme,
    )


PICTURES: Final[dict[str, Callable[..., go.Figure]]] = {
    "roles": role_picture,
    "trust": trust_picture,
    "trust_dimensions": dimensions_picture,
}
"""By the name of a view of the wall."""
