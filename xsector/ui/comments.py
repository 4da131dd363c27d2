"""A comment on one of the questions of a screen, with its author's consent to read it out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from xsector.actions.answering import LONGEST_COMMENT
from xsector.model.instrument import Item, Kind
from xsector.ui.answering import CONSENT, Savers, said_of_words
from xsector.ui.attempts import attempt, follow, problem_waits
from xsector.ui.form_parts import FormPart, OwnForm


@st.fragment
def comment_box(part: FormPart, *, fresh: list[OwnForm], reread: Callable[[], OwnForm], savers: Savers) -> None:
    """Let a partner comment on a question of *part*; nothing is drawn inside until it is opened.

    *fresh* holds the form that the screen has just read, for the first time of drawing.
    """
    items = tuple(item for item in part.items if item.kind is not Kind.TEXT)
    if not items:
        return
    if not fresh and problem_waits():
        st.rerun()  # the round may be closed: the whole page says what became of it
    form = fresh.pop() if fresh else reread()
    # The label never changes: with another one the box would close while somebody writes in it.
    box = st.expander(
        "Comment on a question", key=f"comments-{form.round.id}-{part.first}", icon=":material/chat:", on_change="rerun"
    )
    if box.open:
        with box:
            _editor(items, part=part, form=form, savers=savers)


def _editor(items: tuple[Item, ...], *, part: FormPart, form: OwnForm, savers: Savers) -> None:
    numbers = {item.code: number for number, item in enumerate(part.items, start=part.first)}
    texts = {item.code: item.text for item in items}
    code = st.selectbox(
        "About which question?",
        list(texts),
        format_func=lambda code: f"{numbers[code]}. {texts[code]}",
        key=f"about-{form.round.id}-{part.first}",
    )
    text, may_show = form.comments.get(code, ("", False))
    keys = (f"comment-{form.round.id}-{code}", f"consent-{form.round.id}-{code}")
    for key, saved in zip(keys, (text, may_show), strict=True):
        follow(key, saved)
    saving: Any = {"on_change": _save, "args": (code, keys, savers)}  # Any: arguments of several kinds
    st.text_area("Your comment", key=keys[0], max_chars=LONGEST_COMMENT, height=90, **saving)
    st.checkbox(CONSENT, key=keys[1], disabled=not text, **saving)
    st.caption(said_of_words(text, may_show=may_show))


def _save(code: str, keys: tuple[str, str], savers: Savers) -> None:
    text, may_show = st.session_state[keys[0]], st.session_state[keys[1]]
    attempt(lambda: savers.comment(code, text, may_show))
