"""The partner's form from the promise to the receipt, one screen of questions at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import streamlit as st

from xsector.model.mirror import Mirror
from xsector.model.modules.kinds import Module
from xsector.model.own_trust import OwnTrust
from xsector.model.phrases import counted as counted_words
from xsector.model.round import State
from xsector.ui import clock, finishing, messages, opening
from xsector.ui.answering import Savers, questions
from xsector.ui.attempts import attempt, doing, show_problem
from xsector.ui.comments import comment_box
from xsector.ui.form_parts import FormPart, OwnForm, counted, first_open, form_parts, takes_answers
from xsector.ui.parts import part as browser_part
from xsector.ui.tables import table
from xsector.ui.text import plain

PLACE: Final = "form_place"


@dataclass(frozen=True, slots=True, kw_only=True)
class Doors:
    """What the form asks of the server; each call checks anew who is asking."""

    read: Callable[[], OwnForm]
    reread: Callable[[Any], OwnForm]
    """A form with what is saved now (Any: it takes what *read* gave)."""
    shown: Callable[[], Sequence[opening.Shown]]
    """What has been shown of the partner's group."""
    mirror: Callable[[], Mirror | None]
    """The partner's answers beside those of others; None before the reveal."""
    trust: Callable[[], OwnTrust | None]
    """How others rate the partner's organisation; None where there is nothing for them."""
    stand_of: opening.StandOf
    sector: str
    organisation: str
    organisation_id: int
    begin: Callable[[bool], int]
    """Takes whether the partner's organisation may be named; gives the number of answers that are there already."""
    finish: Callable[[], object]
    savers: Savers


@st.fragment
def show(doors: Doors) -> None:
    """Show the form where the partner stands: the promise, the questions, or what became of them."""
    form = doors.read()
    if takes_answers(form) and form.started:
        _screen(doors, form=form)
        return
    show_problem()
    if form.round.state is State.OPEN and form.finished_before:
        opening.finished_before(form)
    elif form.round.state is State.OPEN and not form.sealed:
        opening.promised(form, begin=partial(_begin, doors))
    else:
        opening.not_open(
            form,
            shown=doors.shown(),
            mirror=doors.mirror(),
            trust=doors.trust(),
            stand_of=doors.stand_of,
            begin=partial(_begin, doors),
        )


def _begin(doors: Doors) -> None:
    def begin() -> None:
        if filled := doors.begin(bool(st.session_state.get(opening.AGREES))):
            messages.toast_later(
                f"{counted_words(filled, 'answer', 'answers')} from last time could not be counted then and "
                "stand here again. Change what has changed."
            )

    attempt(begin)


def _screen(doors: Doors, *, form: OwnForm) -> None:
    parts = form_parts(form.instrument, sector=doors.sector, organisation=doors.organisation_id)
    place = _place(parts, form=form)
    # Links carry the section so that a refresh stays where it was; it is no secret and no answer.
    st.query_params["s"] = str(place + 1)
    with st.container(key="form-progress", gap=None):
        browser_part("top")(key="form-top", data={"place": _heard(parts, place=place)})
        _progress(form, parts=parts, place=place)
    show_problem()
    opening.late_note(form)
    if place == len(parts):
        finishing.finish_page(form, parts=parts, go=_go, finish=doing(doors.finish))
    else:
        _questions(parts[place], form=form, doors=doors)
    _steps(place, parts=parts)


def _questions(part: FormPart, *, form: OwnForm, doors: Doors) -> None:
    st.markdown(f"### {plain(part.title)}\n\n{plain(part.intro)}")
    if part.is_table:
        place = st.session_state[PLACE]
        table(
            part,
            form=form,
            reread=lambda: doors.reread(form),
            savers=doors.savers,
            own=doors.organisation,
            turned=lambda: st.session_state[PLACE] != place,
        )
        return
    questions(part, form=form, reread=lambda: doors.reread(form), savers=doors.savers)
    if part.module != Module.GUESSES:
        comment_box(part, fresh=[form], reread=lambda: doors.reread(form), savers=doors.savers)


def _progress(form: OwnForm, *, parts: tuple[FormPart, ...], place: int) -> None:
    """The bar on top; it moves when the page is turned."""
    done, every = counted(parts, form=form)
    where = f"section {place + 1} of {len(parts)}" if place < len(parts) else "last page"
    saved = f" · saved {clock.told(form.saved_at)}" if form.saved_at else ""
    st.progress(done / max(every, 1), text=f"{done} of {every} answered · {where}{saved}")


def _heard(parts: tuple[FormPart, ...], *, place: int) -> str:
    if place == len(parts):
        return "Last page: what is left, and finish"
    return f"Section {place + 1} of {len(parts)}: {parts[place].title}"


def _steps(place: int, *, parts: tuple[FormPart, ...]) -> None:
    last = place == len(parts)
    with st.container(horizontal=True, horizontal_alignment="distribute", key="form-steps"):
        st.button(
            "Back", key="form-back", icon=":material/arrow_back:", on_click=_go, args=(place - 1,), disabled=place == 0
        )
        if not last:
            label = "Next" if place + 1 < len(parts) else "To the last page"
            st.button(label, key="form-next", type="primary", on_click=_go, args=(place + 1,))
    if place == 0:
        st.caption(
            "Each tap is saved at once; the bar on top moves with the section. To skip a question, leave it; to take "
            "an answer back, tap it again."
        )


def _place(parts: tuple[FormPart, ...], *, form: OwnForm) -> int:
    if PLACE not in st.session_state:
        wanted = st.query_params.get("s", "")
        st.session_state[PLACE] = int(wanted) - 1 if wanted.isdecimal() and len(wanted) < 4 else None
    if st.session_state[PLACE] is None:
        # Kept, or the last answer of a screen would turn the page under the partner's finger.
        st.session_state[PLACE] = first_open(parts, form=form)
    return max(0, min(int(st.session_state[PLACE]), len(parts)))


def _go(place: int) -> None:
    st.session_state[PLACE] = place
