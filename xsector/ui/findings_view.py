"""Findings of a module on the screen: what needs talk first, each with what it rests on, and tables of the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd
import streamlit as st

from xsector.ui.text import plain


def finding(title: str, *, sentences: Iterable[str], small: Iterable[str]) -> None:
    """One finding in a frame: its title, what it says, and in small print how sure it is."""
    with st.container(border=True, gap="xxsmall"):
        st.markdown(f"**{plain(title)}**")
        told = " ".join(one for one in sentences if one)
        if told:
            st.markdown(plain(told))
        print_ = " ".join(one for one in small if one)
        if print_:
            st.caption(plain(print_))


def table(rows: Sequence[Sequence[str]], *, key: str, label: str, note: str = "") -> None:
    """Rows of words and numbers, heads first, folded away; nothing without rows."""
    if not rows:
        return
    heads, *body = rows
    with st.expander(label, key=f"{key}-table", icon=":material/table:"):
        st.dataframe(pd.DataFrame(body, columns=list(heads)), hide_index=True, key=f"{key}-rows")
        if note:
            st.caption(plain(note))
