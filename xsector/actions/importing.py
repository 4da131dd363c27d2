"""Importing a file of answers from another survey tool as a closed round."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from xsector.actions.permission import known_convener
from xsector.actions.survey.answers_file import SurveyPlan, asking_modules, inspect_survey
from xsector.actions.survey.mapping import ImportOptions
from xsector.actions.survey.reading import RowChunk, read_rows
from xsector.errors.common import SetUpError, UnusableTextError
from xsector.errors.files import SurveyFileError
from xsector.model.modules.kinds import Organisation
from xsector.model.names import LONGEST_NAME, clean_name
from xsector.model.partner import RoundFacts
from xsector.model.policy import Policy, Tier
from xsector.model.promise import VERSION
from xsector.model.round import State
from xsector.store import accounts, audit, partnerships, rosters, rounds, sheets
from xsector.store.accounts import Account
from xsector.store.engine import Engine, Session, writing

SMALLEST_GROUP: Final = 3

Progress = Callable[[str, float], None]
"""Told what is being done and how much of it, from 0 to 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What an import made, and what it left out."""

    round: RoundFacts
    answered: int
    skipped: tuple[tuple[int, str], ...]
    skipped_count: int
    unread: tuple[tuple[int, str], ...]
    unread_count: int
    notes: tuple[str, ...]


def import_survey(
    engine: Engine, *, account: Account, path: Path, partnership: str, options: ImportOptions, now: datetime,
    progress: Progress = lambda _doing, _share: None,
) -> Imported:  # fmt: skip
    """Make a closed round from the file at *path*, all of it or nothing.

    A partnership of that name gets one more round if its sectors are the same; otherwise a new
    partnership is made. A round never shows smaller groups than its partnership does.

    Raises
    ------
    SurveyFileError
        The file can't be understood; the sentence says what is needed.
    SetUpError
        The groups asked for are too small to be shown, or trust was asked in the partnership before.
    """
    wanted, name = _policy(options.k), clean_name(partnership)
    planned = inspect_survey(path, options=options, progress=lambda share: progress("Looking at the file", share))
    with writing(engine) as session:
        partnership_id = _partnership(session, planned, account=account, name=name, policy=wanted, now=now)
        policy = _policy_there(session, partnership_id, k=options.k)
        _refuse_second_trust(session, planned, partnership_id=partnership_id)
        organisations = _Organisations(session, planned, partnership_id=partnership_id)
        planned = asking_modules(planned, organisations=organisations.all())
        sectors = partnerships.get(session, partnership_id).sectors
        made = rounds.add(
            session, partnership_id=partnership_id, title=planned.instrument.title, policy=policy,
            instrument=replace(planned.instrument, sectors=sectors),
        )  # fmt: skip
        rounds.freeze(
            session, made.id, policy=policy, promise="Imported from another survey tool.", promise_version=VERSION
        )
        found = _store_rows(
            session, planned, path=path, round_id=made.id, organisations=organisations, progress=progress
        )
        rounds.set_imported(session, made.id, people=planned.rows)
        rounds.set_state(session, made.id, state=State.OPEN, now=now)
        rounds.set_state(session, made.id, state=State.CLOSED, now=now)
        detail = {"round": made.id, "people": found.answered}
        audit.note(
            session, actor=account.name, action="file imported", now=now, partnership_id=partnership_id, detail=detail
        )
        return Imported(
            round=rounds.get(session, made.id), answered=found.answered, skipped=tuple(found.skipped),
            skipped_count=found.skipped_count, unread=tuple(found.unread), unread_count=found.unread_count,
            notes=(*planned.notes, *found.notes()),
        )  # fmt: skip


class _Found:
    """What the rows held so far."""

    def __init__(self) -> None:
        self.answered = 0
        self.skipped: list[tuple[int, str]] = []
        self.skipped_count = 0
        self.unread: list[tuple[int, str]] = []
        self.unread_count = 0
        self.told: Counter[str] = Counter()

    def add(self, chunk: RowChunk) -> None:
        self.answered += len(chunk.marks)
        self.skipped += chunk.skipped
        self.skipped_count += chunk.skipped_count
        self.unread += chunk.unread
        self.unread_count += chunk.unread_count
        self.told += chunk.told

    def notes(self) -> tuple[str, ...]:
        """Sentences on answers that were read otherwise than they stand there."""
        return tuple(f"{people:,} people {what}." for what, people in self.told.items())


def _store_rows(
    session: Session, planned: SurveyPlan, *, path: Path, round_id: int, organisations: _Organisations,
    progress: Progress,
) -> _Found:  # fmt: skip
    found = _Found()
    sectors: list[str] = []
    owners: list[int | None] = []
    marks: list[NDArray[np.uint8]] = []
    for chunk in read_rows(path, plan=planned, progress=lambda share: progress("Reading answers", share)):
        found.add(chunk)
        sectors += [planned.sectors[place].code for place in chunk.sectors]
        owners += organisations.ids(chunk)
        marks.append(chunk.marks)
    if not found.answered:
        raise SurveyFileError("No row of this file could be read.", remedy="Check the column that tells the sector.")
    progress("Storing answers", 0)
    # All at once: a table that is filled in the order of its keys costs a fifth, and tells nothing of the file's order.
    sheets.add_imported(session, round_id=round_id, sectors=sectors, organisations=owners, marks=np.concatenate(marks))
    progress("Storing answers", 1)
    return found


class _Organisations:
    """The ids of a file's organisations, made as they turn up."""

    def __init__(self, session: Session, planned: SurveyPlan, *, partnership_id: int) -> None:
        self._session = session
        self._names = planned.organisations
        self._grounds = planned.grounds
        self._homes = planned.homes
        self._sectors = planned.sectors
        self._partnership_id = partnership_id
        self._ids: dict[int, int] = {}

    def all(self) -> list[Organisation]:
        """All of them, each in the sector of most of its people unless the partnership has it in another.

        None where no answer of the file's modules is about organisations.
        """
        if self._grounds is None or not self._grounds.wanted.names_organisations:
            return []
        ids = [self._id(place, sector=home) for place, home in enumerate(self._homes)]
        known = rosters.organisations_with_ids(self._session, ids)
        return [known[one] for one in ids]

    def ids(self, chunk: RowChunk) -> list[int | None]:
        """The organisation of each person of *chunk*, None where none is known."""
        if chunk.organisations is None:
            return [None] * len(chunk.marks)
        return [
            None if place < 0 else self._id(int(place), sector=int(sector))
            for place, sector in zip(chunk.organisations, chunk.sectors, strict=True)
        ]

    def _id(self, place: int, *, sector: int) -> int:
        if place not in self._ids:
            self._ids[place] = rosters.organisation(
                self._session,
                partnership_id=self._partnership_id,
                name=_organisation_name(self._names[place], place=place),
                sector=self._sectors[sector].code,
            )
        return self._ids[place]


