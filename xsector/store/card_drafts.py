"""What is kept while partners write or vote: drafts and ballots under marks of their own, and who took part."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from xsector.model.cards import CALLING, Brainstorm, OwnCard
from xsector.store.brainstorms import fact_of
from xsector.store.tables import (
    BallotRow,
    BrainstormPartRow,
    BrainstormRow,
    CardDraftRow,
    InvitationRow,
    ParticipantRow,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TookPart:
    """How many wrote or voted, and from how many organisations they come."""

    people: int
    organisations: int


def own(session: Session, brainstorm_id: int, *, marks: Sequence[str]) -> list[OwnCard]:
    """The drafts under *marks*, in the order of the marks."""
    chosen = select(CardDraftRow.mark, CardDraftRow.text).where(
        CardDraftRow.brainstorm_id == brainstorm_id, CardDraftRow.mark.in_(marks)
    )
    found = {row.mark: row.text for row in session.execute(chosen)}
    return [OwnCard(mark=mark, text=found[mark]) for mark in marks if mark in found]


def put(session: Session, brainstorm_id: int, *, mark: str, text: str) -> None:
    """Keep a draft under its mark."""
    session.add(CardDraftRow(brainstorm_id=brainstorm_id, mark=mark, text=text))
    session.flush()


def take_back(session: Session, brainstorm_id: int, *, marks: Sequence[str]) -> None:
    """Delete the drafts under *marks*."""
    session.execute(
        delete(CardDraftRow).where(CardDraftRow.brainstorm_id == brainstorm_id, CardDraftRow.mark.in_(marks))
    )


def count(session: Session, brainstorm_id: int) -> int:
    """How many drafts there are."""
    chosen = select(func.count()).select_from(CardDraftRow).where(CardDraftRow.brainstorm_id == brainstorm_id)
    return session.scalar(chosen) or 0


def texts(session: Session, brainstorm_id: int) -> list[str]:
    """What all drafts say."""
    return list(session.scalars(select(CardDraftRow.text).where(CardDraftRow.brainstorm_id == brainstorm_id)))


def note_writer(session: Session, brainstorm_id: int, *, participant_id: int, wrote: bool) -> None:
    """Note whether a participant has cards in a brainstorm."""
    _part(session, brainstorm_id, participant_id=participant_id).wrote = wrote
    session.flush()


def note_voter(session: Session, brainstorm_id: int, *, participant_id: int, voted: bool) -> None:
    """Note whether a participant has marked cards."""
    _part(session, brainstorm_id, participant_id=participant_id).voted = voted
    session.flush()


def has_voted(session: Session, brainstorm_id: int, *, participant_id: int) -> bool:
    """Whether a participant has marked cards, with whichever link."""
    row = session.get(BrainstormPartRow, (brainstorm_id, participant_id))
    return row is not None and row.voted


def writers(session: Session, brainstorm_id: int) -> TookPart:
    """Who has written so far, counted."""
    return _took_part(session, brainstorm_id, voting=False)


def voters(session: Session, brainstorm_id: int) -> TookPart:
    """Who has voted so far, counted."""
    return _took_part(session, brainstorm_id, voting=True)


def ballot(session: Session, brainstorm_id: int, *, mark: str) -> frozenset[int] | None:
    """The places that were marked on one ballot; None if there is no such ballot."""
    row = session.get(BallotRow, (brainstorm_id, mark))
    return None if row is None else frozenset(row.places)


def put_ballot(session: Session, brainstorm_id: int, *, mark: str, places: Sequence[int]) -> None:
    """Keep one person's marks, in place of those they made before; none is no ballot."""
    row = session.get(BallotRow, (brainstorm_id, mark))
    if row is not None and not places:
        session.delete(row)
    elif row is not None:
        row.places = sorted(places)
    elif places:
        session.add(BallotRow(brainstorm_id=brainstorm_id, mark=mark, places=sorted(places)))
    session.flush()


def tally(session: Session, brainstorm_id: int) -> Counter[int]:
    """How many marked each card."""
    rows = session.scalars(select(BallotRow.places).where(BallotRow.brainstorm_id == brainstorm_id))
    return Counter(place for places in rows for place in places)


def give_back_dots(session: Session, brainstorm_id: int, *, places: Sequence[int]) -> None:
    """Take the marks off cards that can't be voted on any more; who made them may make others."""
    gone = set(places)
    for row in session.scalars(select(BallotRow).where(BallotRow.brainstorm_id == brainstorm_id)):
        row.places = [place for place in row.places if place not in gone]
    session.flush()


def forget(session: Session, brainstorm_id: int) -> None:
    """Delete drafts, ballots, and who took part."""
    for table in (CardDraftRow, BallotRow, BrainstormPartRow):
        session.execute(delete(table).where(table.brainstorm_id == brainstorm_id))
    session.expire_all()


def forget_person(session: Session, brainstorm_id: int, *, participant_id: int, marks: Sequence[str]) -> None:
    """Delete what one person keeps in a brainstorm: what lies under *marks*, and that they took part."""
    take_back(session, brainstorm_id, marks=marks)
    session.execute(delete(BallotRow).where(BallotRow.brainstorm_id == brainstorm_id, BallotRow.mark.in_(marks)))
    session.execute(
        delete(BrainstormPartRow).where(
            BrainstormPartRow.brainstorm_id == brainstorm_id, BrainstormPartRow.participant_id == participant_id
        )
    )


def of_participant(session: Session, participant_id: int) -> Brainstorm | None:
    """The brainstorm that a participant is asked for: one that calls them, else the newest; None if there is none."""
    row = session.scalars(
        select(BrainstormRow)
        .join(InvitationRow, InvitationRow.round_id == BrainstormRow.round_id)
        .where(InvitationRow.participant_id == participant_id)
        .order_by(BrainstormRow.stage.in_(sorted(CALLING)).desc(), BrainstormRow.id.desc())
        .limit(1)
    ).first()
    return None if row is None else fact_of(row)


def _part(session: Session, brainstorm_id: int, *, participant_id: int) -> BrainstormPartRow:
    row = session.get(BrainstormPartRow, (brainstorm_id, participant_id))
    if row is None:
        row = BrainstormPartRow(brainstorm_id=brainstorm_id, participant_id=participant_id)
        session.add(row)
    return row


def _took_part(session: Session, brainstorm_id: int, *, voting: bool) -> TookPart:
    did = BrainstormPartRow.voted if voting else BrainstormPartRow.wrote
    people, organisations = session.execute(
        select(func.count(), func.count(func.distinct(ParticipantRow.organisation_id)))
        .select_from(BrainstormPartRow)
        .join(ParticipantRow, ParticipantRow.id == BrainstormPartRow.participant_id)
        .where(BrainstormPartRow.brainstorm_id == brainstorm_id, did)
    ).one()
    return TookPart(people=people, organisations=organisations)
