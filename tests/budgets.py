"""Priorities of made-up people: whole budgets in, the release of their counts out."""

from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np

from xsector.model.modules import priorities
from xsector.model.modules.kinds import Entry, Mode, Modules, Pass, Priorities
from xsector.model.policy import Policy
from xsector.model.released import Block, Hidden, Missing, Release, ReleasedItem
from xsector.model.round import State
from xsector.release.redeal import chance_from_counts, seed_of

NAMES = ("Direct help", "New rules", "Joining up", "Data", "Residents", "Money", "Support", "Working together",
         "Training", "Housing", "Transport", "Health")  # fmt: skip


def options(count, *, names=NAMES):
    """The first options, with codes Q1, Q2 and so on."""
    return tuple(Entry(code=f"Q{place + 1}", text=name, short=name) for place, name in enumerate(names[:count]))


def release_of(
    given: Mapping[str, Mapping[str, Sequence[Sequence[int]]]], *, mode=Mode.POINTS, names=NAMES, held=(), hidden=(),
    looks=None, draws=999,
):  # fmt: skip
    """The release of people's budgets: *given* by point of view and group; points, or 3 for a first place, 2 and 1.

    *held* are codes of questions that are held back.
    """
    points = {Pass(point): groups for point, groups in given.items()}
    blocks = list(dict.fromkeys(name for groups in points.values() for name in groups))
    count = len(next(row for groups in points.values() for rows in groups.values() for row in rows))
    module = Priorities(options=options(count, names=names), mode=mode, passes=tuple(points))
    sizes = {name: max(len(groups.get(name, ())) for groups in points.values()) for name in blocks}
    answered = sum(sizes.values())
    asked = [item for section in priorities.sections(module) for item in section.items]
    pairs = list(priorities.compared(module))
    return Release(
        round_id=1, partnership="Harbour Alliance", title="Spring round", state=State.REVEALED, policy=Policy(),
        invited=answered + 3, answered=answered,
        blocks=tuple(
            Block(name=name, sectors=(name.lower(),), n=sizes[name], look=(looks or range(9))[place])
            for place, name in enumerate(blocks)
        ),
        hidden=tuple(Hidden(sector=code, label=code.title(), reason="fewer than 5 people") for code in hidden),
        held=tuple(held), items=(), banded=(), themes={}, modules=Modules(priorities=module),
        asked=tuple(
            _released(item, points=points, blocks=blocks, sizes=sizes, draws=draws) for item in (*asked, *pairs)
            if item.code not in held
        ),
    )  # fmt: skip


def _released(item, *, points, blocks, sizes, draws):
    groups = points[Pass(item.parts[0])]
    table = np.zeros((len(blocks), len(item.levels)), dtype=int)
    for row, name in enumerate(blocks):
        for budget in groups.get(name, ()):
            table[row, _level(item, budget=budget)] += 1
    whole = not item.compares
    return ReleasedItem(
        code=item.code, text=item.text, short=item.short, kind=item.kind, theme=item.theme, levels=item.levels,
        ordered=item.ordered, context=False, reverse=False, counts=tuple(tuple(row) for row in table.tolist()),
        missing=tuple(Missing(skipped=sizes[name] - int(table[row].sum())) for row, name in enumerate(blocks)),
        chance=chance_from_counts(table, seed=seed_of(item.code, table), draws=draws) if whole else None,
        module=item.module, parts=item.parts,
    )  # fmt: skip


def _level(item, *, budget):
    """The level of one person's answer to *item*."""
    places = [int(code.removeprefix("Q")) - 1 for code in item.parts[1:]]
    if len(places) == 1:
        by_points = len(item.levels) == len(priorities.LEVELS[Mode.POINTS])
        return budget[places[0]] // priorities.STEP if by_points else budget[places[0]]
    first, second = (budget[place] for place in places)
    return 1 + (first > second) - (first < second)


def rows(*budgets, times=1):
    """The same budgets several times over."""
    return [budget for budget in budgets for _ in range(times)]


def drawn(generator, means, *, people, evenness=4.0):
    """Budgets of *people* around *means* in steps of five; a larger *evenness* spreads people more."""
    found = []
    for _ in range(people):
        shares = generator.gamma(np.maximum(np.asarray(means, dtype=float), 1.0) / evenness)
        exact = shares / shares.sum() * (priorities.POINTS // priorities.STEP)
        steps = np.floor(exact).astype(int)
        for place in np.argsort(steps - exact)[: priorities.POINTS // priorities.STEP - int(steps.sum())]:
            steps[place] += 1
        found.append((steps * priorities.STEP).tolist())
    return found


def top_three(budgets):
    """First, second and third of each budget as 3, 2 and 1; of level ones the first asked stands higher."""
    found = []
    for budget in budgets:
        order = sorted(range(len(budget)), key=lambda place: (-budget[place], place))
        found.append([max(0, 3 - order.index(place)) for place in range(len(budget))])
    return found


def pair_codes(count, *, point):
    """Codes of the comparisons of one point of view."""
    return tuple(f"Q{one + 1}_Q{two + 1}_{point}" for one, two in combinations(range(count), 2))
