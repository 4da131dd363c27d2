"""One question on the screen: a row of answers, a list to tick, or a box to write in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import streamlit as st

from xsector.model.instrument import Item, Kind
from xsector.model.sheet import Answer, Mark
from xsector.ui.attempts import attempt, follow
from xsector.ui.form_parts import OwnForm
from xsector.ui.text import plain

BAR: Final = "form-bar"
"""The fragment that tells how much is answered and saved."""
UNSAVED: Final = "form_unsaved"
ROW_LETTERS: Final = 72
"""Answers with more letters than this together stand below each other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Savers:
    """What happens when somebody answers; each runs to its commit before anything is drawn."""

    answers: Callable[[dict[str, Answer]], None]
    text: Callable[[str, str], None]
    comment: Callable[[str, str, bool], None]


def question(item: Item, *, number: int, form: OwnForm, savers: Savers) -> None:
    """Ask *item*, with the answer that is saved; a change is saved at once."""
    if item.kind is Kind.TEXT:
        _written(item, number=number, form=form, savers=savers)
    elif item.kind is Kind.CHOICES:
        _ticked(item, number=number, form=form, savers=savers)
    else:
        _chosen(item, number=number, form=form, savers=savers)


def widget_key(item: Item, *, form: OwnForm) -> str:
    """The key of the widget that asks *item* in this round."""
    return f"answer-{form.round.id}-{item.code}"


def _chosen(item: Item, *, number: int, form: OwnForm, savers: Savers) -> None:
    labels = _labels(item)
    key = widget_key(item, form=form)
    saved = form.answers.get(item.code)
    follow(key, int(saved) if isinstance(saved, int) else None)
    with st.container(key=f"{_shape(item)}-{key}"):
        st.segmented_control(
            plain(f"{number}. {item.text}"),
            list(labels),
            format_func=lambda place: plain(labels[place]),
            key=key,
            on_change=_save_chosen,
            args=(item, key, savers),
            width="stretch",
            wrap=True,
        )


def _save_chosen(item: Item, key: str, savers: Savers) -> None:
    value = st.session_state[key]
    answer: Answer = Mark.SKIPPED if value is None else Mark(value) if value > 250 else value
    if attempt(lambda: savers.answers({item.code: answer})):
        _only_the_bar()


def _ticked(item: Item, *, number: int, form: OwnForm, savers: Savers) -> None:
    labels = _labels(item)
    key = widget_key(item, form=form)
    saved = form.answers.get(item.code)
    marks = [int(saved)] if isinstance(saved, Mark) else []
    follow(key, sorted(saved) if isinstance(saved, frozenset) else marks)
    with st.container(key=f"ticks-{_shape(item)}-{key}"):
        st.pills(
            plain(f"{number}. {item.text}"),
            list(labels),
            selection_mode="multi",
            format_func=lambda place: plain(labels[place]),
            key=key,
            on_change=_save_ticked,
            args=(item, key, form.answers.get(item.code), savers),
        )


def _save_ticked(item: Item, key: str, before: Answer | None, savers: Savers) -> None:
    ticked = set(st.session_state[key])
    marks = {place for place in ticked if place > 250}
    options = ticked - marks
    fresh = marks - ({int(before)} if isinstance(before, Mark) else set())
    # A mark and an option exclude each other: the newer tap wins.
    if marks and (fresh or not options):
        answer: Answer = Mark(max(fresh or marks))
    else:
        answer = frozenset(options) if options else Mark.SKIPPED
    attempt(lambda: savers.answers({item.code: answer}))


def _written(item: Item, *, number: int, form: OwnForm, savers: Savers) -> None:
    key = widget_key(item, form=form)
    if key not in st.session_state.get(UNSAVED, ()):
        follow(key, form.texts.get(item.code, ""))
    st.text_area(
        plain(f"{number}. {item.text}"),
        key=key,
        max_chars=item.max_chars,
        height=90,
        on_change=_save_written,
        args=(item, key, savers),
        placeholder="In your own words",
    )


def _save_written(item: Item, key: str, savers: Savers) -> None:
    unsaved = st.session_state.get(UNSAVED, frozenset())
    done = attempt(lambda: savers.text(item.code, st.session_state[key]))
    # What could not be saved stays in its box, so that it can be mended there.
    st.session_state[UNSAVED] = unsaved - {key} if done else unsaved | {key}
    if done and key not in unsaved:
        _only_the_bar()


def _only_the_bar() -> None:
    """Leave the questions as they stand in the browser: to draw them again would be most of the work of a tap."""
    st.rerun(BAR)


def _labels(item: Item) -> dict[int, str]:
    labels = dict(enumerate(item.levels))
    if item.cannot_judge is not None:
        labels[int(Mark.CANNOT_JUDGE)] = item.cannot_judge
    if item.not_applicable is not None:
        labels[int(Mark.NOT_APPLICABLE)] = item.not_applicable
    return labels


def _shape(item: Item) -> str:
    """How the answers are laid out, as a word that the style sheet knows."""
    across = item.kind is Kind.RATING or (sum(map(len, item.levels)) <= ROW_LETTERS and len(item.levels) <= 5)
    beside = sum(label is not None for label in (item.cannot_judge, item.not_applicable))
    return f"{'row' if across else 'list'}{len(item.levels)}-beside{beside}"
