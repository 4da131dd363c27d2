"""A brainstorm on the facilitator's page: open it, end it, read and sort, show, vote, throw away."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Final, Protocol

import streamlit as st

from xsector.model.cards import (
    FEWEST_WRITERS,
    LONGEST_PROMPT,
    MINUTES,
    MORE_MINUTES,
    Brainstorm,
    Card,
    Heap,
    Pile,
    Rule,
    Stage,
)
from xsector.model.phrases import counted
from xsector.ui import confirm
from xsector.ui.attempts import attempt, doing
from xsector.ui.text import plain
from xsector.ui.timer import timer
from xsector.ui.words import strong

EVERY_SECONDS: Final = 2
_NEW: Final = 0
_SAID: Final = {
    Stage.WRITING: "Partners write now.",
    Stage.SORTING: "Writing is over. Nobody but you sees the cards yet: read them and sort them.",
    Stage.SHOWN: "The room sees the cards.",
    Stage.VOTING: "Partners vote now.",
    Stage.COUNTED: "The votes are counted.",
}


class Prompt(Protocol):
    """Something to write cards about."""

    @property
    def code(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def short(self) -> str: ...


class TookPart(Protocol):
    """How many wrote or voted."""

    @property
    def people(self) -> int: ...
    @property
    def organisations(self) -> int: ...


class Board(Protocol):
    """One brainstorm for those who lead it."""

    @property
    def brainstorm(self) -> Brainstorm: ...
    @property
    def written(self) -> int: ...
    @property
    def took_part(self) -> TookPart: ...
    @property
    def needed(self) -> TookPart: ...
    @property
    def enough(self) -> bool: ...
    @property
    def cards(self) -> Sequence[Card]: ...
    @property
    def suggestions(self) -> Mapping[int, int]: ...
    @property
    def pairs(self) -> Sequence[tuple[Card, Card]]: ...
    @property
    def rules(self) -> Sequence[Rule]: ...
    @property
    def heaps(self) -> Sequence[Heap]: ...
    @property
    def top(self) -> Sequence[Pile]: ...


def choose(found: Sequence[Brainstorm]) -> Brainstorm | None:
    """One of the round's brainstorms, the newest at first; None where a new one is to be opened."""
    if not found:
        return None
    known = {one.id: one for one in found}
    # Numbers, for the same may be asked twice; no stage, for a label that changes is another choice.
    labels = {one.id: f"{len(found) - place}. {one.prompt}" for place, one in enumerate(found)} | {
        _NEW: "Something new…"
    }
    chosen = st.selectbox(
        "Cards about",
        [*known, _NEW],
        format_func=labels.__getitem__,
        # The key changes with the newest, so that one that was just opened is in hand.
        key=f"cards-chosen-{found[0].id}",
    )
    there = known.get(chosen)
    if there is not None:
        st.caption(_SAID[there.stage])
    return there


def opening(prompts: Sequence[Prompt], *, open_: Callable[..., object]) -> None:
    """Choose what partners write about, and for how long."""
    by_code = {prompt.code: prompt for prompt in prompts}
    with st.container(border=True, key="cards-opening"):
        st.subheader("Ask for cards", anchor=False)
        st.markdown(
            "Everybody writes short cards on their own laptop or phone, alone and at the same time. Nobody sees a card "
            "before writing ends; then you read them for names, sort them, and show them to the room."
        )
        code = st.pills(
            "Begin with", list(by_code), format_func=lambda one: by_code[one].short, key="cards-prompt",
            default=next(iter(by_code)), required=True,
        )  # fmt: skip
        st.text_area(
            "What partners read",
            value=by_code[code].text,
            key=f"cards-text-{code}",
            max_chars=LONGEST_PROMPT,
            height=80,
        )
        st.number_input("Minutes", min_value=1, max_value=60, value=MINUTES, step=1, key="cards-minutes", width=160)
        st.button("Open for writing", key="cards-open", type="primary", on_click=_open, args=(code, open_))
        st.caption(
            f"The room sees cards only if at least {FEWEST_WRITERS:d} people wrote. Nobody can look up who wrote what, "
            "you neither. Partners find a link on their page as soon as you open."
        )


