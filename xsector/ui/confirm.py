"""The question before something is lost or can't be undone."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from xsector.ui.attempts import attempt
from xsector.ui.text import plain


def ask(title: str, *, words: Sequence[str], label: str, act: Callable[[], object], said: str = "") -> None:
    """Open a dialog with *words*; its button *label* runs *act*, and *said* is the remark when it is done."""

    @st.dialog(title)
    def dialog() -> None:
        for paragraph in words:
            st.markdown(plain(paragraph))
        with st.container(horizontal=True):
            if st.button(label, key="confirm-yes", type="primary", on_click=_act, args=(act, said)):
                st.rerun()
            if st.button("Cancel", key="confirm-no"):
                st.rerun()

    dialog()


def _act(act: Callable[[], object], said: str) -> None:
    attempt(act, said=said)
