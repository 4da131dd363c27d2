"""A partner's mirror on the screen: where they stand in words, then each question as a picture."""

from __future__ import annotations

from typing import Any, Final

import streamlit as st

from xsector.model.mirror import Far, Gap, Mirror, Page, Reflection, Stand, Tally, Withheld
from xsector.model.phrases import counted
from xsector.model.poles import NO_ANSWER, in_words
from xsector.model.released import WITHHELD, Band
from xsector.model.sheet import Mark, said
from xsector.ui.parts import part
from xsector.ui.text import plain

_OWN_GONE: Final = {
    Gap.NOT_FINISHED: "You did not finish this round, so there is no answer of yours to show beside the others.",
    Gap.NOT_KEPT: "Your answers are counted, and were deleted when the results were shown, as your convener chose.",
    Gap.OTHER_LINK: "You answered with an earlier link. Your answers are counted; this newer link can't open them.",
}
_NO_GROUP: Final = {
    Gap.NOT_FINISHED: "Nothing of you was counted, so there is no group to show.",
    Gap.WAITING: "Your group was too small to be shown, so you are not counted yet. It waits for the next round.",
}
_WITHHELD: Final = {
    Withheld.SOME_ASKED: "Nothing was shown of this question: only some people were asked, now or in an earlier round.",
    Withheld.SEVERAL: "Nothing is ever shown of a question about trust that takes several answers.",
    Withheld.TOO_FEW: "Nothing was shown of this question: it is about trust, and a group is too small for that.",
}
ROUGHLY: Final = (
    "Of questions about trust only “at least so many” is kept where nearly all of a group agree. Then groups are not "
    "added up, so that nobody's own answer can be worked out."
)


def show(mirror: Mirror, *, stand: Stand, round_id: int) -> None:
    """Where the partner stands, and below it one section of questions at a time."""
    st.subheader("Where I stand", anchor=False)
    with st.container(border=True, key="stand"):
        if mirror.own_gap:
            st.markdown(_OWN_GONE[mirror.own_gap])
        else:
            _standing(stand)
        if mirror.group_gap and mirror.own_gap is not Gap.NOT_FINISHED:
            st.markdown(_NO_GROUP[mirror.group_gap])
        st.caption(plain(_based_on(mirror)))
    if mirror.pages:
        st.subheader("Question by question", anchor=False)
        page = _chosen(mirror, round_id=round_id)
        if mirror.shown and any(one.everybody is None and not one.withheld for one in page.reflections):
            st.caption(ROUGHLY)
        part("mirror")(key="mirror", data={"questions": questions(page, mirror=mirror)})


def _chosen(mirror: Mirror, *, round_id: int) -> Page:
    """The section that the partner looks at; at first one that isn't about themselves."""
    if len(mirror.pages) == 1:
        return mirror.pages[0]
    chosen = st.pills(
        "Section of the form",
        range(len(mirror.pages)),
        default=next((place for place, page in enumerate(mirror.pages) if not _is_about_you(page)), 0),
        required=True,
        format_func=lambda place: plain(mirror.pages[place].title),
        key=f"mirror-page-{round_id}",
        label_visibility="collapsed",
    )
    return mirror.pages[chosen or 0]


def _standing(stand: Stand) -> None:
    whom = "your group" if stand.by_group else "everybody"
    many = "question" if stand.compared == 1 else "questions"
    if stand.compared:
        st.markdown(
            f"On **{stand.together:d} of {stand.compared:d}** {plain(many)} you are on the same side as most of "
            f"{plain(whom)}. {plain(_open(stand))}"
        )
    if not stand.furthest:
        st.markdown("On no question do most people stand on another side than you.")
        return
    st.markdown("**Where I am furthest from everybody**")
    for far in stand.furthest:
        st.markdown(f"“{plain(far.text)}”  \n{plain(_far(far))}")
    st.markdown("To see things differently is no mistake: it tells the others something that they can't see.")


def _open(stand: Stand) -> str:
    if not stand.open:
        return ""
    return f"On {stand.open} more, no side holds most of {'your group' if stand.by_group else 'all'}."


