"""Setting up: partnership, people, links, rounds, questions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from xsector.actions import erasing
from xsector.actions.permission import convening, convening_round_for_change, known_convener
from xsector.errors.common import LockedError, SetUpError
from xsector.errors.rounds import RoundStateError
from xsector.model.instrument import Instrument
from xsector.model.instrument_file import load_form
from xsector.model.modules.expanding import expanded
from xsector.model.names import clean_line, clean_name, clean_text, name_key
from xsector.model.partner import Partnership, RoundFacts
from xsector.model.policy import Policy
from xsector.model.round import State
from xsector.model.sector import Sector
from xsector.settings import INSTRUMENTS
from xsector.store import accounts, audit, invitations, partnerships, rosters, rounds, sheets
from xsector.store.accounts import Account
from xsector.store.engine import Engine, Session, writing

LONGEST_TITLE = 120
LONGEST_PLACE = 80
LONGEST_RESULT = 300
MOST_PEOPLE = 500


class RosterLine(Protocol):
    """What is needed of one line of a roster."""

    @property
    def name(self) -> str: ...
    @property
    def organisation(self) -> str: ...
    @property
    def sector(self) -> str: ...
    @property
    def email(self) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """How many people of a list were new, and how many were on the roster already."""

    added: int
    known: int


def create_partnership(
    engine: Engine, *, account: Account, name: str, place: str, shared_result: str, sectors: tuple[Sector, ...],
    policy: Policy, records_notice: bool = False, now: datetime,
) -> Partnership:  # fmt: skip
    """Make a partnership that *account* leads."""
    _check_sectors(sectors)
    with writing(engine) as session:
        known_convener(session, account=account)
        known = clean_name(name)
        if account.id and partnerships.named(session, known, led_by=account.id) is not None:
            raise SetUpError(f"You lead a partnership “{known}” already.", remedy="Give this one another name.")
        made = partnerships.add(
            session,
            name=known,
            place=_line_or_nothing(place),
            shared_result=clean_text(shared_result, longest=LONGEST_RESULT),
            sectors=sectors,
            policy=policy,
            records_notice=records_notice,
            now=now,
        )
        if account.id:
            accounts.make_steward(session, partnership_id=made.id, account_id=account.id)
        _note(session, account, "partnership made", made.id, now)
        return made


def describe_partnership(
    engine: Engine, *, account: Account, partnership_id: int, name: str, place: str, shared_result: str,
    records_notice: bool, now: datetime,
) -> Partnership:  # fmt: skip
    """Change how a partnership is described."""
    with writing(engine) as session:
        convening(session, account=account, partnership_id=partnership_id)
        made = partnerships.describe(
            session,
            partnership_id,
            name=clean_name(name),
            place=_line_or_nothing(place),
            shared_result=clean_text(shared_result, longest=LONGEST_RESULT),
            records_notice=records_notice,
        )
        _note(session, account, "partnership described", partnership_id, now)
        return made


def choose_policy(engine: Engine, *, account: Account, partnership_id: int, policy: Policy, now: datetime) -> None:
    """Choose the tier and its numbers.

    Raises
    ------
    LockedError
        Answers exist, and the choice would show smaller groups than their authors were promised.
    """
    with writing(engine) as session:
        before = convening(session, account=account, partnership_id=partnership_id).policy
        less = any(getattr(policy, one) < getattr(before, one) for one in ("k", "m", "t"))
        weaker = less or policy.tier is not before.tier
        if weaker and _any_answers(session, partnership_id):
            raise LockedError("tier of confidentiality")
        partnerships.set_policy(session, partnership_id, policy=policy)
        detail = partnerships.policy_to_plain(policy)
        audit.note(
            session, actor=account.name, action="policy chosen", now=now, partnership_id=partnership_id, detail=detail
        )


def choose_sectors(
    engine: Engine, *, account: Account, partnership_id: int, sectors: tuple[Sector, ...], now: datetime
) -> None:
    """Change the list of sectors; one that an organisation or an answer stands in can't be dropped."""
    _check_sectors(sectors)
    with writing(engine) as session:
        convening(session, account=account, partnership_id=partnership_id)
        left = {sector.code for sector in sectors}
        if set(rosters.sectors_of_organisations(session, partnership_id=partnership_id).values()) - left:
            raise LockedError(
                "list of sectors", remedy="Organisations stand in a sector you took away. Move them first."
            )
        if sheets.sectors_of_partnership(session, partnership_id) - left:
            raise LockedError("list of sectors")
        partnerships.set_sectors(session, partnership_id, sectors=sectors)
        _note(session, account, "sectors chosen", partnership_id, now)


def add_people(
    engine: Engine, *, account: Account, partnership_id: int, rows: Sequence[RosterLine], now: datetime
) -> Added:
    """Add people to the roster; those who are on it already are left as they are.

    Raises
    ------
    SetUpError
        An organisation would stand in two sectors, or the roster would hold too many.
    """
    with writing(engine) as session:
        partnership = convening(session, account=account, partnership_id=partnership_id)
        known = rosters.sectors_of_organisations(session, partnership_id=partnership_id)
        if len(rosters.everyone(session, partnership_id=partnership_id)) + len(rows) > MOST_PEOPLE:
            raise SetUpError(f"A roster holds at most {MOST_PEOPLE} people.", remedy="Shorten the list.")
        added = 0
        for row in rows:
            sector = partnership.sector(row.sector).code
            if known.setdefault(name_key(row.organisation), sector) != sector:
                raise SetUpError(f"“{row.organisation}” stands in two sectors.", remedy="Give it one, then add again.")
            organisation_id = rosters.organisation(
                session, partnership_id=partnership_id, name=clean_name(row.organisation), sector=sector
            )
            added += None is not rosters.add(
                session, partnership_id=partnership_id, organisation_id=organisation_id, name=clean_name(row.name),
                email=row.email,
            )  # fmt: skip
        audit.note(
            session,
            actor=account.name,
            action="people added",
            now=now,
            partnership_id=partnership_id,
            detail={"people": added},
        )
        return Added(added=added, known=len(rows) - added)


