"""Pages that follow: a socket tells them that something is new, and they draw themselves anew."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Final

import streamlit as st

from xsector.ui.parts import part

BY_ITSELF_SECONDS: Final = 5.0
"""How often a page looks by itself, for where no socket comes through."""


def token_of(mark: object) -> str:
    """A short word that is another one whenever *mark* is; *mark* is made of numbers and short texts."""
    return hashlib.sha256(repr(mark).encode()).hexdigest()[:16]


def keep_up(where: str, *, mark: object, newest: Callable[[], object]) -> None:
    """Draw the page anew as soon as *mark* isn't the newest any more.

    *where* is the page's place under ``/live/``, where it is told within a moment; *newest* is what it asks by itself.
    """
    part("live")(key="live", data={"where": where, "seen": token_of(mark)}, on_moved_change=_heard)
    _look(mark, newest)


def _heard() -> None:
    """The run that the word sets off draws the page: nothing else is to be done."""


@st.fragment(run_every=BY_ITSELF_SECONDS)
def _look(mark: object, newest: Callable[[], object]) -> None:
    if newest() != mark:
        st.rerun()
