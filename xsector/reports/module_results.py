"""What every page about a module begins with: the release, if it holds anything of that module."""

from __future__ import annotations

from xsector.actions.permission import leading_round
from xsector.errors.common import NotFoundError
from xsector.errors.rounds import RoundStateError
from xsector.model.modules.kinds import Module
from xsector.model.released import Release
from xsector.reports.released import release_in
from xsector.store.accounts import Account
from xsector.store.engine import Engine, reading


def released_module(engine: Engine, *, account: Account, round_id: int, module: Module) -> Release:
    """The release of a round that asked *module*.

    Raises
    ------
    RoundStateError
        Nothing is revealed yet.
    NotFoundError
        The round didn't ask it.
    """
    with reading(engine) as session:
        facts = leading_round(session, account=account, round_id=round_id)
        release = release_in(session, facts)
    if release is None:
        raise RoundStateError(facts.title, facts.state, "looked at")
    if not release.has_module(module):
        raise NotFoundError("module in this round")
    return release


def modules_of(engine: Engine, *, account: Account, round_id: int) -> tuple[Module, ...]:
    """The modules of which something is released in a round."""
    with reading(engine) as session:
        release = release_in(session, leading_round(session, account=account, round_id=round_id))
    return tuple(module for module in Module if release is not None and release.has_module(module))
