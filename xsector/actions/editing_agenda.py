"""Keeping a convener's edits of an agenda."""

from __future__ import annotations

from datetime import datetime

from xsector.actions.permission import leading_round
from xsector.agenda.document import Agenda
from xsector.agenda.plain import to_plain
from xsector.agenda.promised import without_promised
from xsector.store import agendas, audit
from xsector.store.accounts import Account
from xsector.store.engine import Engine, writing


def save_agenda(engine: Engine, *, account: Account, round_id: int, agenda: Agenda, version: int, now: datetime) -> int:
    """Keep *agenda* in place of the one with *version* (0: none kept yet); returns the new version.

    Raises
    ------
    OldPageError
        Somebody else has changed it meanwhile; nothing is kept.
    """
    with writing(engine) as session:
        round_ = leading_round(session, account=account, round_id=round_id)
        saved = agendas.save(session, round_id=round_id, document=to_plain(without_promised(agenda)), version=version)
        audit.note(session, actor=account.name, action="agenda edited", now=now, partnership_id=round_.partnership_id)
        return saved


def restart_agenda(engine: Engine, *, account: Account, round_id: int, now: datetime) -> None:
    """Drop all edits, so that the agenda is built afresh from the release."""
    with writing(engine) as session:
        round_ = leading_round(session, account=account, round_id=round_id)
        agendas.forget(session, round_id)
        audit.note(
            session, actor=account.name, action="agenda restarted", now=now, partnership_id=round_.partnership_id
        )
