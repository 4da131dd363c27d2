"""All that is kept of a partner, for that partner to take away."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from xsector.errors.common import NotAllowedError
from xsector.model.instrument import COUNTED_KINDS, Item, Kind
from xsector.model.mirror import Gap, Mirror, Reflection, Withheld
from xsector.model.modules import trust
from xsector.model.own_trust import OwnTrust
from xsector.model.partner import Participant, Partnership, Respondent, RoundFacts
from xsector.model.released import WITHHELD, Band
from xsector.model.sheet import said
from xsector.reports.mirror import mirror_of, own_gap
from xsector.reports.own import OwnForm, open_rounds, own_form
from xsector.reports.own_trust import own_trust
from xsector.store import invitations, partnerships, rosters
from xsector.store.engine import Engine, reading

NOT_KEPT: Final = (
    "Not kept: your link itself (only a fingerprint that can't be turned back), anything that leads from your name to "
    "your answers without that link, which cards you wrote once writing is over (before that your page “Cards” shows "
    "them), where you put dots once they are counted and, once results are shown, when you answered and for which "
    "organisation."
)
_GONE: Final = {
    Gap.NOT_KEPT: "The answers of single people were deleted when the results were shown.",
    Gap.OTHER_LINK: "You answered with an earlier link. This link can't open those answers, and neither can we.",
    Gap.NOT_FINISHED: "You did not finish this round, so nothing of it was kept.",
}
_RATED: Final = {
    trust.BY_SECTOR: "by itself not at all; the mean of what you say of its sector is counted with your group",
    trust.ALONE: "to that organisation alone, added to what all others say",
    trust.OWN: "to nobody",
}
_WHY: Final = {
    Withheld.SOME_ASKED: "not shown: only some people were asked, now or in an earlier round",
    Withheld.TOO_FEW: "not shown: a group is too small for a question about trust",
    Withheld.SEVERAL: "not shown: about trust, and with several answers",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One question as it stands in a partner's own file; ``comment`` is empty where there is none.

    ``may_show`` is their consent to what they wrote in their own words, if they did.
    """

    code: str
    question: str
    answer: str
    comment: str
    in_words: bool
    may_show: bool
    shown: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnRound:
    """One round as it stands in a partner's own file; ``note`` says why answers aren't there."""

    round: RoundFacts
    late: bool
    """Whether they came onto the roster after the round was opened."""
    finished: bool
    saved_at: datetime | None
    submitted_at: datetime | None
    lines: tuple[Line, ...]
    note: str
    group: str | None
    """The group that counts them, as it was shown."""
    group_people: int
    others_say: OwnTrust | None
    """How others rate the partner's organisation, where they may see it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mine:
    """Everything that is kept of a partner."""

    person: Participant
    partnership: Partnership
    rounds: tuple[OwnRound, ...]
    not_kept: str


def everything_of(engine: Engine, *, respondent: Respondent) -> Mine:
    """Everything that is kept of a partner, the newest round first.

    Raises
    ------
    NotAllowedError
        The link with which they came is not theirs any more.
    """
    with reading(engine) as session:
        if not rosters.is_linked(session, respondent):
            raise NotAllowedError()
        person = rosters.one(session, respondent.participant_id)
        partnership = partnerships.get(session, respondent.partnership_id)
    invited = open_rounds(engine, respondent=respondent)
    return Mine(
        person=person,
        partnership=partnership,
        rounds=tuple(own_round(engine, respondent=respondent, round_id=one.id) for one in invited),
        not_kept=NOT_KEPT,
    )


def own_round(engine: Engine, *, respondent: Respondent, round_id: int) -> OwnRound:
    """A partner's answers and words in one round, with how each question was shown.

    Raises
    ------
    NotAllowedError
        They are not invited to this round, or the link with which they came is not theirs any more.
    """
    mirror = mirror_of(engine, respondent=respondent, round_id=round_id)
    form = own_form(engine, respondent=respondent, round_id=round_id)
    with reading(engine) as session:
        late = invitations.is_late(session, round_id=round_id, participant_id=respondent.participant_id)
    return OwnRound(
        round=form.round,
        late=late,
        finished=form.submitted or form.finished_before,
        saved_at=form.saved_at,
        submitted_at=form.submitted_at,
        lines=tuple(_lines(form, mirror=mirror, respondent=respondent)) if form.started else (),
        note=_note(form, mirror=mirror),
        group=mirror.group.name if mirror and mirror.group else None,
        group_people=mirror.group.n if mirror and mirror.group else 0,
        others_say=own_trust(engine, respondent=respondent, round_id=round_id),
    )


def _note(form: OwnForm, *, mirror: Mirror | None) -> str:
    if mirror is not None:
        gap = own_gap(form)
        return _GONE[gap] if gap else ""
    if form.finished_before:
        return _GONE[Gap.OTHER_LINK]
    return "" if form.started else "You have not begun this round."


def _lines(form: OwnForm, *, mirror: Mirror | None, respondent: Respondent) -> Iterator[Line]:
    known = {one.item.code: one for one in mirror.reflections()} if mirror else {}
    for item in form.instrument.items():
        if not item.is_asked_of(sector=respondent.sector, organisation=respondent.organisation_id):
            continue
        comment, may_show = form.comments.get(item.code, ("", False))
        text, may_show_text = form.texts.get(item.code, ("", False))
        answer = said(item, form.answers.get(item.code)) or text
        shown = "not yet" if mirror is None else "own words are not counted"
        if item.kind in COUNTED_KINDS and mirror is not None:
            shown = _shown(known[item.code], mirror=mirror) if item.code in known else _in_table(item, mirror=mirror)
        if item.kind is Kind.ROUND_ROBIN and mirror is not None:
            shown = _RATED[item.parts[1]]
        yield Line(
            code=item.code,
            question=item.text,
            answer=answer,
            comment=comment,
            in_words=bool(text or comment),
            may_show=may_show or may_show_text,
            shown=shown,
        )


def _in_table(item: Item, *, mirror: Mirror) -> str:
    """How an answer was shown that stands in one of our tables, which the mirror leaves out."""
    return "under your organisation’s name" if item.by_name else _counted(mirror)


def _counted(mirror: Mirror) -> str:
    if mirror.group is None:
        return "your answer was not counted"
    return f"the counts of “{mirror.group.name}” ({mirror.group.n} people)"


def _shown(one: Reflection, *, mirror: Mirror) -> str:
    if one.withheld is not None:
        return _WHY[one.withheld]
    if mirror.group is not None and isinstance(one.group, Band):
        return "not shown of your group" if one.group.pole == WITHHELD else "of your group only “at least so many”"
    return _counted(mirror)
