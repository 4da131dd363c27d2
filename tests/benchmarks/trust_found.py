"""How much of what is planted in trust between sectors is found, and how much is found where nothing is.

python tests/benchmarks/trust_found.py [--partnerships 200] [--seed 7]

Sectors of one size and three organisations each rate each other's organisations; ratings are drawn around a mean on a
scale of five (everybody's own leaning 0.5, each rating 0.7 around it). Then all goes its usual way: one value a person
and sector, bands where nearly all of a group are alike. “Named” is what the page says, “spoken” what the agenda's
talking point begins with.
"""

import argparse
import json
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.analysis.test_trust import rough  # after the path is set
from tests.build import FIVE, TRUST, item
from xsector.agenda import trust_words
from xsector.agenda.rules import trust as rule
from xsector.analysis import trust
from xsector.analysis.thresholds import DEFAULT_BANDS, DEFAULT_LIMITS
from xsector.model.modules.kinds import Modules
from xsector.model.modules.trust import CONTACT
from xsector.model.policy import Policy
from xsector.model.released import Block, Release
from xsector.model.round import State
from xsector.model.sector import DEFAULT_SECTORS
from xsector.release.bands import band_of
from xsector.release.raters import band_of_raters

SIZES = (5, 8, 12, 20, 30)
SECTORS = DEFAULT_SECTORS[:4]
ORGANISATIONS = 3
LEANING, SPREAD = 0.5, 0.7
USUAL, MET = 3.6, 1.9
"""Mean trust from 1 to 5, and mean contact from 0 to 3."""
BETWEEN = 3.2
"""Half way between the two means of a planted pair."""
FIRST, SECOND = 0, 1
"""Places of the two sectors of which something is planted."""
FOUR, CHOSEN = ("None", "A little", "Some", "A lot"), Policy()
RATED, MEETING = item("R", levels=FIVE, sensitive=True), item("C", levels=FOUR, sensitive=True)


@dataclass(frozen=True)
class Plan:
    """What is planted, and the finding that is right: its name, and what it is about (None: whatever it is about)."""

    name: str
    facts: dict = field(default_factory=dict)
    finding: str = ""
    about: tuple | None = None

    def is_right(self, one):
        return one.finding == self.finding and (self.about is None or set(self.about) <= set(one.about))


PAIR = {"finding": "asymmetry", "about": (SECTORS[FIRST].code, SECTORS[SECOND].code)}
THIN = {"finding": "thin_contact", "about": (SECTORS[SECOND].code,)}
LOW = {"finding": "dim_gap", "about": (trust.DIMENSIONS[-1].value,)}
PLANS = (
    Plan("nothing"),
    Plan("a pair 1.5 steps apart", {"pair": 1.5}, **PAIR),
    Plan("a pair 2 steps apart", {"pair": 2.0}, **PAIR),
    Plan("one dimension 1.2 lower", {"low": 1.2}, **LOW),
    Plan("one sector hardly met", {"contact": 0.8}, **THIN),
)
NONE = pd.DataFrame()
KINDS = ("asymmetry", "dim_gap", "thin_contact")


def partnership(dice, size, *, pair=0.0, low=0.0, contact=None):
    """A release of four sectors of one size: a one-sided *pair* of the first two, a *low* dimension, thin *contact*."""
    number = len(SECTORS)
    means = np.full((number, number), USUAL)
    if pair:
        means[FIRST, SECOND], means[SECOND, FIRST] = BETWEEN + pair / 2, BETWEEN - pair / 2
    met = np.full((number, number), MET)
    if contact is not None:
        met[:, SECOND] = contact
    below = {trust.DIMENSIONS[-1]: low}
    leaning = dice.normal(0, LEANING, (number, size))
    asked = []
    for rated, sector in enumerate(SECTORS):
        for one in trust.DIMENSIONS:
            rows = [values(dice, means[place, rated] - below.get(one, 0) + leaning[place], size, own=place == rated)
                    for place in range(number)]  # fmt: skip
            asked.append(kept(f"{one}_{sector.code}", rows, of=RATED, parts=(one.value, sector.code)))
        rows = [values(dice, met[place, rated] + np.zeros(size), size, own=place == rated, levels=len(FOUR), lowest=0)
                for place in range(number)]  # fmt: skip
        asked.append(kept(f"W0_{sector.code}", rows, of=MEETING, parts=(CONTACT, sector.code)))
    banded = [
        kept(code, [levels(dice, USUAL - below.get(one, 0) + leaning[place]) for place in range(number)], of=RATED)
        for codes in (trust.PARTNERS, trust.PARTNERSHIP)
        for one, code in codes.items()
    ]
    return released(size, asked=asked, banded=banded)


