"""Changes made in callbacks: done before anything is drawn; what went wrong is said by the next run."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import streamlit as st

from xsector.actions import notices
from xsector.errors.common import XsectorError
from xsector.ui import messages
from xsector.ui.text import plain

_PROBLEM: Final = "xsector.problem"


def attempt(change: Callable[[], object], *, said: str = "") -> bool:
    """Run *change* in a callback and tell whether it was done; *said* is a remark for the next run."""
    try:
        change()
    except XsectorError as problem:
        notices.refusal(problem)
        st.session_state[_PROBLEM] = problem.sentence()
        return False
    if said:
        messages.toast_later(said)
    return True


def problem_waits() -> bool:
    """Whether something went wrong in the last callback that has not been shown yet."""
    return _PROBLEM in st.session_state


def show_problem() -> None:
    """Show what went wrong in the last callback, once: on top of the page, and where the page is scrolled to."""
    problem = st.session_state.pop(_PROBLEM, None)
    if problem:
        st.error(plain(problem), icon=":material/error:")
        st.toast(plain(problem), icon=":material/error:", duration="long")


def doing(change: Callable[[], object], *, said: str = "") -> Callable[[], None]:
    """A callback for a widget that runs ``attempt`` with the same arguments."""

    def callback() -> None:
        attempt(change, said=said)

    return callback


def follow(key: str, saved: object) -> None:
    """Let the widget with *key* show what is saved, which may come from another tab or device."""
    # Only on a difference: a value that is set again would take away what is being typed.
    if key not in st.session_state or st.session_state[key] != saved:
        st.session_state[key] = saved
