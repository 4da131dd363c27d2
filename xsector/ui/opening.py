"""What a partner sees before the first question, and when a round takes no answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final, Protocol

import streamlit as st

from xsector.model.instrument import Item
from xsector.model.mirror import Mirror, Stand
from xsector.model.own_trust import OwnTrust
from xsector.model.phrases import counted
from xsector.model.policy import Tier
from xsector.model.round import State
from xsector.model.sheet import said
from xsector.ui import clock, doors, own_trust_view, reflecting
from xsector.ui.form_parts import GroupChange, OwnForm, takes_answers
from xsector.ui.text import plain
from xsector.ui.words import strong

AGREES: Final = "form-agrees"
_LATE_WORDS: Final = (
    "The results have been shown already. Late answers are added only when enough of them have come to be a group of "
    "their own; otherwise they wait, and are the first answers on your form in the next round."
)


def promised(form: OwnForm, *, begin: Callable[[], None]) -> None:
    """The promise with the numbers of the partner's own group, and the button that begins."""
    questions = form.instrument.questions
    length = counted(questions, "question", "questions"), counted(form.instrument.minutes, "minute", "minutes")
    st.title(plain(form.round.title), anchor=False)
    st.markdown(plain(f"{form.partnership} asks for your view: {length[0]}, about {length[1]}."))
    with st.container(border=True, key="promise"):
        st.subheader("Who will see what", anchor=False)
        st.info(_group(form), icon=":material/group:")
        if form.group_change is not None:
            st.caption(plain(_changed(form.group_change)))
        for paragraph in form.promise.split("\n\n"):
            st.markdown(plain(paragraph))
    _consent_to_names(form)
    st.button("Begin", key="form-begin", type="primary", on_click=begin)
    st.caption("Every answer is saved at once. You can stop and come back with the same link, on any device.")


def _consent_to_names(form: OwnForm) -> None:
    if form.round.policy.tier is Tier.BY_ORGANISATION:
        st.checkbox("I agree that results may be shown under the name of my organisation", key=AGREES)


def _late(form: OwnForm, *, begin: Callable[[], None]) -> None:
    """The way in for somebody who has not answered and comes after the reveal."""
    with st.container(border=True, key="late"):
        st.subheader("You can still answer", anchor=False)
        st.markdown(plain(_LATE_WORDS))
        with st.expander("Who will see what", key="late-promise"):
            for paragraph in form.promise.split("\n\n"):
                st.markdown(plain(paragraph))
        _consent_to_names(form)
        st.button("Answer now", key="form-begin", type="primary", on_click=begin)


def late_note(form: OwnForm) -> None:
    """Above the questions of somebody who answers after the reveal: what becomes of their answers."""
    if form.round.state is State.REVEALED:
        st.info(_LATE_WORDS, icon=":material/schedule:")


def _group(form: OwnForm) -> str:
    people = counted(form.group_people, "person", "people")
    return f"Your group: {people}, {counted(form.group_organisations, 'organisation', 'organisations')}."


def _changed(change: GroupChange) -> str:
    left = counted(
        change.left,
        "person who was counted then is off the list now",
        "people who were counted then are off the list now",
    )
    came = counted(change.came, "person is new on it", "people are new on it")
    what = " and ".join(words for number, words in ((change.left, left), (change.came, came)) if number)
    return (
        f"Since “{change.since}” your group on the list has changed: {what}. If you can't explain that, ask your "
        "convener before you begin."
    )


StandOf = Callable[[Mirror], Stand]
"""Where a partner stands, from their mirror."""


class Shown(Protocol):
    """One release as it touches one partner; ``group`` is None where it doesn't count them."""

    @property
    def round_title(self) -> str: ...
    @property
    def at(self) -> datetime: ...
    @property
    def group(self) -> str | None: ...
    @property
    def people(self) -> int: ...
    @property
    def questions(self) -> int: ...
    @property
    def roughly(self) -> int: ...
    @property
    def of_sectors(self) -> int: ...


def not_open(
    form: OwnForm,
    *,
    shown: Sequence[Shown],
    mirror: Mirror | None,
    trust: OwnTrust | None,
    stand_of: StandOf,
    begin: Callable[[], None],
) -> None:
    """Why no answer is taken now, whether the partner's own were handed in, and what became of them."""
    st.title(plain(form.round.title), anchor=False)
    st.info(_why(form), icon=":material/lock:")
    if form.submitted and form.submitted_at is not None:
        receipt(form)
    elif form.submitted or form.finished_before:
        st.markdown("You handed in your answers.")
    elif form.started and not form.sealed:
        st.markdown("You answered some questions and did not press “Finish”.")
    elif form.round.state is State.CLOSED:
        st.markdown("You have not answered in this round.")
    if takes_answers(form):
        _late(form, begin=begin)
    if mirror is None:
        _own_answers(form)
    else:
        reflecting.show(mirror, stand=stand_of(mirror), round_id=form.round.id)
        if trust is not None:
            own_trust_view.show(trust)
        _own_words(form)
    shown_so_far(shown)
    take_away(form)


