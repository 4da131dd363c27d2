"""The agenda on the screen: its length, its steps with their minutes, and what can be changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import streamlit as st

from xsector.model.cards import RULE_BEGINS
from xsector.model.guide import LONGEST_MINUTES, SHORTEST_MINUTES
from xsector.model.phrases import counted
from xsector.ui import confirm, doors
from xsector.ui.attempts import attempt, doing, follow
from xsector.ui.text import plain
from xsector.ui.words import strong

LENGTHS = (30, 60, 90, 150)
OTHER = "other"


class Step(Protocol):
    """One step of a meeting."""

    @property
    def id(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def minutes(self) -> int: ...
    @property
    def do(self) -> str: ...
    @property
    def finding(self) -> str | None: ...
    @property
    def how_sure(self) -> str | None: ...
    @property
    def note(self) -> str | None: ...
    @property
    def prompts(self) -> tuple[str, ...]: ...
    @property
    def watch(self) -> str | None: ...


class Removed(Protocol):
    """A step that was taken out."""

    @property
    def step(self) -> Step: ...
    @property
    def left_over(self) -> bool: ...


class Ours(Protocol):
    """What a partnership said in its own words."""

    @property
    def rules(self) -> Sequence[str]: ...
    @property
    def goals(self) -> Sequence[str]: ...


class Agenda(Protocol):
    """A meeting about one round's results."""

    @property
    def minutes(self) -> int: ...
    @property
    def purpose(self) -> str: ...
    @property
    def based_on(self) -> str: ...
    @property
    def steps(self) -> Sequence[Step]: ...
    @property
    def removed(self) -> Sequence[Removed]: ...
    @property
    def also_found(self) -> str: ...
    @property
    def ours(self) -> Ours: ...
    @property
    def total_minutes(self) -> int: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Edits:
    """What may be done to the agenda; each is kept at once and takes a step's id first."""

    retitle: Callable[[str, str], object]
    change_minutes: Callable[[str, int], object]
    change_prompts: Callable[[str, tuple[str, ...]], object]
    move: Callable[[str, int], object]
    remove: Callable[[str], object]
    restore: Callable[[str], object]
    add: Callable[[str, int], object]
    restart: Callable[[], object]


def length(planned: int) -> int:
    """How long the meeting is to be, *planned* minutes to begin with."""
    if "agenda-length" not in st.session_state:
        st.session_state["agenda-length"] = planned if planned in LENGTHS else OTHER
        st.session_state["agenda-minutes"] = planned
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.segmented_control(
            "Length of the meeting",
            (*LENGTHS, OTHER),
            key="agenda-length",
            wrap=True,
            required=True,
            format_func=lambda one: "Other" if one == OTHER else f"{one} minutes",
        )
        if chosen != OTHER:
            return int(str(chosen))
        if "agenda-minutes" not in st.session_state:
            st.session_state["agenda-minutes"] = planned
        return int(
            st.number_input("Minutes", SHORTEST_MINUTES, LONGEST_MINUTES, step=5, key="agenda-minutes", width=140)
        )


def papers(round_id: int, *, minutes: int) -> None:
    """Links to the agenda as files."""
    with st.container(horizontal=True):
        for kind, label in (("docx", "Download for Word"), ("pdf", "PDF"), ("md", "Markdown")):
            look: Any = "primary" if kind == "docx" else "secondary"  # Any: a literal that mypy widens to str
            doors.link(
                label, path=f"/export/agenda/{round_id}.{kind}?minutes={minutes}", look=look, key=f"paper-{kind}"
            )


def agenda_steps(agenda: Agenda, *, edits: Edits) -> None:
    """Every step with its minutes, and below them what was left out and what can be added."""
    st.markdown(plain(agenda.purpose))
    st.caption(plain(agenda.based_on))
    _ours(agenda.ours)
    total, planned = agenda.total_minutes, agenda.minutes
    if total == planned:
        st.success(f"The steps add up to {total:d} minutes.", icon=":material/schedule:")
    else:
        more = "more" if total > planned else "fewer"
        said = f"The steps add up to {total} minutes, {abs(total - planned)} {more} than planned."
        st.warning(plain(said), icon=":material/schedule:")
    at = 0
    for place, step in enumerate(agenda.steps):
        _step(step, at=at, first=place == 0, last=place + 1 == len(agenda.steps), edits=edits)
        at += step.minutes
    _additions(agenda, edits=edits)


