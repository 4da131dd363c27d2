"""Releases, frames and long names to draw: pure functions, no randomness."""

from collections.abc import Sequence

import pandas as pd

from xsector.model import columns
from xsector.model.instrument import Kind
from xsector.model.policy import Policy
from xsector.model.released import Block, Hidden, Missing, Release, ReleasedItem
from xsector.model.round import State

NAMES = ("Government", "Non-profit", "Business", "Philanthropy", "Community", "Education")
LONG_NAMES = (
    "Non-profit service providers (statewide)",
    "Faith and neighbourhood groups",
    "Regional and municipal government bodies",
    "Small and medium-sized employers",
    "Residents, tenants and service users",
    "Universities and vocational colleges",
    "Combined: Philanthropy, Business and Education",
)
LEVELS = {
    2: ("No", "Yes"),
    3: ("Disagree", "Neither", "Agree"),
    4: ("Not at all", "A little", "Mostly", "Completely"),
    5: ("Strongly disagree", "Disagree", "Neither", "Agree", "Strongly agree"),
    6: ("Never", "Very rarely", "Rarely", "Sometimes", "Often", "Always"),
    7: ("Entirely disagree", "Mostly disagree", "Somewhat disagree", "Neither agree nor disagree", "Somewhat agree",
        "Mostly agree", "Entirely agree"),
    10: ("1 – not at all", "2", "3", "4", "5", "6", "7", "8", "9", "10 – completely"),
}  # fmt: skip
STATEMENTS = (
    "It is clear who decides what",
    "Residents shape the agenda",
    "Partners share data openly",
    "Funders leave room for others to lead",
    "My organisation would miss this partnership",
    "The work is shared out fairly",
    "We know which problem we are solving",
    "Bad news travels fast here",
)
LONG_STATEMENT = (
    "Before a decision that changes how money or staff are shared out, every partner who will be affected hears of it "
    "in time to object to it."
)
NASTY = "<b>x</b><img src=x onerror=1> $x^2$ &lt;"
SIZES = (9, 9, 6, 5, 6, 5, 8)
SHAPES = ((1, 1, 1, 3, 3), (2, 2, 0, 5, 0), (4, 3, 1, 0, 0), (0, 1, 3, 1, 0), (3, 2, 1, 1, 1), (0, 0, 3, 2, 0),
          (1, 4, 1, 2, 6))  # fmt: skip


def blocks(names: Sequence[str] = NAMES, *, sizes: Sequence[int] = SIZES) -> tuple[Block, ...]:
    return tuple(
        Block(name=name, sectors=(f"sector{place}",), n=sizes[place], look=6 if name.startswith("Combined") else place)
        for place, name in enumerate(names)
    )


def spread(people: int, *, shape: Sequence[float], levels: int) -> tuple[int, ...]:
    """*people* over *levels* in about the proportions of *shape*, which has five places."""
    weights = [shape[min(int((level + 0.5) / levels * 5), 4)] + 0.05 for level in range(levels)]
    exact = [people * weight / sum(weights) for weight in weights]
    counts = [int(value) for value in exact]
    by_rest = sorted(range(levels), key=lambda level: counts[level] - exact[level])
    for level in by_rest[: people - sum(counts)]:
        counts[level] += 1
    return tuple(counts)


def item(
    code: str, *, groups: Sequence[Block], text: str = STATEMENTS[0], short: str = "",
    levels: Sequence[str] = LEVELS[5], kind: Kind = Kind.RATING, turn: int = 0, ordered: bool = True,
) -> ReleasedItem:  # fmt: skip
    counts = tuple(
        spread(group.n, shape=SHAPES[(place + turn) % 7], levels=len(levels)) for place, group in enumerate(groups)
    )
    return ReleasedItem(
        code=code, text=text, short=short or text, kind=kind, theme="t", levels=tuple(levels), ordered=ordered,
        context=False, reverse=False, counts=counts, missing=tuple(Missing() for _ in groups), chance=0.03,
    )  # fmt: skip


def release(
    names: Sequence[str] = NAMES, *, sizes: Sequence[int] = SIZES, levels: Sequence[str] = LEVELS[5],
    statements: Sequence[str] = STATEMENTS, hidden: Sequence[str] = (),
) -> Release:  # fmt: skip
    groups = blocks(names, sizes=sizes)
    answered = sum(group.n for group in groups)
    return Release(
        round_id=1, partnership="Harbour Alliance", title="Spring round", state=State.REVEALED, policy=Policy(),
        invited=answered + 12, answered=answered, blocks=groups,
        hidden=tuple(Hidden(sector=code, label=code.capitalize(), reason="fewer than 5") for code in hidden), held=(),
        banded=(),
        items=tuple(item(f"q{place}", groups=groups, text=text, short=shortened(text), levels=levels, turn=place)
                    for place, text in enumerate(statements)),
        themes={"t": "Roles"},
    )  # fmt: skip


def shortened(text: str) -> str:
    return text if len(text) <= 60 else text[:60].rsplit(" ", 1)[0]


def means(sample: Release) -> pd.DataFrame:
    """Mean position of every block at every item."""
    rows = {
        asked.code: [
            sum((level + 1) * count for level, count in enumerate(counts)) / sum(counts) for counts in asked.counts
        ]
        for asked in sample.items
    }
    return pd.DataFrame.from_dict(
        rows, orient="index", columns=[block.name for block in sample.blocks], dtype="float64"
    )


def gaps(sample: Release, *, noisy: Sequence[str] = ()) -> pd.DataFrame:
    """Items by falling gap, with whether each gap is firm."""
    table = means(sample)
    steps = (table.max(axis=1) - table.min(axis=1)).sort_values(ascending=False, kind="stable")
    return pd.DataFrame({columns.GAP_STEPS: steps, columns.FIRM: [code not in noisy for code in steps.index]})
