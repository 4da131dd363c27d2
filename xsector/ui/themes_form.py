"""Themes of cards and their keywords: rename, add, merge."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from xsector.model.cards import LONGEST_THEME, MOST_THEMES, Theme
from xsector.ui import confirm
from xsector.ui.attempts import attempt


def themes_form(
    themes: Sequence[Theme], *, word: Callable[[int, str, list[str]], object], add: Callable[[str], object],
    merge: Callable[[int, int], object],
) -> None:  # fmt: skip
    """Let a facilitator change the themes; nothing is drawn inside until it is opened."""
    box = st.expander("Themes and keywords", key="cards-themes", icon=":material/label:", on_change="rerun")
    if not box.open:
        return
    with box:
        st.caption(
            "A card that holds one of the keywords is offered to that theme. Separate keywords by commas. A keyword of "
            "four letters or more also finds longer words that begin with it."
        )
        for theme in themes:
            _one(theme, word=word)
        if len(themes) < MOST_THEMES:
            _new(add)
        if len(themes) > 1:
            _merging(themes, merge=merge)


def _one(theme: Theme, *, word: Callable[[int, str, list[str]], object]) -> None:
    # What is saved is in the keys: a refused change then leaves what was typed, and a saved one begins anew.
    label_key = f"theme-label-{theme.number}-{theme.label}"
    words_key = f"theme-words-{theme.number}-{len(theme.keywords)}"

    def save() -> None:
        label, words = st.session_state[label_key], st.session_state[words_key]
        attempt(lambda: word(theme.number, label, [one.strip() for one in words.split(",") if one.strip()]))

    with st.container(horizontal=True, key=f"theme-{theme.number}"):
        st.text_input("Theme", value=theme.label, key=label_key, max_chars=LONGEST_THEME, on_change=save, width=220)
        st.text_area("Keywords", value=", ".join(theme.keywords), key=words_key, on_change=save, height=68)


def _new(add: Callable[[str], object]) -> None:
    def save() -> None:
        if st.session_state["theme-new"].strip() and attempt(lambda: add(st.session_state["theme-new"])):
            st.session_state["theme-new"] = ""

    with st.form("theme-new-form", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input("One more theme", key="theme-new", max_chars=LONGEST_THEME, width=220)
        st.form_submit_button("Add it", key="theme-add", on_click=save)


def _merging(themes: Sequence[Theme], *, merge: Callable[[int, int], object]) -> None:
    names = {theme.number: theme.label for theme in themes}
    with st.container(horizontal=True, vertical_alignment="bottom", key="themes-merge"):
        gone = st.selectbox("Merge", list(names), format_func=names.__getitem__, key="theme-gone", width=220)
        others = [number for number in names if number != gone]
        into = st.selectbox("into", others, format_func=names.__getitem__, key="theme-into", width=220)
        if st.button("Merge…", key="theme-merge"):
            confirm.ask(
                "Merge these two themes?",
                words=(
                    f"All cards under “{names[gone]}” go under “{names[into]}”, which takes its keywords too.",
                    f"“{names[gone]}” is then gone as a theme.",
                ),
                label="Merge",
                act=lambda: merge(gone, into),
                said="Merged",
            )
