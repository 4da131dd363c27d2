"""The last page of a partner's form: what is left, the finish button, the receipt."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from xsector.model.phrases import counted
from xsector.ui.form_parts import FormPart, OwnForm, open_questions
from xsector.ui.opening import receipt, take_away
from xsector.ui.text import plain


def finish_page(
    form: OwnForm, *, parts: tuple[FormPart, ...], go: Callable[[int], None], finish: Callable[[], None]
) -> None:
    """Say what has no answer yet with a way back to it, and let the partner finish."""
    st.subheader("Thank you: it is done" if form.submitted else "Almost done", anchor=False)
    if form.submitted:
        receipt(form)
        st.markdown("You can change answers until they are counted. Each change is saved at once.")
        take_away(form)
    _left(form, parts=parts, go=go)
    if not form.submitted:
        st.markdown("Only what you finish is counted. You can still change answers afterwards, until they are.")
        st.button("Finish", key="form-finish", type="primary", icon=":material/check:", on_click=finish)


def _left(form: OwnForm, *, parts: tuple[FormPart, ...], go: Callable[[int], None]) -> None:
    left = [(place, part, open_questions(part, form=form)) for place, part in enumerate(parts)]
    left = [entry for entry in left if entry[2]]
    if not left:
        st.success("All questions are answered.", icon=":material/check_circle:")
        return
    st.markdown("Not answered yet. You may leave any question out.")
    with st.container(key="form-left", gap="xxsmall"):
        for place, part, count in left:
            label = f"{part.title} · {counted(count, 'question', 'questions')}"
            st.button(
                plain(label),
                key=f"form-left-{place}",
                type="tertiary",
                icon=":material/arrow_forward:",
                on_click=go,
                args=(place,),
            )
