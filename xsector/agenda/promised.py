"""Promises of earlier meetings in the agenda of the next one: they come first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from xsector.agenda.document import Agenda, Row, Step
from xsector.model.commitment import STATUS_WORDS, Commitment
from xsector.model.guide import StepKind
from xsector.model.phrases import counted

HEADS: Final = ("Last time’s promises: who", "What", "By when", "How we will know", "So far")


def with_promised(agenda: Agenda, promised: Sequence[Commitment]) -> Agenda:
    """The agenda whose welcome lists *promised*, in place of what it listed before; a removed welcome stays out."""
    place = next((place for place, step in enumerate(agenda.steps) if step.kind is StepKind.WELCOME), None)
    if place is None:
        return agenda
    welcome = _welcome(agenda.steps[place], promised)
    return replace(agenda, steps=(*agenda.steps[:place], welcome, *agenda.steps[place + 1 :]))


def without_promised(agenda: Agenda) -> Agenda:
    """The agenda as it is kept: without promises, so that nobody's name outlives in it that was forgotten since."""
    return replace(
        agenda,
        steps=tuple(_bare(step) for step in agenda.steps),
        removed=tuple(replace(one, step=_bare(one.step)) for one in agenda.removed),
    )


def _bare(step: Step) -> Step:
    return _welcome(step, ()) if step.kind is StepKind.WELCOME else step


def _welcome(step: Step, promised: Sequence[Commitment]) -> Step:
    if not promised:
        return replace(step, note=None, table=())
    many = counted(len(promised), "promise of last time is", "promises of last time are")
    note = f"{many} still open. Begin with them: ask each person what became of theirs, and write it down."
    return replace(step, note=note, table=(HEADS, *(_row(one) for one in promised)))


def _row(one: Commitment) -> Row:
    draft = one.draft
    so_far = ": ".join(part for part in (STATUS_WORDS[one.status], one.remark) if part)
    return draft.who, draft.what, f"{draft.by_when.day} {draft.by_when:%B %Y}", draft.seen_by, so_far
