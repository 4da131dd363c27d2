"""The frame around every page: who is here, which page comes first, and the line on top.

Streamlit runs this script; ``app.py`` starts it. All pages are always there and none is shown in
a menu of Streamlit's: each page asks by itself who may see it.
"""

from __future__ import annotations

from typing import Final

import streamlit as st

from xsector.model.partner import Role
from xsector.ui import access, attempts, doors, messages, parts
from xsector.ui.access import Who
from xsector.ui.stepper import PAGES
from xsector.ui.text import plain

FILES: Final = {
    "welcome": "anyone_welcome.py",
    "answer": "partner_answer.py",
    "cards": "partner_cards.py",
    "partnerships": "convener_partnerships.py",
    "people": "convener_people.py",
    "questions": "convener_questions.py",
    "round": "convener_round.py",
    "meeting": "facilitator_meeting.py",
    "results": "facilitator_results.py",
    "comments": "facilitator_words.py",
    "roles": "facilitator_roles.py",
    "felt": "facilitator_felt.py",
    "brainstorm": "facilitator_cards.py",
    "stage": "facilitator_stage.py",
    "guesses": "facilitator_guesses.py",
    "priorities": "facilitator_priorities.py",
    "trust": "facilitator_trust.py",
    "agenda": "convener_agenda.py",
    "lead": "facilitator_lead.py",
    "promises": "convener_promises.py",
    "follow": "partner_follow.py",
    "wall": "wall_board.py",
}
"""Address of each page to its file."""

NARROW: Final = frozenset({"welcome", "answer", "cards", "follow"})
PARTNERS: Final = frozenset({"answer", "cards", "follow"})


def run() -> None:
    """Run the page that the address names, or the one that suits who is here."""
    pages = {
        address: st.Page(PAGES + file, title=f"{address.capitalize()} · xsector", url_path=address)
        for address, file in FILES.items()
    }
    home = st.Page(_nothing, title="xsector", default=True)
    page = st.navigation([home, *pages.values()], position="hidden")
    here = access.who()
    if page == home:
        st.switch_page(pages[_first(here)])
    st.set_page_config(layout="centered" if page.url_path in NARROW else "wide")
    parts.dress()
    if page.url_path not in {"wall", "welcome"}:
        _line_on_top(here, answering=page.url_path in PARTNERS)
    messages.toast_waiting()
    attempts.show_problem()
    page.run()


def _nothing() -> None:
    """The start address has no page of its own."""


def _first(here: Who) -> str:
    if here.respondent is not None:
        return "answer"
    if here.account is not None:
        return "partnerships" if here.account.role is Role.CONVENER else "meeting"
    return "welcome" if here.wall is None else "wall"


def _line_on_top(here: Who, *, answering: bool) -> None:
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", key="line-on-top"
    ):
        if answering and here.respondent is not None:
            st.caption(plain(f"{here.respondent.name} · {here.respondent.organisation}"))
        elif here.account is not None:
            st.caption(plain(f"xsector · {here.account.name}, {here.account.role}"))
        else:
            st.caption("xsector")
        with st.container(horizontal=True, width="content", vertical_alignment="center", key="line-doors"):
            if here.account is not None and here.respondent is not None:
                other = "partnerships" if answering else "answer"
                st.page_link(PAGES + FILES[other], label="Convene" if answering else "My own answers")
            if here.account is not None and not answering:
                doors.link("Account", path="/account", look="quiet", key="account")
            if here.account is not None or here.respondent is not None:
                doors.posting("Sign out", path="/sign-out", look="quiet", key="sign-out")


run()