def _open(code: str, open_: Callable[..., object]) -> None:
    text, minutes = st.session_state[f"cards-text-{code}"], st.session_state["cards-minutes"]
    attempt(lambda: open_(code=code, text=text, minutes=int(minutes)))


def writing(board: Board, *, read: Callable[[], Board], more: Callable[[], object], end: Callable[[], object]) -> None:
    """While partners write: the time, how many cards there are, and the button that ends it."""
    there = board.brainstorm
    with st.container(border=True, key="cards-writing"):
        st.subheader(plain(there.prompt), anchor=False)
        timer(there.ends_at, key=f"cards-timer-{there.id}")
        _counting(board.enough, read)
        with st.container(horizontal=True, key="cards-writing-steps"):
            if st.button("End writing…", key="cards-end", type="primary"):
                confirm.ask(
                    "End writing?",
                    words=(
                        "No card can be added or taken back then. The cards are shuffled, and whatever leads from a "
                        "card to its author is forgotten.",
                        "This can't be undone.",
                    ),
                    label="End writing",
                    act=end,
                    said="Writing is over",
                )
            label = f"{MORE_MINUTES:d} minutes more"
            st.button(label, key="cards-more", icon=":material/more_time:", on_click=doing(more))


@st.fragment(run_every=EVERY_SECONDS)
def _counting(enough: bool, read: Callable[[], Board]) -> None:
    """How many have taken part, kept up to date."""
    board = read()
    took, needed = board.took_part, board.needed
    if board.brainstorm.stage is Stage.WRITING:
        cards, people = counted(board.written, "card", "cards"), counted(took.people, "person", "people")
        st.markdown(strong(f"{cards} from {people}"))
        last = "before you can end"
    else:
        st.markdown(strong(f"{counted(took.people, 'person has', 'people have')} voted"))
        last = "before votes can be counted"
    if not board.enough:
        st.caption(
            f"At least {needed.people:d} people from {needed.organisations:d} organisations are needed {plain(last)}: "
            f"so far {took.people:d} from {took.organisations:d}."
        )
    if board.enough is not enough:
        st.rerun()


def reading(board: Board, *, suggest: Callable[[], object], join: Callable[[int, int], object]) -> None:
    """What to do with the cards, what their words suggest, and those that say nearly the same."""
    people = counted(board.brainstorm.writers, "person", "people")
    cards = counted(board.written, "card", "cards")
    st.caption(
        plain(
            f"{cards} from {people}, in an order that says nothing. Hide what names a person or an organisation. Put "
            "the others under themes: choose from a card's list, or pull it with the mouse."
        )
    )
    if board.suggestions:
        st.button(
            "Put all where their words suggest",
            key="cards-suggest",
            icon=":material/auto_awesome_motion:",
            on_click=doing(suggest, said="Sorted by keywords: look through them"),
        )
    if not board.pairs:
        return
    with st.expander(f"Cards that say nearly the same ({len(board.pairs):d})", key="cards-pairs"):
        st.caption("Joined cards stand as one, with a number. You can take them apart again.")
        for one, other in board.pairs:
            with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
                st.markdown(f"{plain(one.text)}  \n{plain(other.text)}", width="stretch")
                st.button(
                    "Join", key=f"cards-join-{one.place}-{other.place}",
                    on_click=doing(partial(join, other.place, one.place)),
                )  # fmt: skip


def releasing(board: Board, *, release: Callable[[], object]) -> None:
    """The button that lets the room see the cards, after a question."""
    shown, hidden = sum(heap.count for heap in board.heaps), sum(card.hidden for card in board.cards)
    if st.button("Show the room…", key="cards-release", type="primary", icon=":material/cast:"):
        confirm.ask(
            "Show these cards to the room?",
            words=(
                f"{counted(shown, 'card goes', 'cards go')} on the wall and on partners' screens, by theme. "
                f"{counted(hidden, 'card stays', 'cards stay')} hidden.",
                "Have you read every card for names of people and organisations?",
            ),
            label="Show them",
            act=release,
            said="The room sees the cards",
        )


