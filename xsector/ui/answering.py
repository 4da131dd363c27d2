"""One question on the screen: a row of answers, a list to tick, or a box to write in.

Each question is a fragment of its own, so that a tap draws one question and not the screen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import streamlit as st

from xsector.model.instrument import Item, Kind
from xsector.model.sheet import Answer, Mark, Seen
from xsector.ui import clock
from xsector.ui.attempts import attempt, follow, problem_waits
from xsector.ui.form_parts import FormPart, OwnForm
from xsector.ui.text import plain

UNSAVED: Final = "form_unsaved"
CONSENT: Final = "The room may see this in the meeting, without my name"
ROW_LETTERS: Final = 72
"""Answers with more letters than this together stand below each other."""
ABOUT_TRUST: Final = " :gray[· about trust]"
"""Behind a question that is told only roughly: the promise speaks of such a mark."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Savers:
    """What happens when somebody answers; each runs to its commit before anything is drawn."""

    answers: Callable[[dict[str, Answer], Seen | None], Seen]
    text: Callable[[str, str, bool], None]
    comment: Callable[[str, str, bool], None]


@dataclass(slots=True)
class _Desk:
    """What all questions of a screen know together: the marks as they were read or saved last."""

    seen: Seen | None


@dataclass(slots=True, kw_only=True)
class _Question:
    """One question on the screen, and what it knows for its next drawing without asking."""

    item: Item
    number: int
    key: str
    savers: Savers
    desk: _Desk
    reread: Callable[[], OwnForm]
    form: OwnForm | None
    """What the screen has just read; only for the first drawing."""
    saved_at: datetime | None = None
    """When the change was saved that the next drawing follows."""


def questions(part: FormPart, *, form: OwnForm, reread: Callable[[], OwnForm], savers: Savers) -> None:
    """Ask everything on the screen *part*; *reread* gives *form* with what is saved now."""
    desk = _Desk(form.seen)
    for number, item in enumerate(part.items, start=part.first):
        key = f"answer-{form.round.id}-{item.code}{shape_of(item)}"
        _question(_Question(item=item, number=number, key=key, savers=savers, desk=desk, reread=reread, form=form))


@st.fragment
def _question(question: _Question) -> None:
    """Ask, with the answer that is saved; a change is saved at once."""
    form, saved_at = question.form, question.saved_at
    question.form = question.saved_at = None
    label = plain(f"{question.number}. {question.item.text}") + (ABOUT_TRUST if question.item.sensitive else "")
    if saved_at is not None:
        # In the label: an element of its own would cost as much as the question.
        label += f" :gray[✓ saved {clock.told(saved_at)}]"
    else:
        if form is None and problem_waits():
            st.rerun()  # the round may be closed: the whole page says what became of it
        _follow_saved(question, form=form or question.reread())
    _ASKED_AS.get(question.item.kind, _chosen)(question, label)


def _follow_saved(question: _Question, *, form: OwnForm) -> None:
    item, key = question.item, question.key
    answer = form.answers.get(item.code)
    if item.kind is Kind.CHOICES:
        follow(key, sorted(answer) if isinstance(answer, frozenset) else [] if answer is None else [int(answer)])
    elif item.kind is not Kind.TEXT:
        follow(key, int(answer) if isinstance(answer, int) else None)
    elif key not in st.session_state.get(UNSAVED, ()):
        text, may_show = form.texts.get(item.code, ("", False))
        follow(key, text)
        follow(_consent_key(key), may_show)


def _save(question: _Question, change: Callable[[], None]) -> bool:
    """Make *change* in a callback; its drawing then says when that was."""
    done = attempt(change)
    question.saved_at = clock.now() if done else None
    return done


def _save_answer(question: _Question, answer: Answer) -> bool:
    def change() -> None:
        question.desk.seen = question.savers.answers({question.item.code: answer}, question.desk.seen)

    return _save(question, change)


