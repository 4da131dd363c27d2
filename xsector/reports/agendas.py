"""The agenda of a round's meeting: as built, or as its convener has edited it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from xsector.actions.permission import leading_round
from xsector.agenda.build import build_agenda
from xsector.agenda.document import Agenda, Ours
from xsector.agenda.plain import from_plain
from xsector.agenda.promised import with_promised
from xsector.errors.rounds import RoundStateError
from xsector.model.partner import RoundFacts
from xsector.model.profile import GOAL_LINE
from xsector.model.released import Release
from xsector.model.round import State
from xsector.reports.guides import the_guide
from xsector.reports.promises import open_before
from xsector.reports.released import release_in, with_past
from xsector.reports.words import words_in
from xsector.store import agendas, ground_rules, rounds
from xsector.store.accounts import Account
from xsector.store.engine import Engine, Session, reading

USUAL_MINUTES = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaView:
    """An agenda, the release it speaks of, and the version that a change must name."""

    agenda: Agenda
    release: Release
    version: int
    edited: bool


def agenda_of(engine: Engine, *, account: Account, round_id: int, minutes: int | None = None) -> AgendaView:
    """The kept agenda, or a new one of *minutes* (90 if not said), with the partnership's own words as of now.

    Promises of earlier rounds that are still open are in it as they stand now.

    Asked for another length than the kept one has, a new one is built; the kept one stays until
    the new one is saved.

    Raises
    ------
    RoundStateError, AgendaMinutesError
    """
    with reading(engine) as session:
        round_ = leading_round(session, account=account, round_id=round_id)
        found = release_in(session, round_)
        release = None if found is None else with_past(session, round_, release=found)
        kept = agendas.get(session, round_id)
        ours = _ours(session, round_)
        standing = open_before(session, round_)
    if release is None or round_.state not in {State.REVEALED, State.ARCHIVED}:
        raise RoundStateError(round_.title, round_.state, "made an agenda of")
    version = kept[1] if kept else 0
    if kept is not None:
        agenda = from_plain(kept[0])
        if minutes is None or agenda.minutes == minutes:
            fresh = with_promised(replace(agenda, ours=ours), standing)
            return AgendaView(agenda=fresh, release=release, version=version, edited=True)
    built = build_agenda(release, guide=the_guide(), minutes=minutes or USUAL_MINUTES)
    fresh = with_promised(replace(built, ours=ours), standing)
    return AgendaView(agenda=fresh, release=release, version=version, edited=False)


def _ours(session: Session, round_: RoundFacts) -> Ours:
    """The rules that the partnership gave itself last, up to this round, and the goals that may be read in it."""
    until = [one.id for one in rounds.of_partnership(session, round_.partnership_id) if one.number <= round_.number]
    rules = next(filter(None, (ground_rules.of_round(session, one) for one in until)), [])
    written = next((one for one in words_in(session, round_) if one.code == GOAL_LINE), None)
    goals = tuple(word.text for word in written.let_through) if written else ()
    return Ours(
        rules=tuple(rule.text for rule in rules),
        goal_question=written.text if written and goals else "",
        goals=goals,
    )
