"""A new round, how its answers are protected, and opening it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Protocol

import streamlit as st

from xsector.actions.setting_up import LONGEST_TITLE
from xsector.model.instrument import Instrument
from xsector.model.instrument_file import Form, available_forms
from xsector.model.partner import Partnership, RoundFacts
from xsector.model.policy import Policy, Tier
from xsector.model.promise import promise
from xsector.model.released import Block, Hidden
from xsector.settings import INSTRUMENTS
from xsector.ui import confirm
from xsector.ui.attempts import attempt, doing, follow
from xsector.ui.text import plain

TIERS = {
    Tier.CONFIDENTIAL: "Confidential: groups of at least five",
    Tier.SMALL: "Small group: groups of three or four",
    Tier.BY_ORGANISATION: "By organisation: organisations are named, if everybody agrees",
}
CAPTIONS = (
    "For most partnerships",
    "For fewer than about 20 people. Every partner is told the number.",
    "Each partner is asked before the first question. One no, and only sectors are shown.",
)
SIZES = {Tier.CONFIDENTIAL: (5, 6, 7, 8, 9, 10), Tier.SMALL: (3, 4), Tier.BY_ORGANISATION: (3, 4, 5, 6, 7, 8)}
USUAL = {Tier.CONFIDENTIAL: 5, Tier.SMALL: 4, Tier.BY_ORGANISATION: 5}


class Price(Protocol):
    """What a tier would show."""

    @property
    def people(self) -> int: ...
    @property
    def sentence(self) -> str: ...
    @property
    def blocks(self) -> Sequence[Block]: ...
    @property
    def hidden(self) -> Sequence[Hidden]: ...
    @property
    def if_all_agree(self) -> bool: ...


def new_round(*, make: Callable[[str, str], object], again: bool) -> None:
    """Ask for a title and a form; *make* gets both."""
    forms = {form.code: form for form in _forms()}
    with st.form("new-round", border=not again):
        if not again:
            st.markdown("A round is one time of asking. Give it a name and choose its questions.")
        st.text_input("Name of the round", key="round-title", max_chars=LONGEST_TITLE, placeholder="Spring check-up")
        st.radio("Questions", list(forms), key="round-form", format_func=lambda form: _said(forms[form]))
        st.form_submit_button("Make the round", type="primary", key="round-make", on_click=_make, args=(make,))


def another_round(*, make: Callable[[str, str], object], first: bool) -> None:
    """The form for a round, folded away where there is one already."""
    if first:
        new_round(make=make, again=False)
        return
    with st.expander("Another round", key="another-round", icon=":material/add:"):
        new_round(make=make, again=True)


def protection(
    partnership: Partnership,
    *,
    live: bool,
    instrument: Instrument,
    price: Callable[[Policy], Price],
    keep: Callable[[Policy], object],
) -> bool:
    """Choose how small a shown group may be, with what it costs in sectors shown; tell whether the choice is kept."""
    st.subheader("How answers are protected", anchor=False)
    if "tier" not in st.session_state:
        st.session_state["tier"] = partnership.policy.tier
    tier = st.radio("Protection", list(TIERS), key="tier", format_func=TIERS.__getitem__, captions=CAPTIONS)
    choices, usual = SIZES[tier], USUAL[tier]
    k = st.segmented_control(
        "People in the smallest shown group",
        choices,
        key=f"k-{tier}",
        required=True,
        default=partnership.policy.k if partnership.policy.k in choices else usual,
    )
    policy = Policy(tier=tier, k=k or usual)
    priced = price(policy)
    with st.container(border=True, key="price"):
        st.markdown("**What this shows, if everybody answers**")
        st.markdown(plain(priced.sentence))
        shown(priced.blocks, priced.hidden)
    if policy != partnership.policy:
        st.button(
            "Keep this choice", key="tier-keep", type="primary", on_click=doing(lambda: keep(policy), said="Kept")
        )
    _promised(policy, partnership=partnership, live=live, instrument=instrument)
    return policy == partnership.policy


def _promised(policy: Policy, *, partnership: Partnership, live: bool, instrument: Instrument) -> None:
    told = promise(
        policy,
        records_notice=partnership.records_notice,
        live=live,
        by_name=instrument.is_by_name,
        rates=instrument.rates_organisations,
    )
    with st.expander("What partners are told before the first question", key="promise-preview"):
        for paragraph in told.split("\n\n"):
            st.markdown(plain(paragraph))


def shown(blocks: Sequence[Block], hidden: Sequence[Hidden]) -> None:
    """Groups with their sizes, and the sectors that aren't among them with the reason."""
    if blocks:
        st.markdown(plain("Groups: " + ", ".join(f"{block.name} ({block.n})" for block in blocks) + "."))
    for one in hidden:
        st.caption(plain(f"{one.label}: {one.reason}"))


def keeping(round_: RoundFacts, *, keep: Callable[[bool], object]) -> None:
    """Choose whether partners can read their own answers after the reveal."""
    key = f"keep-{round_.id}"
    follow(key, round_.keep_answers)
    st.checkbox(
        "Let partners read their own answers after the reveal",
        key=key,
        help="Otherwise single answers are deleted at the reveal, and only the counts stay.",
        on_change=doing(lambda: keep(st.session_state[key]), said="Saved"),
    )


def liveness(round_: RoundFacts, *, choose: Callable[[bool], object]) -> None:
    """Choose whether results are shown while the round is open."""
    key = f"live-{round_.id}"
    follow(key, round_.live)
    st.checkbox(
        "Show each group as soon as enough of it have finished (live)",
        key=key,
        help="A group is then counted for good while others still answer, and its people can't change their answers "
        "any more. Otherwise everything is shown at once, at the reveal.",
        on_change=doing(lambda: choose(st.session_state[key]), said="Saved"),
    )


def opening(
    round_: RoundFacts, *, people: int, kept: bool, instrument: Instrument, open_: Callable[[], object]
) -> None:
    """The button that opens *round_*, after a question; it waits until the choice of protection is *kept*."""
    questions = instrument.questions
    st.markdown(plain(f"{people} people on the list, {questions} questions, about {instrument.minutes} minutes."))
    if not people:
        st.caption("Nobody is on the list yet. Add the people first.")
    elif not kept:
        st.caption("You have chosen another protection above. Keep that choice first, or go back to the one before.")
    if st.button("Open the round…", key="round-open", type="primary", disabled=not people or not kept):
        confirm.ask(
            "Open this round?",
            words=(
                f"“{round_.title}”: {people} people are invited to answer {questions} questions.",
                "With the first answer the questions and the protection are locked. You can close the round at any "
                "time and open it again until the reveal.",
            ),
            label="Open the round",
            act=open_,
            said="The round is open",
        )


def _make(make: Callable[[str, str], object]) -> None:
    title, form = st.session_state["round-title"], st.session_state["round-form"]
    if attempt(lambda: make(title, form), said="Made"):
        st.session_state["round-title"] = ""


def _said(form: Form) -> str:
    return plain(f"{form.title}: {form.questions} questions, about {form.minutes} minutes")


@lru_cache(maxsize=1)
def _forms() -> tuple[Form, ...]:
    return tuple(available_forms(INSTRUMENTS))
