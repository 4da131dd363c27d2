"""A partner's page in a meeting: the question that is talked about, their own answer, their vote, the promises."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

import streamlit as st

from xsector.model.commitment import Commitment
from xsector.model.instrument import Instrument, Item
from xsector.model.meeting import Meeting, StageKind
from xsector.model.round import State
from xsector.model.sheet import Answer, said
from xsector.model.voting import Vote
from xsector.ui import ballots, timer
from xsector.ui.text import plain
from xsector.ui.words import strong

_FOLLOWED: Final = "xsector.followed"


class VoteShown(Protocol):
    """A vote as everybody sees it."""

    @property
    def vote(self) -> Vote: ...
    @property
    def state(self) -> State: ...
    @property
    def instrument(self) -> Instrument: ...


class Room(Protocol):
    """What everybody in the room may see now."""

    @property
    def title(self) -> str: ...
    @property
    def stage(self) -> StageKind: ...
    @property
    def heading(self) -> str: ...
    @property
    def lines(self) -> Sequence[str]: ...
    @property
    def question(self) -> Item | None: ...
    @property
    def promises(self) -> Sequence[Commitment]: ...
    @property
    def vote(self) -> VoteShown | None: ...
    @property
    def ends_at(self) -> datetime | None: ...


class OwnPlace(Protocol):
    """The same with what is one partner's own."""

    @property
    def room(self) -> Room: ...
    @property
    def answer(self) -> Answer | None: ...
    @property
    def ballot(self) -> Mapping[str, Answer]: ...
    @property
    def voted(self) -> bool: ...
    @property
    def asked(self) -> bool: ...
    @property
    def came(self) -> bool: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Doors:
    """What the page reads and does; each call checks anew who is here."""

    cast: Callable[[int, Mapping[str, Answer]], object]
    """Takes the vote's round and the answers."""


def invitation(read: Callable[[], Meeting | None]) -> None:
    """On the page with a partner's answers: the way into the meeting that goes on."""
    there = read()
    if there is not None:
        with st.container(border=True, key="meeting-calls"):
            st.markdown(strong(there.title))
            st.page_link("../../pages/partner_follow.py", label="Follow the meeting", icon=":material/groups:")


def none_now() -> None:
    """Where no meeting goes on, or none any more."""
    over = _FOLLOWED in st.session_state
    st.title("Thank you" if over else "No meeting goes on", anchor=False)
    st.markdown("The meeting is over." if over else "This page follows the meeting by itself as soon as it begins.")


def show(place: OwnPlace, *, do: Doors) -> None:
    """What there is to see and to do now."""
    room = place.room
    st.session_state[_FOLLOWED] = True
    st.caption(plain(room.title))
    if room.vote is not None and room.vote.state is State.OPEN:
        _vote(place, vote=room.vote, do=do)
    elif room.vote is not None and room.vote.state is State.CLOSED:
        st.title("Counting…", anchor=False)
    else:
        _step(place)
    _promises(room.promises)


def _vote(place: OwnPlace, *, vote: VoteShown, do: Doors) -> None:
    round_id = vote.vote.round_id
    with st.container(border=True, key="vote"):
        if not place.asked:
            st.markdown("Others vote now. This question is not asked of your sector.")
            return
        ballots.ballot(vote.instrument, given=place.ballot, key=f"vote-{round_id}",
                       cast=lambda answers: do.cast(round_id, answers))  # fmt: skip
        if place.voted:
            st.success("Your vote is saved. You can change it until the result is shown.", icon=":material/check:")
        if place.room.ends_at is not None:
            timer.timer(place.room.ends_at, key="vote-timer")
        st.caption("Nobody sees your vote: it is counted with those of others, and shown for groups alone.")


def _step(place: OwnPlace) -> None:
    room = place.room
    if room.stage is StageKind.LOBBY:
        st.title("You are in", anchor=False)
        st.markdown("The meeting begins soon. This page follows by itself.")
        return
    if room.question is None:
        st.title(plain(room.heading), anchor=False)
        for line in room.lines:
            st.markdown(f"- {plain(line)}")
        return
    st.title(plain(room.question.text), anchor=False)
    if room.stage is StageKind.GUESS:
        st.markdown("What will we see? Where do most of us stand, and how far apart are we?")
    box = st.expander("My own answer (only you see it)", key=f"own-{room.question.code}", on_change="rerun")
    if box.open:
        mine = said(room.question, place.answer)
        box.markdown(strong(mine) if mine else "You gave no answer here, or it isn’t kept.")


def _promises(promises: Sequence[Commitment]) -> None:
    if not promises:
        return
    with st.container(border=True, key="promises"):
        st.subheader("What we promise", anchor=False)
        for one in promises:
            st.markdown(strong(one.draft.what))
            st.caption(plain(f"{one.draft.who}, by {one.draft.by_when:%d %B %Y}"))