def remove_person(engine: Engine, *, account: Account, partnership_id: int, participant_id: int, now: datetime) -> None:
    """Take somebody off the roster; what was shown stays as it is.

    Raises
    ------
    LockedError
        They are invited to a round whose results are still to come.
    """
    with writing(engine) as session:
        convening(session, account=account, partnership_id=partnership_id)
        for round_ in rounds.of_partnership(session, partnership_id):
            waits = round_.state in {State.OPEN, State.CLOSED}
            if waits and invitations.is_invited(session, round_id=round_.id, participant_id=participant_id):
                raise LockedError("roster", remedy=f"This person is invited to “{round_.title}”. Reveal it first.")
        erasing.forget(session, partnership_id=partnership_id, participant_id=participant_id)
        _note(session, account, "person removed", partnership_id, now)


def issue_links(
    engine: Engine, *, account: Account, partnership_id: int, participant_ids: Iterable[int], now: datetime
) -> dict[int, str]:
    """New personal links: participant id to token. They are shown now or never: only hashes are kept."""
    with writing(engine) as session:
        convening(session, account=account, partnership_id=partnership_id)
        return _issued(session, participant_ids, account=account, partnership_id=partnership_id, now=now)


def issue_missing_links(engine: Engine, *, account: Account, partnership_id: int, now: datetime) -> dict[int, str]:
    """Personal links for those who have none now, whatever a page showed: no link that was given out ends."""
    with writing(engine) as session:
        convening(session, account=account, partnership_id=partnership_id)
        people = rosters.everyone(session, partnership_id=partnership_id)
        without = [one.id for one in people if not one.has_link]
        if not without:
            return {}
        return _issued(session, without, account=account, partnership_id=partnership_id, now=now)


def create_round(
    engine: Engine, *, account: Account, partnership_id: int, title: str, form: str, now: datetime
) -> RoundFacts:
    """A new round in draft with the questions of *form*: standard, full or pulse."""
    instrument = load_form(INSTRUMENTS, form)
    with writing(engine) as session:
        partnership = convening(session, account=account, partnership_id=partnership_id)
        known = clean_line(title, longest=LONGEST_TITLE, what="name of the round")
        if known in {one.title for one in rounds.of_partnership(session, partnership_id)}:
            raise SetUpError(f"There is a round “{known}” already.", remedy="Give this one another name.")
        made = rounds.add(
            session,
            partnership_id=partnership_id,
            title=known,
            instrument=instrument,
            policy=partnership.policy,
        )
        _note(session, account, "round made", partnership_id, now)
        return made


def change_questions(
    engine: Engine, *, account: Account, round_id: int, change: Callable[[Instrument], Instrument], now: datetime
) -> Instrument:
    """Apply *change* to the round's questions and return them.

    Raises
    ------
    LockedError
        Somebody has started to answer.
    RoundStateError
        The round is over.
    """
    with writing(engine) as session:
        round_ = convening_round_for_change(session, account=account, round_id=round_id)
        if round_.state not in {State.DRAFT, State.OPEN}:
            raise RoundStateError(round_.title, round_.state, "changed")
        if sheets.any_started(session, round_id):
            raise LockedError("questions")
        changed = change(rounds.instrument_of(session, round_id))
        if round_.state is State.OPEN:
            changed = whole(session, changed, partnership_id=round_.partnership_id)
        rounds.set_instrument(session, round_id, instrument=changed)
        _note(session, account, "questions changed", round_.partnership_id, now)
        return changed


def whole(session: Session, instrument: Instrument, *, partnership_id: int) -> Instrument:
    """*instrument* with the questions of its modules, about the partnership's organisations and sectors now."""
    sectors = partnerships.get(session, partnership_id).sectors
    made = expanded(
        instrument,
        organisations=rosters.organisations(session, partnership_id=partnership_id),
        sectors={one.code: one.label for one in sectors},
    )
    return replace(made, sectors=sectors)


def _issued(
    session: Session, participant_ids: Iterable[int], *, account: Account, partnership_id: int, now: datetime
) -> dict[int, str]:
    issued = rosters.issue_links(session, partnership_id=partnership_id, participant_ids=participant_ids)
    detail = {"participants": sorted(issued)}
    audit.note(
        session, actor=account.name, action="links issued", now=now, partnership_id=partnership_id, detail=detail
    )
    return issued


def _any_answers(session: Session, partnership_id: int) -> bool:
    return any(
        round_.state is not State.DRAFT and sheets.any_started(session, round_.id)
        for round_ in rounds.of_partnership(session, partnership_id)
    ) or any(
        round_.state in {State.REVEALED, State.ARCHIVED} for round_ in rounds.of_partnership(session, partnership_id)
    )


def _check_sectors(sectors: tuple[Sector, ...]) -> None:
    if len(sectors) < 2:
        raise SetUpError("A partnership needs at least two sectors.", remedy="Add one.")
    keys = [name_key(clean_name(sector.label)) for sector in sectors]
    if len(set(keys)) < len(keys) or len({sector.code for sector in sectors}) < len(sectors):
        raise SetUpError("Two sectors have the same name.", remedy="Rename one of them.")


def _line_or_nothing(text: str) -> str:
    return clean_line(text, longest=LONGEST_PLACE) if text.strip() else ""


def _note(session: Session, account: Account, action: str, partnership_id: int, now: datetime) -> None:
    audit.note(session, actor=account.name, action=action, now=now, partnership_id=partnership_id)
