"""Beside the keys of a meeting: votes, promises, who is here, and the parking lot."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, Final, Protocol

import streamlit as st

from xsector.model.commitment import ENCOURAGED, LONGEST_LINE, LONGEST_WITH, Commitment, Draft, usual_day
from xsector.model.guide import StepKind
from xsector.model.instrument import Instrument
from xsector.model.meeting import LONGEST_PARKED, Meeting, MeetingStep
from xsector.model.partner import RoundFacts
from xsector.model.phrases import counted
from xsector.model.released import Block, Hidden
from xsector.model.round import State
from xsector.model.sheet import Answer
from xsector.model.voting import LONGEST_QUESTION, SECONDS, Vote, VoteKind
from xsector.ui import ballots, clock, confirm, round_view, timer
from xsector.ui.attempts import doing
from xsector.ui.text import plain
from xsector.ui.words import strong

KINDS: Final = {
    VoteKind.AGAIN: "This question again",
    VoteKind.MOVED: "Has it moved?",
    VoteKind.FIST: "Fist to five",
    VoteKind.DOTS: "Dots",
    VoteKind.EXIT: "Before you go",
}
_ABOUT_PROMISES: Final = frozenset({StepKind.PROMISES, StepKind.CLOSE})
HELP: Final = {
    VoteKind.AGAIN: "Everybody answers the question once more. A group is shown beside its first answers only if all "
    "of those vote who answered it then: with one person missing, their two answers could be told apart. From then on "
    "nobody can hand in late answers to the round.",
    VoteKind.MOVED: "How much the talk has changed how people see it. It needs nobody who isn’t here.",
    VoteKind.FIST: "Each person shows 0 (I stop this) to 5 (I help to lead it). Carried if everybody is at 3 or more.",
    VoteKind.DOTS: "Each person marks about a third of what is on the list.",
    VoteKind.EXIT: "Four short questions about the meeting.",
}


class VoteDesk(Protocol):
    """A vote for those who lead it."""

    @property
    def vote(self) -> Vote: ...
    @property
    def title(self) -> str: ...
    @property
    def state(self) -> State: ...
    @property
    def instrument(self) -> Instrument: ...
    @property
    def invited(self) -> int: ...
    @property
    def voted(self) -> int: ...
    @property
    def blocks(self) -> Sequence[Block]: ...
    @property
    def hidden(self) -> Sequence[Hidden]: ...
    @property
    def held_back(self) -> str: ...


class PersonHere(Protocol):
    """Somebody on the list."""

    @property
    def participant_id(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def organisation(self) -> str: ...
    @property
    def came(self) -> bool: ...
    @property
    def voted(self) -> bool: ...


class Control(Protocol):
    """What of a meeting stands beside its keys."""

    @property
    def meeting(self) -> Meeting: ...
    @property
    def round(self) -> RoundFacts: ...
    @property
    def vote(self) -> VoteDesk | None: ...
    @property
    def shown_votes(self) -> Sequence[VoteDesk]: ...
    @property
    def people(self) -> Sequence[PersonHere]: ...
    @property
    def promises(self) -> Sequence[Commitment]: ...
    @property
    def parked(self) -> Sequence[tuple[int, str, bool]]: ...
    @property
    def questions(self) -> Mapping[str, str]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What is done beside the keys."""

    ask: Callable[..., object]
    """Takes a kind of vote with the question, words or choices that it needs."""
    more_time: Callable[[], object]
    show: Callable[[], object]
    drop: Callable[[], object]
    on_wall: Callable[[int | None], object]
    cast_here: Callable[[int, Mapping[str, Answer]], object]
    promise: Callable[[Draft], object]
    rewrite: Callable[[Commitment, Draft], object]
    withdraw: Callable[[int], object]
    park: Callable[[str], object]
    tick: Callable[[int, bool], object]
    unpark: Callable[[int], object]


def votes(control: Control, *, do: Beside) -> None:
    """The vote that is open, or what can be asked now; below it what was shown."""
    desk = control.vote
    if desk is not None and desk.state is not State.REVEALED:
        _open_vote(desk, people=control.people, do=do)
        return
    if desk is not None:
        st.markdown(strong(f"On the wall: {desk.title}"))
        st.button("Take the result off the wall", key="vote-off", on_click=doing(lambda: do.on_wall(None)))
    step = control.meeting.current
    _asking(step, questions=control.questions, do=do)
    for shown in control.shown_votes:
        if desk is None or shown.vote.round_id != desk.vote.round_id:
            text = plain(f"{shown.title}: {next(shown.instrument.items()).text}")
            st.button(text, key=f"vote-on-{shown.vote.round_id}", icon=":material/cast:", type="tertiary", wrap=True,
                      on_click=doing(partial(do.on_wall, shown.vote.round_id)))  # fmt: skip


