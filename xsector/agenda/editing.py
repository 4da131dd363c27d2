"""Changes a facilitator makes to an agenda; each function returns the changed agenda."""

from __future__ import annotations

from dataclasses import replace

from xsector.agenda.document import Agenda, Removed, Step
from xsector.model.guide import StepKind


def retitle(agenda: Agenda, *, step_id: str, title: str) -> Agenda:
    """The agenda with another title for one step."""
    return _with(agenda, step=replace(agenda.step(step_id), title=title.strip()))


def change_minutes(agenda: Agenda, *, step_id: str, minutes: int) -> Agenda:
    """The agenda with another length for one step; the other steps keep theirs."""
    return _with(agenda, step=replace(agenda.step(step_id), minutes=minutes))


def change_prompts(agenda: Agenda, *, step_id: str, prompts: tuple[str, ...]) -> Agenda:
    """The agenda with other questions for one step; empty ones are left out."""
    kept = tuple(prompt.strip() for prompt in prompts if prompt.strip())
    return _with(agenda, step=replace(agenda.step(step_id), prompts=kept))


def move(agenda: Agenda, *, step_id: str, places: int) -> Agenda:
    """The agenda with one step moved down by *places* (up if negative), as far as it goes."""
    place = agenda.place_of(step_id)
    others = [step for step in agenda.steps if step.id != step_id]
    target = min(max(place + places, 0), len(others))
    return replace(agenda, steps=(*others[:target], agenda.steps[place], *others[target:]))


def remove(agenda: Agenda, *, step_id: str) -> Agenda:
    """The agenda without one step, which can be restored."""
    place = agenda.place_of(step_id)
    removed = Removed(place=place, step=agenda.steps[place])
    kept = tuple(step for step in agenda.steps if step.id != step_id)
    return replace(agenda, steps=kept, removed=(*agenda.removed, removed))


def restore(agenda: Agenda, *, step_id: str) -> Agenda:
    """The agenda with a removed step back at the place it had; LookupError if it wasn't removed."""
    for removed in agenda.removed:
        if removed.step.id == step_id:
            place = min(removed.place, len(agenda.steps))
            steps = (*agenda.steps[:place], removed.step, *agenda.steps[place:])
            kept = tuple(other for other in agenda.removed if other is not removed)
            return replace(agenda, steps=steps, removed=kept)
    raise LookupError(f"the agenda has no removed step {step_id!r}")


def add(agenda: Agenda, *, title: str, minutes: int, do: str = "", before: str | None = None) -> Agenda:
    """The agenda with a step of one's own, before the step *before* or at the end."""
    place = len(agenda.steps) if before is None else agenda.place_of(before)
    used = {step.id for step in agenda.steps} | {removed.step.id for removed in agenda.removed}
    number = next(number for number in range(1, len(used) + 2) if f"{StepKind.ADDED}-{number}" not in used)
    step = Step(
        id=f"{StepKind.ADDED}-{number}", kind=StepKind.ADDED, title=title.strip(), minutes=minutes, do=do.strip()
    )
    return replace(agenda, steps=(*agenda.steps[:place], step, *agenda.steps[place:]))


def _with(agenda: Agenda, *, step: Step) -> Agenda:
    return replace(agenda, steps=tuple(step if other.id == step.id else other for other in agenda.steps))
