"""Of jobs that are contested, orphaned and so on by design: how many are found, and how many others are called so.

``python tests/benchmarks/roles_found.py [PARTNERSHIPS]``: made-up partnerships of 12 to 40 people, eight jobs each.
"""

import random
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.build import entries  # after the path is set
from xsector.analysis.roles import RoleFinding, jobs_of
from xsector.model.instrument import Kind
from xsector.model.modules import roles
from xsector.model.modules.kinds import Ask, Modules, Organisation, Roles
from xsector.model.policy import Policy
from xsector.model.released import Block, Missing, Release, ReleasedItem, Statement
from xsector.model.round import State
from xsector.model.sector import DEFAULT_SECTORS

PARTNERSHIPS = 200
SIZES = (12, 16, 20, 30, 40)
PER_ORGANISATION = 2.5
LEAD, NO_PART = 0, 3
# Shares of people by what they name: the first, the second, two or more, no one, don't know; the rest name anybody.
PLANTS = {
    "J1": (RoleFinding.SETTLED, {0: 0.88}, {0}),
    "J2": (RoleFinding.SETTLED, {0: 0.80}, {0}),
    "J3": (RoleFinding.CONTESTED, {0: 0.48, 1: 0.40}, {0, 1}),
    "J4": (RoleFinding.CONTESTED, {0: 0.50, 1: 0.35}, {0}),
    "J5": (RoleFinding.ORPHAN, {"nobody": 0.40, "unsure": 0.20}, set()),
    "J6": (RoleFinding.UNSEEN, {0: 0.80}, {1}),
    "J7": (RoleFinding.MISPLACED, {0: 0.80}, {0}),
    "J8": (RoleFinding.SHARED, {"shared": 0.68}, set()),
}
ALSO = {"J6": {RoleFinding.UNCLAIMED}, "J3": set(), "J4": set()}
"""What is true of a job as well."""


def partnership(people, *, dice):
    """A release of *people* in three sectors, each answering by the plants."""
    houses = [
        Organisation(id=place, name=f"House {place}", sector=DEFAULT_SECTORS[place % 3].code)
        for place in range(max(4, round(people / PER_ORGANISATION)))
    ]
    sizes = [people // 3 + (place < people % 3) for place in range(3)]
    blocks = tuple(
        Block(name=sector.label, sectors=(sector.code,), n=size, look=sector.look)
        for sector, size in zip(DEFAULT_SECTORS, sizes, strict=False)
    )
    items, statements = [], []
    for code, (kind, shares, claims) in PLANTS.items():
        first, second = dice.sample(range(len(houses)), 2)
        who = {0: first, 1: second}
        answers = [[_named(shares, who=who, houses=len(houses), dice=dice) for _ in range(size)] for size in sizes]
        items.append(_item(code, Ask.NOW, answers, houses=houses))
        wanted = second if kind is RoleFinding.MISPLACED else None
        later = [[_wanted(one, wanted=wanted, dice=dice) for one in block] for block in answers]
        items.append(_item(code, Ask.SHOULD, later, houses=houses))
        for place, house in enumerate(houses):
            part = LEAD if place in {who[one] for one in claims} else NO_PART
            counts = tuple(int(one == part) for one in range(4))
            statements.append(Statement(organisation=house.id, item=f"{code}_part", counts=counts, unsure=0))
    return Release(
        round_id=1, partnership="P", title="R", state=State.REVEALED, policy=Policy(), invited=people,
        answered=people, blocks=blocks, hidden=(), held=(), items=(), banded=(), themes={}, asked=tuple(items),
        statements=tuple(statements), sectors=DEFAULT_SECTORS, organisations=tuple(houses),
        modules=Modules(roles=Roles(functions=entries(*PLANTS))),
    )  # fmt: skip


def _named(shares, *, who, houses, dice):
    drawn = dice.random()
    for name, share in shares.items():
        drawn -= share
        if drawn < 0:
            return who.get(name, name)
    return dice.randrange(houses)


def _wanted(now, *, wanted, dice):
    if wanted is not None and dice.random() < 0.65:
        return wanted
    return now


def _item(code, ask, answers, *, houses):
    levels = tuple(house.name for house in houses) + roles.beside(ask)
    shared = len(houses) + (0 if ask is Ask.NOW else 1)
    beside = {"shared": shared, "nobody": len(houses) + (1 if ask is Ask.NOW else 0)}
    counts, missing = [], []
    for block in answers:
        named = Counter(beside.get(one, one) for one in block if one != "unsure")
        counts.append(tuple(named[level] for level in range(len(levels))))
        missing.append(Missing(cannot_judge=sum(one == "unsure" for one in block)))
    return ReleasedItem(
        code=f"{code}_{ask.value}", text=code, short=code, kind=Kind.CHOICE, theme="", levels=levels, ordered=False,
        context=False, reverse=False, counts=tuple(counts), missing=tuple(missing), chance=None, module="roles",
        parts=(code, ask.value),
    )  # fmt: skip


def main():
    """Print, by size, the share found of each kind (clear ones apart) and the share of jobs wrongly called so."""
    partnerships = int(sys.argv[1]) if len(sys.argv) > 1 else PARTNERSHIPS
    for people in SIZES:
        dice = random.Random(people)
        planted, found, clear, wrong, wrong_clear = Counter(), Counter(), Counter(), Counter(), Counter()
        for _ in range(partnerships):
            for job in jobs_of(partnership(people, dice=dice)):
                kind = PLANTS[job.code][0]
                planted[kind] += 1
                for one in job.findings:
                    if one.kind is kind:
                        found[kind] += 1
                        clear[kind] += one.clear
                    elif one.kind not in ALSO.get(job.code, set()):
                        wrong[one.kind] += 1
                        wrong_clear[one.kind] += one.clear
        jobs = partnerships * len(PLANTS)
        print(f"{people} people")
        for kind in RoleFinding:
            there = planted[kind]
            share = f"found {found[kind] / there:4.0%}, clear {clear[kind] / there:4.0%}" if there else " " * 23
            print(f"  {kind.value:24} {share}   wrongly {wrong[kind] / (jobs - there):5.1%}, "
                  f"clear {wrong_clear[kind] / (jobs - there):5.1%}")  # fmt: skip


if __name__ == "__main__":
    main()