def _chosen(question: _Question, label: str) -> None:
    labels = labels_of(question.item)
    st.segmented_control(
        label,
        list(labels),
        format_func=labels.__getitem__,
        key=question.key,
        on_change=_save_chosen,
        args=(question,),
        width="stretch",
        wrap=True,
    )


def _save_chosen(question: _Question) -> None:
    value = st.session_state[question.key]
    answer: Answer = Mark.SKIPPED if value is None else Mark(value) if value > 250 else value
    _save_answer(question, answer)


def _ticked(question: _Question, label: str) -> None:
    labels = labels_of(question.item)
    st.pills(
        label,
        list(labels),
        selection_mode="multi",
        format_func=labels.__getitem__,
        key=question.key,
        on_change=_save_ticked,
        args=(question, tuple(st.session_state[question.key])),
    )


def _save_ticked(question: _Question, before: tuple[int, ...]) -> None:
    ticked = set(st.session_state[question.key])
    marks = {place for place in ticked if place > 250}
    options = ticked - marks
    fresh = marks - set(before)
    # A mark and an option exclude each other: the newer tap wins.
    if marks and (fresh or not options):
        options = {max(fresh or marks)}
        answer: Answer = Mark(max(options))
    else:
        answer = frozenset(options) if options else Mark.SKIPPED
    if _save_answer(question, answer):
        st.session_state[question.key] = sorted(options)


def _written(question: _Question, label: str) -> None:
    saving: Any = {"on_change": _save_written, "args": (question,)}  # Any: arguments of several kinds
    text = st.text_area(
        label,
        key=question.key,
        max_chars=question.item.max_chars,
        height=90,
        placeholder="In your own words",
        **saving,
    )
    may_show = st.checkbox(CONSENT, key=_consent_key(question.key), disabled=not text, **saving)
    st.caption(said_of_words(text, may_show=may_show))


def said_of_words(text: str, *, may_show: bool) -> str:
    """What becomes of a text: as the room would see it, or who reads it without its author's consent."""
    if text.strip() and may_show:
        return plain(f"In the meeting: “{text}”")
    return "Without your consent only the facilitator reads it. People may know you by what you say."


def _consent_key(key: str) -> str:
    return f"{key}-consent"


def _save_written(question: _Question) -> None:
    key = question.key
    unsaved = st.session_state.get(UNSAVED, frozenset())
    text, may_show = st.session_state[key], st.session_state[_consent_key(key)]
    done = _save(question, lambda: question.savers.text(question.item.code, text, may_show))
    # What could not be saved stays in its box, so that it can be mended there.
    st.session_state[UNSAVED] = unsaved - {key} if done else unsaved | {key}


_ASKED_AS: Final[Mapping[Kind, Callable[[_Question, str], None]]] = {Kind.CHOICES: _ticked, Kind.TEXT: _written}
"""Every other kind is a row of answers of which one is chosen."""


def labels_of(item: Item) -> dict[int, str]:
    """What can be chosen, with its words made inert: places of levels, and marks."""
    labels = dict(enumerate(item.levels))
    if item.cannot_judge is not None:
        labels[int(Mark.CANNOT_JUDGE)] = item.cannot_judge
    if item.not_applicable is not None:
        labels[int(Mark.NOT_APPLICABLE)] = item.not_applicable
    return {place: plain(label) for place, label in labels.items()}


def shape_of(item: Item) -> str:
    """How the answers are laid out, as the end of the key by which the style sheet knows it."""
    if item.kind in {Kind.TEXT, Kind.CHOICES}:
        return "-ticks" if item.kind is Kind.CHOICES else ""
    across = item.kind is Kind.RATING or (sum(map(len, item.levels)) <= ROW_LETTERS and len(item.levels) <= 5)
    beside = sum(label is not None for label in (item.cannot_judge, item.not_applicable))
    return f"-{'row' if across else 'list'}{len(item.levels)}-beside{beside}"
