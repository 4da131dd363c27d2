"""What comes first, as questions: one for each option and point of view, and one for each pair of options."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from typing import Final

from xsector.model.instrument import Item, Kind, Section
from xsector.model.modules.kinds import Entry, Mode, Module, Pass, Priorities

POINTS: Final = 100
STEP: Final = 5
TOP: Final = 3
TEXTS: Final = {
    Pass.SHOULD: "What should come first for us in the next year?",
    Pass.NOW: "Where do our time and effort go now?",
    Pass.OWN: "What comes first for your own organisation?",
}
HOW: Final = {
    Mode.POINTS: f"You have {POINTS} points, in steps of {STEP}. Give more to what matters more. "
    "They count once all of them are given.",
    Mode.TOP: "Choose your first, second and third. They count once all three are chosen.",
}
LEVELS: Final = {
    Mode.POINTS: tuple(str(points) for points in range(0, POINTS + STEP, STEP)),
    Mode.TOP: ("Not among the first three", "Third", "Second", "First"),
}
PAIR_LEVELS: Final = ("Second of the two", "Level", "First of the two")
"""Which of two options a person put higher."""


def sections(priorities: Priorities) -> Iterator[Section]:
    """One section for each point of view."""
    for view in priorities.passes:
        yield Section(
            code=f"{Module.PRIORITIES}_{view.value}",
            title=TEXTS[view],
            intro=HOW[priorities.mode],
            items=tuple(_item(option, view=view, mode=priorities.mode) for option in priorities.options),
            module=Module.PRIORITIES,
        )


def compared(priorities: Priorities) -> Iterator[Item]:
    """One question for each pair of options and point of view: which of the two stands higher."""
    for view in priorities.passes:
        for first, second in combinations(priorities.options, 2):
            yield Item(
                code=f"{first.code}_{second.code}_{view.value}",
                kind=Kind.CHOICE,
                text=f"{first.short} or {second.short}",
                short=f"{first.short} or {second.short}",
                levels=PAIR_LEVELS,
                module=Module.PRIORITIES,
                parts=(view.value, first.code, second.code),
                compares=(code_of(first.code, view), code_of(second.code, view)),
            )


def code_of(option: str, view: Pass) -> str:
    """The permanent code of an option seen from one point of view."""
    return f"{option}_{view.value}"


def even_split(options: int) -> tuple[int, ...]:
    """Levels that give every option the same number of points, the first ones a step more where it doesn't divide."""
    steps = POINTS // STEP
    return tuple(steps // options + (place < steps % options) for place in range(options))


def in_steps(numbers: Sequence[Fraction]) -> tuple[int, ...]:
    """Levels that share all points out as *numbers* do; ValueError unless none is below 0 and one above.

    Each gets its whole steps, and the largest remainders those that are left, of equal ones the earlier.
    """
    whole = sum(numbers)
    if whole <= 0 or min(numbers) < 0:
        raise ValueError(f"{len(numbers)} numbers of which some are negative, or all 0, share nothing out")
    exact = [number * (POINTS // STEP) / whole for number in numbers]
    levels = [int(one) for one in exact]
    order = sorted(range(len(exact)), key=lambda place: (levels[place] - exact[place], place))
    for place in order[: POINTS // STEP - sum(levels)]:
        levels[place] += 1
    return tuple(levels)


def is_complete(items: Sequence[Item], answers: Mapping[str, object]) -> bool:
    """Whether one point of view is answered: all points given, or a first, a second and a third chosen."""
    levels = [answers.get(item.code) for item in items]
    given = [level for level in levels if isinstance(level, int)]
    return len(given) == len(levels) and fits(given, levels=len(items[0].levels))


def fits(given: Sequence[int], *, levels: int) -> bool:
    """Whether chosen *given* levels of one point of view belong together."""
    if levels == len(LEVELS[Mode.POINTS]):
        return sum(given) == POINTS // STEP
    return sorted(level for level in given if level) == list(range(1, min(TOP, len(given)) + 1))


def _item(option: Entry, *, view: Pass, mode: Mode) -> Item:
    return Item(
        code=code_of(option.code, view),
        kind=Kind.RATING,
        text=option.text,
        short=option.short,
        levels=LEVELS[mode],
        source=option.source,
        module=Module.PRIORITIES,
        parts=(view.value, option.code),
    )
