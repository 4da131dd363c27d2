"""Comments on the facilitator's page: read first, then let through to the room one by one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

import streamlit as st

from xsector.model.phrases import counted
from xsector.model.released import Word
from xsector.model.words import FEWEST_WORDS
from xsector.ui import confirm
from xsector.ui.attempts import doing, follow
from xsector.ui.text import plain


class QuestionWords(Protocol):
    """All that was written about one question."""

    @property
    def code(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def words(self) -> Sequence[Word]: ...
    @property
    def for_room(self) -> bool: ...
    @property
    def let_through(self) -> Sequence[Word]: ...


def none_yet() -> None:
    """That nobody's words may be read, and why."""
    with st.container(border=True, key="no-words"):
        st.markdown("No comments can be read.")
        st.caption(
            f"Comments on a question are opened once at least {FEWEST_WORDS:d} people whose answers are shown have "
            "written one, so that nobody is known by being one of a few."
        )


def choose_question(found: Sequence[QuestionWords]) -> QuestionWords:
    """One of the questions that people wrote about."""
    by_code = {one.code: one for one in found}
    code = st.selectbox(
        "Question",
        list(by_code),
        format_func=lambda code: f"{by_code[code].text} ({len(by_code[code].words)})",
        key="words-question",
    )
    return by_code[code]


def to_read(question: QuestionWords, *, let: Callable[[Word, bool], object], delete: Callable[[Word], object]) -> None:
    """Every comment on *question*, each with its switch for the room."""
    agreed = sum(word.may_show for word in question.words)
    st.caption(
        plain(
            f"{counted(len(question.words), 'comment', 'comments')} in an order that says nothing; "
            f"{agreed} of their authors agree that the room sees theirs."
        )
    )
    if not question.for_room:
        st.info(
            f"Fewer than {FEWEST_WORDS:d} agreed, so none of these can go on the wall.",
            icon=":material/visibility_off:",
        )
    for word in question.words:
        _one(word, for_room=question.for_room, let=let, delete=delete)


def _one(word: Word, *, for_room: bool, let: Callable[[Word, bool], object], delete: Callable[[Word], object]) -> None:
    # Not the release: a key is in the page, and would tell which comments came with later answers.
    mark = f"{word.item}-{word.place}"
    with st.container(border=True, key=f"word-{mark}", gap="xxsmall"):
        st.markdown(plain(word.text))
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            if for_room and word.may_show:
                key = f"word-shown-{mark}"
                follow(key, word.let_through)
                st.toggle("For the room", key=key, on_change=doing(lambda: let(word, st.session_state[key])))
            elif word.may_show:
                st.caption("Its author agrees, but too few do.")
            else:
                st.caption("For your eyes only: its author did not agree to more.")
            if st.button("Delete…", key=f"word-delete-{mark}", type="tertiary"):
                confirm.ask(
                    "Delete this comment?",
                    words=(word.text, "It is deleted for good. Nobody can bring it back."),
                    label="Delete",
                    act=lambda: delete(word),
                    said="Deleted",
                )


def on_wall(question: QuestionWords, *, pages: int, page: int | None, show: Callable[..., object], dark: bool) -> None:
    """Put the comments that were let through on the wall, a page at a time; *page* is the one there now."""
    many = len(question.let_through)
    if not many:
        return
    st.caption(plain(f"{counted(many, 'comment is', 'comments are')} ready for the room."))

    def put(number: int) -> Callable[[], None]:
        return doing(lambda: show(view="words", item=question.code, dark=dark, page=number))

    with st.container(horizontal=True, vertical_alignment="center", key="words-on-wall"):
        if page is None:
            st.button("Show them on the wall", key="words-show", type="primary", on_click=put(0))
            return
        st.markdown(f"On the wall now: page {min(page, pages - 1) + 1:d} of {pages:d}")
        if pages < 2:
            return
        st.button("Back", key="words-back", disabled=page <= 0, on_click=put(page - 1))
        st.button("Next", key="words-next", disabled=page + 1 >= pages, on_click=put(page + 1))
