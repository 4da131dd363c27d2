"""From a release to the agenda of a meeting of a given length."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Final

import pandas as pd

from xsector.agenda import certainty, rough, tables, wording
from xsector.agenda.choosing import LeftOver, choose
from xsector.agenda.document import MODULE_CHARTS, MOST_CHARTS, Agenda, Chart, Removed, Step
from xsector.agenda.finding import Finding
from xsector.agenda.rules import (
    between_sectors,
    felt,
    foggy,
    guesses,
    priorities,
    roles,
    stage,
    strength,
    trust,
    within_sector,
)
from xsector.agenda.timing import share_out
from xsector.analysis.findings import item_findings
from xsector.analysis.thresholds import DEFAULT_BANDS, DEFAULT_LIMITS, Bands, Limits
from xsector.model.guide import FINDING_KINDS, MODULE_KINDS, Guide, Plan, PlannedStep, StepKind
from xsector.model.released import Release

RULES: Final[dict[StepKind, Callable[..., Finding | None]]] = {
    StepKind.STRENGTH: strength.find,
    StepKind.BETWEEN_SECTORS: between_sectors.find,
    StepKind.WITHIN_SECTOR: within_sector.find,
    StepKind.PRIORITIES: priorities.find,
    StepKind.FOGGY: foggy.find,
    StepKind.CONTESTED_ROLE: roles.find_contested,
    StepKind.ORPHAN_ROLE: roles.find_orphan,
    StepKind.STAGE: stage.find,
    StepKind.GUESSES: guesses.find,
    StepKind.TRUST: trust.find,
}

TALK: Final = (*(kind for kind in FINDING_KINDS if kind is not StepKind.STRENGTH), StepKind.OPEN_TALK)

SHORTEST_TALK: Final = 5
"""Fewer minutes left over than this go to the promises, not to a talk of their own."""

LONG_OPEN_TALK: Final = 40
"""An open talk that is longer than this comes with the advice to meet for less time."""

MOST_GROWTH: Final = 1.5
"""No talk about one finding grows beyond this multiple of its planned time."""


def build_agenda(
    release: Release,
    *,
    guide: Guide,
    minutes: int,
    bands: Bands = DEFAULT_BANDS,
    limits: Limits = DEFAULT_LIMITS,
) -> Agenda:
    """The agenda of a meeting about one release; its minutes add up to *minutes*.

    A planned step whose rule finds nothing is left out, and its time goes to the other talks. Where
    nothing stands out the agenda says so and leaves the time to open talk.

    Raises
    ------
    AgendaMinutesError
        If *minutes* is below 20 or above 240.
    """
    findings = item_findings(release, bands=bands)
    whole = guide.plan_for(minutes)
    every = find_all(release, findings=findings, plan=whole, bands=bands, limits=limits)
    plan, found = _without_idle_modules(whole, found=every)
    plan, found, left = choose(plan, found=found)
    plan, found = _with_trust_inside(plan, found)
    lengths = share_out(minutes, weights=[planned.minutes for planned in plan.steps])
    steps = _steps(plan, lengths=lengths, found=found, guide=guide)
    freed = minutes - sum(step.minutes for step in steps)
    steps = _spend(steps, freed=freed, guide=guide, missing=_missing_kinds(whole, found=every, release=release))
    steps = _few_charts(_with_overview(steps, findings=findings, release=release))
    return Agenda(
        partnership=release.partnership,
        round_title=release.title,
        minutes=minutes,
        purpose=guide.purpose,
        based_on=_based_on(release),
        how_to_read=guide.how_to_read,
        ground_rules=guide.ground_rules,
        before=guide.before,
        steps=tuple(steps),
        removed=_left_over(left, steps=steps, guide=guide),
        promise_columns=tuple(column.label for column in guide.promises.columns),
        promise_rules=guide.promises.rules,
        promise_rows=guide.promises.rows,
        after=guide.after,
        cautions=tuple(caution.text for caution in guide.cautions),
        guide_version=guide.version,
    )


def find_all(
    release: Release, *, findings: pd.DataFrame, plan: Plan, bands: Bands, limits: Limits
) -> tuple[Finding | None, ...]:
    """The finding of each planned step, None where there is none; no question comes up twice."""
    felt_only = felt.find(release, findings=findings, used=(), bands=bands, limits=limits)
    # What most of us only think to be so must not come up as a strength.
    used = {felt_only.item} if felt_only else set()
    found: list[Finding | None] = []
    for planned in plan.steps:
        finding = None
        for kind in filter(None, (planned.kind, planned.otherwise)):
            if finding is None and kind is StepKind.FELT:
                finding, felt_only = felt_only, None
            elif finding is None and kind in RULES:
                finding = RULES[kind](release, findings=findings, used=used, bands=bands, limits=limits)
        if finding:
            used.add(finding.item)
        found.append(finding)
    return tuple(found)


def _without_idle_modules(plan: Plan, *, found: Sequence[Finding | None]) -> tuple[Plan, tuple[Finding | None, ...]]:
    """The plan without the steps of modules that have nothing to say, as if it had never had them."""
    kept = [
        (step, finding)
        for step, finding in zip(plan.steps, found, strict=True)
        if finding is not None or step.kind not in MODULE_KINDS
    ]
    return replace(plan, steps=tuple(step for step, _ in kept)), tuple(finding for _, finding in kept)


def _with_trust_inside(plan: Plan, found: tuple[Finding | None, ...]) -> tuple[Plan, tuple[Finding | None, ...]]:
    """The plan with trust between two other talks: a room needs a talk before it, and one to come out of it.

    Where there is only one other, time is left for an open talk, and that comes after. Where there is none, trust is
    left to its page.
    """
    pairs = list(zip(plan.steps, found, strict=True))
    mine = next((pair for pair in pairs if pair[0].kind is StepKind.TRUST), None)
    if mine is None:
        return plan, found
    place = pairs.index(mine)
    rest = [pair for pair in pairs if pair is not mine]
    talks = [at for at, (_, finding) in enumerate(rest) if finding is not None]
    if talks and talks[0] >= place:
        place = talks[0] + 1
    elif len(talks) > 1 and talks[-1] < place:
        place = talks[-1]
    if talks:
        rest.insert(place, mine)
    return replace(plan, steps=tuple(step for step, _ in rest)), tuple(finding for _, finding in rest)


def _based_on(release: Release) -> str:
    notes = (
        certainty.round_based_on(release),
        certainty.hidden_note(release),
        rough.rough_note(release),
        certainty.weighting_note(release),
    )
    return " ".join(note for note in notes if note)


def _steps(plan: Plan, *, lengths: Sequence[int], found: Sequence[Finding | None], guide: Guide) -> list[Step]:
    steps: list[Step] = []
    for planned, minutes, finding in zip(plan.steps, lengths, found, strict=True):
        if planned.kind in FINDING_KINDS and finding is None:
            continue
        steps.append(_numbered(planned, minutes=minutes, finding=finding, guide=guide, before=steps))
    return steps


def _numbered(
    planned: PlannedStep, *, minutes: int, finding: Finding | None, guide: Guide, before: Sequence[Step]
) -> Step:
    """A step whose id is its kind, with a number where *before* has such a step."""
    planned = replace(planned, kind=finding.kind) if finding else planned
    number = 1 + sum(step.kind is planned.kind for step in before)
    step_id = planned.kind.value if number == 1 else f"{planned.kind.value}-{number}"
    return _step(planned, step_id=step_id, minutes=minutes, finding=finding, guide=guide)


def _left_over(left: Sequence[LeftOver], *, steps: Sequence[Step], guide: Guide) -> tuple[Removed, ...]:
    """The findings without a place as steps that can be put back, each with its planned minutes and no chart."""
    removed: list[Removed] = []
    for one in left:
        before = [*steps, *(other.step for other in removed)]
        step = _numbered(one.planned, minutes=one.planned.minutes, finding=one.finding, guide=guide, before=before)
        removed.append(Removed(place=one.place, step=replace(step, chart=None), left_over=True))
    return tuple(removed)


def _step(planned: PlannedStep, *, step_id: str, minutes: int, finding: Finding | None, guide: Guide) -> Step:
    prompts = guide.prompts.get(planned.kind)
    step = Step(
        id=step_id,
        kind=planned.kind,
        title=planned.title or (prompts.title if prompts else planned.kind.value),
        minutes=minutes,
        do=planned.do,
        prompts=prompts.questions() if prompts else (),
        watch=prompts.watch if prompts else None,
    )
    if finding is None:
        return step
    return replace(
        step,
        title=_titled(step.title, short=finding.short),
        finding=finding.headline,
        how_sure=finding.how_sure or None,
        note=finding.note,
        item=finding.item,
        chart=finding.chart,
        table=finding.table,
    )


def _titled(title: str, *, short: str) -> str:
    """The title of a step with what it is about; a question has its mark already."""
    if not short:
        return title
    return f"{title} {short}" if title.endswith("?") else f"{title}: {short}"


def _missing_kinds(plan: Plan, *, found: Sequence[Finding | None], release: Release) -> frozenset[StepKind]:
    """Kinds of finding that the plan has a step for, the round asked about, and the answers have nothing for."""
    present = {finding.kind for finding in found if finding}
    planned = {step.kind for step in plan.steps if step.kind in FINDING_KINDS}
    asked = {kind for kind in planned if kind not in MODULE_KINDS or release.has_module(MODULE_KINDS[kind])}
    return frozenset(asked - present)


def _spend(steps: list[Step], *, freed: int, guide: Guide, missing: frozenset[StepKind]) -> list[Step]:
    """The steps with *freed* minutes given to the talks, then to an open talk, then to the promises."""
    if not freed:
        return steps
    grown = list(steps)
    left = freed
    for place, step in enumerate(grown):
        if step.kind in TALK and left:
            more = min(left, int(step.minutes * (MOST_GROWTH - 1)))
            grown[place] = replace(step, minutes=step.minutes + more)
            left -= more
    talked = any(step.kind in TALK for step in grown)
    if left >= SHORTEST_TALK or (left and not talked):
        return _with_open_talk(grown, minutes=left, guide=guide, missing=missing)
    place = next((place for place, step in enumerate(grown) if step.kind is StepKind.PROMISES), len(grown) - 1)
    grown[place] = replace(grown[place], minutes=grown[place].minutes + left)
    return grown


def _with_open_talk(steps: list[Step], *, minutes: int, guide: Guide, missing: frozenset[StepKind]) -> list[Step]:
    planned = PlannedStep(
        kind=StepKind.OPEN_TALK, minutes=minutes, title="", do="Go round once, then talk about what most people name."
    )
    step = _step(planned, step_id=planned.kind.value, minutes=minutes, finding=None, guide=guide)
    long = "This is a lot of open time. A shorter meeting would do." if minutes > LONG_OPEN_TALK else None
    step = replace(step, finding=nothing_sentence(missing), note=long)
    place = next((place for place, other in enumerate(steps) if other.kind is StepKind.PROMISES), len(steps))
    return [*steps[:place], step, *steps[place:]]


def nothing_sentence(missing: frozenset[StepKind]) -> str | None:
    """What does not stand out in the answers, in one sentence; None if everything looked for was found."""
    quiet = [
        sentence
        for kind, sentence in (
            (StepKind.STRENGTH, "no strength is shared by every group"),
            (StepKind.BETWEEN_SECTORS, "no gap between sectors is clearly wider than chance would give"),
            (StepKind.WITHIN_SECTOR, "no sector is split in the middle"),
            (StepKind.FOGGY, "no question leaves many of us unable to judge"),
            (StepKind.STAGE, "nothing on our road asks for a talk"),
            (StepKind.GUESSES, "no guess about each other is clearly wrong"),
            (StepKind.TRUST, "nothing about how far we rely on each other is sure enough for a talk"),
        )
        if kind in missing
    ]
    return f"In these answers {_listed(quiet)}." if quiet else None


def _listed(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])}, and {parts[-1]}"


def _with_overview(steps: list[Step], *, findings: pd.DataFrame, release: Release) -> list[Step]:
    """The overview belongs to the silent look, or to reading the charts where there is no such step."""
    table = tables.overview_table(findings)
    kinds = [step.kind for step in steps]
    wanted = next((kind for kind in (StepKind.LOOK, StepKind.READ) if kind in kinds), None)
    if wanted is None or not table:
        return steps
    place = kinds.index(wanted)
    shown = replace(
        steps[place],
        finding=wording.overview_headline(findings, release=release),
        note=certainty.weighting_note(release),
        chart=Chart.OVERVIEW,
        table=table,
    )
    return [*steps[:place], shown, *steps[place + 1 :]]


def _few_charts(steps: list[Step]) -> list[Step]:
    """The steps with at most four charts; the split inside a sector keeps its own before a third gap does."""
    keep = set(list(_chart_order(steps))[:MOST_CHARTS])
    return [step if step.id in keep else replace(step, chart=None) for step in steps]


def _chart_order(steps: Sequence[Step]) -> Iterator[str]:
    answers = [step.id for step in steps if step.chart is Chart.ANSWERS]
    yield from (step.id for step in steps if step.chart is Chart.OVERVIEW)
    yield from (step.id for step in steps if step.chart is Chart.FELT)
    yield from answers[:1]
    yield from (step.id for step in steps if step.chart in MODULE_CHARTS)
    yield from (step.id for step in steps if step.chart is Chart.WITHIN)
    yield from answers[1:]
