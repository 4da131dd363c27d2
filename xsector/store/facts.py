"""Facts about this installation."""

from __future__ import annotations

from sqlalchemy.orm import Session

from xsector.store.crypto import new_token
from xsector.store.tables import FactRow


def signing_key(session: Session) -> bytes:
    """The key that signs cookies; made once, then kept."""
    row = session.get(FactRow, "signing_key")
    if row is None:
        row = FactRow(name="signing_key", value=new_token())
        session.add(row)
        session.flush()
    return row.value.encode()
