"""Organisations and participants, and the links that recognise them."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Collection, Iterable
from typing import Any, Final

from sqlalchemy import Row, bindparam, delete, func, select, update
from sqlalchemy.orm import Session

from xsector.errors.common import NotFoundError
from xsector.model.modules.kinds import Organisation
from xsector.model.names import name_key
from xsector.model.partner import Participant, Respondent
from xsector.store import facts
from xsector.store.crypto import fingerprint, new_token, respondent_key
from xsector.store.driver import Line
from xsector.store.tables import InvitationRow, OrganisationRow, ParticipantRow, table_of

PERSON: Final = table_of(ParticipantRow)
ORGANISATION: Final = table_of(OrganisationRow)
INVITATION: Final = table_of(InvitationRow)
# Statements of every tap are made once; making one costs more than running it.
PEOPLE: Final = select(PERSON, ORGANISATION.c.name.label("organisation"), ORGANISATION.c.sector).join(
    ORGANISATION, ORGANISATION.c.id == PERSON.c.organisation_id
)
BEHIND_LINK: Final = PEOPLE.where(PERSON.c.link_sha256 == bindparam("sha256"))
GROUP_SIZE: Final = (
    select(func.count(), func.count(PERSON.c.organisation_id.distinct()))
    .join(ORGANISATION, ORGANISATION.c.id == PERSON.c.organisation_id)
    .join(INVITATION, INVITATION.c.participant_id == PERSON.c.id)
    .where(INVITATION.c.round_id == bindparam("of_round"), ORGANISATION.c.sector == bindparam("of_sector"))
)
JOINED: Final = (
    update(PERSON)
    .where(PERSON.c.link_sha256 == bindparam("sha256"), PERSON.c.joined.is_(False))
    .values(joined=bindparam("opened"))
)


def organisation(session: Session, *, partnership_id: int, name: str, sector: str) -> int:
    """The id of the organisation with this name; made, in this sector, if it isn't there."""
    row = session.scalar(
        select(OrganisationRow).where(
            OrganisationRow.partnership_id == partnership_id, OrganisationRow.name_key == name_key(name)
        )
    )
    if row is None:
        row = OrganisationRow(partnership_id=partnership_id, name=name, name_key=name_key(name), sector=sector)
        session.add(row)
        session.flush()
    return row.id


def sectors_of_organisations(session: Session, *, partnership_id: int) -> dict[str, str]:
    """Organisation name key to sector code."""
    rows = session.execute(
        select(OrganisationRow.name_key, OrganisationRow.sector).where(OrganisationRow.partnership_id == partnership_id)
    )
    return {row[0]: row[1] for row in rows}


def organisations(session: Session, *, partnership_id: int) -> list[Organisation]:
    """The organisations with somebody on the roster, by name."""
    rows = session.execute(
        select(ORGANISATION.c.id, ORGANISATION.c.name, ORGANISATION.c.sector)
        .where(
            ORGANISATION.c.partnership_id == partnership_id,
            ORGANISATION.c.id.in_(select(PERSON.c.organisation_id).where(PERSON.c.gone.is_(False))),
        )
        .order_by(ORGANISATION.c.name_key)
    )
    return [Organisation(id=row.id, name=row.name, sector=row.sector) for row in rows]


def organisations_with_ids(session: Session, ids: Collection[int]) -> dict[int, Organisation]:
    """Organisations by id, whether anybody of theirs is on the roster or not."""
    rows = session.execute(
        select(ORGANISATION.c.id, ORGANISATION.c.name, ORGANISATION.c.sector).where(ORGANISATION.c.id.in_(set(ids)))
    )
    return {row.id: Organisation(id=row.id, name=row.name, sector=row.sector) for row in rows}


def add(session: Session, *, partnership_id: int, organisation_id: int, name: str, email: str) -> int | None:
    """The id of a new participant, or None if the organisation has that person already.

    Somebody who was here before and left has the same id again.
    """
    key = name_key(name)
    known = session.scalar(
        select(ParticipantRow).where(
            ParticipantRow.organisation_id == organisation_id,
            ParticipantRow.name_key.in_([key, _mark(session, organisation_id=organisation_id, key=key)]),
        )
    )
    if known is not None and not known.gone:
        return None
    row = known or ParticipantRow(partnership_id=partnership_id, organisation_id=organisation_id)
    row.name, row.name_key, row.email, row.gone = name, key, email, False
    session.add(row)
    session.flush()
    return row.id


