"""A partner's cards: a box to write in, what they wrote, the vote, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

import streamlit as st

from xsector.model.cards import DOTS, LONGEST_CARD, Brainstorm, Heap, OwnCard, Rule, Stage
from xsector.model.phrases import counted
from xsector.ui import clock
from xsector.ui.attempts import attempt, problem_waits, show_problem
from xsector.ui.parts import part
from xsector.ui.stepper import PAGES
from xsector.ui.text import plain
from xsector.ui.timer import timer
from xsector.ui.words import strong

EVERY_SECONDS: Final = 2
LOOK_AGAIN_SECONDS: Final = 5
_WROTE: Final = "cards_wrote"
_MARKED_AT: Final = "cards_marked_at"
_REFUSED: Final = "cards_refused"


class Needed(Protocol):
    """How many must have taken part."""

    @property
    def people(self) -> int: ...
    @property
    def organisations(self) -> int: ...


class OwnCards(Protocol):
    """One brainstorm as a partner meets it."""

    @property
    def brainstorm(self) -> Brainstorm: ...
    @property
    def own(self) -> Sequence[OwnCard]: ...
    @property
    def marked(self) -> Collection[int]: ...
    @property
    def voted_before(self) -> bool: ...
    @property
    def heaps(self) -> Sequence[Heap]: ...
    @property
    def rules(self) -> Sequence[Rule]: ...
    @property
    def needed(self) -> Needed: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Doors:
    """What the page asks of the server; each call checks anew who is asking."""

    read: Callable[[], OwnCards]
    write: Callable[[str], object]
    take_back: Callable[[str], object]
    mark: Callable[[Collection[int]], object]


def none_yet() -> None:
    """That nobody is asked for cards."""
    st.title("Cards", anchor=False)
    st.info("Nobody is asked for cards yet. This page follows by itself when your facilitator begins.")


@st.fragment
def show(doors: Doors) -> None:
    """Show what there is to do, or to see, in the brainstorm that the partner is asked for."""
    found = doors.read()
    show_problem()
    there = found.brainstorm
    st.title(plain(there.vote if there.stage is Stage.VOTING else there.prompt), anchor=False)
    if there.stage is Stage.WRITING:
        _writing(found, doors=doors)
    elif there.stage is Stage.SORTING:
        _sorting(found)
    elif there.stage is Stage.VOTING:
        _voting(found, doors=doors)
    else:
        _shown(found)


def _writing(found: OwnCards, *, doors: Doors) -> None:
    there, needed = found.brainstorm, found.needed
    timer(there.ends_at, key=f"cards-timer-{there.id}")
    st.session_state[_WROTE] = there.id
    _box(there, add=doors.write)
    st.caption(
        f"By adding a card you agree that all see it, without your name, once {needed.people:d} people from "
        f"{needed.organisations:d} organisations wrote and the facilitator has read it. Leave out names of people and "
        "organisations."
    )
    _own(found.own, take_back=doors.take_back)


def _box(there: Brainstorm, *, add: Callable[[str], object] | None) -> None:
    """The box to write in; without *add* it stays with what is in it, and takes nothing."""
    key = f"card-text-{there.id}"
    # In the same place at every stage: with another one the browser would throw away what is being typed.
    with st.container(key="card-box"), st.form(key=f"card-form-{there.id}", border=False):
        st.text_input(
            "One idea, in a few words",
            key=key,
            max_chars=LONGEST_CARD,
            placeholder="Type, then press Enter. As many cards as you like.",
        )
        st.form_submit_button(
            "Add card",
            key=f"card-add-{there.id}",
            type="primary",
            icon=":material/add:",
            disabled=add is None,
            on_click=_add,
            args=(key, add),
        )


def _add(key: str, add: Callable[[str], object] | None) -> None:
    text = st.session_state[key]
    if add is not None and text.strip() and attempt(lambda: add(text)):
        st.session_state[key] = ""


def _own(own: Sequence[OwnCard], *, take_back: Callable[[str], object]) -> None:
    if not own:
        return
    st.markdown(strong(f"{counted(len(own), 'card', 'cards')} of yours, as the room will see them"))
    with st.container(key="own-cards", gap="xsmall"):
        for card in reversed(own):
            with st.container(
                border=True, horizontal=True, horizontal_alignment="distribute", vertical_alignment="center",
                key=f"own-card-{card.mark[:12]}",
            ):  # fmt: skip
                st.markdown(plain(card.text), width="stretch")
                taking: Any = {"on_click": _take_back, "args": (card.mark, take_back)}  # Any: of several kinds
                st.button(
                    "Take back", key=f"card-back-{card.mark[:12]}", type="tertiary", icon=":material/close:", **taking
                )


def _take_back(mark: str, take_back: Callable[[str], object]) -> None:
    attempt(lambda: take_back(mark))


def _sorting(found: OwnCards) -> None:
    there = found.brainstorm
    st.info("Writing is over. The facilitator reads the cards for names; then everybody sees them.")
    if st.session_state.get(_WROTE) == there.id:
        st.markdown("If you were in the middle of a card, it is still in the box: say it when the room talks.")
        _box(there, add=None)


def _voting(found: OwnCards, *, doors: Doors) -> None:
    there, needed = found.brainstorm, found.needed
    if found.voted_before:
        st.info("You voted with an earlier link. That vote counts, so nothing is left for you to do.")
        return
    st.markdown(f"Put up to {DOTS:d} dots, one on a card. You can move them until the vote is counted.")
    st.caption(
        f"Nobody sees who marks what. Votes are counted once, at the end, and only if at least {needed.people:d} "
        f"people from {needed.organisations:d} organisations voted."
    )
    _ballot(found, mark=doors.mark)
    at = st.session_state.get(_MARKED_AT, {}).get(there.id)
    if at is not None and not problem_waits():
        st.caption(plain(f"✓ saved {clock.told(at)}: {counted(len(found.marked), 'dot', 'dots')}"))


def _ballot(found: OwnCards, *, mark: Callable[[Collection[int]], object] | None) -> None:
    key = f"ballot-{found.brainstorm.id}-{'open' if mark else 'shut'}"
    data = {
        "open": mark is not None,
        "dots": DOTS,
        "marked": sorted(found.marked),
        "refused": st.session_state.get(_REFUSED, 0),
        "heaps": [
            {
                "label": heap.label or "Other cards",
                "cards": [
                    {"place": pile.head.place, "text": pile.head.text, "count": pile.count} for pile in heap.piles
                ],
            }
            for heap in found.heaps
        ],
    }
    if mark is None:
        part("ballot")(key=key, data=data)
    else:
        part("ballot")(key=key, data=data, on_marked_change=lambda: _mark(key, found.brainstorm.id, mark))


def _mark(key: str, brainstorm_id: int, mark: Callable[[Collection[int]], object]) -> None:
    told = st.session_state[key].get("marked")
    if not isinstance(told, list) or not all(isinstance(place, int) for place in told):
        return
    if attempt(lambda: mark(told)):
        st.session_state.setdefault(_MARKED_AT, {})[brainstorm_id] = clock.now()
    else:
        st.session_state[_REFUSED] = st.session_state.get(_REFUSED, 0) + 1


def _shown(found: OwnCards) -> None:
    if found.brainstorm.stage is Stage.COUNTED:
        st.info("The votes are counted. Look at the screen in the room.")
    if found.rules:
        st.subheader("What we agreed", anchor=False)
        for rule in found.rules:
            st.markdown(plain(rule.sentence))
    st.subheader("All cards", anchor=False)
    _ballot(found, mark=None)


@st.fragment(run_every=EVERY_SECONDS)
def follow(drawn: object, newest: Callable[[], object]) -> None:
    """Draw the page again as soon as *newest* tells something else than what is drawn."""
    if newest() != drawn:
        st.rerun()


@st.fragment(run_every=LOOK_AGAIN_SECONDS)
def invitation(calling: Callable[[], Brainstorm | None]) -> None:
    """A link to the cards on top of another page, while there is something to write or to mark."""
    there = calling()
    if there is None:
        return
    said = "Cards are being written now" if there.stage is Stage.WRITING else "A vote on the cards is open"
    with st.container(
        border=True, horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", key="cards-call"
    ):
        st.markdown(strong(said), width="content")
        label = "Write cards" if there.stage is Stage.WRITING else "Place my dots"
        st.page_link(f"{PAGES}partner_cards.py", label=label, icon=":material/arrow_forward:", icon_position="right")
