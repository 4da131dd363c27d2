"""The page with which a meeting is led: now and next, the keys, and everything that is at hand beside them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Protocol

import streamlit as st

from xsector.model.commitment import Commitment
from xsector.model.guide import StepKind
from xsector.model.meeting import LONGEST_NOTE, MORE_MINUTES, Meeting, MeetingState, MeetingStep, Stage, StageKind
from xsector.model.partner import RoundFacts
from xsector.ui import chosen, clock, confirm, timer
from xsector.ui.attempts import doing, follow
from xsector.ui.stepper import PAGES
from xsector.ui.text import plain
from xsector.ui.words import faint, strong

STAGES: Final = {
    StageKind.TITLE: "Title",
    StageKind.LINES: "The sentences",
    StageKind.QUESTION: "The question",
    StageKind.GUESS: "Our guess",
    StageKind.PEOPLE: "Everybody",
    StageKind.SECTORS: "By sector",
    StageKind.INSIDE: "Inside sectors",
    StageKind.COMMENTS: "Comments",
    StageKind.PICTURE: "The picture",
    StageKind.BREAK: "Break",
    StageKind.PROMISES: "Promises",
}
"""What the keys call each stage."""


class Clock(Protocol):
    """How the time stands, in seconds; minutes by step where the end is to be kept."""

    @property
    def step_left(self) -> int: ...
    @property
    def so_far(self) -> int: ...
    @property
    def over(self) -> int: ...
    @property
    def shares(self) -> Mapping[str, int]: ...


class Control(Protocol):
    """Everything about a meeting that its page shows."""

    @property
    def meeting(self) -> Meeting: ...
    @property
    def round(self) -> RoundFacts: ...
    @property
    def stages(self) -> Sequence[Stage]: ...
    @property
    def clock(self) -> Clock: ...
    @property
    def coming(self) -> MeetingStep | None: ...
    @property
    def questions(self) -> Mapping[str, str]: ...
    @property
    def promises(self) -> Sequence[Commitment]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """What the keys do; each takes the meeting's place from the page that shows them."""

    begin: Callable[[], object]
    end: Callable[[], object]
    forward: Callable[[], object]
    back: Callable[[], object]
    go_to: Callable[[str], object]
    blank: Callable[[bool], object]
    minutes: Callable[[str, int], object]
    skip: Callable[[str, bool], object]
    move: Callable[[str, int], object]
    add: Callable[[str, int], object]
    heard: Callable[[str, str], object]
    aside: Callable[[str, str], object]
    drop: Callable[[], object]


def head(control: Control) -> None:
    """The meeting's name and how its time stands."""
    meeting, time = control.meeting, control.clock
    st.title(plain(meeting.title), anchor=False)
    if meeting.state is MeetingState.PLANNED:
        st.caption(f"{meeting.minutes:d} minutes planned. It has not begun.")
        return
    said = f"{time.so_far // 60:d} of {meeting.minutes:d} minutes"
    if meeting.state is MeetingState.ENDED:
        st.caption(plain(f"It is over. {said}."))
    elif time.over >= 60:
        st.warning(
            plain(
                f"{said}. The steps to come need {time.over // 60:d} minutes more than are left: the run sheet says "
                "how long each may take."
            ),
            icon=":material/schedule:",
        )
    else:
        st.caption(plain(f"{said}. The steps to come fit."))


def keys(control: Control, *, do: Keys) -> None:
    """The large keys; a presenter's remote works too."""
    meeting = control.meeting
    with st.container(horizontal=True, key="keys", vertical_alignment="center", wrap=False, gap="xsmall"):
        st.button("Back", key="key-back", icon=":material/arrow_back:", shortcut="PageUp", on_click=doing(do.back),
                  disabled=not meeting.step)  # fmt: skip
        st.button(
            plain(_next(control)), key="key-next", icon=":material/arrow_forward:", icon_position="right",
            type="primary", shortcut="PageDown", on_click=doing(do.forward), disabled=_is_last(control),
            width="stretch",
        )  # fmt: skip
        step = meeting.current
        if step is not None:
            more = doing(lambda: do.minutes(step.id, step.minutes + MORE_MINUTES))
            st.button(f"+{MORE_MINUTES:d} min", key="key-more", icon=":material/more_time:", on_click=more)
        label = "Show again" if meeting.blank else "Blank"
        icon = ":material/visibility:" if meeting.blank else ":material/visibility_off:"
        st.button(label, key="key-blank", icon=icon, shortcut="B", on_click=doing(lambda: do.blank(not meeting.blank)))


