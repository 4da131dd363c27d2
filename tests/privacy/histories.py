"""Random histories of partnerships, released by the real rule in every way there is.

People come, stay away, leave, are erased and come again; groups are shown while a round is open, at its reveal, and
after it. No database: the bookkeeping between releases is done anew, in the plainest way, and so checks the other one.
"""

import random
from dataclasses import dataclass, replace

from tests.privacy.attack import structure
from tests.privacy.bookkeeping import before_of, cells_of, named_in, unit_of
from tests.privacy.people import Crowd
from tests.privacy.showing import OPEN, QUESTIONS, TRUST, Ledger, seal, show_filtered, show_merged
from xsector.model.policy import Policy, Tier
from xsector.model.sector import DEFAULT_SECTORS
from xsector.release.plan import plan, plan_while_open

__all__ = ["OPEN", "TRUST", "History", "random_history", "told_apart"]


@dataclass(frozen=True)
class History:
    """What an attacker may read, what was true, and what happened on the way."""

    ledger: dict
    policy: Policy
    people: tuple
    blocks: tuple
    finished: int
    happened: frozenset

    @property
    def shown(self):
        """How many finished forms were counted."""
        return sum(len(one.members) for one in self.blocks)


def told_apart(ledger, policy):
    """Groups that the releases of *ledger* tell apart from everybody else, and that are smaller than promised.

    Whoever agreed to stand under their organisation's name may be known to be of it.
    """
    organisations = {person["id"]: person["org"] for person in ledger["people"]}
    named = [set(one["members"]) for one in ledger["releases"] if one.get("named")]
    return [
        found
        for found in structure(ledger["releases"], policy.k, organisations, policy.m)["violations"]
        if found["size"] < policy.k or not any(set(found["members"]) <= block for block in named)
    ]


@dataclass
class Play:
    """A history on its way."""

    dice: random.Random
    policy: Policy
    crowd: Crowd
    ledger: Ledger
    number: int = 0
    finished: int = 0
    live: bool = False
    willing: bool = False

    def __post_init__(self):
        self.happened = set()


def random_history(seed):
    """A partnership of 8 to 60 people in 2 to 7 sectors over one to three rounds."""
    dice = random.Random(seed)
    sectors = DEFAULT_SECTORS[: dice.randint(2, len(DEFAULT_SECTORS))]
    policy = _policy(dice)
    play = Play(dice, policy, Crowd(dice, sectors, []), Ledger())
    play.crowd.add(dice.randint(8, 60))
    for number in range(1, dice.randint(1, 3) + 1):
        play.number = number
        _round(play)
    crowd, ledger = play.crowd.people, play.ledger
    seen = {who.id: who for block in ledger.blocks for who in block.members} | {one.id: one for one in crowd}
    read = {"questions": QUESTIONS, "people": [{"id": one.id, "org": one.org} for one in seen.values()]}
    return History(
        read | {"releases": ledger.releases}, policy, tuple(seen.values()), tuple(ledger.blocks), play.finished,
        frozenset(play.happened),
    )  # fmt: skip


def _policy(dice):
    tier = dice.choice([Tier.CONFIDENTIAL, Tier.CONFIDENTIAL, Tier.SMALL, Tier.BY_ORGANISATION])
    k = {Tier.CONFIDENTIAL: [5, 5, 6], Tier.SMALL: [3, 4], Tier.BY_ORGANISATION: [3, 4, 5]}[tier]
    return Policy(tier=tier, k=dice.choice(k), m=dice.choice([2, 2, 2, 3]), t=dice.choice([1, 1, 2]))


def _round(play):
    """One round from its opening to the last late answers."""
    dice, crowd = play.dice, play.crowd
    if play.number > 1:
        crowd.begin_round()
        if dice.random() < 0.15:  # it may be raised, never lowered
            play.policy = replace(play.policy, k=play.policy.k + 1)
    play.live = play.policy.tier is not Tier.BY_ORGANISATION and dice.random() < 0.4
    # Everybody agrees that their organisation is named, or here and there somebody doesn't.
    play.willing = dice.random() < 0.7
    codes = [one.code for one in crowd.sectors]
    if play.number == 1 or dice.random() < 0.3:
        play.ledger.asked["now"] = frozenset(dice.sample(codes, dice.randint(1, len(codes))))
    _answering(play, share=dice.choice([0.4, 0.8, 1]))
    crowd.add(dice.choice([0, 0, 1, 7]), late=True)
    for _ in range(dice.choice([0, 1, 1, 2])):  # also after it was closed and opened again
        _answering(play, share=dice.choice([0.3, 0.9, 1]))
    _release(play, plan)
    for one in crowd.waiting():
        one.state = "missed"
    crowd.change_minds()
    for _ in range(dice.choice([0, 1, 1, 2])):
        _answering(play, share=dice.choice([0.5, 0.9, 1]), late=True)
        if _release(play, plan):
            play.happened.add("late")
    show_merged(play.ledger, number=play.number)
    show_filtered(play.ledger, number=play.number, sectors=dice.sample(codes, dice.randint(1, len(codes))))


def _answering(play, *, share, late=False):
    """Some finish, one after the other; some erase themselves meanwhile, and some of those come again."""
    dice, crowd = play.dice, play.crowd
    restless = dice.choice([0, 0, 0.02, 0.05])
    there = [one for one in crowd.there() if dice.random() < share]
    for one in dice.sample(there, len(there)):
        if one.gone:
            continue
        one.state, one.agrees = "waiting", play.willing or dice.random() < 0.9
        play.finished += 1
        if play.live and not late and _release(play, plan_while_open):
            play.happened.add("live")
        if dice.random() < restless:
            leaver = dice.choice([one for one in crowd.people if not one.gone])
            play.happened.add(f"erased {leaver.state}")
            crowd.erase(leaver)
    if not late:
        back = [one for one in crowd.people if one.gone]
        crowd.come_again(late=True)
        play.happened |= {"came again" for one in back if not one.gone}


def _release(play, planning):
    """Show what may be shown of those who wait; whether it was anything."""
    waiting, policy = play.crowd.waiting(), play.policy
    named = named_in(waiting, policy=policy)
    given = {"sectors": play.crowd.sectors, "policy": policy}
    given["before"] = before_of(play.crowd.people, ledger=play.ledger)
    if planning is plan:
        given["names"] = {one.org: f"House {one.org}" for one in waiting}
    made = planning(cells_of(waiting, named=named), **given)
    groups = [
        (
            [one for one in waiting if made.places.get(unit_of(one, named=named)) == place],
            block,
            place in made.unmixed,
        )
        for place, block in enumerate(made.blocks)
    ]
    seal(groups, number=play.number, ledger=play.ledger, policy=policy)
    play.happened |= {"named" for block in made.blocks if block.organisation is not None}
    return bool(groups)
