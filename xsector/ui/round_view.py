"""A round that partners can reach: its room code, who is invited, closing and opening it."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from xsector.model.partner import RoundFacts
from xsector.model.round import State
from xsector.ui import confirm, resources
from xsector.ui.attempts import doing
from xsector.ui.board import board
from xsector.ui.qr import qr_code, room_address
from xsector.ui.wall import spaced
from xsector.ui.words import strong

WORDS = {
    State.DRAFT: "This round is a draft: nobody can answer yet.",
    State.OPEN: "This round is open: partners can answer.",
    State.CLOSED: "This round is closed: no answers are taken. You can open it again until the reveal.",
    State.REVEALED: "The results of this round are shown.",
    State.ARCHIVED: "This round is in the archive.",
}
ENDED = (
    "This round has ended. It had been shown before the database was brought back from an older backup; shown twice, "
    "it could give people away. Start a new round."
)


def where_it_stands(round_: RoundFacts) -> None:
    """The round's name and its state in one sentence."""
    st.markdown(strong(round_.title))
    ended = round_.over and round_.state in {State.DRAFT, State.CLOSED}
    st.caption(ENDED if ended else WORDS[round_.state])


def room_code(round_: RoundFacts) -> None:
    """How people in the room come in: a QR code that leads to the names, and a code in large letters to type."""
    if round_.room_code is None:
        return
    scanned = room_address(round_.id, room_code=round_.room_code)
    with (
        st.container(border=True, key="room-code"),
        st.container(horizontal=True, vertical_alignment="center", gap="large"),
    ):
        with st.container(width=170):
            board(qr_code(scanned, alt="QR code of the room"), key="room-qr")
        with st.container(width="content", gap="xxsmall"):
            st.markdown("In the room, partners scan this, or open")
            st.markdown(strong(resources.settings().address("/room")))
            st.markdown("and type this code:")
            st.title(spaced(round_.room_code), anchor=False)
            st.caption("Only people on the list who haven't opened a link of their own can come in this way.")
    with st.expander("The address behind the QR code, for a chat", key="room-address"):
        st.code(scanned, language=None, wrap_lines=True)
        st.caption("It works until the round ends, for everybody who has it. Nobody has to wait with it.")


def close(round_: RoundFacts, *, act: Callable[[], object]) -> None:
    """The button that closes an open round, after a question."""
    if st.button("Close the round…", key="round-close"):
        confirm.ask(
            "Close this round?",
            words=(f"“{round_.title}” then takes no answers. Unfinished forms are kept, and you can open it again.",),
            label="Close the round",
            act=act,
            said="The round is closed",
        )


def reopen(*, act: Callable[[], object]) -> None:
    """The button that opens a closed round again."""
    st.button("Open it again", key="round-reopen", on_click=doing(act, said="The round is open again"))


def newcomers(*, count: int, invite: Callable[[], object]) -> None:
    """The button that invites people who came onto the list after the round was opened."""
    if count:
        st.info(f"{count:d} on the list {'is' if count == 1 else 'are'} not invited to this round yet.")
        st.button("Invite them", key="round-invite", on_click=doing(invite, said="Invited"))
