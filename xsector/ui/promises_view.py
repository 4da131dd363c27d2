"""Promises on the screen: what became of each, and the papers of the meetings in which they were made."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final, Protocol

import streamlit as st

from xsector.model.commitment import LONGEST_LINE, STATUS_WORDS, Commitment, Draft, Status
from xsector.model.meeting import Meeting
from xsector.ui import confirm, doors
from xsector.ui.attempts import doing
from xsector.ui.lead_beside import promise_form
from xsector.ui.text import plain
from xsector.ui.words import strong

ALL: Final = "all"
OVERDUE: Final = "overdue"
KINDS: Final = (("docx", "Word"), ("pdf", "PDF"), ("md", "Markdown"), ("ics", "Promises for a calendar"))


class Line(Protocol):
    """One promise, where it came from, and whether its day is past."""

    @property
    def commitment(self) -> Commitment: ...
    @property
    def meeting(self) -> str: ...
    @property
    def questions(self) -> Mapping[str, str]: ...
    @property
    def came_from(self) -> Sequence[str]: ...
    @property
    def overdue(self) -> bool: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Acts:
    """What may be done to a promise as it was drawn."""

    settle: Callable[[Commitment, Status, str], object]
    rewrite: Callable[[Commitment, Draft], object]
    withdraw: Callable[[Commitment], object]


def promises(lines: Sequence[Line], *, acts: Acts) -> None:
    """All promises of a kind that is chosen, or how promises come about."""
    if not lines:
        with st.container(border=True, key="empty"):
            st.markdown("There is no promise yet. Promises are written down in a meeting, on the page “Lead”:")
            st.markdown("a thing that others can see, one person who does it, and a day.")
        return
    wanted = _filter(lines)
    for line in lines:
        if wanted in {ALL, *_kinds(line)}:
            _promise(line, acts=acts)


def records(ended: Sequence[Meeting]) -> None:
    """The record of each meeting that is over, in every format."""
    if ended:
        st.subheader("Records of meetings", anchor=False)
    for meeting in ended:
        with st.container(horizontal=True, vertical_alignment="center", key=f"record-{meeting.id}"):
            day = f", {meeting.started_at.day} {meeting.started_at:%B %Y}" if meeting.started_at else ""
            st.markdown(plain(f"{meeting.title}{day}"), width=340)
            for kind, label in KINDS:
                doors.link(label, path=f"/export/record/{meeting.id}.{kind}", key=f"record-{meeting.id}-{kind}")


def open_ones(standing: Sequence[Commitment]) -> None:
    """For partners: what is still to be done."""
    if not standing:
        return
    with st.container(border=True, key="promises"):
        st.subheader("What we promised each other", anchor=False)
        for one in standing:
            st.markdown(strong(one.draft.what))
            st.caption(plain(f"{one.draft.who}, by {_day(one)}"))


def _filter(lines: Sequence[Line]) -> str:
    """Which kind is shown; only those that there are can be chosen."""
    many = {kind: sum(kind in _kinds(line) for line in lines) for kind in (OVERDUE, *Status)}
    labels = {ALL: f"All ({len(lines)})"}
    labels |= {kind: f"{STATUS_WORDS.get(kind, OVERDUE).capitalize()} ({n})"
               for kind, n in many.items() if n}  # fmt: skip
    if st.session_state.get("promises-shown") not in labels:
        st.session_state["promises-shown"] = ALL
    chosen = st.segmented_control(
        "Which promises", list(labels), key="promises-shown", required=True, format_func=lambda one: labels[one]
    )
    return str(chosen)


def _kinds(line: Line) -> set[str]:
    return {line.commitment.status, *([OVERDUE] if line.overdue else [])}


def _promise(line: Line, *, acts: Acts) -> None:
    one = line.commitment
    with st.container(border=True, key=f"promise-{one.id}", gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            st.markdown(strong(f"{one.draft.who}: {one.draft.what}"))
            status = STATUS_WORDS[one.status].capitalize()
            st.markdown(strong(f"Overdue · {status}") if line.overdue else plain(status), width="content")
        st.markdown(plain("\n".join(f"{said} {text}" for said, text in _facts(line))))
        # A form that was drawn for an older version is another form.
        mark = f"{one.id}-{one.version}"
        with st.container(horizontal=True):
            with st.popover("What became of it?", key=f"settle-open-{mark}"):
                _settling(one, key=f"settle-{mark}", acts=acts)
            with st.popover("Change", key=f"change-open-{mark}"):
                promise_form(one.draft, key=f"change-{mark}", questions=line.questions, label="Keep it",
                             keep=partial(acts.rewrite, one))  # fmt: skip
            if st.button("Take it out…", key=f"withdraw-{mark}", type="tertiary", icon=":material/delete:"):
                _withdrawing(one, acts=acts)


def _facts(line: Line) -> Sequence[tuple[str, str]]:
    one = line.commitment
    facts = (
        ("By", _day(one)),
        ("With", one.draft.with_whom),
        ("How we will know:", one.draft.seen_by),
        ("First step:", one.draft.first_step),
        ("What was said since:", one.remark),
        ("From:", " ".join(f"“{text}”" for text in line.came_from)),
        ("Made in", line.meeting),
    )
    return [(said, text) for said, text in facts if text]


def _settling(one: Commitment, *, key: str, acts: Acts) -> None:
    def settle() -> object:
        typed = st.session_state
        return acts.settle(one, typed[f"{key}-status"], typed[f"{key}-remark"])

    with st.form(key, border=False):
        st.selectbox("What became of it?", list(Status), index=list(Status).index(one.status), key=f"{key}-status",
                     format_func=lambda status: STATUS_WORDS[status].capitalize())  # fmt: skip
        st.text_input("What was said", value=one.remark, key=f"{key}-remark", max_chars=LONGEST_LINE)
        st.form_submit_button("Keep it", key=f"{key}-keep", on_click=doing(settle, said="Kept"))


def _withdrawing(one: Commitment, *, acts: Acts) -> None:
    confirm.ask(
        "Take the promise out?",
        words=(f"{one.draft.who}: {one.draft.what}", "It is deleted, also from the record of its meeting."),
        label="Take it out",
        act=partial(acts.withdraw, one),
        said="Taken out",
    )


def _day(one: Commitment) -> str:
    return f"{one.draft.by_when.day} {one.draft.by_when:%B %Y}"