def _far(far: Far) -> str:
    ends = far.most if len(far.most) < 3 else (far.most[0], far.most[-1])
    most = (" or " if len(far.most) < 3 else " to ").join(f"“{level}”" for level in ends)
    narrow = " (a narrow majority)" if 5 * far.people < 3 * far.answered else ""
    return f"You: “{far.own}”\nMost: {most}, {far.people} of {far.answered} who answered{narrow}"


def _based_on(mirror: Mirror) -> str:
    answered = f"Based on {mirror.shown} of {counted(mirror.invited, 'person', 'people')} invited"
    group = f"; you are one of {mirror.group.n} in “{mirror.group.name}”" if mirror.group else ""
    return f"{answered}{group}. Whoever did not answer may see it differently."


def _is_about_you(page: Page) -> bool:
    return all(one.item.context for one in page.reflections)


def questions(page: Page, *, mirror: Mirror) -> list[dict[str, Any]]:  # Any: whatever JSON holds
    """What the browser draws: for each question its words, its levels, and one row for the group and for everybody."""
    return [_question(one, mirror=mirror) for one in page.reflections]


def _question(one: Reflection, *, mirror: Mirror) -> dict[str, Any]:  # Any: whatever JSON holds
    rows = [] if one.withheld else _rows(one, mirror=mirror)
    return {
        "text": one.item.text,
        "you": _you(one, mirror=mirror),
        "note": _WITHHELD[one.withheld] if one.withheld else "",
        "scale": one.is_scale,
        "levels": list(one.item.levels),
        "own": _places(one),
        "rows": rows,
    }


def _places(one: Reflection) -> list[int]:
    """The places of the levels or options that the partner chose."""
    if one.own is None or isinstance(one.own, Mark):
        return []
    return sorted(one.own) if isinstance(one.own, frozenset) else [one.own]


def _you(one: Reflection, *, mirror: Mirror) -> str:
    if not one.asked:
        return "You were not asked."
    if mirror.own_gap:
        return ""
    if one.own is None:
        return "You gave no answer."
    return f"You: {said(one.item, one.own) or 'none of these'}"


def _rows(one: Reflection, *, mirror: Mirror) -> list[dict[str, Any]]:  # Any: whatever JSON holds
    group, who = mirror.group, one.item.who
    asked = group is not None and (not who or bool(set(who) & set(group.sectors)))
    of = one.group if asked else None
    why = "not shown, see above" if group is None else "was not asked"
    return [
        _row("My group", of, one=one, otherwise=why),
        _row("Everybody", one.everybody, one=one, otherwise="not added up" if mirror.shown else "not shown"),
    ]


def _band(band: Band, *, one: Reflection) -> str:
    if band.pole == WITHHELD:
        return "not shown: people have come or gone since an earlier round"
    many = f"at least {band.at_least} of {band.people}"
    if band.pole == NO_ANSWER:
        return f"{many} gave no answer"
    return f"{many} say {in_words(band.pole, levels=one.item.levels, ordered=one.item.ordered)}"


def _row(name: str, of: Tally | Band | None, *, one: Reflection, otherwise: str) -> dict[str, Any]:
    """One group's line (Any: whatever JSON holds); *otherwise* is said where there is nothing to draw."""
    if isinstance(of, Tally):
        short = str(of.people) if not of.silent else f"{of.answered} of {of.people}"
        return {"name": name, "words": _people(of), "short": short, "counts": list(of.counts), "people": of.answered}
    words = otherwise if of is None else _band(of, one=one)
    return {"name": name, "words": words, "finding": of is not None, "counts": [], "people": 0}


def _people(tally: Tally) -> str:
    if not tally.silent:
        return counted(tally.people, "person", "people")
    kinds = (
        (tally.missing.cannot_judge, "can’t judge"),
        (tally.missing.not_applicable, "doesn’t apply"),
        (tally.missing.skipped, "no answer"),
    )
    rest = ", ".join(f"{number} {word}" for number, word in kinds if number)
    return f"{tally.answered} of {tally.people} answered; {rest}"
