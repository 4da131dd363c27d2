"""Who leads a partnership, for those who lead it."""

from __future__ import annotations

from xsector.actions.permission import leading
from xsector.store import leaders
from xsector.store.accounts import Account
from xsector.store.engine import Engine, reading


def leaders_of(engine: Engine, *, account: Account, partnership_id: int) -> list[Account]:
    """The accounts that lead the partnership."""
    with reading(engine) as session:
        leading(session, account=account, partnership_id=partnership_id)
        return leaders.of_partnership(session, partnership_id)
