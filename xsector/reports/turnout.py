"""Who has answered: the only live figure before the reveal."""

from __future__ import annotations

from dataclasses import dataclass

from xsector.actions.permission import leading_round
from xsector.model.partner import RoundFacts
from xsector.store import invitations, partnerships, rosters, sheets
from xsector.store.accounts import Account
from xsector.store.engine import Engine, Session, reading


@dataclass(frozen=True, slots=True, kw_only=True)
class SectorTurnout:
    """How many of a sector have answered."""

    label: str
    look: int
    invited: int
    answered: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonTurnout:
    """Whether one invited person has finished."""

    participant_id: int
    name: str
    organisation: str
    sector: str
    answered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Turnout:
    """How many have answered, in all, by sector (where k people are invited), and by person."""

    invited: int
    answered: int
    sectors: tuple[SectorTurnout, ...]
    people: tuple[PersonTurnout, ...]


def turnout(engine: Engine, *, account: Account, round_id: int) -> Turnout:
    """Who has answered, for those who lead the round."""
    with reading(engine) as session:
        round_ = leading_round(session, account=account, round_id=round_id)
        labels = {one.code: one.label for one in partnerships.get(session, round_.partnership_id).sectors}
        named = {one.id: one for one in rosters.everyone(session, partnership_id=round_.partnership_id)}
        people = tuple(
            PersonTurnout(
                participant_id=who,
                name=named[who].name,
                organisation=organisation,
                sector=labels[sector],
                answered=answered,
            )
            for who, sector, organisation, answered in invitations.turnout(session, round_id)
            if who in named
        )
        invited, answered, sectors = counted(session, round_)
        return Turnout(invited=invited, answered=answered, sectors=sectors, people=people)


def counted(session: Session, round_: RoundFacts) -> tuple[int, int, tuple[SectorTurnout, ...]]:
    """Invited, answered, and both by sector for sectors with at least k invited people."""
    if round_.imported:
        return round_.imported, sheets.waiting(session, round_.id), ()
    rows = invitations.turnout(session, round_.id)
    by_sector = []
    for sector in partnerships.get(session, round_.partnership_id).sectors:
        theirs = [answered for _, code, _, answered in rows if code == sector.code]
        if len(theirs) >= round_.policy.k:
            by_sector.append(
                SectorTurnout(label=sector.label, look=sector.look, invited=len(theirs), answered=sum(theirs))
            )
    return len(rows), sum(answered for _, _, _, answered in rows), tuple(by_sector)
