"""A made-up partnership with answers: one round revealed, one open."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import cycle, islice
from typing import Any

import yaml

from xsector.actions.aiming import choose_target
from xsector.actions.answering import finish, save_answers, save_comment, save_text
from xsector.actions.demonstrating_cards import hold_brainstorm
from xsector.actions.demonstrating_modules import demo_modules, module_answers
from xsector.actions.joining import join, respondent_of
from xsector.actions.permission import OPERATOR
from xsector.actions.releasing import reveal
from xsector.actions.running import close_round, issue_wall_link, open_round
from xsector.actions.setting_up import add_people, change_questions, create_partnership, create_round, issue_links
from xsector.model.instrument import Item, Kind
from xsector.model.partner import Partnership, Respondent, RoundFacts
from xsector.model.policy import Policy
from xsector.model.sector import DEFAULT_SECTORS
from xsector.model.sheet import Answer, Mark
from xsector.settings import DATA
from xsector.store import accounts, rosters
from xsector.store import rounds as round_rows
from xsector.store.engine import Engine, reading, writing

TITLES = ("Spring check-up", "Autumn check-up", "Second spring check-up", "Second autumn check-up")
ANSWERING = (0.925, 0.45)
"""Share of people who finish a revealed round, and the open one so far."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One line of the demo's roster."""

    name: str
    organisation: str
    sector: str
    email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Demo:
    """What was made, and the tokens that open it."""

    partnership: Partnership
    rounds: tuple[RoundFacts, ...]
    partner_tokens: tuple[tuple[str, str], ...]
    """Names of people who have yet to answer, with their link tokens."""
    wall_token: str
    room_code: str | None


def make_demo(engine: Engine, *, people: int, seed: int, rounds: int, now: datetime) -> Demo:
    """Make the demo partnership: all but the last of *rounds* revealed, the last one open.

    The same numbers give the same answers; links are secret and differ each time.
    """
    facts: dict[str, Any] = yaml.safe_load((DATA / "demo" / "partnership.yaml").read_text(encoding="utf-8"))
    partnership = create_partnership(
        engine, account=OPERATOR, name=facts["name"], place=facts["place"], shared_result=facts["shared_result"],
        sectors=DEFAULT_SECTORS, policy=Policy(), now=now,
    )  # fmt: skip
    add_people(
        engine, account=OPERATOR, partnership_id=partnership.id, rows=list(_people(facts, number=people)), now=now
    )
    with writing(engine) as session:
        accounts.give_to_everyone(session, partnership_id=partnership.id)
        ids = [one.id for one in rosters.everyone(session, partnership_id=partnership.id)]
    tokens = issue_links(engine, account=OPERATOR, partnership_id=partnership.id, participant_ids=ids, now=now)
    respondents = [_holder(engine, token=tokens[one]) for one in ids]
    generator = random.Random(seed)
    made, waiting = [], list(range(len(ids)))
    # The same people answer each time: whoever stays away keeps all from being shown who were counted with them.
    order = generator.sample(waiting, len(waiting))
    for number in range(rounds):
        last = number == rounds - 1
        round_, waiting = _round(
            engine, respondents, partnership_id=partnership.id, number=number, facts=facts, generator=generator,
            order=order, last=last and rounds > 1, now=now,
        )  # fmt: skip
        made.append(round_)
    # Who has yet to answer hasn't opened their link, so that their names can be chosen with the room code.
    for place in set(range(len(ids))) - set(waiting):
        join(engine, token=tokens[ids[place]])
    choose_target(engine, account=OPERATOR, round_id=made[0].id, target=facts["target"], now=now)
    wall = issue_wall_link(engine, account=OPERATOR, round_id=made[0].id, now=now)
    return Demo(
        partnership=partnership,
        rounds=tuple(made),
        partner_tokens=tuple((respondents[place].name, tokens[ids[place]]) for place in waiting[:3]),
        wall_token=wall,
        room_code=made[-1].room_code,
    )


def _holder(engine: Engine, *, token: str) -> Respondent:
    found = respondent_of(engine, token=token)
    if found is None:
        raise LookupError("a link that was just issued is unknown")
    return found


def _people(facts: Mapping[str, Any], *, number: int) -> Iterator[Person]:
    """*number* people, evenly over the organisations: first everybody's first, then the second …"""
    organisations: Sequence[Mapping[str, Any]] = facts["organisations"]
    names = [(one["people"], one["name"], one["sector"]) for one in organisations]
    most = max(len(people) for people, _, _ in names)
    known = [
        (people[place], organisation, sector)
        for place in range(most)
        for people, organisation, sector in names
        if place < len(people)
    ]
    chosen = list(islice(cycle(known), number))
    for place, (name, organisation, sector) in enumerate(chosen):
        again = place // len(known)
        yield Person(name=f"{name} {again + 1}" if again else name, organisation=organisation, sector=sector)


