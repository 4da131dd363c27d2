"""The profile that a partnership wishes for: kept with the round in which it was chosen, valid until another is."""

from __future__ import annotations

from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from xsector.model.partner import RoundFacts
from xsector.store import rounds, walls
from xsector.store.tables import RoundRow

_NAME: Final = "target"
"""Under which it stands among what a round's wall shows."""


def chosen(session: Session, round_: RoundFacts) -> str | None:
    """The code of the profile that was chosen last, in this round or an earlier one; None if that was none."""
    earlier = RoundRow.partnership_id == round_.partnership_id, RoundRow.number <= round_.number
    for wall in session.scalars(select(RoundRow.wall).where(*earlier).order_by(RoundRow.number.desc())):
        if _NAME in wall:
            code = wall[_NAME]
            return None if code is None else str(code)
    return None


def choose(session: Session, round_: RoundFacts, *, code: str | None) -> None:
    """Keep the choice; the walls of all rounds look again, for later ones follow it."""
    walls.tell(session, round_.id, wall={_NAME: code})
    for other in rounds.of_partnership(session, round_.partnership_id):
        if other.number > round_.number:
            rounds.bump(session, other.id)
