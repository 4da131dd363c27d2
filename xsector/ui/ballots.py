"""A ballot: the question of a vote with its answers, one tap each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import streamlit as st

from xsector.model.instrument import Instrument, Item, Kind
from xsector.model.phrases import counted
from xsector.model.sheet import Answer, Mark
from xsector.model.voting import VoteKind, dots_of
from xsector.ui.attempts import attempt, follow
from xsector.ui.text import plain

Cast = Callable[[Mapping[str, Answer]], object]


def ballot(
    instrument: Instrument, *, kind: VoteKind, given: Mapping[str, Answer], key: str, cast: Cast, once: bool = False
) -> None:
    """Show the question; each tap is the vote. *once*: it is given by a button, and not kept on the screen."""
    items = list(instrument.items())
    if once or kind is VoteKind.DOTS:
        _by_button(items, instrument=instrument, given=given, key=key, cast=cast, once=once)
        return
    for item in items:
        widget = f"{key}-{item.code}"
        saved = given.get(item.code)
        follow(widget, _option(item, saved))
        st.radio(
            plain(item.text), _options(item), key=widget, format_func=partial(_label, item),
            on_change=_tapped, args=(item, widget, cast),
        )  # fmt: skip


def _tapped(item: Item, widget: str, cast: Cast) -> None:
    chosen = st.session_state[widget]
    if chosen is not None:
        attempt(lambda: cast({item.code: _answer(item, chosen)}), said="Your vote is saved")


def _by_button(
    items: list[Item], *, instrument: Instrument, given: Mapping[str, Answer], key: str, cast: Cast, once: bool
) -> None:
    def made() -> None:
        answers: dict[str, Answer] = {}
        for item in items:
            chosen = st.session_state[f"{key}-{item.code}"]
            if item.kind is Kind.CHOICES:
                answers[item.code] = frozenset(chosen)
            elif chosen is not None:
                answers[item.code] = _answer(item, chosen)
        if answers and attempt(lambda: cast(answers), said="The vote is saved") and once:
            st.session_state["vote-here-who"] = None

    for item in items:
        widget = f"{key}-{item.code}"
        if item.kind is Kind.CHOICES:
            _dots(item, widget=widget, most=dots_of(instrument), saved=given.get(item.code))
        else:
            st.radio(plain(item.text), _options(item), key=widget, index=None,
                     format_func=partial(_label, item))  # fmt: skip
    st.button("Give this vote", key=f"{key}-give", type="primary", on_click=made)


def _dots(item: Item, *, widget: str, most: int, saved: Answer | None) -> None:
    if widget not in st.session_state and isinstance(saved, frozenset):
        st.session_state[widget] = sorted(saved)
    st.pills(plain(item.text), range(len(item.levels)), key=widget, selection_mode="multi",
             format_func=lambda place: plain(item.levels[place]))  # fmt: skip
    st.caption(plain(f"You have {counted(most, 'dot', 'dots')}."))


def _options(item: Item) -> list[int]:
    places = list(range(len(item.levels)))
    marks = ((Mark.CANNOT_JUDGE, item.cannot_judge), (Mark.NOT_APPLICABLE, item.not_applicable))
    return [*places, *(int(mark) for mark, label in marks if label)]


def _label(item: Item, option: int) -> str:
    if option < len(item.levels):
        return plain(item.levels[option])
    return plain((item.cannot_judge if option == Mark.CANNOT_JUDGE else item.not_applicable) or "")


def _option(item: Item, saved: Answer | None) -> int | None:
    return None if saved is None or isinstance(saved, frozenset) or saved == Mark.SKIPPED else int(saved)


def _answer(item: Item, option: int) -> Answer:
    return option if option < len(item.levels) else Mark(option)
