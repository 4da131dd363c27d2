"""Who leads a partnership, and the ways to let somebody else lead it too."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Final

import streamlit as st

from xsector.actions import sharing
from xsector.model.names import LONGEST_NAME
from xsector.model.partner import Role
from xsector.store.accounts import Account
from xsector.ui import confirm, messages, resources
from xsector.ui.attempts import attempt
from xsector.ui.text import plain
from xsector.ui.words import strong

NAME: Final = "leader-name"
ROLE: Final = "colleague-role"


def sharing_form(leaders: Sequence[Account], *, me: Account, act: Callable[..., Any]) -> None:
    """Show *leaders* with the ways to add and to take off; *act* runs an action on the partnership."""
    with st.expander("Who leads it", key="leaders"):
        for leader in leaders:
            _line(leader, me=me, act=act)
        st.divider()
        with st.container(horizontal=True, vertical_alignment="bottom", key="leader-add"):
            st.text_input("Name of another account", max_chars=LONGEST_NAME, key=NAME, width=340)
            st.button("Add", key="leader-add-button", on_click=_add, args=(act,))
        st.caption(
            "Use the name with which they sign in. They will see who is invited and who has answered, no answers."
        )
        st.divider()
        _invitation(act)


def _line(leader: Account, *, me: Account, act: Callable[..., Any]) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"leader-{leader.id}"):
        st.markdown(strong(leader.name), width="content")
        st.caption(plain(leader.role.value + (", you" if leader.id == me.id else "")), width="content")
        if st.button("Take off", key=f"leader-off-{leader.id}", type="tertiary"):
            confirm.ask(
                "Take somebody off?",
                words=(
                    f"{leader.name} will not lead this partnership any more.",
                    "Links for colleagues that nobody has used end too.",
                ),
                label="Take off",
                act=partial(act, sharing.take_off, account_id=leader.id),
                said="Taken off",
            )


def _add(act: Callable[..., Any]) -> None:
    if attempt(lambda: act(sharing.share, name=st.session_state[NAME]), said="Added"):
        st.session_state[NAME] = ""


def _invitation(act: Callable[..., Any]) -> None:
    st.markdown("**A colleague without an account**")
    st.radio(
        "They will be",
        [Role.FACILITATOR, Role.CONVENER],
        format_func=lambda role: {"facilitator": "Facilitator", "convener": "Convener"}[role.value],
        key=ROLE,
        horizontal=True,
        captions=["leads the meeting", "can do all that you can"],
    )
    if st.button("Make a link for them", key="colleague-link"):
        with messages.guarded():
            token = act(sharing.invite_colleague, role=st.session_state[ROLE])
            st.code(resources.settings().address(f"/colleague/{token}"), language=None, wrap_lines=True)
            st.caption("Send it to that person only. It is shown only now, works once, and ends after a week.")
