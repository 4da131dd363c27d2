"""Choosing what a partnership wishes to be like."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from xsector.actions.permission import leading_round_for_change
from xsector.errors.common import NotFoundError
from xsector.model.instrument_file import TAXONOMY_FILE, read_taxonomy
from xsector.model.taxonomy import TargetProfile
from xsector.settings import INSTRUMENTS
from xsector.store import audit, targets
from xsector.store.accounts import Account
from xsector.store.engine import Engine, writing


@lru_cache(maxsize=1)
def profiles() -> tuple[TargetProfile, ...]:
    """The profiles to choose from."""
    return read_taxonomy(INSTRUMENTS / TAXONOMY_FILE).target_profiles


def profile(code: str | None) -> TargetProfile | None:
    """The profile with this code; None for no code, or one that is no longer offered."""
    return next((one for one in profiles() if one.code == code), None)


def choose_target(engine: Engine, *, account: Account, round_id: int, target: str | None, now: datetime) -> None:
    """Choose the profile with the code *target* for this round and those after it, or None to choose none.

    Raises
    ------
    NotFoundError
        There is no such profile.
    """
    with writing(engine) as session:
        round_ = leading_round_for_change(session, account=account, round_id=round_id)
        if target is not None and profile(target) is None:
            raise NotFoundError("target profile")
        targets.choose(session, round_, code=target)
        audit.note(
            session,
            actor=account.name,
            action="target chosen",
            now=now,
            partnership_id=round_.partnership_id,
            detail={"round": round_id, "target": target},
        )
