"""Which partnership and which round somebody works on; the address carries both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

import streamlit as st

from xsector.model.partner import Participant, Partnership, RoundFacts
from xsector.model.round import State
from xsector.store.accounts import Account
from xsector.store.engine import Engine
from xsector.ui.words import strong

PARTNERSHIP: Final = "p"
ROUND: Final = "r"
OWN: Final = "round"
"""A partner's own choice, which isn't that of somebody who also leads."""
_OWN: Final = {
    State.DRAFT: "not open yet",
    State.OPEN: "open for answers",
    State.CLOSED: "closed",
    State.REVEALED: "results shown",
    State.ARCHIVED: "results shown",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Here:
    """The partnership in hand, its people and rounds, and the round in hand if there is one."""

    partnership: Partnership
    people: tuple[Participant, ...]
    rounds: tuple[RoundFacts, ...]
    round: RoundFacts | None


class Lists(Protocol):
    """Where partnerships, people and rounds are read; the module ``reports.rounds`` is such a place."""

    def partnerships_of(self, engine: Engine, *, account: Account) -> list[Partnership]: ...
    def roster(self, engine: Engine, *, account: Account, partnership_id: int) -> list[Participant]: ...
    def rounds(self, engine: Engine, *, account: Account, partnership_id: int) -> list[RoundFacts]: ...


def here(lists: Lists, *, engine: Engine, account: Account) -> Here | None:
    """What the address and the two lists on top of the page choose; None if there is no partnership."""
    known = {one.id: one for one in lists.partnerships_of(engine, account=account)}
    if not known:
        return None
    with st.container(horizontal=True, vertical_alignment="center", key="chosen"):
        partnership_id = _pick(PARTNERSHIP, {one.id: one.name for one in known.values()}, label="Partnership")
        rounds = lists.rounds(engine, account=account, partnership_id=partnership_id)
        round_id = _pick(ROUND, {one.id: _titled(one) for one in rounds}, label="Round") if rounds else None
    return Here(
        partnership=known[partnership_id],
        people=tuple(lists.roster(engine, account=account, partnership_id=partnership_id)),
        rounds=tuple(rounds),
        round=next((one for one in rounds if one.id == round_id), None),
    )


def choose(*, partnership_id: int | None = None, round_id: int | None = None) -> None:
    """Take another partnership or round in hand, from the next run on."""
    if partnership_id is not None:
        _remember(PARTNERSHIP, partnership_id)
    if round_id is not None:
        _remember(ROUND, round_id)


def address() -> dict[str, str]:
    """What a link to another page carries along."""
    kept = {name: st.session_state.get(_slot(name)) for name in (PARTNERSHIP, ROUND)}
    return {name: str(value) for name, value in kept.items() if value is not None}


def partner_round(rounds: Sequence[RoundFacts]) -> RoundFacts | None:
    """The round that a partner's page shows: of several the one they choose, at first the newest open one."""
    known = {one.id: one for one in sorted(rounds, key=lambda one: one.state is not State.OPEN)}
    if len(known) < 2:
        return next(iter(known.values()), None)
    labels = {one.id: f"{one.title}: {_OWN[one.state]}" for one in known.values()}
    return known[_pick(OWN, labels, label="Round")]


def _pick(name: str, labels: dict[int, str], *, label: str) -> int:
    wanted = st.query_params.get(name, "") or str(st.session_state.get(_slot(name), ""))
    chosen = int(wanted) if wanted.isdecimal() and len(wanted) < 12 and int(wanted) in labels else next(iter(labels))
    _remember(name, chosen)
    if len(labels) == 1:
        st.markdown(strong(labels[chosen]), width="content")
    else:
        key = f"pick-{name}"
        st.session_state[key] = chosen
        st.selectbox(
            label,
            list(labels),
            format_func=lambda one: labels[one],
            key=key,
            width=340,
            label_visibility="collapsed",
            on_change=lambda: _remember(name, st.session_state[key]),
        )
    return chosen


def _remember(name: str, value: int) -> None:
    st.session_state[_slot(name)] = value
    if st.query_params.get(name) != str(value):
        st.query_params[name] = str(value)


def _slot(name: str) -> str:
    return f"chosen-{name}"


def _titled(round_: RoundFacts) -> str:
    return f"{round_.number}. {round_.title} ({round_.state})"
