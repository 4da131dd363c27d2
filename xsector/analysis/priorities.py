"""What comes first, from a release: what each group gives each option, and how far apart people and groups are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from xsector.analysis.budgets import budget_divergence_from_counts
from xsector.analysis.divergence import Split
from xsector.analysis.rankings import (
    MOST_FOR_KEMENY,
    borda_from_pairs,
    kemeny_from_pairs,
    kendall_w_from_pairs,
    pair_divergence,
    tie_term_bounds,
)
from xsector.analysis.tallies import Floats
from xsector.analysis.thresholds import DEFAULT_PRIORITIES, PriorityLimits
from xsector.model.modules.kinds import Entry, Mode, Module, Pass
from xsector.model.modules.priorities import PAIR_LEVELS, POINTS, TOP
from xsector.model.released import Block, Release, ReleasedItem

BANDS = ((0, "nothing"), (5, "5 or 10"), (15, "15 to 25"), (30, "30 to 45"), (50, "50 and more"))
"""Lowest points of each band of a picture, and its name."""
QUARTERS = (0.25, 0.75)
LEVEL = 1e-9
"""Means closer than this are level: they differ by rounding alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What one group gives one option.

    ``mean`` puts the options in order: mean points, or the mean of 3 for a first place, 2 and 1. ``value`` is
    what is told, 0 to 100: mean points, or the percentage who put it among their first three; ``error`` is the
    sampling error of it. ``rank`` is 1 for the highest, level options share one. ``low`` and ``high`` are the
    ends of the middle half of people, in points (or places, 3 for the first); ``nothing`` are those who give
    it nothing.
    """

    people: int
    mean: float
    value: float
    error: float
    rank: int
    low: float
    high: float
    nothing: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """One option from one point of view: what everybody gives it, and each of the view's groups.

    ``voices``, ``voices_value`` and ``voices_rank`` are mean, value and rank where every group counts the same.
    ``chance`` is that of re-deals (see ``ReleasedItem``).
    """

    code: str
    text: str
    short: str
    everybody: Given
    groups: tuple[Given, ...]
    voices: float
    voices_value: float
    voices_rank: int
    chance: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Orders:
    """What the pairs of options say: who stands above whom.

    ``above[i][j]`` people put option i above option j, ties half. ``borda`` is the options' places, highest first,
    ``kemeny`` every order with the fewest disagreements (empty above eight options), both as places in
    ``View.options``. ``concordance`` holds the lowest and the highest Kendall's W that the pairs allow: they say
    who puts two options level, not three; with first, second and third chosen both are the same.
    """

    above: tuple[tuple[float, ...], ...]
    borda: tuple[int, ...]
    borda_points: tuple[float, ...]
    kemeny: tuple[tuple[int, ...], ...]
    concordance: tuple[float, float]
    apart: Split


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What is given from one point of view; ``groups`` are those with enough answers to be compared.

    ``apart`` is the divergence of what people give, within and between groups; with points it is the total
    variation, with first three the divergence over pairs.
    """

    point: Pass
    mode: Mode
    answered: int
    groups: tuple[Block, ...]
    options: tuple[Weighed, ...]
    apart: Split
    orders: Orders | None

    def ranked(self) -> tuple[Weighed, ...]:
        """The options, highest first; level ones in the order in which they were asked."""
        return tuple(sorted(self.options, key=lambda one: one.everybody.rank))

    def option(self, code: str) -> Weighed:
        """The option with this code; LookupError if there is none."""
        for one in self.options:
            if one.code == code:
                return one
        raise LookupError(f"there is no option {code!r}")


def views_of(release: Release, *, limits: PriorityLimits = DEFAULT_PRIORITIES) -> dict[Pass, View]:
    """Every point of view that is released whole and answered by enough people; empty where none is.

    A point of view of which a question is held back is left out: what is given to the others says nothing
    without it.
    """
    chosen = release.modules.priorities
    items = {item.parts: item for item in release.of_module(Module.PRIORITIES)}
    found = {}
    for point in chosen.passes if chosen else ():
        asked = [items.get((point.value, option.code)) for option in chosen.options] if chosen else []
        whole = [item for item in asked if item is not None]
        if chosen is None or len(whole) < len(asked) or sum(map(sum, whole[0].counts)) < limits.fewest_answers:
            continue
        pairs = _pairs(items, options=chosen.options, point=point, blocks=len(release.blocks))
        found[point] = _view(whole, pairs=pairs, point=point, mode=chosen.mode, release=release, limits=limits)
    return found


