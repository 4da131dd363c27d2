"""What goes wrong, said in one place and in words that help."""

from __future__ import annotations

import contextlib
import logging
import secrets
from collections.abc import Iterator
from typing import Final

import streamlit as st

from xsector.actions import notices
from xsector.errors.common import XsectorError
from xsector.ui.text import plain

LOG: Final = logging.getLogger("xsector.ui")
_NOTES: Final = "xsector.notes"


@contextlib.contextmanager
def guarded() -> Iterator[None]:
    """A block of a page; a problem that a person can understand ends it with its sentence and remedy."""
    try:
        yield
    except XsectorError as problem:
        show(problem)


def show(problem: XsectorError) -> None:
    """The problem and what to do about it."""
    notices.refusal(problem)
    st.error(plain(problem.sentence()), icon=":material/error:")


def notice(text: str) -> None:
    """A calm remark; *text* may hold words that people typed."""
    st.info(plain(text), icon=":material/info:")


def done(text: str) -> None:
    """A remark that something worked."""
    st.success(plain(text), icon=":material/check_circle:")


def toast(text: str) -> None:
    """A remark that goes away by itself."""
    st.toast(plain(text))


def toast_later(text: str) -> None:
    """A remark for the next run, when this one ends in a rerun or in another page."""
    st.session_state.setdefault(_NOTES, []).append(text)


def toast_waiting() -> None:
    """Say what ``toast_later`` was told; the frame calls it on every run."""
    for text in st.session_state.pop(_NOTES, []):
        toast(text)


def own_mistake(problem: Exception) -> bool:
    """Say that something went wrong, with a number that leads to the log; True: Streamlit adds nothing."""
    if isinstance(problem, XsectorError):
        show(problem)
        return True
    reference = secrets.token_hex(3)
    LOG.error("Reference %s: %s", reference, type(problem).__name__)
    st.error(f"Something went wrong (reference {plain(reference)}). What you saved before is kept.")
    return True
