"""The questionnaire of a round, section by section, with what a convener may change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from xsector.model import editing
from xsector.model.file_shapes import LONGEST_SHORT, LONGEST_TEXT
from xsector.model.instrument import Instrument, Item, Kind, Section
from xsector.model.phrases import counted
from xsector.ui.attempts import attempt, follow
from xsector.ui.text import plain
from xsector.ui.words import faint

Change = Callable[[Callable[[Instrument], Instrument]], object]
KINDS = {Kind.RATING: "scale", Kind.CHOICE: "one of several", Kind.CHOICES: "several", Kind.TEXT: "own words"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Editor:
    """A round's questions, whether they may be changed, and what changes them."""

    instrument: Instrument
    locked: bool
    change: Change


def question_list(editor: Editor) -> None:
    """Show one section at a time, its questions with a switch each, and what can be added."""
    instrument = editor.instrument
    asked = sum(1 for _ in instrument.items())
    length = f"{counted(asked, 'question', 'questions')}, about {counted(instrument.minutes, 'minute', 'minutes')}"
    st.markdown(plain(f"{instrument.title}: {length}."))
    if editor.locked:
        st.info(
            "Partners have started to answer, so the questions can't be changed now. You can still read them.",
            icon=":material/lock:",
        )
    titles = {section.code: section.title for section in instrument.sections if not section.module}
    if st.session_state.get("section") not in titles:
        st.session_state["section"] = next(iter(titles))
    code = st.pills("Section", list(titles), format_func=lambda code: plain(titles[code]), key="section", required=True)
    section = next(section for section in instrument.sections if section.code == code)
    if section.intro:
        st.caption(plain(section.intro))
    for item in section.items:
        _line(item, editor=editor)
    if not editor.locked:
        _own_question(section, editor=editor)
        _bank(editor)


def _line(item: Item, *, editor: Editor) -> None:
    box = st.container(border=True, key=f"item-{item.code}")
    with box, st.container(horizontal=True, vertical_alignment="top", wrap=False):
        key = f"asked-{item.code}"
        follow(key, item.asked)
        st.toggle(
            f"Ask {plain(item.code)}",
            key=key,
            label_visibility="collapsed",
            disabled=editor.locked,
            width=48,
            on_change=_switch,
            args=(item.code, key, editor.change),
        )
        with st.container(gap="xxsmall"):
            st.markdown(plain(item.text) if item.asked else faint(item.text))
            st.caption(plain(_about(item)))
        if not editor.locked:
            _rewording(item, editor=editor)


def _switch(code: str, key: str, change: Change) -> None:
    asked = st.session_state[key]
    attempt(lambda: change(lambda instrument: editing.with_item_switched(instrument, code, asked=asked)))


def _about(item: Item) -> str:
    levels = f": {' · '.join(item.levels)}" if item.levels else f", at most {item.max_chars} letters"
    notes = [KINDS.get(item.kind, item.kind.value) + levels]
    if item.sensitive:
        notes.append("sensitive: told only roughly where nearly all of a group agree")
    if item.source:
        notes.append(f"idea: {item.source}")
    return f"{item.code} · " + " · ".join(notes)


def _rewording(item: Item, *, editor: Editor) -> None:
    box = st.popover("Reword", key=f"reword-{item.code}", icon=":material/edit:", type="tertiary", on_change="rerun")
    if not box.open:
        return
    with box, st.form(f"reword-form-{item.code}", border=False):
        text, short = f"text-{item.code}", f"short-{item.code}"
        st.text_area("The question", value=item.text, key=text, max_chars=LONGEST_TEXT, height=90)
        st.text_input("In short, for charts", value=item.short, key=short, max_chars=LONGEST_SHORT)
        st.caption(
            "Keep the meaning: rounds are compared by this question. For a new meaning, switch it off and add your own."
        )
        st.form_submit_button(
            "Save", key=f"reword-save-{item.code}", on_click=_reword, args=(item.code, text, short, editor.change)
        )
        if item.own:
            st.form_submit_button(
                "Remove this question", key=f"own-remove-{item.code}", on_click=_remove, args=(item.code, editor.change)
            )


def _reword(code: str, text: str, short: str, change: Change) -> None:
    words = {"text": st.session_state[text], "short": st.session_state[short]}
    attempt(lambda: change(lambda instrument: editing.with_item_reworded(instrument, code, **words)), said="Saved")


def _remove(code: str, change: Change) -> None:
    attempt(lambda: change(lambda instrument: editing.without_own_item(instrument, code)), said="Removed")


def _own_question(section: Section, *, editor: Editor) -> None:
    scales = _scales(editor.instrument)
    box = st.expander("A question of your own in this section", key="own", icon=":material/add:")
    with box, st.form("own-form", border=False, clear_on_submit=True):
        st.text_area("The question, as a statement", key="own-text", max_chars=LONGEST_TEXT, height=80)
        st.selectbox("Answers", list(scales), format_func=lambda levels: " · ".join(levels), key="own-levels")
        if any(item.sensitive for item in section.items):
            st.caption("This section holds sensitive questions, so yours is told only roughly too.")
        else:
            st.checkbox(
                "About trust: told only roughly",
                key="own-sensitive",
                help="Tick this where people speak of each other. Where nearly all of a group agree, only “at least so "
                "many” is kept. Without the tick every count is shown.",
            )
        st.form_submit_button("Add", key="own-add", on_click=_add_own, args=(section.code, editor.change))


def _add_own(section: str, change: Change) -> None:
    words = {"text": st.session_state["own-text"], "levels": st.session_state["own-levels"]}
    # There is no box in a section that makes all its questions sensitive.
    sensitive = st.session_state.get("own-sensitive", False)
    attempt(
        lambda: change(lambda instrument: editing.with_own_item(instrument, section, sensitive=sensitive, **words)),
        said="Added",
    )


def _scales(instrument: Instrument) -> dict[tuple[str, ...], None]:
    items = [item for section in instrument.sections for item in section.items] + list(instrument.bank)
    return dict.fromkeys(item.levels for item in items if item.kind is Kind.RATING)


def _bank(editor: Editor) -> None:
    bank = {item.code: item.text for item in editor.instrument.bank}
    if not bank:
        return
    with st.expander(f"More questions to choose from ({len(bank)})", key="bank", icon=":material/library_add:"):
        code = st.selectbox("Question", list(bank), format_func=lambda code: bank[code], key="bank-item")
        st.button("Ask this one", key="bank-add", on_click=_add_banked, args=(code, editor.change))


def _add_banked(code: str, change: Change) -> None:
    attempt(lambda: change(lambda instrument: editing.with_bank_item(instrument, code)), said="Added")