def _round(
    engine: Engine, respondents: Sequence[Respondent], *, partnership_id: int, number: int, facts: Mapping[str, Any],
    generator: random.Random, order: Sequence[int], last: bool, now: datetime,
) -> tuple[RoundFacts, list[int]]:  # fmt: skip
    title = TITLES[number % len(TITLES)]
    round_ = _opened(engine, partnership_id=partnership_id, title=title, now=now)
    answering = order[: round(len(order) * ANSWERING[int(last)])]
    with reading(engine) as session:
        instrument = round_rows.instrument_of(session, round_.id)
    items = [item for item in instrument.items() if not item.module]
    usual = {item.code: generator.gauss(0.58, 0.08) for item in items}
    # By themselves, so that a module that comes or goes changes no other answer.
    more = random.Random(str(usual))
    turns = {sector: cycle((0, 1)) for sector in {one.sector for one in respondents}}
    for place in answering:
        who = respondents[place]
        answers = _answers(
            items,
            sector=who.sector,
            usual=usual,
            side=next(turns[who.sector]),
            number=number,
            facts=facts,
            generator=generator,
        )
        answers |= module_answers(instrument, who=who, own=answers, number=number, generator=more)
        save_answers(engine, respondent=who, round_id=round_.id, answers=answers, now=now)
        finish(engine, respondent=who, round_id=round_.id, now=now)
    if number == 0:
        _goals(engine, [respondents[place] for place in reversed(answering)], round_id=round_.id, facts=facts, now=now)
        _comment(engine, [respondents[place] for place in answering], round_id=round_.id, facts=facts, now=now)
        hold_brainstorm(engine, [respondents[place] for place in answering], round_id=round_.id, now=now)
    if not last:
        close_round(engine, account=OPERATOR, round_id=round_.id, now=now)
        round_ = reveal(engine, account=OPERATOR, round_id=round_.id, now=now)
    return round_, list(order[len(answering) :])


def _opened(engine: Engine, *, partnership_id: int, title: str, now: datetime) -> RoundFacts:
    """A round that asks the standard form and every module."""
    made = create_round(engine, account=OPERATOR, partnership_id=partnership_id, title=title, form="standard", now=now)
    change_questions(
        engine,
        account=OPERATOR,
        round_id=made.id,
        change=lambda instrument: replace(instrument, modules=demo_modules()),
        now=now,
    )
    return open_round(engine, account=OPERATOR, round_id=made.id, now=now)


def _comment(
    engine: Engine, people: Sequence[Respondent], *, round_id: int, facts: Mapping[str, Any], now: datetime
) -> None:
    """The first of *people* write one of the demo's comments each; every fifth keeps it from the room."""
    for code, texts in facts["comments"].items():
        for place, (who, text) in enumerate(zip(people, texts, strict=False)):
            save_comment(
                engine, respondent=who, round_id=round_id, code=code, text=text, may_show=place % 5 != 4, now=now
            )


def _goals(
    engine: Engine, people: Sequence[Respondent], *, round_id: int, facts: Mapping[str, Any], now: datetime
) -> None:
    """The first of *people* write one of the demo's goals each; every fifth keeps it from the room."""
    for code, texts in facts["goals"].items():
        for place, (who, text) in enumerate(zip(people, texts, strict=False)):
            save_text(engine, respondent=who, round_id=round_id, code=code, text=text, may_show=place % 5 != 4, now=now)


def _answers(
    items: Sequence[Item], *, sector: str, usual: Mapping[str, float], side: int, number: int,
    facts: Mapping[str, Any], generator: random.Random,
) -> dict[str, Answer]:  # fmt: skip
    found: dict[str, Answer] = {}
    for item in items:
        if item.kind is Kind.TEXT or (item.who and sector not in item.who):
            continue
        if item.cannot_judge and generator.random() < facts["cannot_judge"].get(item.code, 0.02):
            found[item.code] = Mark.CANNOT_JUDGE
        elif generator.random() < 0.02:
            continue
        else:
            found[item.code] = _level(
                item, sector=sector, usual=usual, side=side, number=number, facts=facts, generator=generator
            )
    return found


def _level(
    item: Item, *, sector: str, usual: Mapping[str, float], side: int, number: int, facts: Mapping[str, Any],
    generator: random.Random,
) -> int:  # fmt: skip
    top = len(item.levels) - 1
    if not item.ordered:
        return generator.randrange(top + 1)
    middle = usual[item.code] * top + (facts["second_round"].get(item.code, 0) if number else 0)
    spread = 0.75
    for planted in facts["planted"]:
        if planted["item"] == item.code and planted["sector"] in {sector, "all"}:
            middle += planted.get("shift", 0)
            if planted.get("split"):
                middle, spread = (0.5 if side else top - 0.4), 0.5
            if "near" in planted:
                middle, spread = planted["near"] - 1, 0.35
    return min(top, max(0, round(generator.gauss(middle, spread))))
