"""Who does what, on the screen: jobs that need talk with words, the rest below, and the same as a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import pandas as pd
import streamlit as st

from xsector.ui.text import plain


class JobWords(Protocol):
    """One job: its name, what was found, whom that rests on, and how sure it is."""

    @property
    def text(self) -> str: ...
    @property
    def found(self) -> str: ...
    @property
    def based_on(self) -> str: ...
    @property
    def how_sure(self) -> str: ...
    @property
    def is_urgent(self) -> bool: ...


def jobs(found: Sequence[JobWords], *, overloads: Sequence[str]) -> None:
    """Say what was found about each job, those that need talk first."""
    urgent, calm = [job for job in found if job.is_urgent], [job for job in found if not job.is_urgent]
    if urgent or overloads:
        st.subheader("Worth a talk", anchor=False)
    for job in urgent:
        _job(job)
    for sentence in overloads:
        with st.container(border=True):
            st.markdown(plain(sentence))
    if calm:
        st.subheader("The other jobs", anchor=False)
        for job in calm:
            _job(job)


def _job(job: JobWords) -> None:
    with st.container(border=True, gap="xxsmall"):
        st.markdown(f"**{plain(job.text)}**")
        st.markdown(plain(job.found))
        st.caption(plain(" ".join(one for one in (job.based_on, job.how_sure) if one)))


def table(rows: Sequence[Sequence[str]], *, note: str) -> None:
    """The same as rows of words and numbers."""
    heads, *body = rows
    with st.expander("The same as a table", key="module-table", icon=":material/table:"):
        st.dataframe(pd.DataFrame(body, columns=list(heads)), hide_index=True, key="module-rows")
        st.caption(plain(note))
