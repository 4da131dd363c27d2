"""Which findings come on an agenda: few enough to be talked about, the surest and largest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from xsector.agenda.finding import Finding
from xsector.model.guide import FINDING_KINDS, Plan, PlannedStep, StepKind

MOST_FINDINGS: Final = 4
"""Findings on an agenda beside the strength: the guide asks for at most four charts, and each needs its talk."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOver:
    """A finding that has no place on the agenda, the step it would have had, and where that stood in the plan."""

    place: int
    planned: PlannedStep
    finding: Finding


def choose(
    plan: Plan, *, found: Sequence[Finding | None]
) -> tuple[Plan, tuple[Finding | None, ...], tuple[LeftOver, ...]]:
    """The plan with at most four findings beside the strength, and those that were left over.

    Sure ones go before others, of those one of each kind before a second, then the larger. The order of the plan stays.
    Where some are left over, steps without a finding go, too: nobody needs time for an open talk then.
    """
    talks = [place for place, one in enumerate(found) if one is not None and one.kind is not StepKind.STRENGTH]
    if len(talks) <= MOST_FINDINGS:
        return plan, tuple(found), ()
    kept = set(sorted(talks, key=lambda place: _order(place, found=found))[:MOST_FINDINGS])
    left: list[LeftOver] = []
    steps: list[tuple[PlannedStep, Finding | None]] = []
    for place, (planned, finding) in enumerate(zip(plan.steps, found, strict=True)):
        if finding is not None and place in talks and place not in kept:
            left.append(LeftOver(place=len(steps), planned=planned, finding=finding))
        elif finding is not None or planned.kind not in FINDING_KINDS:
            steps.append((planned, finding))
    shorter = replace(plan, steps=tuple(planned for planned, _ in steps))
    return shorter, tuple(finding for _, finding in steps), tuple(left)


def _order(place: int, *, found: Sequence[Finding | None]) -> tuple[bool, bool, float, int]:
    """What sorts a finding: sure, the first of its kind, large, early in the plan."""
    finding = found[place]
    if finding is None:
        raise ValueError(f"step {place} has no finding")
    again = any(one is not None and one.kind is finding.kind for one in found[:place])
    return (not finding.sure, again, -finding.size, place)
