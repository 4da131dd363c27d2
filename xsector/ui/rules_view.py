"""Ground rules on the facilitator's page: typed, kept with the round, put on the wall one at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from xsector.model.cards import LONGEST_RULE, RULE_BEGINS, Pile, Rule
from xsector.ui import confirm
from xsector.ui.attempts import attempt, doing
from xsector.ui.text import plain

_NONE = 0
_TEXT = "rule-text"
_BEGINS = f"{RULE_BEGINS} …"


def writing_rules(piles: Sequence[Pile], *, add: Callable[[str, int | None], object]) -> None:
    """Turn a card into a rule; *piles* are those to choose from, the most important first."""
    st.subheader("Rules for ourselves", anchor=False)
    st.caption("Ask the room: what will we do, so that this doesn't happen here? Type what they agree on.")
    texts = {pile.head.place: _named(pile) for pile in piles}
    with st.container(border=True, key="rule-new"):
        place = st.selectbox(
            "It answers the card", [*texts, _NONE], key="rule-card",
            format_func=lambda one: texts.get(one, "None of the cards"),
        )  # fmt: skip
        with st.form("rule-form", border=False):
            st.text_input(_BEGINS, key=_TEXT, max_chars=LONGEST_RULE)
            st.form_submit_button("Keep this rule", key="rule-add", type="primary", on_click=_add, args=(place, add))


def _named(pile: Pile) -> str:
    dots = f" ({pile.head.dots} dots)" if pile.head.dots else ""
    return f"{pile.head.text}{dots}"


def _add(place: int, add: Callable[[str, int | None], object]) -> None:
    text = st.session_state[_TEXT]
    if text.strip() and attempt(lambda: add(text, place or None), said="Kept"):
        st.session_state[_TEXT] = ""


def kept_rules(
    rules: Sequence[Rule], *, on_wall: int | None, show: Callable[[int], object],
    word: Callable[[int, str], object], delete: Callable[[int], object],
) -> None:  # fmt: skip
    """Every rule with its buttons; *on_wall* is the place from 0 of the one that the wall shows."""
    for at, rule in enumerate(rules):
        with st.container(border=True, key=f"rule-{rule.number}", gap="xsmall"):
            st.markdown(plain(rule.sentence))
            if rule.because:
                st.caption(plain(f"Card: “{rule.because}”"))
            with st.container(horizontal=True, vertical_alignment="center"):
                if on_wall == at:
                    st.markdown(":material/cast: On the wall now")
                else:
                    st.button("Show on the wall", key=f"rule-show-{rule.number}", on_click=doing(partial(show, at)))
                _change(rule, word=word)
                if st.button("Delete…", key=f"rule-delete-{rule.number}", type="tertiary"):
                    confirm.ask(
                        "Delete this rule?",
                        words=(rule.sentence, "It is deleted for good."),
                        label="Delete",
                        act=partial(delete, rule.number),
                        said="Deleted",
                    )


def _change(rule: Rule, *, word: Callable[[int, str], object]) -> None:
    key = f"rule-words-{rule.number}-{rule.text}"

    def save() -> None:
        attempt(lambda: word(rule.number, st.session_state[key]))

    with st.popover("Reword", key=f"rule-reword-{rule.number}"):
        st.text_input(_BEGINS, value=rule.text, key=key, max_chars=LONGEST_RULE, on_change=save)
