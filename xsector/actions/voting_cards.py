"""A vote by dots on the cards that are shown: open it, count it once, or end it uncounted."""

from __future__ import annotations

from datetime import datetime

from xsector.actions.brainstorming import put_on_wall, staged, tell
from xsector.actions.permission import leading_round_for_change
from xsector.errors.cards import BrainstormBusyError, TooFewVotersError
from xsector.model.cards import CALLING, Stage
from xsector.store import brainstorms, card_drafts
from xsector.store.accounts import Account
from xsector.store.engine import Engine, forget_log, writing


def open_vote(engine: Engine, *, account: Account, round_id: int, brainstorm_id: int, now: datetime) -> None:
    """Let everybody who is invited mark the cards that matter most."""
    with writing(engine) as session:
        round_ = leading_round_for_change(session, account=account, round_id=round_id)
        staged(session, round_, brainstorm_id, stages={Stage.SHOWN}, what="Opening a vote")
        for other in brainstorms.of_partnership(session, round_.partnership_id):
            if other.stage in CALLING:
                raise BrainstormBusyError(other.prompt)
        brainstorms.set_stage(session, brainstorm_id, stage=Stage.VOTING)
        put_on_wall(session, round_id, view="cards", item=str(brainstorm_id), page=0)
        tell(session, round_, actor=account.name, action="vote opened", now=now)


def close_vote(engine: Engine, *, account: Account, round_id: int, brainstorm_id: int, now: datetime) -> None:
    """Count the dots once, and forget who put them where.

    Raises
    ------
    TooFewVotersError
        Fewer people or organisations voted than a group needs to be shown; nothing is changed.
    """
    with writing(engine) as session:
        round_ = leading_round_for_change(session, account=account, round_id=round_id)
        staged(session, round_, brainstorm_id, stages={Stage.VOTING}, what="Counting the votes")
        voted, policy = card_drafts.voters(session, brainstorm_id), round_.policy
        if voted.people < policy.k or voted.organisations < policy.m:
            raise TooFewVotersError(voted.people, least=policy.k, organisations=policy.m)
        for place, dots in card_drafts.tally(session, brainstorm_id).items():
            brainstorms.change_card(session, brainstorm_id, place=place, dots=dots)
        card_drafts.forget(session, brainstorm_id)
        brainstorms.set_stage(session, brainstorm_id, stage=Stage.COUNTED, voters=voted.people)
        put_on_wall(session, round_id, view="cards", item=str(brainstorm_id), page=0)
        tell(session, round_, actor=account.name, action="vote counted", now=now)
    forget_log(engine)


def cancel_vote(engine: Engine, *, account: Account, round_id: int, brainstorm_id: int, now: datetime) -> None:
    """End a vote without counting: nobody learns what was marked."""
    with writing(engine) as session:
        round_ = leading_round_for_change(session, account=account, round_id=round_id)
        staged(session, round_, brainstorm_id, stages={Stage.VOTING}, what="Ending the vote")
        card_drafts.forget(session, brainstorm_id)
        brainstorms.set_stage(session, brainstorm_id, stage=Stage.SHOWN)
        tell(session, round_, actor=account.name, action="vote ended uncounted", now=now)
    forget_log(engine)
