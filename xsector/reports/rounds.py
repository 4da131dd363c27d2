"""Partnerships, rosters, rounds and their questions, for those who may lead them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from xsector.actions.permission import OPERATOR, leading, leading_round
from xsector.actions.setting_up import whole
from xsector.model.instrument import Instrument
from xsector.model.instrument_file import TAXONOMY_FILE, read_taxonomy, themes_of
from xsector.model.partner import Participant, Partnership, RoundFacts
from xsector.model.round import State
from xsector.model.taxonomy import Taxonomy
from xsector.settings import INSTRUMENTS
from xsector.store import partnerships, rosters, sheets
from xsector.store import rounds as round_rows
from xsector.store.accounts import Account
from xsector.store.engine import Engine, reading


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionsView:
    """A round's questions, whether they may still be changed, and the names of their themes."""

    instrument: Instrument
    locked: bool
    themes: dict[str, str]
    whole: Instrument
    """With the questions of its modules, as they would be asked now."""


def partnerships_of(engine: Engine, *, account: Account) -> list[Partnership]:
    """The partnerships that an account may lead, newest first."""
    with reading(engine) as session:
        if account == OPERATOR:
            return partnerships.everyone(session)[::-1]
        return partnerships.led_by(session, account_id=account.id)


def partnership(engine: Engine, *, account: Account, partnership_id: int) -> Partnership:
    """One partnership."""
    with reading(engine) as session:
        return leading(session, account=account, partnership_id=partnership_id)


def roster(engine: Engine, *, account: Account, partnership_id: int) -> list[Participant]:
    """Everybody on a partnership's roster, by organisation and name."""
    with reading(engine) as session:
        leading(session, account=account, partnership_id=partnership_id)
        return rosters.everyone(session, partnership_id=partnership_id)


def rounds(engine: Engine, *, account: Account, partnership_id: int) -> list[RoundFacts]:
    """A partnership's rounds, newest first."""
    with reading(engine) as session:
        leading(session, account=account, partnership_id=partnership_id)
        return round_rows.of_partnership(session, partnership_id)


def round_(engine: Engine, *, account: Account, round_id: int) -> RoundFacts:
    """One round."""
    with reading(engine) as session:
        return leading_round(session, account=account, round_id=round_id)


def questions(engine: Engine, *, account: Account, round_id: int) -> QuestionsView:
    """A round's questions."""
    with reading(engine) as session:
        facts = leading_round(session, account=account, round_id=round_id)
        instrument = round_rows.instrument_of(session, round_id)
        started = facts.state not in {State.DRAFT, State.OPEN} or sheets.any_started(session, round_id)
        return QuestionsView(
            instrument=instrument,
            locked=started,
            themes=theme_names(instrument),
            whole=whole(session, instrument, partnership_id=facts.partnership_id)
            if facts.state is State.DRAFT
            else instrument,
        )


def theme_names(instrument: Instrument) -> dict[str, str]:
    """Theme code to its name on screen."""
    return themes_of(instrument, taxonomy=_taxonomy())


@lru_cache(maxsize=1)
def _taxonomy() -> Taxonomy:
    return read_taxonomy(INSTRUMENTS / TAXONOMY_FILE)