def spread_item(release: Release, *, code: str, point: Pass = Pass.SHOULD) -> ReleasedItem | None:
    """One option's question with points in a few bands, to see how they spread; None if it isn't released.

    The bands run from nothing to half of all points and more. Where first, second and third were chosen the
    question stays as it is.
    """
    item = next((one for one in release.of_module(Module.PRIORITIES) if one.parts == (point.value, code)), None)
    if item is None or len(item.levels) <= len(BANDS):
        return item
    steps = POINTS // (len(item.levels) - 1)
    ends = [*(low // steps for low, _ in BANDS), len(item.levels)]
    return replace(
        item,
        levels=tuple(label for _, label in BANDS),
        counts=tuple(tuple(sum(counts[low:high]) for low, high in pairwise(ends)) for counts in item.counts),
    )


def _view(
    items: Sequence[ReleasedItem], *, pairs: tuple[Floats, Floats] | None, point: Pass, mode: Mode, release: Release,
    limits: PriorityLimits,
) -> View:  # fmt: skip
    counts = np.array([item.counts for item in items], dtype=np.float64).swapaxes(0, 1)
    people = counts[:, 0].sum(axis=-1)
    enough = people >= limits.fewest_answers
    orders = None if pairs is None else _orders(*pairs, mode=mode)
    return View(
        point=point,
        mode=mode,
        answered=int(people.sum()),
        groups=tuple(block for block, shown in zip(release.blocks, enough, strict=True) if shown),
        options=_weighed(items, counts=counts[enough], everybody=counts.sum(axis=0), mode=mode),
        apart=budget_divergence_from_counts(counts) if orders is None or mode is Mode.POINTS else orders.apart,
        orders=orders,
    )


def _weighed(items: Sequence[ReleasedItem], *, counts: Floats, everybody: Floats, mode: Mode) -> tuple[Weighed, ...]:
    """Every option, from the counts of the groups that are compared (groups, options, levels) and of everybody."""
    together = _given(everybody, mode=mode)
    groups = [_given(group, mode=mode) for group in counts]
    voices = [float(np.mean([group[place].mean for group in groups])) if groups else float("nan")
              for place in range(len(items))]  # fmt: skip
    ranks = _ranks(voices)
    return tuple(
        Weighed(
            code=item.parts[1],
            text=item.text,
            short=item.short,
            everybody=together[place],
            groups=tuple(group[place] for group in groups),
            voices=voices[place],
            voices_value=float(np.mean([group[place].value for group in groups])) if groups else float("nan"),
            voices_rank=ranks[place],
            chance=item.chance,
        )
        for place, item in enumerate(items)
    )


def _given(counts: Floats, *, mode: Mode) -> tuple[Given, ...]:
    """What one group gives every option, from people by option and level."""
    levels = np.arange(counts.shape[1], dtype=np.float64)
    steps = levels * (POINTS / (len(levels) - 1)) if mode is Mode.POINTS else levels
    told = steps if mode is Mode.POINTS else 100.0 * (levels > 0)
    people = int(counts[0].sum())
    means, values = counts @ steps / people, counts @ told / people
    squares = counts @ told**2 / people - values**2
    errors = np.sqrt(np.maximum(squares, 0.0) / max(people - 1, 1))
    halves = [[_quarter(option, share=share, steps=steps) for share in QUARTERS] for option in counts]
    ranks = _ranks(means.tolist())
    return tuple(
        Given(
            people=people, mean=float(means[place]), value=float(values[place]), error=float(errors[place]),
            rank=ranks[place], low=halves[place][0], high=halves[place][1], nothing=int(counts[place, 0]),
        )
        for place in range(len(counts))
    )  # fmt: skip


def _quarter(counts: Floats, *, share: float, steps: Floats) -> float:
    """The smallest amount that at least *share* of people do not go above."""
    reached = np.cumsum(counts) >= share * counts.sum() - LEVEL
    return float(steps[int(np.argmax(reached))])


def _ranks(means: Sequence[float]) -> list[int]:
    """1 for the highest; level ones share the better place."""
    return [1 + sum(other > mean + LEVEL for other in means) for mean in means]


def _pairs(
    items: dict[tuple[str, ...], ReleasedItem], *, options: Sequence[Entry], point: Pass, blocks: int
) -> tuple[Floats, Floats] | None:
    """People of each block by pair of options: who put the first above, and who level; None where a pair is held."""
    wins, ties = np.zeros((2, blocks, len(options), len(options)))
    below, level, above = range(len(PAIR_LEVELS))
    for one, first in enumerate(options):
        for two, second in enumerate(options[one + 1 :], start=one + 1):
            item = items.get((point.value, first.code, second.code))
            if item is None:
                return None
            counts = np.array(item.counts, dtype=np.float64)
            wins[:, one, two], wins[:, two, one] = counts[:, above], counts[:, below]
            ties[:, one, two] = ties[:, two, one] = counts[:, level]
    return wins, ties


def _orders(wins: Floats, ties: Floats, *, mode: Mode) -> Orders:
    together, level = wins.sum(axis=0), ties.sum(axis=0)
    people, options = int(together[0, 1] + together[1, 0] + level[0, 1]), len(together)
    bounds = tie_term_bounds(level, people=people)
    if mode is Mode.TOP:
        rest = options - TOP
        bounds = (people * (rest**3 - rest),) * 2
    points = borda_from_pairs(together, ties=level)
    known = options <= MOST_FOR_KEMENY
    w = [kendall_w_from_pairs(together, ties=level, tie_term=term).w for term in bounds]
    return Orders(
        above=tuple(tuple(row) for row in (together + level / 2).tolist()),
        borda=tuple(int(place) for place in np.argsort(-points, kind="stable")),
        borda_points=tuple(points.tolist()),
        kemeny=kemeny_from_pairs(together, ties=level).orders if known else (),
        concordance=(w[0], min(1.0, w[1])),
        apart=pair_divergence(wins, ties=ties),
    )