def _ours(ours: Ours) -> None:
    """The partnership's own rules, and that the papers hold its goals."""
    if ours.rules:
        with st.container(border=True, key="our-rules", gap="xsmall"):
            st.markdown(strong("Our ground rules"))
            st.markdown(plain(f"{RULE_BEGINS} …"))
            for rule in ours.rules:
                st.markdown(plain(f"• {rule}"))
    if ours.goals:
        said = counted(len(ours.goals), "one-line goal", "one-line goals")
        st.caption(plain(f"After the steps the papers hold {said} that you let through to the room."))


def _step(step: Step, *, at: int, first: bool, last: bool, edits: Edits) -> None:
    with st.container(border=True, key=f"step-{step.id}"):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            st.markdown(strong(step.title))
            st.caption(f"{at:d}–{at + step.minutes:d} min", width="content")
        if step.finding:
            st.markdown(plain(step.finding))
        if step.do:
            st.caption(plain(step.do))
        box = st.expander("Questions and changes", key=f"open-{step.id}", type="compact", on_change="rerun")
        if box.open:
            with box:
                _details(step)
                _editor(step, first=first, last=last, edits=edits)


def _details(step: Step) -> None:
    for sentence in (step.how_sure, step.note, step.watch):
        if sentence:
            st.caption(plain(sentence))


def _editor(step: Step, *, first: bool, last: bool, edits: Edits) -> None:
    title, minutes, prompts = f"title-{step.id}", f"minutes-{step.id}", f"prompts-{step.id}"
    for key, value in ((title, step.title), (minutes, step.minutes), (prompts, "\n".join(step.prompts))):
        follow(key, value)
    typed = st.session_state
    with st.container(horizontal=True, vertical_alignment="bottom"):
        retitle = doing(lambda: edits.retitle(step.id, typed[title]))
        st.text_input("Title", key=title, max_chars=120, width=380, on_change=retitle)
        change_minutes = doing(lambda: edits.change_minutes(step.id, typed[minutes]))
        st.number_input("Minutes", 1, LONGEST_MINUTES, key=minutes, width=140, on_change=change_minutes)
    change_prompts = doing(lambda: edits.change_prompts(step.id, _lines(prompts)))
    height = 34 + 26 * max(len(step.prompts), 2)
    st.text_area("Questions to ask, one a line", key=prompts, max_chars=2000, height=height, on_change=change_prompts)
    with st.container(horizontal=True):
        up, down = doing(lambda: edits.move(step.id, -1)), doing(lambda: edits.move(step.id, 1))
        st.button("Up", key=f"up-{step.id}", icon=":material/arrow_upward:", disabled=first, on_click=up)
        st.button("Down", key=f"down-{step.id}", icon=":material/arrow_downward:", disabled=last, on_click=down)
        remove = doing(lambda: edits.remove(step.id), said="Removed; you find it below the steps")
        st.button("Remove", key=f"remove-{step.id}", icon=":material/delete:", on_click=remove)


def _lines(key: str) -> tuple[str, ...]:
    return tuple(st.session_state[key].splitlines())


def _additions(agenda: Agenda, *, edits: Edits) -> None:
    if agenda.also_found:
        st.caption(plain(f"{agenda.also_found} A room can talk about four things at most."))
    for removed in agenda.removed:
        label = "Put on the agenda" if removed.left_over else "Put back"
        st.button(
            plain(f"{label}: {removed.step.title}"),
            key=f"restore-{removed.step.id}",
            type="tertiary",
            icon=":material/add:" if removed.left_over else ":material/undo:",
            on_click=_restore,
            args=(edits, removed.step.id),
        )
    with (
        st.expander("Add a step", key="step-new", icon=":material/add:"),
        st.form("step-form", border=False, clear_on_submit=True),
    ):
        st.text_input("Title", key="step-title", max_chars=120)
        st.number_input("Minutes", 1, LONGEST_MINUTES, value=10, key="step-minutes", width=140)
        st.form_submit_button("Add it at the end", key="step-add", on_click=_add, args=(edits,))
    if st.button("Start again…", key="agenda-restart", icon=":material/restart_alt:"):
        confirm.ask(
            "Start again?",
            words=("All your changes to this agenda are dropped, and it is made afresh from the results.",),
            label="Start again",
            act=edits.restart,
            said="Made afresh",
        )


def _restore(edits: Edits, step_id: str) -> None:
    attempt(lambda: edits.restore(step_id))


def _add(edits: Edits) -> None:
    attempt(lambda: edits.add(st.session_state["step-title"], st.session_state["step-minutes"]))
