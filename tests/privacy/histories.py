"""Random histories of partnerships, released by the real rule: people come, stay away, leave, are erased, come late.

No database: the bookkeeping between rounds is done anew here, in the plainest way, and so checks the other one.
"""

import random
from dataclasses import dataclass

from tests.build import item
from tests.privacy.attack import structure
from xsector.model.poles import poles
from xsector.model.policy import Policy, Tier
from xsector.model.released import WITHHELD
from xsector.model.sector import DEFAULT_SECTORS
from xsector.release.bands import band_of, smallest_group, withheld
from xsector.release.plan import LATE, Before, Cell, plan

OPEN, TRUST = item("R1", cannot_judge="I can't judge"), item("S1", sensitive=True, cannot_judge="I can't judge")
PARTS = poles(5, ordered=True)
LEVELS = [str(level) for level in range(5)]
MISSING = ("skipped", "cannot_judge", "not_applicable")
MARKS = {"skipped": 255, "cannot_judge": 254, "not_applicable": 253}


@dataclass
class Someone:
    """One person: where they stand, when they came, what they say."""

    id: str
    sector: str
    org: int
    late: bool
    answers: dict
    counted: tuple = ()
    gone: bool = False

    @property
    def past(self):
        """What a sheet of theirs would say of earlier rounds."""
        return ".".join(map(str, self.counted)) or (LATE if self.late else "")


@dataclass(frozen=True)
class History:
    """What an attacker may read, and what was true."""

    ledger: dict
    policy: Policy
    people: tuple
    shown: int
    finished: int


def told_apart(ledger, policy):
    """Groups that the releases of *ledger* tell apart from everybody else, and that are smaller than promised."""
    organisations = {person["id"]: person["org"] for person in ledger["people"]}
    return structure(ledger["releases"], policy.k, organisations, policy.m)["violations"]


def random_history(seed):
    """A partnership of 8 to 60 people in 2 to 7 sectors over one to three rounds."""
    dice = random.Random(seed)
    k = dice.choice([3, 4, 5, 5, 5, 6])
    policy = Policy(tier=Tier.SMALL if k < 5 else Tier.CONFIDENTIAL, k=k)
    sectors = DEFAULT_SECTORS[: dice.randint(2, len(DEFAULT_SECTORS))]
    people = [_someone(dice, number, sectors=sectors) for number in range(dice.randint(8, 60))]
    releases, shown, finished, blocks = [], 0, 0, 0
    for number in range(1, dice.randint(1, 3) + 1):
        there = _answering(dice, people, first=number == 1, sectors=sectors)
        made = _planned(people, there, sectors=sectors, policy=policy)
        for place in range(len(made.blocks)):
            inside = [one for one in there if made.places.get((one.past, one.sector, None)) == place]
            releases += _released(inside, number=number, unmixed=place in made.unmixed, policy=policy)
        for one, place in [(one, made.places.get((one.past, one.sector, None))) for one in there]:
            if place is not None:
                one.counted = (*one.counted, blocks + place)
                shown += 1
        blocks += len(made.blocks)
        finished += len(there)
    ledger = {"questions": _questions(), "people": [{"id": one.id, "org": one.org} for one in people]}
    return History(ledger | {"releases": releases}, policy, tuple(people), shown, finished)


def _someone(dice, number, *, sectors, late=False):
    sector = dice.choice(sectors).code
    usual = random.Random(f"{sector}{number // 30}").randrange(5)

    def said():
        if dice.random() < 0.1:
            return dice.choice(MISSING)
        return str(usual if dice.random() < 0.75 else dice.randrange(5))

    org = 100 * [one.code for one in sectors].index(sector) + dice.randrange(dice.choice([1, 2, 4]))
    return Someone(f"p{number}", sector, org, late, {"R1": said(), "S1": said()})


def _answering(dice, people, *, first, sectors):
    """Who finishes this round; between rounds some leave for good, and some come, before or after the opening."""
    if not first:
        for one in people:
            one.late = False
            one.gone = one.gone or dice.random() < dice.choice([0, 0, 0.05, 0.4])
        start = len(people)
        people += [_someone(dice, start + extra, sectors=sectors) for extra in range(dice.choice([0, 1, 6, 12]))]
    start = len(people)
    people += [_someone(dice, start + extra, sectors=sectors, late=True) for extra in range(dice.choice([0, 0, 1, 7]))]
    share = dice.choice([0.7, 0.95, 1])
    return [one for one in people if not one.gone and dice.random() < share]


def _planned(people, there, *, sectors, policy):
    def cell(some, *, sector, past):
        return Cell(sector=sector, people=len(some), organisations=frozenset(one.org for one in some), past=past)

    groups = sorted({(one.past, one.sector) for one in there})
    cells = [
        cell([one for one in there if (one.past, one.sector) == (past, sector)], sector=sector, past=past)
        for past, sector in groups
    ]
    away = [one for one in people if one not in there]
    before = {
        past: Before(
            people=sum(one.past == past for one in away),
            organisations=frozenset(one.org for one in away if one.past == past),
            largest=max(sum(block in one.counted for one in people) for block in map(int, past.split("."))),
        )
        for past in {one.past for one in people if one.counted}
    }
    return plan(cells, sectors=sectors, policy=policy, before=before)


def _released(inside, *, number, unmixed, policy):
    members = [one.id for one in inside]
    for asked in (OPEN, TRUST):
        counts = {}
        for one in inside:
            counts[one.answers[asked.code]] = counts.get(one.answers[asked.code], 0) + 1
        shown = {"counts": counts}
        if asked.sensitive:
            if len(inside) < smallest_group(policy):
                continue
            marks = {MARKS.get(level) or int(level): people for level, people in counts.items()}
            band = band_of(marks, item=asked, policy=policy) if unmixed else withheld(len(inside))
            if band is not None and band.pole == WITHHELD:
                continue
            if band is not None:
                shown = {"at_least": {"levels": _names(PARTS[band.pole]), "n": band.at_least}}
        yield {"q": f"{asked.code}@{number}", "members": members, **shown}


def _questions():
    parts = [_names(marks) for pole, marks in PARTS.items() if pole != "none"]
    return {code: {"levels": [*LEVELS, *MISSING], "poles": parts} for code in ("R1", "S1")}


def _names(marks):
    known = {mark: name for name, mark in MARKS.items()}
    return [known.get(mark, str(mark)) for mark in sorted(marks)]
