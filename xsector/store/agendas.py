"""Agendas that a convener has edited."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from xsector.errors.rounds import OldPageError
from xsector.store.tables import AgendaRow


def get(session: Session, round_id: int) -> tuple[dict[str, Any], int] | None:
    """The edited agenda and its version."""
    row = session.get(AgendaRow, round_id)
    return None if row is None else (dict(row.document), row.version)


def save(session: Session, *, round_id: int, document: dict[str, Any], version: int) -> int:
    """Replace the agenda that had *version* (0: none yet); returns the new version.

    Raises
    ------
    OldPageError
        Somebody else saved meanwhile.
    """
    row = session.get(AgendaRow, round_id, with_for_update=True)
    if (row.version if row else 0) != version:
        raise OldPageError()
    if row is None:
        row = AgendaRow(round_id=round_id, document=document, version=1)
        session.add(row)
    else:
        row.document, row.version = document, version + 1
    session.flush()
    return row.version


def forget(session: Session, round_id: int) -> None:
    """Drop the edits, so that the agenda is built afresh."""
    session.execute(delete(AgendaRow).where(AgendaRow.round_id == round_id))
