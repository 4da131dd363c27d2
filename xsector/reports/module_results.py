"""What every page about a module begins with: the release, if it holds anything of that module."""

from __future__ import annotations

from xsector.actions.permission import leading_round
from xsector.errors.common import NotFoundError
from xsector.errors.rounds import RoundStateError
from xsector.model.modules.kinds import Module
from xsector.model.modules.trust import CHECK_UP
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
    if module not in modules_in(release):
        raise NotFoundError("module in this round")
    return release


def modules_of(engine: Engine, *, account: Account, round_id: int) -> tuple[Module, ...]:
    """The modules of which something is shown in a round."""
    with reading(engine) as session:
        release = release_in(session, leading_round(session, account=account, round_id=round_id))
    return () if release is None else modules_in(release)


def modules_in(release: Release) -> tuple[Module, ...]:
    """The modules with a page of results; the check-up's own questions about trust make one, too."""
    known = {item.code for item in release.items} | {item.code for item in release.banded}
    trusting = Module.TRUST if known & CHECK_UP else None
    return tuple(module for module in Module if release.has_module(module) or module is trusting)
