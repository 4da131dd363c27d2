"""A ballot: the question of a vote with its answers, one tap each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import streamlit as st

from xsector.model.instrument import Instrument, Item, Kind
from xsector.model.phrases import counted
from xsector.model.sheet import Answer, Mark
from xsector.model.voting import dots_of
from xsector.ui.answering import labels_of, shape_of
from xsector.ui.attempts import attempt, follow
from xsector.ui.text import plain

Cast = Callable[[Mapping[str, Answer]], object]


def ballot(instrument: Instrument, *, given: Mapping[str, Answer], key: str, cast: Cast) -> None:
    """Show the questions with what was given; each tap is the vote, several dots need a button."""
    for item in instrument.items():
        widget = _key(item, key)
        if item.kind is Kind.CHOICES:
            if widget not in st.session_state:
                st.session_state[widget] = sorted(_ticked(given.get(item.code)))
            _dots(item, widget=widget, most=dots_of(instrument))
            st.button("Give these dots", key=f"{key}-give", type="primary", on_click=_tap,
                      args=(item, key, cast))  # fmt: skip
        else:
            saved = given.get(item.code)
            follow(widget, None if saved is None or isinstance(saved, frozenset) else int(saved))
            _levels(item, widget=widget, on_change=partial(_tap, item, key, cast))


def ballot_once(instrument: Instrument, *, key: str, cast: Cast, done: Callable[[], None]) -> None:
    """The same for somebody on a device that isn't theirs: given by a button; *done* puts the screen in order."""
    items = list(instrument.items())

    def give() -> None:
        if _give(items, key, cast, "The vote is saved"):
            done()

    for item in items:
        if item.kind is Kind.CHOICES:
            _dots(item, widget=_key(item, key), most=dots_of(instrument))
        else:
            _levels(item, widget=_key(item, key), on_change=None)
    st.button("Give this vote", key=f"{key}-give", type="primary", on_click=give)


def _tap(item: Item, key: str, cast: Cast) -> None:
    _give([item], key, cast, "Your vote is saved")


def _give(items: list[Item], key: str, cast: Cast, said: str) -> bool:
    answers: dict[str, Answer] = {}
    for item in items:
        chosen = st.session_state[_key(item, key)]
        if item.kind is Kind.CHOICES:
            answers[item.code] = frozenset(chosen)
        else:
            answers[item.code] = Mark.SKIPPED if chosen is None else Mark(chosen) if chosen > 250 else chosen
    return attempt(lambda: cast(answers), said=said)


def _levels(item: Item, *, widget: str, on_change: Callable[[], None] | None) -> None:
    labels = labels_of(item)
    change: Any = on_change or "rerun"  # Any: a literal that mypy widens to str
    st.segmented_control(plain(item.text), list(labels), key=widget, format_func=labels.__getitem__, width="stretch",
                         wrap=True, on_change=change)  # fmt: skip


def _dots(item: Item, *, widget: str, most: int) -> None:
    labels = labels_of(item)
    st.pills(plain(item.text), list(labels), key=widget, selection_mode="multi", format_func=labels.__getitem__)
    st.caption(plain(f"You have {counted(most, 'dot', 'dots')}."))


def _ticked(saved: Answer | None) -> frozenset[int]:
    return saved if isinstance(saved, frozenset) else frozenset()


def _key(item: Item, key: str) -> str:
    return f"answer-{key}-{item.code}{shape_of(item)}"
