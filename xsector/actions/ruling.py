"""Rules that a partnership gives itself: what the top cards become."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from xsector.actions.brainstorming import here, may_be_seen, put_on_wall, tell
from xsector.actions.permission import leading_round_for_change
from xsector.errors.cards import TooManyRulesError
from xsector.errors.common import NotFoundError
from xsector.model.cards import LONGEST_RULE, MOST_RULES, RULE_BEGINS, Rule
from xsector.model.names import clean_line
from xsector.store import brainstorms, ground_rules, rounds, walls
from xsector.store.accounts import Account
from xsector.store.engine import Engine, writing

_SHOWS: Final = "rules"


def add_rule(
    engine: Engine, *, account: Account, round_id: int, text: str, brainstorm_id: int | None, place: int | None,
    now: datetime,
) -> Rule:  # fmt: skip
    """Keep one more rule with the round, and the card that it answers; *text* goes on after “we will”.

    Raises
    ------
    TooManyRulesError, UnusableTextError
    """
    with writing(engine) as session:
        round_ = leading_round_for_change(session, account=account, round_id=round_id)
        if brainstorm_id is not None:
            there = here(session, round_, brainstorm_id)
            cards = brainstorms.cards(session, brainstorm_id)
            if not may_be_seen(there) or place not in {card.place for card in cards if not card.hidden}:
                raise NotFoundError("card")
        if len(ground_rules.of_round(session, round_id)) >= MOST_RULES:
            raise TooManyRulesError(MOST_RULES)
        made = ground_rules.add(session, round_id, text=_worded(text), brainstorm_id=brainstorm_id, place=place)
        tell(session, round_, actor=account.name, action="rule added", now=now)
        return made


def word_rule(engine: Engine, *, account: Account, round_id: int, number: int, text: str, now: datetime) -> None:
    """Give a rule other words."""
    with writing(engine) as session:
        round_ = leading_round_for_change(session, account=account, round_id=round_id)
        ground_rules.reword(session, round_id, number=number, text=_worded(text))
        rounds.bump(session, round_.id)


def delete_rule(engine: Engine, *, account: Account, round_id: int, number: int, now: datetime) -> None:
    """Delete a rule; a wall that shows the rules goes back to the first, or to none."""
    with writing(engine) as session:
        round_ = leading_round_for_change(session, account=account, round_id=round_id)
        ground_rules.remove(session, round_id, number=number)
        if walls.told(session, round_id).get("view") == _SHOWS:
            left = bool(ground_rules.of_round(session, round_id))
            other = "overview" if round_.shown else "waiting"
            put_on_wall(session, round_id, view=_SHOWS if left else other, item=None, page=0)
        tell(session, round_, actor=account.name, action="rule deleted", now=now)


def _worded(text: str) -> str:
    """What follows after “we will”; whoever typed the beginning too meant the same."""
    line = clean_line(text, longest=LONGEST_RULE + len(RULE_BEGINS) + 1, what="rule")
    if line.casefold().startswith(RULE_BEGINS.casefold()):
        line = line[len(RULE_BEGINS) :]
    return clean_line(line.strip(" …."), longest=LONGEST_RULE, what="rule")
