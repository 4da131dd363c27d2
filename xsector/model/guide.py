"""The discussion guide: plans by length, prompts, promises and cautions, read from a YAML file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from xsector.errors.common import AgendaMinutesError
from xsector.errors.files import GuideFileError
from xsector.model.modules.kinds import Module

SHORTEST_MINUTES: Final = 20
LONGEST_MINUTES: Final = 240


class StepKind(StrEnum):
    """The kinds of step an agenda is made of."""

    WELCOME = "welcome"
    MEMORY = "memory"
    READ = "read"
    LOOK = "look"
    STRENGTH = "strength"
    BETWEEN_SECTORS = "between_sectors"
    WITHIN_SECTOR = "within_sector"
    FOGGY = "foggy"
    CONTESTED_ROLE = "contested_role"
    ORPHAN_ROLE = "orphan_role"
    FELT = "felt"
    STAGE = "stage"
    GUESSES = "guesses"
    PRIORITIES = "priorities"
    TRUST = "trust"
    OPEN_TALK = "open_talk"
    BREAK = "break"
    PROMISES = "promises"
    CLOSE = "close"
    ADDED = "added"


MODULE_KINDS: Final = {
    StepKind.CONTESTED_ROLE: Module.ROLES,
    StepKind.ORPHAN_ROLE: Module.ROLES,
    StepKind.STAGE: Module.STAGE,
    StepKind.GUESSES: Module.GUESSES,
    StepKind.PRIORITIES: Module.PRIORITIES,
    StepKind.TRUST: Module.TRUST,
}
"""Kinds of step about what a module asked: without a finding there is no such step, and its time is for the others."""

FINDING_KINDS: Final = (
    StepKind.STRENGTH,
    StepKind.BETWEEN_SECTORS,
    StepKind.WITHIN_SECTOR,
    StepKind.FOGGY,
    StepKind.FELT,
    *MODULE_KINDS,
)
"""Kinds of step that need a finding to talk about."""

PROMPTED_KINDS: Final = (*FINDING_KINDS, StepKind.OPEN_TALK)
"""Kinds of step for which the guide must hold prompts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preparation:
    """One thing to do before the meeting, and when."""

    when: str
    do: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompts:
    """What a facilitator asks about one kind of finding, in this order, and what to watch for."""

    title: str
    open: str
    dig: tuple[str, ...]
    bridge: str
    close: str
    watch: str

    def questions(self) -> tuple[str, ...]:
        """All questions, in the order in which they are asked."""
        return (self.open, *self.dig, self.bridge, self.close)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedStep:
    """One step of a plan; ``title`` is empty where the prompts of its kind give it.

    Where nothing is found for ``kind``, the step is about what is found for ``otherwise``.
    """

    kind: StepKind
    minutes: int
    title: str
    do: str
    otherwise: StepKind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The steps of a meeting of one length."""

    id: str
    title: str
    steps: tuple[PlannedStep, ...]

    @property
    def minutes(self) -> int:
        """The length of the meeting without the steps of modules, for which the others make room."""
        return sum(step.minutes for step in self.steps if step.kind not in MODULE_KINDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of the table of promises."""

    code: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Promises:
    """The table that a meeting ends with, and the rules for filling it in."""

    rows: int
    columns: tuple[Column, ...]
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Caution:
    """One thing that can go wrong."""

    id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """Everything the program knows about leading the talk."""

    version: str
    purpose: str
    before: tuple[Preparation, ...]
    room: tuple[str, ...]
    ground_rules: tuple[str, ...]
    how_to_read: tuple[str, ...]
    plans: tuple[Plan, ...]
    prompts: Mapping[StepKind, Prompts]
    promises: Promises
    after: tuple[str, ...]
    cautions: tuple[Caution, ...]

    def plan_for(self, minutes: int) -> Plan:
        """The plan whose length is nearest to *minutes*; of two as near, the shorter.

        Raises
        ------
        AgendaMinutesError
            If *minutes* is below 20 or above 240.
        """
        if not SHORTEST_MINUTES <= minutes <= LONGEST_MINUTES:
            raise AgendaMinutesError(minutes, shortest=SHORTEST_MINUTES, longest=LONGEST_MINUTES)
        return min(self.plans, key=lambda plan: (abs(plan.minutes - minutes), plan.minutes))


Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=400)]


