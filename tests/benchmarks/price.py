"""What the rule of release costs, beside a plain threshold: python tests/benchmarks/price.py."""

import json
import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from xsector.model.policy import Policy, Tier
from xsector.release.plan import Cell, large_enough, partition

PARTNERSHIPS = 400


def partnership(seed):
    """The finished sheets of 8 to 40 people in 2 to 7 sectors, some of one organisation, by sector."""
    dice = random.Random(seed)
    sectors = range(dice.randint(2, 7))
    weights = [dice.uniform(0.4, 1.6) for _ in sectors]
    people = [
        (sector, 10 * sector + dice.randrange(4))
        for sector in dice.choices(sectors, weights, k=dice.randint(8, 40))
        if dice.random() < 0.9
    ]
    return [
        Cell(
            sector=str(sector),
            people=sum(one == sector for one, _ in people),
            organisations=frozenset(organisation for one, organisation in people if one == sector),
        )
        for sector in sorted({sector for sector, _ in people})
    ]


def shares(k):
    """Percent of sectors shown by name with a plain threshold and by our rule, and of people counted by our rule."""
    policy = Policy(tier=Tier.SMALL if k < 5 else Tier.CONFIDENTIAL, k=k)
    cells = named = threshold = people = counted = 0
    for seed in range(PARTNERSHIPS):
        there = partnership(seed)
        groups = partition(there, policy=policy)
        cells += len(there)
        threshold += sum(large_enough([cell], policy=policy) for cell in there)
        named += sum(len(group) == 1 for group in groups)
        people += sum(cell.people for cell in there)
        counted += sum(cell.people for group in groups for cell in group)
    return {
        "k": k,
        "threshold": 100 * threshold / cells,
        "named": 100 * named / cells,
        "counted": 100 * counted / people,
    }


def main():
    """Print a row for each k."""
    rows = [shares(k) for k in (3, 4, 5)]
    print(f"{PARTNERSHIPS} partnerships, percent of sectors shown by name")
    print(f"{'k':>2}{'threshold':>12}{'rule':>8}{'price':>8}{'people counted':>17}")
    for row in rows:
        price = row["threshold"] - row["named"]
        print(f"{row['k']:>2}{row['threshold']:>12.1f}{row['named']:>8.1f}{price:>8.1f}{row['counted']:>17.1f}")
    print(json.dumps(rows))


if __name__ == "__main__":
    main()