def _open_vote(desk: VoteDesk, *, people: Sequence[PersonHere], do: Beside) -> None:
    with st.container(border=True, key="vote-open"):
        st.markdown(strong(desk.title))
        for item in desk.instrument.items():
            st.markdown(plain(item.text))
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            st.markdown(f"**{desk.voted:d} of {desk.invited:d}** have voted", width="content")
            timer.timer(desk.vote.ends_at, key="vote-clock")
        _price(desk)
        with st.container(horizontal=True):
            st.button("Show the result", key="vote-show", type="primary", on_click=doing(do.show),
                      disabled=not desk.blocks)  # fmt: skip
            st.button("+30 seconds", key="vote-more", on_click=doing(do.more_time))
            if st.button("Drop it…", key="vote-drop"):
                confirm.ask("Drop this vote?", words=("Every ballot is forgotten uncounted.",), label="Drop it",
                            act=do.drop, said="The vote is dropped")  # fmt: skip
        _shared_device(desk, people=people, do=do)


def _price(desk: VoteDesk) -> None:
    """What would be shown if the vote ended now, by who has voted alone."""
    if desk.blocks:
        groups = ", ".join(f"{block.name} ({block.n})" for block in desk.blocks)
        st.caption(plain(f"Shown if it ends now: {groups}."))
    for one in desk.hidden:
        st.caption(plain(f"{one.label}: {one.reason}"))
    if desk.held_back:
        st.caption(desk.held_back)
    elif not desk.blocks and not desk.hidden:
        st.caption("Nothing can be shown yet.")


def _shared_device(desk: VoteDesk, *, people: Sequence[PersonHere], do: Beside) -> None:
    """Somebody without a device votes here, turned away from everybody else."""
    waiting = [one for one in people if not one.voted]
    box = st.expander("Vote on this device", key="vote-here", on_change="rerun")
    if not box.open:
        return
    with box:
        st.caption(
            "For people without a device. Turn the screen to them alone. A vote given here can’t be changed, and how "
            "many were given here is told with the result."
        )
        if desk.vote.shared:
            st.caption(f"{desk.vote.shared:d} so far.")
        names = {one.participant_id: f"{one.name} · {one.organisation}" for one in waiting}
        who = st.selectbox("Who votes", list(names), format_func=names.__getitem__, index=None, key="vote-here-who",
                           placeholder="Choose your name")  # fmt: skip
        if who is not None:
            ballots.ballot_once(desk.instrument, key=f"here-{desk.vote.round_id}-{who}", done=_next_person,
                                cast=partial(do.cast_here, who))  # fmt: skip


def _next_person() -> None:
    st.session_state["vote-here-who"] = None


def _asking(step: MeetingStep | None, *, questions: Mapping[str, str], do: Beside) -> None:
    """The kinds of vote that fit the step, with what they need."""
    code = step.item if step and step.item in questions and any(s.view == "item" for s in step.stages) else None
    kinds = [kind for kind in VoteKind if code or kind not in {VoteKind.AGAIN, VoteKind.MOVED}]
    kind = st.selectbox("Ask the room", kinds, format_func=KINDS.__getitem__, index=None, key="vote-kind",
                        placeholder="Choose a kind of vote")  # fmt: skip
    if kind is None:
        return
    st.caption(HELP[kind])
    if kind in {VoteKind.FIST, VoteKind.DOTS}:
        if kind is VoteKind.FIST and step is not None and step.kind in _ABOUT_PROMISES:
            st.session_state.setdefault("vote-text", "We can live with this list of promises")
        st.text_input("The proposal" if kind is VoteKind.FIST else "The question", key="vote-text",
                      max_chars=LONGEST_QUESTION)  # fmt: skip
    if kind is VoteKind.DOTS:
        st.text_area("Choices, one a line", key="vote-options", height=120)
    st.number_input("Seconds", 10, 600, value=SECONDS, step=10, key="vote-seconds", width=140)
    st.button("Open the vote", key="vote-ask", type="primary", on_click=doing(lambda: _ask(kind, code=code, do=do)))


def _ask(kind: VoteKind, *, code: str | None, do: Beside) -> None:
    typed = st.session_state
    asked: dict[str, Any] = {}  # Any: texts and lists of texts
    if kind in {VoteKind.AGAIN, VoteKind.MOVED}:
        asked["item"] = code or ""
    if kind in {VoteKind.FIST, VoteKind.DOTS}:
        asked["text"] = typed["vote-text"]
    if kind is VoteKind.DOTS:
        asked["options"] = tuple(typed["vote-options"].splitlines())
    do.ask(kind, seconds=typed["vote-seconds"], **asked)
    typed["vote-kind"] = None