def remove(session: Session, *, partnership_id: int, participant_id: int, counted: bool) -> None:
    """Take a participant off the roster; of somebody who was *counted*, a mark stays that only they make again.

    With them goes their organisation, if nobody is left in it.
    """
    row = _row(session, partnership_id=partnership_id, participant_id=participant_id)
    organisation_id = row.organisation_id
    if counted:
        row.name_key = _mark(session, organisation_id=organisation_id, key=row.name_key)
        row.name, row.email, row.link_sha256, row.joined, row.gone = "", "", None, False, True
    else:
        session.delete(row)
    session.flush()
    left = session.scalar(
        select(func.count()).select_from(ParticipantRow).where(ParticipantRow.organisation_id == organisation_id)
    )
    if not left:
        session.execute(delete(OrganisationRow).where(OrganisationRow.id == organisation_id))


def _mark(session: Session, *, organisation_id: int, key: str) -> str:
    """What is kept of the name of somebody who left: it says nothing, and the same name gives it again."""
    secret = facts.signing_key(session)
    return hmac.new(secret, f"gone:{organisation_id}:{key}".encode(), hashlib.sha256).hexdigest()


def everyone(session: Session, *, partnership_id: int) -> list[Participant]:
    """The roster, by organisation and name."""
    chosen = PEOPLE.where(PERSON.c.partnership_id == partnership_id, PERSON.c.gone.is_(False))
    return [_fact(row) for row in session.execute(chosen.order_by(ORGANISATION.c.name_key, PERSON.c.name_key))]


def group_size(session: Session, *, round_id: int, sector: str) -> tuple[int, int]:
    """How many people and how many organisations of a sector are invited to a round."""
    found = session.connection().execute(GROUP_SIZE, {"of_round": round_id, "of_sector": sector})
    people, organisations = found.one()
    return people, organisations


def behind_link(line: Line, *, token: str) -> Respondent | None:
    """Whoever's present link holds this token."""
    row = line.first(BEHIND_LINK, sha256=fingerprint(token))
    if row is None:
        return None
    return Respondent(
        participant_id=row.id,
        name=row.name,
        partnership_id=row.partnership_id,
        organisation_id=row.organisation_id,
        organisation=row.organisation,
        sector=row.sector,
        key=respondent_key(token, partnership_id=row.partnership_id),
        link_sha256=row.link_sha256,
    )


def without_link(session: Session, *, partnership_id: int, participant_id: int) -> Respondent:
    """Somebody of the roster under a key that is drawn now and that nobody keeps, whatever links they hold.

    Raises
    ------
    NotFoundError
        They are not on the roster.
    """
    person = next((one for one in everyone(session, partnership_id=partnership_id) if one.id == participant_id), None)
    if person is None:
        raise NotFoundError("person")
    return Respondent(
        participant_id=person.id,
        name=person.name,
        partnership_id=partnership_id,
        organisation_id=person.organisation_id,
        organisation=person.organisation,
        sector=person.sector,
        key=new_token(),
        link_sha256="",
    )


def issue_links(
    session: Session, *, partnership_id: int, participant_ids: Iterable[int], joined: bool = False
) -> dict[int, str]:
    """A new link token for each participant; the links they had before end. Tokens aren't kept."""
    issued = {}
    for participant_id in participant_ids:
        row = _row(session, partnership_id=partnership_id, participant_id=participant_id)
        token = new_token()
        row.link_sha256, row.joined = fingerprint(token), joined
        issued[participant_id] = token
    session.flush()
    return issued


def one(session: Session, participant_id: int) -> Participant:
    """One participant; NotFoundError if they are not on the roster."""
    row = session.execute(PEOPLE.where(PERSON.c.id == participant_id)).one_or_none()
    if row is None:
        raise NotFoundError("person")
    return _fact(row)


def hold(session: Session, *, participant_id: int) -> Participant:
    """One participant, as they are now and until the transaction ends."""
    row = session.get(ParticipantRow, participant_id, populate_existing=True, with_for_update=True)
    if row is None:
        raise NotFoundError("person")
    return _fact(session.execute(PEOPLE.where(PERSON.c.id == participant_id)).one())


def is_linked(session: Session, respondent: Respondent) -> bool:
    """Whether the link that a respondent came with is still theirs."""
    held = session.scalar(select(PERSON.c.link_sha256).where(PERSON.c.id == respondent.participant_id))
    return held == respondent.link_sha256


def set_joined(line: Line, *, token: str) -> None:
    """Note that the link which holds this token has been opened."""
    line.run(JOINED, sha256=fingerprint(token), opened=True)


def _row(session: Session, *, partnership_id: int, participant_id: int) -> ParticipantRow:
    row = session.get(ParticipantRow, participant_id)
    if row is None or row.partnership_id != partnership_id or row.gone:
        raise NotFoundError("person")
    return row


def _fact(row: Row[Any]) -> Participant:
    return Participant(
        id=row.id,
        name=row.name,
        organisation_id=row.organisation_id,
        organisation=row.organisation,
        sector=row.sector,
        email=row.email,
        has_link=row.link_sha256 is not None,
        joined=row.joined,
    )