def take_away(form: OwnForm) -> None:
    """Files for the partner alone: their answers, and everything that is kept of them."""
    with st.container(key="take-away", gap="xsmall"):
        with st.container(horizontal=True, gap="small"):
            if form.started:
                doors.link("Download my answers", path=f"/mine/{form.round.id}.csv", key="mine-csv")
            doors.link("Download all that is kept of me", path="/mine.json", key="mine-json")
            doors.link("Erase me…", path="/erase", look="quiet", key="erase-me")
        table = "Your answers come as a table for Excel and others. " if form.started else ""
        st.caption(f"{plain(table)} Only your link opens what is yours.")


def shown_so_far(shown: Sequence[Shown]) -> None:
    """What has been shown of the partner's group in all rounds, in plain words."""
    if not shown:
        return
    with st.expander("What has been shown of my group", key="shown-so-far", icon=":material/visibility:"):
        for one in shown:
            st.markdown(strong(f"{one.round_title}, {clock.told(one.at)}"))
            st.markdown(plain(_shown(one)))
        st.caption("Nothing else was ever shown. Each line stands in a ledger that can't be changed unnoticed.")


def _shown(one: Shown) -> str:
    if one.group is None:
        return (
            "Nothing of you was counted: you did not finish, or your group was too small and waits for the next round."
        )
    known = (
        counted(one.roughly, "question about trust", "questions about trust") if one.roughly else "",
        counted(one.of_sectors, "statement about sectors", "statements about sectors") if one.of_sectors else "",
    )
    rough = " and of ".join(part for part in known if part)
    rough = f" Of {rough} it was shown only that “at least so many” gave one kind of answer." if rough else ""
    how = counted(one.questions, "question", "questions")
    return (
        f"You are one of {one.people} in “{one.group}”. Of {how} it was shown how many of you gave each answer.{rough}"
    )


def _own_answers(form: OwnForm) -> None:
    """What the partner answered, to read again, where it is still there."""
    told = [(item.text, _told(item, form=form)) for item in form.instrument.items()]
    given = [(text, answer) for text, answer in told if answer]
    if not given:
        return
    with st.expander("What I answered", key="own-answers", icon=":material/person:"):
        st.caption("Only your link opens this.")
        _pairs(given)


def _own_words(form: OwnForm) -> None:
    """What the partner wrote: nobody else's words stand beside them."""
    wrote = [(item.text, words[item.code][0]) for words in (form.texts, form.comments)
             for item in form.instrument.items() if item.code in words]  # fmt: skip
    if not wrote:
        return
    with st.expander("What I wrote", key="own-words", icon=":material/person:"):
        st.caption("Only your link opens this.")
        _pairs(wrote)


def _pairs(given: Sequence[tuple[str, str]]) -> None:
    for text, answer in given:
        st.caption(plain(text))
        st.markdown(strong(answer))


def _told(item: Item, *, form: OwnForm) -> str:
    """The answer to *item* in words; nothing where there is none."""
    return said(item, form.answers.get(item.code)) or form.texts.get(item.code, ("", False))[0]


def _why(form: OwnForm) -> str:
    round_ = form.round
    if round_.state is State.OPEN:
        return (
            "Your answers have been counted, together with those of enough others of your group, and can't be changed "
            "any more. The round goes on for those who have yet to answer."
        )
    if takes_answers(form):
        return "The results of this round have been shown."
    if round_.state is State.DRAFT:
        return "This round has not been opened yet. Your link will work as soon as it is."
    if round_.state is State.CLOSED and round_.over:
        return "This round has ended and takes no answers any more. You can answer in the next round."
    if round_.state is State.CLOSED:
        return (
            "This round is closed and takes no answers now. The results are shown in your meeting. "
            "If you still want to answer, ask your convener to open it again."
        )
    return "The results have been shown, so the answers can't be changed any more. You can answer in the next round."


def finished_before(form: OwnForm) -> None:
    """That the partner handed in with an earlier link, which this one has replaced."""
    st.title(plain(form.round.title), anchor=False)
    st.success("You have handed in your answers with an earlier link.", icon=":material/check_circle:")
    st.markdown(
        "They are counted as they are. This newer link can't open them: nobody can join it to them, not even we. "
        "It will work for the next round."
    )


def receipt(form: OwnForm) -> None:
    """When the form was handed in, and the code of what was saved."""
    if form.submitted_at is None:
        return
    with st.container(border=True, key="receipt"):
        st.markdown("**Handed in**")
        st.markdown(plain(f"{clock.told(form.submitted_at)} · receipt {form.receipt or '–'}"))
        st.caption("The code changes whenever your saved answers change. It says nothing about them.")


def nothing_yet() -> None:
    """The page of a partner whom no round concerns yet."""
    st.title("Nothing to answer yet", anchor=False)
    st.markdown("Your link works. As soon as your convener opens a round, you will find it here.")
