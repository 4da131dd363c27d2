"""Fresh personal links between a page that made them and the files that carry them away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, TypedDict

import streamlit as st

from xsector.model.partner import Participant, Partnership
from xsector.store.accounts import Account
from xsector.ui import clock, resources, vault

_SHEET: Final = "links-sheet"


class Fresh(TypedDict):
    """The sheet that was just made, if it is still there."""

    sheet: vault.LinkSheet | None
    sheet_id: str


def keep(
    tokens: Mapping[int, str], *, partnership: Partnership, people: Sequence[Participant], account: Account
) -> None:
    """Put fresh links (participant id to token) where the page and the files find them for a few minutes."""
    if not tokens:
        # A second click made none: those of the first are still to be carried away.
        return
    named = {person.id: person for person in people}
    links = tuple(
        vault.PersonalLink(
            name=named[one].name,
            organisation=named[one].organisation,
            address=resources.settings().address(f"/join/{token}"),
        )
        for one, token in tokens.items()
    )
    sheet = vault.LinkSheet(partnership=partnership.name, links=links)
    # Only the sheet's id is remembered: a session is no place for secrets.
    st.session_state[_SHEET] = vault.put(sheet, account_id=account.id, now=clock.now())


def fresh(*, account: Account) -> Fresh:
    """The links this account made in the last minutes, in this session."""
    sheet_id = str(st.session_state.get(_SHEET, ""))
    return Fresh(sheet=vault.sheet_of(sheet_id, account_id=account.id, now=clock.now()), sheet_id=sheet_id)
