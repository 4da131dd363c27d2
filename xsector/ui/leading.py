"""How the page with which a meeting is led is put together: what its keys do, and where its parts stand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, Protocol

import streamlit as st

from xsector.actions import casting, committing, leading_meetings, noting, voting
from xsector.model.commitment import Commitment, Draft
from xsector.model.meeting import Meeting, MeetingState, Place
from xsector.model.sheet import Answer
from xsector.model.voting import VoteKind
from xsector.ui import lead, lead_beside
from xsector.ui.lead import Keys
from xsector.ui.lead_beside import Beside

MORE_SECONDS: Final = 30
Act = Callable[..., Any]
"""Runs an action on the meeting in hand, now, as whoever is signed in now. Any: what the action gives back."""


class Control(lead.Control, lead_beside.Control, Protocol):
    """Everything that the page shows."""

    @property
    def here(self) -> Place: ...


def chosen_meeting(meetings: Sequence[Meeting]) -> Meeting | None:
    """The meeting in hand: the one that goes on, or of several the one that is chosen."""
    if not meetings:
        return None
    known = {one.id: one for one in meetings}
    running = next((one.id for one in meetings if one.state is MeetingState.RUNNING), None)
    if len(known) > 1:
        if st.session_state.get("meeting-pick") not in known:
            st.session_state["meeting-pick"] = running or meetings[0].id
        picked = st.selectbox("Meeting", list(known), key="meeting-pick", width=340,
                              format_func=lambda one: f"{known[one].title} ({known[one].state})")  # fmt: skip
        return known[picked]
    return meetings[0]


def keys(act: Act, *, here: Place) -> Keys:
    """What the keys do at the place *here*; *act* knows the meeting."""
    return Keys(
        begin=lambda: act(leading_meetings.begin_meeting),
        end=lambda: act(leading_meetings.end_meeting),
        forward=lambda: act(leading_meetings.go_on, here=here),
        back=lambda: act(leading_meetings.go_back, here=here),
        go_to=lambda step: act(leading_meetings.go_to, here=here, step_id=step),
        blank=lambda blank: act(leading_meetings.blank_wall, blank=blank),
        minutes=lambda step, minutes: act(leading_meetings.change_minutes, step_id=step, minutes=minutes),
        skip=lambda step, skipped: act(leading_meetings.skip_step, step_id=step, skipped=skipped),
        move=lambda step, places: act(leading_meetings.move_step, step_id=step, places=places),
        add=lambda title, minutes: act(leading_meetings.add_step, title=title, minutes=minutes),
        heard=lambda step, text: act(noting.write_heard, step_id=step, text=text),
        aside=lambda step, text: act(noting.write_aside, step_id=step, text=text),
        drop=lambda: act(leading_meetings.drop_meeting),
    )


def beside(act: Act, *, anywhere: Act) -> Beside:
    """What is done beside the keys; *act* knows the meeting, *anywhere* doesn't."""

    def ask(kind: VoteKind, *, seconds: int, **asked: Any) -> object:  # Any: texts and lists of texts
        return act(voting.open_vote, ask=voting.Ask(kind=kind, **asked), seconds=seconds)

    def cast_here(who: int, answers: Mapping[str, Answer]) -> object:
        return act(casting.cast_here, participant_id=who, answers=answers)

    def rewrite(old: Commitment, draft: Draft) -> object:
        return anywhere(committing.rewrite_promise, commitment_id=old.id, draft=draft, version=old.version)

    return Beside(
        ask=ask,
        more_time=lambda: act(voting.give_vote_time, seconds=MORE_SECONDS),
        show=lambda: act(voting.show_vote),
        drop=lambda: act(voting.drop_vote),
        on_wall=lambda vote: act(voting.put_vote_on_wall, vote_id=vote),
        cast_here=cast_here,
        promise=lambda draft: act(committing.promise, draft=draft),
        rewrite=rewrite,
        withdraw=lambda one: anywhere(committing.withdraw_promise, commitment_id=one),
        park=lambda text: act(noting.park, text=text),
        tick=lambda number, done: act(noting.tick_parked, number=number, done=done),
        unpark=lambda number: act(noting.remove_parked, number=number),
    )


def page(control: Control, *, do: Keys, beside: Beside) -> None:
    """The keys above, now on the left, everything else at hand on the right; below each other on a phone."""
    lead.head(control)
    running = control.meeting.state is MeetingState.RUNNING
    if running:
        lead.keys(control, do=do)
    left, right = st.columns((8, 6), gap="large")
    with left:
        if running:
            if control.meeting.step:
                lead.now(control, do=do)
            else:
                lead.lobby(control)
        lead.ending(control, do=do)
    with right:
        _at_hand(control, do=do, beside=beside, running=running)


def _at_hand(control: Control, *, do: Keys, beside: Beside, running: bool) -> None:
    names = ["Steps", "Vote", "Promises", "People", "Parked"] if running else ["Steps", "Promises"]
    tab = st.segmented_control("At hand", names, key="at-hand", default="Steps", required=True,
                               label_visibility="collapsed", wrap=True)  # fmt: skip
    if tab == "Vote":
        lead_beside.votes(control, do=beside)
    elif tab == "Promises":
        lead_beside.promises(control, do=beside)
    elif tab == "People":
        lead_beside.people(control)
    elif tab == "Parked":
        lead_beside.parking(control, do=beside)
    else:
        lead.run_sheet(control, do=do)
