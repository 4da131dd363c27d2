"""How much of what is planted in the road and in guesses is found, and how much is found where nothing is.

python tests/benchmarks/stage_and_guesses_found.py [--partnerships 200] [--seed 7]

People's answers are drawn around a mean on a scale of five (spread 0.9); groups of one size make a partnership. What
counts as found is what the agenda would speak about: findings that are clear. Beside it stand all that are named.
"""

import argparse
import json
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.said_in_modules import STAGE, guessing, road
from xsector.analysis.guesses import guesses_of
from xsector.analysis.perceived import Case
from xsector.analysis.stage import StageFinding, stage_of

SIZES = (3, 5, 8, 12, 20)
GROUPS = 4
SPREAD = 0.9
GUESSED = 6
"""Questions, each guessed of one group: as many as a form should ask."""
JUMP = {"Z03": 4.0, "Z12": 4.3, "Z06": 2.3, "Z08": 2.4, "Z09": 2.4}
EVEN = dict.fromkeys((one.code for one in STAGE.statements), 3.2)
CALM = {**EVEN, **{one.code: 3.8 for one in STAGE.statements if one.is_work}}
PLANS = {
    "stage jump": (StageFinding.FAST_START, {**EVEN, **JUMP}),
    "none, all in the middle": (StageFinding.FAST_START, EVEN),
    "none, work done": (StageFinding.FAST_START, CALM),
}
GAP = 1.8
"""Steps between two groups that are planted apart, and between a guess and an answer."""
PLANTED = {"hidden gap": Case.HIDDEN, "imagined gap": Case.IMAGINED, "none": None}


@dataclass
class Tally:
    """How often something was named, and how often it was clear, in so many partnerships."""

    named: int = 0
    clear: int = 0
    partnerships: int = 0

    def shares(self):
        return round(self.named / self.partnerships, 3), round(self.clear / self.partnerships, 3)


def drawn(dice, mean, people):
    """Counts of answers around *mean*."""
    levels = np.clip(np.rint(dice.normal(mean, SPREAD, people)), 1, 5).astype(int)
    return tuple(np.bincount(levels, minlength=6)[1:].tolist())


def a_road(dice, means, size):
    """A release in which every group's answers are drawn around the same means."""
    release = road({}, sizes=(size,) * GROUPS, names=tuple(f"Group {place}" for place in range(GROUPS)))
    asked = [
        replace(one, counts=tuple(drawn(dice, means[one.code], size) for _ in range(GROUPS))) for one in release.asked
    ]
    return replace(release, asked=tuple(asked))


def guesses(dice, planted, size):
    """A release of six guesses; what is planted is planted in the first, in the others groups are alike and known."""
    names = tuple(f"Group {place}" for place in range(GROUPS))
    answers, told = {}, {}
    for number in range(GUESSED):
        own, actual, guess = 3.6, 3.6, 3.6
        if number == 0 and planted is Case.HIDDEN:
            actual = own - GAP
        if number == 0 and planted is Case.IMAGINED:
            guess = own - GAP
        of = number % GROUPS
        code = f"K{number:02}"
        answers[code] = [drawn(dice, actual if place == of else own, size) for place in range(GROUPS)]
        told[code, names[of]] = [drawn(dice, guess, size) for _ in range(GROUPS)]
    return guessing(answers, told, names=names)


def measured(partnerships, seed):
    """Rows of (what is planted, size of groups, share named, share clear, share of other finds named and clear)."""
    rows = []
    for size in SIZES:
        for plan, (kind, means) in PLANS.items():
            dice = np.random.default_rng([seed, size, len(plan)])
            wanted, others = Tally(), Tally()
            for _ in range(partnerships):
                found = stage_of(a_road(dice, means, size)).findings
                count(wanted, [one.clear for one in found if one.kind is kind])
                count(others, [one.clear for one in found if one.kind is not kind])
            rows.append(("road", plan, size, *wanted.shares(), *others.shares()))
        for plan, case in PLANTED.items():
            dice = np.random.default_rng([seed, size, len(plan), 1])
            wanted, others = Tally(), Tally()
            for _ in range(partnerships):
                found = [one for one in guesses_of(guesses(dice, case, size)) if one.others]
                gaps = [one for one in found if one.others.perceived.case in (Case.HIDDEN, Case.IMAGINED)]
                right = [one for one in gaps if one.item == "K00" and one.others.perceived.case is case]
                count(wanted, [one.others.clear for one in right])
                count(others, [one.others.clear for one in gaps if one not in right])
            rows.append(("guesses", plan, size, *wanted.shares(), *others.shares()))
    return rows


def count(tally, clear):
    """Take one partnership in which these were named."""
    tally.partnerships += 1
    tally.named += bool(clear)
    tally.clear += any(clear)


def main():
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--partnerships", type=int, default=200)
    asked.add_argument("--seed", type=int, default=7)
    chosen = asked.parse_args()
    start = time.perf_counter()
    rows = measured(chosen.partnerships, chosen.seed)
    print(f"{GROUPS} groups, {chosen.partnerships} partnerships each, {time.perf_counter() - start:.1f} s")
    print("what     planted                  people a group   found named  clear   false named  clear")
    for what, plan, size, *shares in rows:
        print(
            f"{what:<8} {plan:<25}{size:>14} {shares[0]:>13.0%} {shares[1]:>6.0%} {shares[2]:>12.0%} {shares[3]:>6.0%}"
        )
    print(json.dumps([dict(zip(("what", "planted", "size", "named", "clear", "false_named", "false_clear"), row,
                               strict=True)) for row in rows]))  # fmt: skip


if __name__ == "__main__":
    main()