def _next(control: Control) -> str:
    meeting = control.meeting
    if meeting.step and meeting.stage + 1 < len(control.stages):
        return f"Show: {STAGES[control.stages[meeting.stage + 1].kind]}"
    coming = control.coming
    return f"Next: {coming.title}" if coming else "That was the last step"


def _is_last(control: Control) -> bool:
    meeting = control.meeting
    more = bool(meeting.step) and meeting.stage + 1 < len(control.stages)
    return not more and control.coming is None


def lobby(control: Control) -> None:
    """What there is to do before the first step."""
    with st.container(border=True, key="now"):
        st.subheader("People come in", anchor=False)
        st.markdown(
            "The wall shows how to come in. Partners’ own pages follow by themselves. Begin with the first key when "
            "most are here."
        )
        st.page_link(
            PAGES + "facilitator_meeting.py",
            label="Make a link for the room’s screen",
            icon=":material/cast:",
            query_params=chosen.address(),
        )
        st.caption(f"{plain(control.meeting.steps[0].title)} comes first." if control.meeting.steps else "")


def now(control: Control, *, do: Keys) -> None:
    """The step that goes on: its time, its stages, what the answers say, what to ask and what to watch."""
    meeting = control.meeting
    step = meeting.step_of(meeting.step)
    with st.container(border=True, key="now"):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            st.subheader(plain(step.title), anchor=False)
            ends = clock.now() + timedelta(seconds=control.clock.step_left)
            timer.timer(ends, key="step-clock")
        _stages(control)
        for sentence in (step.do, step.finding, step.how_sure, step.note):
            if sentence:
                st.markdown(plain(sentence))
        if step.watch:
            st.warning(plain(step.watch), icon=":material/front_hand:")
        for prompt in step.prompts:
            st.markdown(f"- {plain(prompt)}")
        if step.kind in {StepKind.WELCOME, StepKind.MEMORY}:
            label = "Ask for one word each, on cards" if step.kind is StepKind.WELCOME else "Run the cards"
            st.page_link(PAGES + "facilitator_cards.py", label=label, icon=":material/note_stack:",
                         query_params=chosen.address())  # fmt: skip
        _notes(step, do=do)


def _stages(control: Control) -> None:
    """On the wall now, and what each press of the key shows next."""
    if len(control.stages) < 2:
        return
    here = control.meeting.stage
    names = [STAGES[stage.kind] for stage in control.stages]
    path = "  ›  ".join(f"**{name}**" if place == here else name for place, name in enumerate(names))
    with st.container(key="stages"):
        st.caption(path)


def _notes(step: MeetingStep, *, do: Keys) -> None:
    heard, aside = f"heard-{step.id}", f"aside-{step.id}"
    follow(heard, step.heard)
    follow(aside, step.aside)
    typed = st.session_state
    st.text_area("What we heard (goes into the record)", key=heard, max_chars=LONGEST_NOTE, height=96,
                 on_change=doing(lambda: do.heard(step.id, typed[heard])))  # fmt: skip
    st.text_area("For yourself (in no record)", key=aside, max_chars=LONGEST_NOTE, height=68,
                 on_change=doing(lambda: do.aside(step.id, typed[aside])))  # fmt: skip


