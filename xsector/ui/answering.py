"""One question on the screen: a row of answers, a list to tick, or a box to write in.

Each question is a fragment of its own, so that a tap draws one question and not the screen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from itertools import groupby
from typing import Final

import streamlit as st

from xsector.model.instrument import Item, Kind
from xsector.model.sheet import Answer, Mark
from xsector.ui import clock
from xsector.ui.attempts import attempt, follow, problem_waits
from xsector.ui.form_parts import FormPart, OwnForm
from xsector.ui.text import plain

UNSAVED: Final = "form_unsaved"
KEPT: Final = "form_kept"
ROW_LETTERS: Final = 72
"""Answers with more letters than this together stand below each other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Savers:
    """What happens when somebody answers; each runs to its commit before anything is drawn."""

    answers: Callable[[dict[str, Answer]], None]
    text: Callable[[str, str], None]
    comment: Callable[[str, str, bool], None]


def questions(part: FormPart, *, form: OwnForm, reread: Callable[[], OwnForm], savers: Savers) -> None:
    """Ask everything on the screen *part*; *reread* gives *form* with what is saved now."""
    for shape, items in _alike(part):
        # One box around all that look alike: one around each would double what is sent.
        with st.container(key=f"{shape}-from{items[0][0]}") if shape else nullcontext():
            for number, item in items:
                _question(item, number=number, fresh=[form], reread=reread, savers=savers)


def _alike(part: FormPart) -> Iterator[tuple[str, list[tuple[int, Item]]]]:
    numbered = enumerate(part.items, start=part.first)
    return ((shape, list(items)) for shape, items in groupby(numbered, key=lambda entry: _shape(entry[1])))


@st.fragment
def _question(item: Item, *, number: int, fresh: list[OwnForm], reread: Callable[[], OwnForm], savers: Savers) -> None:
    """Ask *item*, with the answer that is saved; a change is saved at once.

    *fresh* holds the form that the screen has just read, for the first time of drawing.
    """
    if not fresh and problem_waits():
        st.rerun()  # the round may be closed: the whole page says what became of it
    form = fresh.pop() if fresh else reread()
    key = f"answer-{form.round.id}-{item.code}"
    saved = _saved(item, form=form)
    label = plain(f"{number}. {item.text}") + _mark(key, form=form)
    if item.kind is Kind.TEXT:
        _written(item, key=key, label=label, saved=saved, savers=savers)
    elif item.kind is Kind.CHOICES:
        _ticked(item, key=key, label=label, saved=saved, savers=savers)
    else:
        _chosen(item, key=key, label=label, saved=saved, savers=savers)


def _saved(item: Item, *, form: OwnForm) -> object:
    """The saved answer to *item* as its widget holds it."""
    if item.kind is Kind.TEXT:
        return form.texts.get(item.code, "")
    answer = form.answers.get(item.code)
    if item.kind is Kind.CHOICES:
        return [int(answer)] if isinstance(answer, Mark) else sorted(answer) if isinstance(answer, frozenset) else []
    return int(answer) if isinstance(answer, int) else None


def _mark(key: str, *, form: OwnForm) -> str:
    """The quiet “saved” after a change, once; *form* was read after the change and is what the page shows."""
    kept: frozenset[str] = st.session_state.get(KEPT, frozenset())
    if key not in kept or form.saved_at is None:
        return ""
    st.session_state[KEPT] = kept - {key}
    # In the label: an element of its own would cost as much as the question.
    return f" :gray[✓ saved {clock.told(form.saved_at)}]"


def _keep(key: str, change: Callable[[], None]) -> bool:
    done = attempt(change)
    if done:
        st.session_state[KEPT] = st.session_state.get(KEPT, frozenset()) | {key}
    return done


def _chosen(item: Item, *, key: str, label: str, saved: object, savers: Savers) -> None:
    labels = _labels(item)
    follow(key, saved)
    st.segmented_control(
        label,
        list(labels),
        format_func=labels.__getitem__,
        key=key,
        on_change=_save_chosen,
        args=(item, key, savers),
        width="stretch",
        wrap=True,
    )


def _save_chosen(item: Item, key: str, savers: Savers) -> None:
    value = st.session_state[key]
    answer: Answer = Mark.SKIPPED if value is None else Mark(value) if value > 250 else value
    _keep(key, lambda: savers.answers({item.code: answer}))


def _ticked(item: Item, *, key: str, label: str, saved: object, savers: Savers) -> None:
    labels = _labels(item)
    follow(key, saved)
    st.pills(
        label,
        list(labels),
        selection_mode="multi",
        format_func=labels.__getitem__,
        key=key,
        on_change=_save_ticked,
        args=(item, key, saved, savers),
    )


def _save_ticked(item: Item, key: str, before: list[int], savers: Savers) -> None:
    ticked = set(st.session_state[key])
    marks = {place for place in ticked if place > 250}
    options = ticked - marks
    fresh = marks - set(before)
    # A mark and an option exclude each other: the newer tap wins.
    if marks and (fresh or not options):
        answer: Answer = Mark(max(fresh or marks))
    else:
        answer = frozenset(options) if options else Mark.SKIPPED
    _keep(key, lambda: savers.answers({item.code: answer}))


def _written(item: Item, *, key: str, label: str, saved: object, savers: Savers) -> None:
    if key not in st.session_state.get(UNSAVED, ()):
        follow(key, saved)
    st.text_area(
        label,
        key=key,
        max_chars=item.max_chars,
        height=90,
        on_change=_save_written,
        args=(item, key, savers),
        placeholder="In your own words",
    )


def _save_written(item: Item, key: str, savers: Savers) -> None:
    unsaved = st.session_state.get(UNSAVED, frozenset())
    done = _keep(key, lambda: savers.text(item.code, st.session_state[key]))
    # What could not be saved stays in its box, so that it can be mended there.
    st.session_state[UNSAVED] = unsaved - {key} if done else unsaved | {key}


def _labels(item: Item) -> dict[int, str]:
    labels = dict(enumerate(item.levels))
    if item.cannot_judge is not None:
        labels[int(Mark.CANNOT_JUDGE)] = item.cannot_judge
    if item.not_applicable is not None:
        labels[int(Mark.NOT_APPLICABLE)] = item.not_applicable
    return {place: plain(label) for place, label in labels.items()}


def _shape(item: Item) -> str:
    """How the answers are laid out, as a word that the style sheet knows; nothing for a box to write in."""
    if item.kind is Kind.TEXT:
        return ""
    across = item.kind is Kind.RATING or (sum(map(len, item.levels)) <= ROW_LETTERS and len(item.levels) <= 5)
    beside = sum(label is not None for label in (item.cannot_judge, item.not_applicable))
    ticks = "ticks-" if item.kind is Kind.CHOICES else ""
    return f"{ticks}{'row' if across else 'list'}{len(item.levels)}-beside{beside}"