def promises(control: Control, *, do: Beside) -> None:
    """What was promised so far, and a form for the next promise."""
    for one in control.promises:
        with st.container(border=True, key=f"promise-{one.id}"):
            st.markdown(strong(one.draft.what))
            st.caption(plain(f"{one.draft.who}, by {one.draft.by_when:%d %B %Y}. {one.draft.seen_by}"))
            with st.popover("Change", key=f"promise-open-{one.id}"):
                promise_form(one.draft, key=f"promise-edit-{one.id}", questions=control.questions, label="Keep it",
                              keep=partial(do.rewrite, one))  # fmt: skip
                st.button("Take it out", key=f"promise-out-{one.id}", icon=":material/delete:",
                          on_click=doing(partial(do.withdraw, one.id), said="Taken out"))  # fmt: skip
    many = len(control.promises)
    if many > ENCOURAGED:
        st.caption(f"More than {ENCOURAGED:d} are a wish list: which of them will you keep?")
    elif not many:
        st.caption("A promise is a verb and a thing that others can see, one named person, and a day.")
    empty = Draft(what="", who="", by_when=usual_day(clock.now().date()), items=_present(control))
    with st.expander("Write a promise", key="promise-new", expanded=not many, icon=":material/add:"):
        promise_form(empty, key="promise", questions=control.questions, label="Write it down", keep=do.promise)


def _present(control: Control) -> tuple[str, ...]:
    step = control.meeting.current
    code = step.item if step else None
    return (code,) if code is not None and code in control.questions else ()


def promise_form(
    draft: Draft, *, key: str, questions: Mapping[str, str], label: str, keep: Callable[[Draft], object]
) -> None:
    """A form for a promise that is written or changed; *keep* takes what was typed."""

    def made() -> None:
        typed = st.session_state
        day = typed[f"{key}-day"] if isinstance(typed[f"{key}-day"], date) else draft.by_when
        keep(
            Draft(
                what=typed[f"{key}-what"], who=typed[f"{key}-who"], by_when=day,
                seen_by=typed[f"{key}-seen"], with_whom=typed[f"{key}-with"], first_step=typed[f"{key}-first"],
                items=tuple(typed[f"{key}-items"]),
            )
        )  # fmt: skip

    with st.form(key, border=False, clear_on_submit=not draft.what):
        st.text_input("What", value=draft.what, key=f"{key}-what", max_chars=LONGEST_LINE)
        with st.container(horizontal=True):
            st.text_input("Who (one person)", value=draft.who, key=f"{key}-who", max_chars=80)
            st.date_input("By when", value=draft.by_when, key=f"{key}-day", format="YYYY-MM-DD", width=160)
        st.text_input("How others will see it", value=draft.seen_by, key=f"{key}-seen", max_chars=LONGEST_LINE)
        st.text_input("First step, within 14 days", value=draft.first_step, key=f"{key}-first", max_chars=LONGEST_LINE)
        st.text_input("With whom", value=draft.with_whom, key=f"{key}-with", max_chars=LONGEST_WITH)
        st.multiselect("From which question", list(questions), default=[one for one in draft.items if one in questions],
                       format_func=lambda code: questions[code], key=f"{key}-items")  # fmt: skip
        st.form_submit_button(label, key=f"{key}-keep", on_click=doing(made))


def people(control: Control) -> None:
    """Who follows on a device; for the facilitator alone."""
    here = [one for one in control.people if one.came]
    follow = counted(len(here), "person follows", "people follow")
    st.caption(plain(f"{follow} on a device, of {len(control.people)}."))
    voting = control.vote is not None and control.vote.state is State.OPEN
    rows = sorted(control.people, key=lambda one: (not one.came, one.name.casefold()))
    table: dict[str, list[Any]] = {  # Any: texts and ticks
        "Name": [one.name for one in rows],
        "Organisation": [one.organisation for one in rows],
        "Here": [one.came for one in rows],
    }
    if voting:
        table["Voted"] = [one.voted for one in rows]
    st.dataframe(table, hide_index=True, key="people-here", height=min(38 * (len(rows) + 1), 320))
    box = st.expander("Somebody came late or can’t come in", key="people-late", on_change="rerun")
    if box.open:
        with box:
            round_view.room_code(control.round)
            st.caption(
                "Whoever has opened their personal link before uses that link, or the convener makes a new one on the "
                "page “People”. In a vote they can use this device."
            )


def parking(control: Control, *, do: Beside) -> None:
    """What the room will come back to."""
    for number, text, done in control.parked:
        with st.container(horizontal=True, vertical_alignment="center", key=f"parked-{number}"):
            st.checkbox(plain(text), value=done, key=f"parked-done-{number}",
                        on_change=doing(partial(do.tick, number, not done)))  # fmt: skip
            st.button("", key=f"parked-out-{number}", icon=":material/close:", type="tertiary", help="Throw it away",
                      on_click=doing(partial(do.unpark, number)))  # fmt: skip
    with st.form("park", border=False, clear_on_submit=True):
        st.text_input("A thought for later", key="park-text", max_chars=LONGEST_PARKED)
        st.form_submit_button("Park it", key="park-add", on_click=doing(lambda: do.park(st.session_state["park-text"])))