def levels(dice, means, *, lowest=1, number=5):
    """Answers from 0 around *means*, which begin at *lowest*."""
    return np.clip(np.rint(dice.normal(means, SPREAD)) - lowest, 0, number - 1).astype(int)


def values(dice, means, size, *, own, levels=5, lowest=1):
    """One value of each person for a sector: the mean of its organisations but their own, rounded half down."""
    houses = ORGANISATIONS - own
    given = np.clip(np.rint(dice.normal(means, SPREAD, (houses, size))) - lowest, 0, levels - 1).astype(int)
    return -(-(2 * given.sum(axis=0) - houses) // (2 * houses))


def kept(code, rows, *, of, parts=()):
    """What the seal keeps of each block's answers: the counts, or a band."""
    counts = [np.bincount(row, minlength=len(of.levels)).tolist() for row in rows]
    bands = [_band(one, of=of, rated=bool(parts)) for one in counts]
    return rough(
        code, [tuple(one) if band is None else band for one, band in zip(counts, bands, strict=True)], parts=parts,
        levels=of.levels,
    )  # fmt: skip


def _band(counts, *, of, rated):
    by_level, people = dict(enumerate(counts)), sum(counts)
    if not rated:
        return band_of(by_level, item=of, policy=CHOSEN)
    share, more = divmod(people, ORGANISATIONS)
    raters = {place: share + (place < more) for place in range(ORGANISATIONS)}
    return band_of_raters(by_level, raters=raters, item=of, policy=CHOSEN)


def released(size, *, asked, banded):
    blocks = tuple(Block(name=one.label, sectors=(one.code,), n=size, look=one.look) for one in SECTORS)
    people = size * len(SECTORS)
    return Release(
        round_id=1, partnership="P", title="R", state=State.REVEALED, policy=CHOSEN, invited=people, answered=people,
        blocks=blocks, hidden=(), held=(), items=(), banded=tuple(banded), themes={}, asked_banded=tuple(asked),
        sectors=SECTORS, modules=Modules(trust=TRUST),
    )  # fmt: skip


def measured(partnerships, seed):
    """Rows of (what is planted, size, shares: named, spoken, then of each kind those wrongly named, wrongly spoken)."""
    rows = []
    for size in SIZES:
        for number, plan in enumerate(PLANS):
            dice = np.random.default_rng([seed, size, number])
            seen = Counter()
            for _ in range(partnerships):
                count(seen, partnership(dice, size, **plan.facts), plan=plan)
            shares = {what: round(times / partnerships, 3) for what, times in seen.items()}
            rows.append({"planted": plan.name, "size": size, **shares})
    return rows


def count(seen, release, *, plan):
    """Take one partnership: each of its findings once, however many there are."""
    found = trust_words.findings(release)
    talk = rule.find(release, findings=NONE, used=(), bands=DEFAULT_BANDS, limits=DEFAULT_LIMITS)
    spoken = [plan.is_right(one) for one in found if talk and one.title == talk.headline]
    seen["named"] += any(plan.is_right(one) for one in found)
    seen["spoken"] += any(spoken)
    seen["spoken wrongly"] += bool(spoken) and not any(spoken)
    for kind in KINDS:
        seen[kind] += any(one.finding == kind and not plan.is_right(one) for one in found)


def main():
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--partnerships", type=int, default=200)
    asked.add_argument("--seed", type=int, default=7)
    chosen = asked.parse_args()
    start = time.process_time()
    rows = measured(chosen.partnerships, chosen.seed)
    print(f"{len(SECTORS)} sectors, {chosen.partnerships} partnerships each, {time.process_time() - start:.0f} s")
    print("planted                  people a sector   found: named spoken   false: pair  dimension  contact  spoken")
    for row in rows:
        shares = [row.get(what, 0) for what in ("named", "spoken", *KINDS, "spoken wrongly")]
        right, wrong = "".join(f"{one:>7.0%}" for one in shares[:2]), "".join(f"{one:>10.0%}" for one in shares[2:])
        print(f"{row['planted']:<25}{row['size']:>15}      {right}   {wrong}")
    print(json.dumps(rows))


if __name__ == "__main__":
    main()
