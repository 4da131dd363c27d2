"""The seven steps from a new partnership to the agenda, as links on top of every convener's page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, NoReturn

import streamlit as st

from xsector.model.modules.kinds import Module
from xsector.model.partner import Role, RoundFacts
from xsector.model.round import State
from xsector.ui import chosen
from xsector.ui.chosen import Here
from xsector.ui.text import plain

PAGES: Final = "../../pages/"
SHOWN: Final = frozenset({State.REVEALED, State.ARCHIVED})
"""States of a round whose meeting can be prepared: its agenda speaks of everything that is shown."""

COLLECTING: Final = frozenset({State.OPEN, State.CLOSED})

MODULE_PAGES: Final[dict[Module, tuple[str, str, str]]] = {
    Module.ROLES: ("Roles", "facilitator_roles.py", ":material/assignment_ind:"),
    Module.STAGE: ("Stage", "facilitator_stage.py", ":material/route:"),
    Module.GUESSES: ("Guesses", "facilitator_guesses.py", ":material/psychology_alt:"),
    Module.PRIORITIES: ("Priorities", "facilitator_priorities.py", ":material/format_list_numbered:"),
    Module.TRUST: ("Trust", "facilitator_trust.py", ":material/handshake:"),
}
"""Name, file and sign of the page with a module's results."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step: its name, its page, and what to do there."""

    name: str
    file: str
    do: str
    roles: frozenset[Role] = frozenset({Role.CONVENER, Role.FACILITATOR})

    @property
    def page(self) -> str:
        """The page's path as Streamlit wants it."""
        return PAGES + self.file


_CONVENER: Final = frozenset({Role.CONVENER})
STEPS: Final = (
    Step(name="Partnership", file="convener_partnerships.py", do="Name the partnership", roles=_CONVENER),
    Step(name="People", file="convener_people.py", do="Add the people", roles=_CONVENER),
    Step(name="Questions", file="convener_questions.py", do="Look through the questions", roles=_CONVENER),
    Step(name="Round", file="convener_round.py", do="Open the round", roles=_CONVENER),
    Step(name="Reveal", file="facilitator_meeting.py", do="Watch answers come in, then reveal"),
    Step(name="Agenda", file="convener_agenda.py", do="Prepare the talk"),
    Step(name="Meeting", file="facilitator_lead.py", do="Hold the meeting"),
)


def steps(here: Here | None, *, role: Role) -> None:
    """Show the steps this role takes, with those that are done."""
    done = _done(here)
    with st.container(horizontal=True, key="steps", gap="xxsmall"):
        for number, step in enumerate(STEPS, start=1):
            if step.name == "Agenda" and here is not None and here.round is not None:
                if here.round.state is not State.DRAFT:
                    _beside("Cards", file="facilitator_cards.py", icon=":material/note_stack:")
                _beside_results(here.round)
            if role in step.roles:
                icon = ":material/check_circle:" if step.name in done else ":material/radio_button_unchecked:"
                st.page_link(step.page, label=f"{number} {step.name}", icon=icon, query_params=chosen.address())
        if here is not None:
            _beside("Promises", file="convener_promises.py", icon=":material/handshake:")


def _beside_results(round_: RoundFacts) -> None:
    if round_.shown:
        _beside("Results", file="facilitator_results.py", icon=":material/insights:")
        _beside("Comments", file="facilitator_words.py", icon=":material/chat:")


def _beside(label: str, *, file: str, icon: str) -> None:
    st.page_link(PAGES + file, label=label, icon=icon, query_params=chosen.address())


def results(modules: Iterable[Module]) -> None:
    """Links between the results of the questionnaire, those of the round's *modules*, and what we think we share."""
    with st.container(horizontal=True, key="result-pages", gap="small"):
        _beside("Questionnaire", file="facilitator_results.py", icon=":material/insights:")
        for module in (one for one in modules if one in MODULE_PAGES):
            label, file, icon = MODULE_PAGES[module]
            _beside(label, file=file, icon=icon)
        _beside("Felt and real", file="facilitator_felt.py", icon=":material/handshake:")


def onward(name: str, *, here: Here | None) -> None:
    """A link to the step *name*, for the end of the step before it; only its name where it is done."""
    step = next(step for step in STEPS if step.name == name)
    with st.container(key="onward"):
        st.page_link(
            step.page,
            label=f"Next: {step.name if name in _done(here) else step.do}",
            icon=":material/arrow_forward:",
            icon_position="right",
            query_params=chosen.address(),
        )


def with_partnership(here: Here | None) -> Here:
    """*here*, or a page that says that a partnership comes first."""
    if here is None:
        _empty("There is no partnership yet.", link="Make a partnership", file="convener_partnerships.py")
    return here


def with_round(here: Here | None) -> RoundFacts:
    """The round in hand, or a page that says what comes first."""
    there = with_partnership(here)
    if there.round is None:
        _empty("There is no round yet. A round is one time of asking.", link="Make a round", file="convener_round.py")
    return there.round


def with_opened(here: Here | None) -> RoundFacts:
    """The round in hand that partners can reach, or a page that says what comes first."""
    round_ = with_round(here)
    if round_.state is State.DRAFT:
        words = f"“{round_.title}” is a draft. Partners can write cards as soon as the round was opened."
        _empty(words, link="Open the round", file="convener_round.py")
    return round_


def with_results(here: Here | None) -> RoundFacts:
    """The round in hand of which something is shown, or a page that says what comes first."""
    round_ = with_round(here)
    if not round_.shown:
        words = f"“{round_.title}” has no results yet. They are there when the round is closed and revealed."
        _empty(words, link="Go to the reveal", file="facilitator_meeting.py")
    return round_


def _empty(sentence: str, *, link: str, file: str) -> NoReturn:
    with st.container(border=True, key="empty"):
        st.markdown(plain(sentence))
        st.page_link(PAGES + file, label=link, icon=":material/arrow_forward:", query_params=chosen.address())
    st.stop()


def _done(here: Here | None) -> set[str]:
    if here is None:
        return set()
    done = {"Partnership"}
    if here.people:
        done.add("People")
    if here.round is not None and here.round.state is not State.DRAFT:
        done |= {"Questions", "Round"}
    if here.round is not None and here.round.state in SHOWN:
        done.add("Reveal")
    return done
