"""How often what was planted among priorities is found, and how often something is found that is not there.

    python -m tests.benchmarks.priorities_found [--partnerships 200] [--mode points|top] [--seed 1]

Made-up partnerships of 12 to 40 people in two to six groups of at least five share out 100 points over eight options.
In one run nothing is planted, in the others one thing: sectors that weigh an option 25 points apart, effort 25
points below what is said, or an option that is low for all but one sector. Printed by size: the share in which it is
found, and the share in which something of that kind is found of an option where nothing was planted.
"""

import argparse
from collections import Counter

import numpy as np

from tests.budgets import drawn, release_of, top_three
from xsector.analysis.priorities import views_of
from xsector.analysis.priority_findings import PriorityFinding, findings_of
from xsector.model.modules.kinds import Mode

SHOULD = np.array([22, 16, 14, 12, 11, 10, 8, 7])
NOW = np.array([19, 17, 13, 13, 12, 10, 9, 7])
SIZES = ((12, 17), (18, 24), (25, 32), (33, 40))
PLANTS = ("nothing", "split", "say-do", "quiet")
KINDS = {"split": PriorityFinding.SPLIT, "say-do": PriorityFinding.SAY_DO, "quiet": PriorityFinding.QUIET}
PLANTED = {"split": "Q4", "say-do": "Q1", "quiet": "Q8"}


def groups_of(generator, people):
    """Sizes of at least five that add up to *people*, two to six of them."""
    most = min(6, people // 5)
    count = int(generator.integers(2, most + 1))
    extra = generator.multinomial(people - 5 * count, np.full(count, 1 / count))
    return [5 + int(more) for more in extra]


def _to(means, place, points):
    """*means* with *points* for one option, the others in proportion."""
    rest = np.delete(means, place)
    return np.insert(rest / rest.sum() * (100 - points), place, points)


def partnership(generator, *, people, plant, mode):
    """The release of one partnership."""
    given = {"should": {}, "now": {}}
    for number, size in enumerate(groups_of(generator, people)):
        should, now = SHOULD, NOW
        if plant == "split":
            should = _to(SHOULD, 3, 32 if number == 0 else 7)
        elif plant == "say-do":
            should, now = _to(SHOULD, 0, 32), _to(NOW, 0, 7)
        elif plant == "quiet" and number == 0:
            should = _to(SHOULD, 7, 35)
        for point, means in (("should", should), ("now", now)):
            budgets = drawn(generator, means, people=size, evenness=12.0)
            given[point][f"Group {number + 1}"] = top_three(budgets) if mode is Mode.TOP else budgets
    return release_of(given, mode=mode, draws=199)


def run(*, partnerships, mode, seed):
    """By plant and size: how many there were, in how many it was found, and each kind found elsewhere."""
    found = {}
    for plant in PLANTS:
        generator = np.random.default_rng([seed, PLANTS.index(plant)])
        for number in range(partnerships):
            low, high = SIZES[number % len(SIZES)]
            release = partnership(generator, people=int(generator.integers(low, high + 1)), plant=plant, mode=mode)
            tally = found.setdefault((plant, f"{low}-{high}"), Counter())
            tally["all"] += 1
            there = findings_of(views_of(release))
            tally.update(dict.fromkeys(_told(there, plant=plant), 1))
    return found


def _told(there, *, plant):
    """What is said of a partnership: found or clearly found where it was planted, and each kind elsewhere."""
    for one in there:
        kind = next((name for name, value in KINDS.items() if value is one.kind), None)
        if kind is None:
            continue
        name = kind if one.everybody else f"{kind} of a group"
        if plant == kind and one.option == PLANTED[kind] and one.everybody:
            yield "found"
            if one.clear:
                yield "clear"
        elif plant == "nothing":
            yield f"false {name}"
            if one.clear:
                yield f"clear false {name}"


def main():
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--partnerships", type=int, default=200)
    parser.add_argument("--mode", type=Mode, choices=list(Mode), default=Mode.POINTS)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    for (plant, size), tally in run(**vars(options)).items():
        shares = [f"{what} {count / tally['all']:.0%}" for what, count in sorted(tally.items()) if what != "all"]
        print(f"{plant:8} {size:6} people, {tally['all']:4} partnerships: {', '.join(shares) or 'nothing found'}")


if __name__ == "__main__":
    main()
