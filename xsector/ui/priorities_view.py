"""What comes first, on the screen: what stands out in words, how answers spread, and the same as tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, Protocol

import pandas as pd
import streamlit as st

from xsector.ui.text import plain

PICTURES: Final = {"priorities": "Ranks by group", "effort": "Words and effort", "spread": "Spread of one option"}


class FoundWords(Protocol):
    """One option: what was found about it, each with how sure it is, and whether it needs talk."""

    @property
    def option(self) -> str: ...
    @property
    def found(self) -> Sequence[tuple[str, str]]: ...
    @property
    def is_urgent(self) -> bool: ...


class ViewWords(Protocol):
    """One point of view: its question, sentences about it, and its tables of ranks and of points."""

    @property
    def title(self) -> str: ...
    @property
    def sentences(self) -> Sequence[str]: ...
    @property
    def ranks(self) -> Sequence[Sequence[str]]: ...
    @property
    def values(self) -> Sequence[Sequence[str]]: ...


def choose_picture(options: Mapping[str, str], *, effort: bool) -> tuple[str, str | None]:
    """Which picture to draw, and of which option (its code) where it is of one."""
    there = [name for name in PICTURES if (name != "effort" or effort) and (name != "spread" or options)]
    chosen = st.segmented_control(
        "Picture", there, key="priorities-picture", format_func=PICTURES.__getitem__, default=there[0], required=True,
        label_visibility="collapsed",
    )  # fmt: skip
    if chosen != "spread":
        return chosen or there[0], None
    code = st.selectbox("Option", list(options), key="priorities-option", format_func=lambda code: plain(options[code]))
    return ("spread", code) if code else (there[0], None)


def findings(found: Sequence[FoundWords]) -> None:
    """Say what stands out, what needs talk first."""
    urgent, calm = [one for one in found if one.is_urgent], [one for one in found if not one.is_urgent]
    if not found:
        st.info("Nothing stands out in these answers: no wide gap between groups, nor between words and effort.")
    for title, some in (("Worth a talk", urgent), ("What we share", calm)):
        if some:
            st.subheader(title, anchor=False)
        for one in some:
            with st.container(border=True, gap="xxsmall"):
                st.markdown(f"**{plain(one.option)}**")
                for sentence, how_sure in one.found:
                    st.markdown(plain(sentence))
                    if how_sure:
                        st.caption(plain(how_sure))


def views(asked: Sequence[ViewWords], *, effort: Sequence[Sequence[str]], notes: Sequence[str]) -> None:
    """Each point of view in sentences, and below it its ranks and points as tables."""
    for number, view in enumerate(asked):
        st.subheader(plain(view.title), anchor=False)
        for sentence in view.sentences:
            st.markdown(plain(sentence))
        with st.expander("The same as a table", key=f"view-{number}-table", icon=":material/table:"):
            _rows(view.values, key=f"view-{number}-values")
            st.caption(plain(" ".join(notes)))
            _rows(view.ranks, key=f"view-{number}-ranks")
            st.caption("Ranks: 1 is the highest.")
    if effort:
        with st.expander("Words and effort as a table", key="effort-table", icon=":material/table:"):
            _rows(effort, key="effort-rows")


def _rows(rows: Sequence[Sequence[str]], *, key: str) -> None:
    heads, *body = rows
    st.dataframe(pd.DataFrame(body, columns=list(heads)), hide_index=True, key=key)
