"""Trust on the screen: findings with a question to ask, what matters most, and the same as tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import pandas as pd
import streamlit as st

from xsector.model.phrases import counted
from xsector.ui.text import plain


class TrustFinding(Protocol):
    """One finding: what to say, what to ask, and how sure it is."""

    @property
    def text(self) -> str: ...
    @property
    def ask(self) -> str: ...
    @property
    def how_sure(self) -> str: ...


def findings(found: Sequence[TrustFinding]) -> None:
    """Say what was found, each with a question for the room."""
    st.subheader("Worth a talk" if found else "Nothing stands out for sure", anchor=False)
    for one in found:
        with st.container(border=True, gap="xxsmall"):
            st.markdown(f"**{plain(one.text)}**")
            st.markdown(plain(f"Ask: {one.ask}"))
            if one.how_sure:
                st.caption(plain(one.how_sure))


def matters(found: Sequence[tuple[str, int]]) -> None:
    """What matters most in a partner."""
    if found:
        st.subheader("What matters most in a partner", anchor=False)
        st.markdown(plain("; ".join(f"{text}: {counted(people, 'person', 'people')}" for text, people in found) + "."))


def note(sentences: str) -> None:
    """What a picture leaves out, below it."""
    st.caption(plain(sentences))


def table(rows: Sequence[Sequence[str]], *, name: str, key: str) -> None:
    """The same as rows of words and numbers; nothing where there are none."""
    if not rows:
        return
    heads, *body = rows
    with st.expander(name, key=f"{key}-table", icon=":material/table:"):
        st.dataframe(pd.DataFrame(body, columns=list(heads)), hide_index=True, height="content", key=f"{key}-rows")
