"""The pictures of a round's modules: what each is made of, and how to read it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import plotly.graph_objects as go

from xsector.agenda import certainty, guess_words, priority_words, role_words, stage_words, trust_words
from xsector.analysis import roles, trust
from xsector.analysis.guesses import guesses_of
from xsector.analysis.priorities import spread_item, views_of
from xsector.analysis.priority_findings import findings_of, least_gap
from xsector.analysis.stage import StageView, stage_of
from xsector.charts.cycle import trust_cycle
from xsector.charts.diverging import answer_bars
from xsector.charts.effort import effort
from xsector.charts.guesses import guess_dumbbells
from xsector.charts.priorities import bump, widest
from xsector.charts.roles import PROJECTED_JOBS, role_matrix
from xsector.charts.sheet import figure_of, heading, note_line, together
from xsector.charts.stage import signs_and_work
from xsector.charts.theme import Theme
from xsector.charts.trust import Summed, trust_matrix
from xsector.charts.trust_dimensions import dimension_bars
from xsector.charts.within import within_bars
from xsector.errors.common import NotFoundError
from xsector.model.modules.kinds import Mode, Pass
from xsector.model.modules.priorities import LEVELS, TEXTS
from xsector.model.modules.trust import CHECK_UP
from xsector.model.released import BandedItem, Release, ReleasedItem


def note_of(release: Release) -> str:
    """How many answered, and who isn't shown by name."""
    answered = f"{release.answered:,} of {release.invited:,} people answered."
    return " ".join(one for one in (answered, certainty.hidden_note(replace(release, banded=(), held=()))) if one)


def _note(release: Release, *more: str) -> str:
    """How sure the headline is and what is left out, then how many answered."""
    return " ".join(one for one in (*more, note_of(release)) if one)


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
        note=_note(release, role_words.sure_in_short(jobs)),
        theme=theme,
    )


def stage_picture(release: Release, *, theme: Theme, headline: str | None = None) -> go.Figure:
    """Signs seen and work done at each stage; an own *headline*, or none, where another text says what was found."""
    view = _view(release)
    return signs_and_work(
        view,
        names=stage_words.stage_names(release),
        release=release,
        headline=stage_words.headline(view, release=release) if headline is None else headline,
        subtitle=stage_words.READ,
        note=_note(release, stage_words.sure_in_short(view)),
        theme=theme,
    )


def trust_picture(release: Release, *, theme: Theme, headline: str | None = None) -> go.Figure:
    """How far sectors trust each other where that was asked; otherwise trust by dimension."""
    cells = trust.cells(release)
    if not cells:
        return dimensions_picture(release, theme=theme, headline=headline)
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
        headline=trust_words.headline(pairs, release=release) if headline is None else headline,
        subtitle=trust_words.READ,
        note=note_of(release),
        theme=theme,
    )


def stage_choices_picture(release: Release, *, theme: Theme) -> go.Figure:
    """Which picture each sector chose; the signs and the work where it wasn't asked."""
    view = _view(release)
    if view.pictures is None:
        return stage_picture(release, theme=theme)
    return answer_bars(
        view.pictures.item,
        release=release,
        headline=stage_words.choices_headline(view, release=release),
        subtitle=stage_words.READ_PICTURES,
        side_names=stage_words.SIDES,
        note=_note(release, stage_words.choices_sure(view)),
        theme=theme,
    )


def stage_cycle_picture(release: Release, *, theme: Theme) -> go.Figure:
    """Where each round stood on the road."""
    view = _view(release)
    return trust_cycle(
        view.standings,
        names=stage_words.stage_names(release),
        release=release,
        headline=stage_words.cycle_headline(view, release=release),
        subtitle=stage_words.READ_CYCLE,
        note=note_of(release),
        theme=theme,
    )


def _view(release: Release) -> StageView:
    view = stage_of(release)
    if view is None:
        raise LookupError(f"round {release.round_id} released nothing of its stage")
    return view


def guess_picture(release: Release, *, theme: Theme, headline: str | None = None) -> go.Figure:
    """What sectors say and what the others guess, the widest gap first."""
    found = guesses_of(release)
    return guess_dumbbells(
        found,
        release=release,
        headline=guess_words.headline(found) if headline is None else headline,
        subtitle=guess_words.READ,
        note=_note(
            release, guess_words.sure_in_short(found), guess_words.more_note(found), guess_words.silent_note(found)
        ),
        theme=theme,
    )


def priority_picture(release: Release, *, theme: Theme, headline: str | None = None) -> go.Figure:
    """The ranks that everybody and each group give; without a *headline* of its own, what stands out most."""
    views = views_of(release)
    view = next((views[point] for point in Pass if point in views), None)
    found = findings_of(views)
    if view is None:
        return _too_few(priority_words.headline(views, found), release=release, theme=theme)
    code = (priority_words.followed(views, found) if view.point is Pass.SHOULD else None) or widest(view)
    which = f"“{view.option(code).short}”"
    return bump(
        view,
        followed=code,
        release=release,
        headline=priority_words.headline(views, found) if headline is None else headline,
        subtitle=f"{TEXTS[view.point]} {priority_words.READ.format(which=which)}",
        note=_note(release, priority_words.sure_in_short(views, found)),
        theme=theme,
    )


def effort_picture(release: Release, *, theme: Theme, headline: str | None = None) -> go.Figure:
    """What should come first beside where effort goes now."""
    views = views_of(release)
    if not {Pass.SHOULD, Pass.NOW} <= views.keys():
        return _too_few(priority_words.NO_EFFORT, release=release, theme=theme)
    should = views[Pass.SHOULD]
    least = least_gap(should)
    return effort(
        should,
        views[Pass.NOW],
        release=release,
        headline=priority_words.effort_headline(views, findings_of(views)) if headline is None else headline,
        subtitle=priority_words.READ_EFFORT[should.mode].format(least=least),
        note=note_of(release),
        least=least,
        theme=theme,
    )


def _too_few(sentence: str, *, release: Release, theme: Theme) -> go.Figure:
    """A sheet that says why there is no picture."""
    head = heading(sentence, subtitle="", theme=theme)
    foot = note_line(note_of(release), theme=theme, bottom=theme.height)
    alt = f"{sentence.rstrip('.')}. {note_of(release)}"
    return figure_of(together((head.drawing, foot.drawing)), theme=theme, headline=sentence, alt=alt)


def spread_picture(release: Release, *, code: str, theme: Theme) -> go.Figure:
    """How what people give one option spreads inside each group."""
    item = spread_item(release, code=code)
    if item is None:
        raise NotFoundError("option")
    return within_bars(
        item,
        release=release,
        headline=f"“{item.text.rstrip('.')}”",
        subtitle=priority_words.READ_SPREAD[len(item.levels) != len(LEVELS[Mode.TOP])],
        note=note_of(release),
        theme=theme,
    )


def dimensions_picture(release: Release, *, theme: Theme, headline: str | None = None) -> go.Figure:
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
        headline=trust_words.dimensions_headline(found) if headline is None else headline,
        subtitle=trust_words.READ_DIMENSIONS,
        note=note_of(release),
        theme=theme,
    )


PICTURES: Final[dict[str, Callable[..., go.Figure]]] = {
    "roles": role_picture,
    "stage": stage_picture,
    "stage_choices": stage_choices_picture,
    "stage_cycle": stage_cycle_picture,
    "guesses": guess_picture,
    "priorities": priority_picture,
    "effort": effort_picture,
    "trust": trust_picture,
    "trust_dimensions": dimensions_picture,
}
"""By the name of a view of the wall."""
