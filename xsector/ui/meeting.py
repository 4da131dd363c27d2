"""The facilitator's side of a meeting: who has answered, the reveal, and what the wall shows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Protocol

import streamlit as st

from xsector.actions.running import ITEM_VIEWS, MODULE_VIEWS, absent_views
from xsector.model.instrument import Instrument
from xsector.model.meeting import StageKind
from xsector.model.modules.kinds import Module, Modules
from xsector.model.phrases import counted
from xsector.ui import chosen, confirm, resources
from xsector.ui.attempts import attempt, doing, follow
from xsector.ui.round_setup import Price, shown
from xsector.ui.stepper import PAGES
from xsector.ui.text import plain

VIEWS: Mapping[str, str] = {
    "waiting": "How many answered",
    "overview": "Where we differ",
    "heat": "The whole survey",
    "item": "One question: sectors",
    "within": "One question: inside each sector",
    "people": "One question: everybody",
    "roles": "Who does what",
    "stage": "Our road: signs and work",
    "stage_choices": "Our road: pictures chosen",
    "stage_cycle": "Our road: round after round",
    "guesses": "What we guessed of each other",
    "priorities": "What comes first",
    "effort": "Words and effort",
    "trust": "Trust",
    "words": "Comments",
    "felt": "Felt and real",
    "target": "The way to our target",
    "cards": "Cards",
    "rules": "Our rules",
}
ORDERED_VIEWS = frozenset({"within", "people"})
OWN_PAGE = {"words": "Comments", "felt": "Felt and real", "target": "Felt and real", "cards": "Cards", "rules": "Cards"}
"""What is put on the wall from a page of its own."""
EVERY_SECONDS = 2
IF_ALL_AGREE = (
    "That is if everybody agrees that organisations are named. If one person does not, only sectors are shown, and "
    "nobody is told whose no it was."
)


class SectorTurnout(Protocol):
    """How many of a sector have answered."""

    @property
    def label(self) -> str: ...
    @property
    def invited(self) -> int: ...
    @property
    def answered(self) -> int: ...


class PersonTurnout(Protocol):
    """Whether one person has finished."""

    @property
    def name(self) -> str: ...
    @property
    def organisation(self) -> str: ...
    @property
    def sector(self) -> str: ...
    @property
    def answered(self) -> bool: ...


class Turnout(Protocol):
    """How many have answered, in all, by sector and by person."""

    @property
    def invited(self) -> int: ...
    @property
    def answered(self) -> int: ...
    @property
    def sectors(self) -> Sequence[SectorTurnout]: ...
    @property
    def people(self) -> Sequence[PersonTurnout]: ...


class Room(Protocol):
    """A meeting that leads the wall."""

    @property
    def stage(self) -> StageKind: ...


class WallState(Protocol):
    """What the wall shows now."""

    @property
    def room(self) -> Room | None: ...

    @property
    def view(self) -> str: ...
    @property
    def item(self) -> str | None: ...
    @property
    def dark(self) -> bool: ...


@st.fragment(run_every=EVERY_SECONDS)
def turnout(read: Callable[[], Turnout]) -> None:
    """Who has answered, kept up to date."""
    found = read()
    share = found.answered / found.invited if found.invited else 0.0
    with st.container(border=True, key="turnout"):
        st.progress(share, text=f"**{found.answered} of {found.invited}** have answered")
        for sector in found.sectors:
            st.progress(
                sector.answered / sector.invited, text=plain(f"{sector.label}: {sector.answered} of {sector.invited}")
            )
        if not found.sectors:
            st.caption("No sector is large enough to be counted by itself.")
    waiting = [person for person in found.people if not person.answered]
    if not waiting:
        return
    box = st.expander(f"Who has not answered yet ({len(waiting)})", key="turnout-people", on_change="rerun")
    if box.open:
        box.dataframe(
            {
                "Name": [person.name for person in waiting],
                "Organisation": [person.organisation for person in waiting],
                "Sector": [person.sector for person in waiting],
            },
            hide_index=True,
            key="turnout-table",
        )


def revealing(preview: Price, *, instrument: Instrument, act: Callable[[], object]) -> None:
    """What a reveal would show, and its button after a question that says it again."""
    held = sum(item.sensitive for item in instrument.counted())
    with st.container(border=True, key="reveal"):
        st.subheader("What the reveal shows", anchor=False)
        st.markdown(plain(preview.sentence))
        shown(preview.blocks, preview.hidden)
        if preview.if_all_agree:
            st.caption(IF_ALL_AGREE)
        if held:
            st.caption(f"{held:d} sensitive questions are told only roughly where nearly all of a group agree.")
        if st.button("Reveal the results…", key="reveal-ask", type="primary", disabled=not preview.blocks):
            confirm.ask(
                "Reveal the results?",
                words=_words(preview, held=held),
                label="Reveal now",
                act=act,
                said="The results are shown",
            )


def _words(preview: Price, *, held: int) -> list[str]:
    groups = ", ".join(f"{block.name} ({block.n} people)" for block in preview.blocks)
    words = [f"These groups are shown: {groups}."]
    words += [f"{one.label}: {one.reason}" for one in preview.hidden]
    if preview.if_all_agree:
        words.append(IF_ALL_AGREE)
    if held:
        words.append(f"{held:d} sensitive questions are told only roughly where nearly all of a group agree.")
    return [*words, "This can't be undone: the answers are counted and frozen, and nobody can change theirs any more."]


def late(preview: Price, *, add: Callable[[], object]) -> None:
    """What waits since the reveal, and the button that adds it after a question."""
    if not preview.people:
        return
    with st.container(border=True, key="late-answers"):
        st.subheader("Late answers", anchor=False)
        waits = f"{counted(preview.people, 'person has', 'people have')} answered since the reveal."
        if not preview.blocks:
            st.markdown(plain(f"{waits} They wait: they are too few to be shown as a group."))
            return
        st.markdown(plain(waits))
        shown(preview.blocks, preview.hidden)
        agreement = [IF_ALL_AGREE] if preview.if_all_agree else []
        for words in agreement:
            st.caption(words)
        if st.button("Add them to the results…", key="late-add"):
            groups = ", ".join(f"{block.name} ({block.n} people)" for block in preview.blocks)
            confirm.ask(
                "Add the late answers?",
                words=(f"They are counted as groups of their own: {groups}.", *agreement, "This can't be undone."),
                label="Add them",
                act=add,
                said="The late answers are added",
            )


def steering(
    state: WallState,
    *,
    ordered: Mapping[str, str],
    others: Mapping[str, str],
    modules: Collection[Module],
    asked: Modules,
    show: Callable[..., object],
) -> None:
    """Choose what the wall shows; each choice is on the wall at once.

    *ordered* holds the texts of questions on ordered scales by code, most divided first; *modules* are those of
    which there are results, *asked* what they asked. *show* takes the view, the question's
    code or None, and whether the screen is dark.
    """
    st.subheader("On the wall", anchor=False)
    if state.room is not None:
        goes_on = state.room.stage is not StageKind.THANKS
        _led_elsewhere(goes_on=goes_on, steer=lambda: show(view="overview", item=None, dark=state.dark))
        return
    texts = {**ordered} if state.view in ORDERED_VIEWS else {**ordered, **others}
    # Comments are put on the wall from their own page, where they are read first.
    views = [
        view
        for view in VIEWS
        if (ordered or view not in ITEM_VIEWS)
        and (view == state.view or view not in OWN_PAGE)
        and (view not in MODULE_VIEWS or MODULE_VIEWS[view] in modules)
        and view not in absent_views(asked)
    ]
    follow("wall-view", state.view)
    follow("wall-dark", state.dark)
    if state.item is not None and state.view not in OWN_PAGE:
        follow("wall-item", state.item)
    callback = _shower(show, ordered=ordered, others=others)
    st.pills("Picture", views, key="wall-view", format_func=VIEWS.__getitem__, required=True, on_change=callback)
    if state.view in ITEM_VIEWS - OWN_PAGE.keys():
        st.selectbox("Question", list(texts), key="wall-item", format_func=texts.__getitem__, on_change=callback)
    if state.view in OWN_PAGE:
        st.caption(plain(f"What is on the wall now is chosen on the page “{OWN_PAGE[state.view]}”."))
    st.toggle("Dark screen", key="wall-dark", on_change=callback)


def _led_elsewhere(*, goes_on: bool, steer: Callable[[], object]) -> None:
    """While a meeting goes on its own page leads the wall; after it, the wall says thank you until it is steered."""
    if goes_on:
        st.markdown("A meeting goes on, and the wall follows it.")
        st.page_link(PAGES + "facilitator_lead.py", label="Lead the meeting", icon=":material/arrow_forward:",
                     query_params=chosen.address())  # fmt: skip
        return
    st.markdown("The meeting is over, and the wall says thank you.")
    st.button("Show results again", key="wall-steer", on_click=doing(steer))


def _shower(
    show: Callable[..., object], *, ordered: Mapping[str, str], others: Mapping[str, str]
) -> Callable[[], None]:
    def callback() -> None:
        view, dark = st.session_state["wall-view"], st.session_state["wall-dark"]
        item = None
        if view in OWN_PAGE.keys() & ITEM_VIEWS:
            return
        if view in ITEM_VIEWS:
            fitting = [*ordered] if view in ORDERED_VIEWS else [*ordered, *others]
            chosen = st.session_state.get("wall-item")
            item = chosen if chosen in fitting else fitting[0]
        attempt(lambda: show(view=view, item=item, dark=dark))

    return callback


def wall_link(*, issue: Callable[[], str]) -> None:
    """Make the link for the computer at the projector; it is shown once."""
    with st.expander("The room's screen", key="wall-link", icon=":material/cast:"):
        st.markdown(
            "The screen needs a link of its own. It shows no names but those under promises, and it follows what you "
            "choose here."
        )
        st.button("Make a new screen link", key="wall-issue", on_click=_issue, args=(issue,))
        st.caption("An earlier screen link then stops working.")
        token = st.session_state.pop("wall-token", None)
        if token:
            address = resources.settings().address(f"/wall/{token}")
            st.code(address, language=None)
            st.link_button("Open it in a new window", address, key="wall-open")
            st.caption("Copy it now: it is not shown again.")


def _issue(issue: Callable[[], str]) -> None:
    def make() -> None:
        st.session_state["wall-token"] = issue()

    attempt(make)
