"""The board on which a facilitator sorts cards: drawn in the browser, kept on the server move by move."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, Protocol

import streamlit as st

from xsector.model.cards import Brainstorm, Card, Stage
from xsector.ui.attempts import attempt, problem_waits
from xsector.ui.parts import part

MOST_MOVES: Final = 500
"""Moves that one message may hold: more than anybody makes while a server takes breath."""
_DONE: Final = "sorting_done"
_MORE: Final = "sorting_changes_more"

Move = Callable[[int, int | None], object]
"""What is done to the card at a place, with the theme's number or the other card's place where there is one."""


class Board(Protocol):
    """One brainstorm for those who lead it."""

    @property
    def brainstorm(self) -> Brainstorm: ...
    @property
    def cards(self) -> Sequence[Card]: ...
    @property
    def suggestions(self) -> Mapping[int, int]: ...


@st.fragment
def sorting_board(fresh: list[Board], *, read: Callable[[], Board], moves: Mapping[str, Move]) -> None:
    """Show the board; *moves* holds what is done at ``assign``, ``hide``, ``unhide``, ``join`` and ``apart``.

    *fresh* holds what the page has just read, for the first time of drawing. Putting a card under a theme draws the
    board alone; whatever else changes the rest of the page draws all of it.
    """
    if not fresh and (st.session_state.pop(_MORE, False) or problem_waits()):
        st.rerun()
    board = fresh.pop() if fresh else read()
    key = f"sorting-{board.brainstorm.id}"
    data = {
        "themes": [{"number": theme.number, "label": theme.label} for theme in board.brainstorm.themes],
        "cards": [_told(card, board=board) for card in board.cards],
        "sortable": board.brainstorm.stage in {Stage.SORTING, Stage.SHOWN},
        "done": dict(st.session_state.get(_DONE, {})),
    }
    part("sorting")(key=key, data=data, on_moves_change=lambda: _apply(key, moves=moves))


def _told(card: Card, *, board: Board) -> dict[str, object]:
    return {
        "place": card.place,
        "text": card.text,
        "theme": card.theme,
        "under": card.under,
        "hidden": card.hidden,
        "suggested": board.suggestions.get(card.place),
    }


def _apply(key: str, *, moves: Mapping[str, Move]) -> None:
    """Do what the browser tells and was not done yet; what can't be read is left out."""
    told = st.session_state[key].get("moves")
    if not isinstance(told, dict) or not isinstance(told.get("mount"), str) or not isinstance(told.get("moves"), list):
        return
    done = st.session_state.setdefault(_DONE, {})
    mount = told["mount"][:40]
    for move in told["moves"][:MOST_MOVES]:
        read = _read(move, known=moves)
        if read is not None and read[0] > done.get(mount, 0):
            sequence, what, place, to = read
            st.session_state[_MORE] = st.session_state.get(_MORE, False) or what != "assign"
            attempt(lambda what=what, place=place, to=to: moves[what](place, to))  # type: ignore[misc]  # bound now
            done[mount] = sequence


def _read(move: Any, *, known: Mapping[str, Move]) -> tuple[int, str, int, int | None] | None:
    """Number, name, place and target of a move as the browser wrote it (Any: it may be anything)."""
    if not isinstance(move, dict) or move.get("what") not in known:
        return None
    sequence, place, to = move.get("sequence"), move.get("place"), move.get("to")
    if not isinstance(sequence, int) or not isinstance(place, int) or not (to is None or isinstance(to, int)):
        return None
    return sequence, str(move["what"]), place, to
