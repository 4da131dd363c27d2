"""A finished brainstorm in the demo: cards written by its people, read, sorted, voted on, three of them made rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import cycle
from typing import Any

import yaml

from xsector.actions.brainstorming import close_writing, open_brainstorm, prompts, release_cards
from xsector.actions.permission import OPERATOR
from xsector.actions.ruling import add_rule
from xsector.actions.sorting_cards import add_theme, assign, hide, join
from xsector.actions.voting_cards import close_vote, open_vote
from xsector.actions.writing_cards import mark_cards, write_card
from xsector.model.cards import DOTS, FEWEST_WRITERS
from xsector.model.partner import Respondent
from xsector.settings import DATA
from xsector.store import brainstorms
from xsector.store.engine import Engine, reading


def hold_brainstorm(engine: Engine, people: Sequence[Respondent], *, round_id: int, now: datetime) -> None:
    """Let *people* write the demo's cards and vote; nothing where they are too few for anybody to read any.

    Who wrote which card is as little kept as with any other.
    """
    if len(people) < FEWEST_WRITERS:
        return
    # Any: whatever YAML holds.
    facts: dict[str, Any] = yaml.safe_load((DATA / "demo" / "cards.yaml").read_text(encoding="utf-8"))
    asked = next(one for one in prompts() if one.code == facts["prompt"])
    made = open_brainstorm(
        engine, account=OPERATOR, round_id=round_id, code=asked.code, text=asked.text, minutes=facts["minutes"], now=now
    )
    for who, card in zip(cycle(people[: facts["writers"]]), facts["cards"], strict=False):
        write_card(engine, respondent=who, brainstorm_id=made.id, text=card["text"], now=now)
    of: dict[str, Any] = {"round_id": round_id, "brainstorm_id": made.id, "now": now}
    close_writing(engine, account=OPERATOR, **of)
    with reading(engine) as session:
        places = {card.text: card.place for card in brainstorms.cards(session, made.id)}
    _sort(engine, facts, places=places, of=of)
    release_cards(engine, account=OPERATOR, **of)
    open_vote(engine, account=OPERATOR, **of)
    for who, ballot in zip(people, _ballots(facts, places=places, voters=len(people)), strict=False):
        mark_cards(engine, respondent=who, brainstorm_id=made.id, places=ballot, now=now)
    close_vote(engine, account=OPERATOR, **of)
    for rule in facts["rules"]:
        add_rule(engine, account=OPERATOR, text=rule["text"], place=places[rule["card"]], **of)


def _sort(engine: Engine, facts: Mapping[str, Any], *, places: Mapping[str, int], of: Mapping[str, Any]) -> None:
    """Put the cards under themes, those that say the same together, and keep one from the room (Any: as above)."""
    for label in facts["themes_added"]:
        add_theme(engine, account=OPERATOR, label=label, **of)
    with reading(engine) as session:
        numbers = {theme.label: theme.number for theme in brainstorms.get(session, of["brainstorm_id"]).themes}
    themes = {places[card["text"]]: numbers[card["theme"]] for card in facts["cards"]}
    assign(engine, account=OPERATOR, themes=themes, **of)
    heads: dict[str, int] = {}
    for card in facts["cards"]:
        place = places[card["text"]]
        if "pile" in card and heads.setdefault(card["pile"], place) != place:
            join(engine, account=OPERATOR, place=place, head=heads[card["pile"]], **of)
        if card.get("hidden"):
            hide(engine, account=OPERATOR, place=place, hidden=True, **of)


def _ballots(facts: Mapping[str, Any], *, places: Mapping[str, int], voters: int) -> list[list[int]]:
    """The places that each voter marks: the dots of each card are dealt in turn, so that nobody marks one twice."""
    ballots: list[list[int]] = [[] for _ in range(min(voters, facts["voters"]))]
    for card in facts["cards"]:
        for _ in range(min(card.get("dots", 0), len(ballots))):
            ballot = min(ballots, key=len)
            if len(ballot) < DOTS:
                ballot.append(places[card["text"]])
    return [ballot for ballot in ballots if ballot]