def on_wall(*, pages: int, page: int | None, show: Callable[[int], object], label: str, key: str) -> None:
    """Put something of several pages on the wall; *page* is the one there now, None if it isn't there."""
    with st.container(horizontal=True, vertical_alignment="center", key=f"{key}-on-wall"):
        if page is None:
            st.button(label, key=f"{key}-show", icon=":material/cast:", on_click=doing(lambda: show(0)))
            return
        at = max(0, min(page, pages - 1))
        st.markdown(plain(f"On the wall now: page {at + 1} of {pages}" if pages > 1 else "On the wall now"))
        if pages > 1:
            st.button("Back", key=f"{key}-back", disabled=at <= 0, on_click=doing(lambda: show(at - 1)))
            st.button("Next", key=f"{key}-next", disabled=at + 1 >= pages, on_click=doing(lambda: show(at + 1)))


def before_the_vote(*, vote: Callable[[], object], back: Callable[[], object]) -> None:
    """What can come after the cards were read by the room."""
    with st.container(horizontal=True, key="cards-next-steps"):
        st.button("Open the vote", key="cards-vote", type="primary", on_click=doing(vote, said="The vote is open"))
        st.button("Take the cards off the wall", key="cards-back-to-sorting", on_click=doing(back))
    st.caption("In the vote each partner marks three cards on their own screen.")


def voting(
    board: Board, *, read: Callable[[], Board], count: Callable[[], object], cancel: Callable[[], object]
) -> None:
    """While partners vote: how many have, and the two ways to end it."""
    with st.container(border=True, key="cards-voting"):
        st.subheader(plain(board.brainstorm.vote), anchor=False)
        _counting(board.enough, read)
        with st.container(horizontal=True, key="cards-voting-steps"):
            if st.button("Count the votes…", key="cards-count", type="primary"):
                confirm.ask(
                    "Count the votes?",
                    words=("The vote ends, and the room sees how many dots each card got.", "This can't be undone."),
                    label="Count them",
                    act=count,
                    said="The votes are counted",
                )
            if st.button("End without counting…", key="cards-cancel"):
                confirm.ask(
                    "End the vote without counting?",
                    words=("All dots are thrown away, and nobody learns where they were. You can open a new vote.",),
                    label="Throw the dots away",
                    act=cancel,
                    said="The vote has ended uncounted",
                )


def top(board: Board) -> None:
    """The cards that got dots."""
    people = counted(board.brainstorm.voters, "person", "people")
    st.subheader("What got dots", anchor=False)
    st.caption(plain(f"{people} voted."))
    st.dataframe(
        {
            "Dots": [pile.head.dots for pile in board.top],
            "Card": [pile.head.text for pile in board.top],
            "Cards that say this": [pile.count for pile in board.top],
        },
        hide_index=True,
        key="cards-top",
        column_config={
            "Dots": st.column_config.NumberColumn(width=70),
            "Card": st.column_config.TextColumn(width="large"),
            "Cards that say this": st.column_config.NumberColumn(width=150),
        },
    )


def throwing_away(board: Board, *, drop: Callable[[], object]) -> None:
    """The button that throws all cards away, after a question."""
    if st.button("Throw all cards away…", key="cards-drop", type="tertiary", icon=":material/delete:"):
        confirm.ask(
            "Throw all cards away?",
            words=(
                f"{counted(board.written, 'card', 'cards')} about “{board.brainstorm.prompt}” are deleted for good, "
                "with all dots. Rules that you wrote stay.",
                "Nobody can bring them back.",
            ),
            label="Throw them away",
            act=drop,
            said="The cards are gone",
        )


def deleting(board: Board, *, delete: Callable[[int], object]) -> None:
    """Hidden cards, each with a button that deletes it for good after a question."""
    hidden = [card for card in board.cards if card.hidden]
    if not hidden:
        return
    with st.expander(f"Delete hidden cards for good ({len(hidden):d})", key="cards-hidden"):
        for card in hidden:
            with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
                st.markdown(plain(card.text), width="stretch")
                if st.button("Delete…", key=f"cards-delete-{card.place}", type="tertiary"):
                    confirm.ask(
                        "Delete this card?",
                        words=(card.text, "It is deleted for good. Nobody can bring it back."),
                        label="Delete",
                        act=partial(delete, card.place),
                        said="Deleted",
                    )
