"""The figures of a report once more, from raw answers, in plain Python and by their definitions.

A pair of people is as far apart as their answers stand on the scale; D is the mean distance of two people
drawn with replacement, in halves of the scale. W is the same within groups, weighted by their people.
"""

from collections import Counter
from math import nan


def mean_distance(levels):
    """Mean distance of the positions of two people who are drawn with replacement."""
    found = Counter(levels)
    return sum(a * b * abs(low - high) for low, a in found.items() for high, b in found.items()) / len(levels) ** 2


def figures(groups, *, positions):
    """What a report says of one ordered item; *groups* holds everybody's position, a list for each block."""
    groups = [list(group) for group in groups]
    everybody = [level for group in groups for level in group]
    people, blocks = len(everybody), sum(bool(group) for group in groups)
    if people < 3:
        return None
    half = (positions - 1) / 2
    total = mean_distance(everybody) / half
    within = sum(len(group) / people * mean_distance(group) for group in groups if group) / half
    between = total - within
    unbiased = total * people / (people - 1)
    share = nan
    if people > blocks and unbiased > 1e-12:
        # What lies between, had every two people been different ones: the within part has lost N - G.
        share = max(0.0, 1 - within * people / (people - blocks) / unbiased)
    means = [sum(group) / len(group) for group in groups if group]
    return {
        "n": people,
        "divergence": total,
        "divergence_unbiased": min(1.0, unbiased),
        "within": within,
        "between": between,
        "between_share": share,
        "gap_steps": max(means) - min(means) if len(means) > 1 else nan,
    }