def run_sheet(control: Control, *, do: Keys) -> None:
    """All steps with their minutes; those to come can be moved, skipped and lengthened."""
    meeting, shares = control.meeting, control.clock.shares
    coming = {step.id for step in meeting.to_come()}
    for place, step in enumerate(meeting.steps):
        _row(step, place=place, control=control, coming=step.id in coming, share=shares.get(step.id), do=do)
    with (
        st.popover("Add a step", key="sheet-new", icon=":material/add:"),
        st.form("sheet-form", border=False, clear_on_submit=True),
    ):
        st.text_input("Title", key="sheet-title", max_chars=120)
        st.number_input("Minutes", 1, 240, value=5, key="sheet-minutes")
        typed = st.session_state
        st.form_submit_button("Add it as the next step" if meeting.step else "Add it at the end", key="sheet-add",
                              on_click=doing(lambda: do.add(typed["sheet-title"], typed["sheet-minutes"])))  # fmt: skip


def _row(step: MeetingStep, *, place: int, control: Control, coming: bool, share: int | None, do: Keys) -> None:
    meeting = control.meeting
    mine = step.id == meeting.step
    running = meeting.state is MeetingState.RUNNING
    with st.container(horizontal=True, vertical_alignment="center", key=f"sheet-{step.id}", gap="small", wrap=False):
        name = f"{place + 1}. {step.title}"
        st.markdown(strong(name) if mine else faint(name) if step.skipped else plain(name), width="stretch")
        st.caption(_length(step, share=share if coming else None), width="content")
        with st.popover("", key=f"sheet-open-{step.id}", icon=":material/more_vert:"):
            if running and not mine:
                st.button("Go there now", key=f"sheet-go-{step.id}", on_click=doing(lambda: do.go_to(step.id)))
            if not mine:
                label = "Take it in again" if step.skipped else "Skip it"
                st.button(
                    label, key=f"sheet-skip-{step.id}", on_click=doing(lambda: do.skip(step.id, not step.skipped))
                )
            if coming:
                st.button("Earlier", key=f"sheet-up-{step.id}", on_click=doing(lambda: do.move(step.id, -1)))
                st.button("Later", key=f"sheet-down-{step.id}", on_click=doing(lambda: do.move(step.id, 1)))
            minutes = f"sheet-length-{step.id}"
            follow(minutes, step.minutes)
            st.number_input("Minutes", 1, 240, key=minutes,
                            on_change=doing(lambda: do.minutes(step.id, st.session_state[minutes])))  # fmt: skip


def _length(step: MeetingStep, *, share: int | None) -> str:
    if step.skipped:
        return "skipped"
    if step.seconds:
        return f"{max(1, round(step.seconds / 60)):d} of {step.minutes:d} min"
    return (
        f"{step.minutes:d} → {share:d} min" if share is not None and share != step.minutes else f"{step.minutes:d} min"
    )


def ending(control: Control, *, do: Keys) -> None:
    """Begin, end, or throw away."""
    meeting = control.meeting
    if meeting.state is MeetingState.RUNNING:
        if st.button("End the meeting…", key="meeting-end"):
            few = "" if control.promises else " No promise is written down yet."
            confirm.ask(
                "End the meeting?",
                words=(f"The walls say thank you, and its time stands still.{few} It can go on again later.",),
                label="End it",
                act=do.end,
                said="The meeting is over",
            )
        return
    label = "Open the room" if meeting.state is MeetingState.PLANNED else "Go on with it"
    with st.container(horizontal=True):
        st.button(label, key="meeting-begin", type="primary", on_click=doing(do.begin))
        if st.button("Throw it away…", key="meeting-drop", icon=":material/delete:"):
            confirm.ask(
                "Throw this meeting away?",
                words=("Its run sheet and notes are deleted. Promises stay, and so does what was shown.",),
                label="Throw it away",
                act=do.drop,
                said="Thrown away",
            )


def none_yet(*, minutes: int, plan: Callable[[str], object]) -> None:
    """What to do where no meeting is planned."""
    with st.container(border=True, key="empty"):
        st.markdown(
            f"No meeting is planned yet. The run sheet is made from the agenda ({minutes:d} minutes). Change it "
            "first if you like; everything can still be moved, skipped and added while the meeting goes on."
        )
        st.text_input("Name of the meeting", key="meeting-title", value="Our meeting", max_chars=120)
        st.button("Make the run sheet", key="meeting-plan", type="primary",
                  on_click=doing(lambda: plan(st.session_state["meeting-title"])))  # fmt: skip
