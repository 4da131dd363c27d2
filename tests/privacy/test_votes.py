"""Votes in meetings beside the results of the round: nobody is known from all of them together."""

import os
import random
from collections import Counter

from tests.build import account, finished, item, open_house, revealed
from tests.build_meetings import planned_room
from tests.privacy.attack import attack
from xsector.actions import leading_meetings, voting
from xsector.actions.casting import cast_here
from xsector.actions.keeping import problems
from xsector.errors.common import NotFoundError
from xsector.errors.meetings import NothingToShowError
from xsector.model.policy import Policy, Tier
from xsector.model.voting import VoteKind
from xsector.reports.ledger import ledger_with_members
from xsector.store import rounds
from xsector.store.engine import reading

MANY = int(os.environ.get("XSECTOR_VOTED_MEETINGS", "12"))
SECTORS = ("government", "nonprofit", "business", "community")
KINDS = (VoteKind.AGAIN, VoteKind.AGAIN, VoteKind.MOVED, VoteKind.FIST, VoteKind.FIST, VoteKind.EXIT)
QUESTIONS = (item("R1"), item("S1", sensitive=True))


def held_meeting(engine, *, seed, by):
    """A round and up to six votes, in one meeting or more, with whoever is there; nobody ever changes their mind."""
    dice = random.Random(seed)
    k = dice.choice((3, 4, 5))
    policy = Policy(tier=Tier.SMALL if k < 5 else Tier.CONFIDENTIAL, k=k)
    sizes = {sector: dice.randint(2, 8) for sector in SECTORS[: dice.randint(2, 4)]}
    house = open_house(engine, sectors=sizes, questions=QUESTIONS, policy=policy, by=by, name=f"House {seed}")
    mind = {(who.participant_id, code): dice.randrange(5) for who in house.people for code in ("R1", "S1")}
    for who in house.people:
        if dice.random() < 0.9:
            finished(house, who, {code: mind[who.participant_id, code] for code in ("R1", "S1")})
    room = planned_room(revealed(house), steps=())
    room.does(leading_meetings.begin_meeting)
    happened = Counter()
    for kind in dice.choices(KINDS, k=dice.randint(1, 6)):
        if dice.random() < 0.25:
            room.does(leading_meetings.end_meeting)
            room = planned_room(room.house, steps=())
            room.does(leading_meetings.begin_meeting)
        happened[_vote(room, kind, dice=dice, mind=mind)] += 1
    return room, mind, happened


def _vote(room, kind, *, dice, mind):
    code = dice.choice(("R1", "S1"))
    asked = {"item": code} if kind in {VoteKind.AGAIN, VoteKind.MOVED} else {}
    asked |= {"text": dice.choice(("Monthly", "Yearly"))} if kind is VoteKind.FIST else {}
    try:
        room.asks(kind, **asked)
    except NotFoundError:
        return "not shown at first"
    share = dice.choice((1.0, 1.0, 0.95, 0.7, 0.4))
    for who in room.house.people:
        if dice.random() < share:
            answers = _said(kind, who.participant_id, code=code, text=asked.get("text"), mind=mind, dice=dice)
            if dice.random() < 0.1:
                room.does(cast_here, participant_id=who.participant_id, answers=answers)
            else:
                room.votes(who, answers)
    try:
        room.does(voting.show_vote)
    except NothingToShowError:
        room.does(voting.drop_vote)
        return "nothing to show"
    return f"{kind} shown"


def _said(kind, who, *, code, text, mind, dice):
    """What somebody says, the same whenever they are asked the same."""
    if kind is VoteKind.AGAIN:
        return {code: mind[who, code]}
    names = {VoteKind.MOVED: ("moved",), VoteKind.FIST: ("fist",)}.get(kind, ("heard", "matters", "next", "worth"))
    levels = {VoteKind.MOVED: 3, VoteKind.FIST: 6}.get(kind, 5)
    about = text or (code if kind is VoteKind.MOVED else "")
    return {name: mind.setdefault((who, f"{kind}:{about}:{name}"), dice.randrange(levels)) for name in names}


def by_what_was_asked(room):
    """The ledger, with one name for votes that asked the same words, whatever the program takes them for."""
    house = room.house
    ledger = ledger_with_members(house.engine, account=house.account, round_id=house.round.id)
    at = house.partnership.id
    with reading(house.engine) as session:
        votes = [
            one for chain in rounds.chains(session, at) if chain for one in rounds.of_chain(session, at, chain=chain)
        ]
        words = {one.number: next(rounds.instrument_of(session, one.id).items()).text for one in votes}

    def asked(name):
        question, _, number = name.partition("@")
        text = words.get(int(number or 0))
        return name if text is None else f"{text}:{question.rpartition(':')[2]}@{number}"

    made = [one | {"q": asked(one["q"])} for one in ledger["releases"]]
    pairs = zip(made, ledger["releases"], strict=True)
    questions = {new["q"].partition("@")[0]: ledger["questions"][old["q"].partition("@")[0]] for new, old in pairs}
    return ledger | {"questions": ledger["questions"] | questions, "releases": made}


def known(room, mind):
    """What a reader who takes it that nobody changes their mind knows of fewer people than a group; and an insider."""
    ledger = by_what_was_asked(room)
    k, insider = room.house.partnership.policy.k, room.house.people[0].participant_id
    for insiders in ({}, {f"p{insider}": {code: str(mind[insider, code]) for code in ("R1", "S1")}}):
        for found in attack(ledger | {"insiders": insiders}, stable=True):
            sensitive = found["q"].startswith("S1")
            enough = len(found["members"]) + len(insiders) >= k
            if found["verdict"] == "EXACT" and (sensitive or not enough):
                yield found
            if found["verdict"] == "POLE" and sensitive:
                yield found


def test_nobody_is_known_from_the_votes_of_a_meeting(quick_engine):
    by, happened = account(quick_engine), Counter()
    for seed in range(MANY):
        room, mind, seen = held_meeting(quick_engine, seed=seed, by=by)
        happened.update(seen)

        assert (seed, list(known(room, mind))) == (seed, [])
        assert (seed, problems(quick_engine)) == (seed, [])

    assert {"again shown", "fist shown", "moved shown", "exit shown", "nothing to show"} <= set(happened)


def test_were_every_vote_shown_whoever_is_missing_somebody_would_be_known(quick_engine):
    house = open_house(quick_engine, questions=(item("R1"),))
    for number, who in enumerate(house.people):
        finished(house, who, {"R1": number % 5})
    room = planned_room(revealed(house), steps=())
    room.does(leading_meetings.begin_meeting)
    ledger = ledger_with_members(quick_engine, account=house.account, round_id=house.round.id)
    first = ledger["releases"][0]
    absent, *there = first["members"]
    answers = {f"p{who.participant_id}": str(number % 5) for number, who in enumerate(house.people)}
    counts = dict(Counter(answers[one] for one in there))

    leaked = {**ledger, "releases": [*ledger["releases"], {"q": "R1@2", "members": there, "counts": counts}]}

    found = [one for one in attack(leaked, stable=True) if one["verdict"] == "EXACT" and absent in one["members"]]
    assert found