class _Checked(BaseModel):
    """Settings of every part of the file: no unknown names, nothing changed after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class _PreparationForm(_Checked):
    when: Words
    do: Words


class _PromptsForm(_Checked):
    title: Words
    open: Words
    dig: Annotated[list[Words], Field(max_length=6)]
    bridge: Words
    close: Words
    watch: Words


class _StepForm(_Checked):
    kind: StepKind
    minutes: Annotated[int, Field(ge=1, le=LONGEST_MINUTES)]
    title: str = ""
    do: Words
    otherwise: StepKind | None = None


class _PlanForm(_Checked):
    id: Words
    title: Words
    steps: Annotated[list[_StepForm], Field(min_length=2, max_length=20)]


class _ColumnForm(_Checked):
    code: Words
    label: Words


class _PromisesForm(_Checked):
    rows: Annotated[int, Field(ge=1, le=12)]
    columns: Annotated[list[_ColumnForm], Field(min_length=2, max_length=9)]
    rules: list[Words]


class _CautionForm(_Checked):
    id: Words
    text: Words


class _GuideForm(_Checked):
    schema_: Annotated[Literal["xsector.guide/1"], Field(alias="schema")]
    version: Words
    purpose: Words
    before: list[_PreparationForm]
    room: list[Words]
    ground_rules: list[Words]
    how_to_read: list[Words]
    plans: Annotated[list[_PlanForm], Field(min_length=1)]
    prompts: dict[StepKind, _PromptsForm]
    promises: _PromisesForm
    after: list[Words]
    cautions: list[_CautionForm]


def read_guide(path: Path) -> Guide:
    """The guide in the YAML file at *path*.

    Raises
    ------
    GuideFileError
        Naming the file, the place in it and what to do, if it can't be read.
    """
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise GuideFileError(path.name, place="", problem=f"can't be read ({type(error).__name__})") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"line {mark.line + 1}" if mark else ""
        raise GuideFileError(
            path.name, place=place, problem="isn't valid YAML", remedy="Check the indents, quotes and colons there."
        ) from error
    try:
        form = _GuideForm.model_validate(raw)
    except ValidationError as error:
        raise _first_problem(error, file=path.name) from error
    return _guide_of(form, file=path.name)


def _first_problem(error: ValidationError, *, file: str) -> GuideFileError:
    first = error.errors()[0]
    place = " › ".join(f"no. {part + 1}" if isinstance(part, int) else str(part) for part in first["loc"])
    problem, remedy = {
        "missing": ("is missing", "Add it."),
        "extra_forbidden": ("is not a name this file may hold", "Take it out or check its spelling."),
    }.get(first["type"], (first["msg"], ""))
    return GuideFileError(file, place=place, problem=problem.rstrip("."), remedy=remedy)


def _guide_of(form: _GuideForm, *, file: str) -> Guide:
    for kind in PROMPTED_KINDS:
        if kind not in form.prompts:
            raise GuideFileError(file, place="prompts", problem=f"{kind} is missing", remedy="Add its questions.")
    for plan in form.plans:
        for number, step in enumerate(plan.steps, start=1):
            if not step.title and step.kind not in form.prompts:
                place = f"plans › {plan.id} › no. {number}"
                raise GuideFileError(file, place=place, problem="the step has no title", remedy="Add a title.")
    return Guide(
        version=form.version,
        purpose=form.purpose,
        before=tuple(Preparation(when=entry.when, do=entry.do) for entry in form.before),
        room=tuple(form.room),
        ground_rules=tuple(form.ground_rules),
        how_to_read=tuple(form.how_to_read),
        plans=tuple(_plan_of(plan) for plan in form.plans),
        prompts={kind: _prompts_of(prompts) for kind, prompts in form.prompts.items()},
        promises=Promises(
            rows=form.promises.rows,
            columns=tuple(Column(code=column.code, label=column.label) for column in form.promises.columns),
            rules=tuple(form.promises.rules),
        ),
        after=tuple(form.after),
        cautions=tuple(Caution(id=caution.id, text=caution.text) for caution in form.cautions),
    )


def _plan_of(form: _PlanForm) -> Plan:
    steps = tuple(
        PlannedStep(
            kind=step.kind, minutes=step.minutes, title=step.title.strip(), do=step.do, otherwise=step.otherwise
        )
        for step in form.steps
    )
    return Plan(id=form.id, title=form.title, steps=steps)


def _prompts_of(form: _PromptsForm) -> Prompts:
    return Prompts(
        title=form.title, open=form.open, dig=tuple(form.dig), bridge=form.bridge, close=form.close, watch=form.watch
    )