def _organisation_name(name: str, *, place: int) -> str:
    """The name as the file has it, or a number where the roster can't take it."""
    try:
        return clean_name(name[:LONGEST_NAME])
    except UnusableTextError:
        return f"Organisation {place + 1}"


def _policy(k: int) -> Policy:
    if k < SMALLEST_GROUP:
        raise SetUpError(
            f"Groups of fewer than {SMALLEST_GROUP} people are never shown.",
            remedy=f"Ask for {SMALLEST_GROUP} or more.",
        )
    return Policy(k=k) if k >= Policy().k else Policy(tier=Tier.SMALL, k=k)


def _policy_there(session: Session, partnership_id: int, *, k: int) -> Policy:
    """That of the partnership, with groups of at least *k*; nobody in a file has agreed to be named."""
    policy = partnerships.get(session, partnership_id).policy
    found = replace(policy, k=max(policy.k, k))
    if policy.tier is not Tier.BY_ORGANISATION:
        return found
    return replace(found, tier=Tier.CONFIDENTIAL if found.k >= Policy().k else Tier.SMALL)


def _refuse_second_trust(session: Session, planned: SurveyPlan, *, partnership_id: int) -> None:
    """Ratings of two rounds may be shown only where those who came and went are enough, and a file names nobody."""
    if planned.instrument.modules.trust is None:
        return
    for other in rounds.of_partnership(session, partnership_id):
        if other.state is not State.DRAFT and rounds.instrument_of(session, other.id).modules.trust is not None:
            raise SetUpError(
                f"“{other.title}” has asked about trust already, and a file doesn't tell who was there before: "
                "together both could give a person's ratings away.",
                remedy="Leave trust out of the map, or give the file a partnership of its own with --partnership.",
            )


def _partnership(
    session: Session, planned: SurveyPlan, *, account: Account, name: str, policy: Policy, now: datetime
) -> int:
    known_convener(session, account=account)
    known = partnerships.named(session, name, led_by=account.id or None)
    if known is not None and {one.code for one in known.sectors} == {one.code for one in planned.sectors}:
        return known.id
    made = partnerships.add(
        session, name=name, place="", shared_result="", sectors=planned.sectors, policy=policy, now=now
    )
    if account.id:
        accounts.make_steward(session, partnership_id=made.id, account_id=account.id)
    else:
        accounts.give_to_everyone(session, partnership_id=made.id)
    return made.id
