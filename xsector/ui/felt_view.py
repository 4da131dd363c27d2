"""Felt and real agreement on the facilitator's page: the finding, the goals, the fit, and the way to a target."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, Protocol

import pandas as pd
import streamlit as st

from xsector.model.phrases import counted
from xsector.model.taxonomy import TargetProfile
from xsector.ui import chosen
from xsector.ui.attempts import doing, follow
from xsector.ui.stepper import PAGES
from xsector.ui.text import plain

NONE: Final = ""
"""Stands for no target, among the codes."""
ICONS: Final = {
    "clash": ":material/priority_high:",
    "fits": ":material/check:",
    "no shared answer": ":material/question_mark:",
    "can't be read": ":material/visibility_off:",
}
LABELS: Final = {
    "clash": "{says}",
    "fits": "Not so here: “{says}”",
    "no shared answer": "Can't tell yet: “{says}”",
    "can't be read": "Can't tell: “{says}”",
}


class FitLine(Protocol):
    """One check in words."""

    @property
    def fit(self) -> str: ...
    @property
    def says(self) -> str: ...
    @property
    def ask(self) -> str: ...
    @property
    def because(self) -> str: ...
    @property
    def source(self) -> str: ...


Rows = Sequence[Sequence[str]]


class FeltReport(Protocol):
    """What is felt and what is real, and the way to a chosen profile."""

    @property
    def furthest(self) -> str: ...
    @property
    def how_sure(self) -> str: ...
    @property
    def note(self) -> str: ...
    @property
    def felt_table(self) -> Rows: ...
    @property
    def goal_question(self) -> str: ...
    @property
    def goals(self) -> Sequence[str]: ...
    @property
    def goals_written(self) -> int: ...
    @property
    def fit_headline(self) -> str: ...
    @property
    def fit_lines(self) -> Sequence[FitLine]: ...
    @property
    def profiles(self) -> Sequence[TargetProfile]: ...
    @property
    def profiles_table(self) -> Rows: ...
    @property
    def target(self) -> TargetProfile | None: ...
    @property
    def target_note(self) -> str: ...
    @property
    def target_table(self) -> Rows: ...


def said(found: FeltReport) -> None:
    """What differs most, how sure that is, and the picture as a table."""
    for sentence in (found.furthest, found.how_sure):
        if sentence:
            st.markdown(plain(sentence))
    st.caption(plain(found.note))
    table(found.felt_table, key="felt-table")


def wall_button(view: str, *, on_wall: str, show: Callable[..., object], dark: bool) -> None:
    """Put one of this page's pictures on the wall, unless it is there."""
    if view == on_wall:
        st.caption("On the wall now.")
        return
    put = doing(lambda: show(view=view, item=None, dark=dark))
    st.button("Show it on the wall", key=f"{view}-on-wall", icon=":material/cast:", on_click=put)


def goals(found: FeltReport) -> None:
    """The one-line goals side by side: those that were let through to the room, in an order that says nothing."""
    st.subheader("Our goal in our own words", anchor=False)
    if not found.goal_question:
        st.caption("Nobody was asked for the goal in one sentence in this round.")
        return
    st.markdown(plain(f"“{found.goal_question}”"))
    if found.goals:
        left, right = st.columns(2)
        for place, text in enumerate(found.goals):
            with (left, right)[place % 2].container(border=True, key=f"goal-{place}"):
                st.markdown(plain(text))
        st.caption("Read them out. Where do they part? They also stand in the papers of the agenda.")
    elif found.goals_written:
        sentence = f"{counted(found.goals_written, 'goal waits', 'goals wait')} on the page “Comments”. "
        st.caption(plain(f"{sentence}Those that you let through to the room stand here side by side."))
    else:
        st.caption("Too few people wrote a goal for anybody to read them.")
        return
    st.page_link(f"{PAGES}facilitator_words.py", label="Read and let through", icon=":material/chat:",
                 query_params=chosen.address())  # fmt: skip


def fit(found: FeltReport) -> None:
    """Whether what most of us answer goes together: those checks open that found something."""
    st.subheader("Do our answers fit together?", anchor=False)
    st.markdown(plain(found.fit_headline))
    for place, line in enumerate(found.fit_lines):
        label = plain(LABELS[line.fit].format(says=line.says))
        with st.expander(label, icon=ICONS[line.fit], expanded=line.fit == "clash", key=f"fit-{place}"):
            st.markdown(plain(line.because))
            if line.fit == "clash":
                st.markdown(plain(f"Ask: {line.ask}"))
            st.caption(plain(f"Source of the pair: {line.source}. Where we draw the line is our guess, to talk about."))


def choose_target(found: FeltReport, *, choose: Callable[..., object]) -> None:
    """One of the four profiles, or none; a choice can be changed or taken back at any time."""
    st.subheader("What would we like to be?", anchor=False)
    st.caption(
        "Choose together what your partnership wishes to be like. None is better than another, and nobody gets a "
        "grade. The choice also holds for later rounds; you can change it or take it back at any time."
    )
    labels = {NONE: "No target", **{one.code: one.label for one in found.profiles}}
    follow("target", found.target.code if found.target else NONE)
    st.radio(
        "Target profile",
        list(labels),
        format_func=labels.__getitem__,
        key="target",
        on_change=doing(lambda: choose(target=st.session_state["target"] or None)),
    )
    table(found.profiles_table, key="profiles", label="What each of them wishes for")


def way(found: FeltReport) -> None:
    """What the picture of the way rests on, and the same as a table."""
    st.caption(plain(found.target_note))
    st.caption(
        "Steps away: how far an answer lies from the wish on average. Groups in the table: where their average answer "
        "lies, − below the wish, + above it. No question counts more than another, and there is no sum."
    )
    table(found.target_table, key="target-table")


def table(rows: Rows, *, key: str, label: str = "The same as a table") -> None:
    """Rows of words and numbers, heads first, closed until somebody wants them."""
    if not rows:
        return
    heads, *body = rows
    with st.expander(label, key=f"{key}-box", icon=":material/table:"):
        # A group may be called “Today”, as a column of ours is.
        names = [head + " " * list(heads[:place]).count(head) for place, head in enumerate(heads)]
        st.dataframe(pd.DataFrame([list(row) for row in body], columns=names), hide_index=True, key=key)
