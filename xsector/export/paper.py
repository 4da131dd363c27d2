"""What all papers of an agenda have in common: their fixed words, safe text and the timed overview."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

import plotly.graph_objects as go

from xsector.agenda.document import Agenda, Ours, Step, starts
from xsector.agenda.plain import from_plain, to_plain
from xsector.agenda.timing import clock, sum_sentence
from xsector.charts.measuring import cleaned
from xsector.model.cards import RULE_BEGINS

KIND_OF_PAPER: Final = "Agenda for talking about our answers"
OVERVIEW_HEADS: Final = ("Starts", "Minutes", "Step", "What the answers say")
HOW_TO_READ: Final = "How to read the charts"
GROUND_RULES: Final = "Ground rules"
OUR_RULES: Final = "Our ground rules"
OUR_RULES_BEGIN: Final = f"{RULE_BEGINS} …"
OUR_GOALS: Final = "Our goal in our own words"
OUR_GOALS_READ: Final = "In an order that says nothing. Read them out: where do they part?"
BEFORE: Final = "Before the meeting"
AFTER: Final = "After the meeting"
CAUTIONS: Final = "Take care"
PROMISES: Final = "Our promises"
OPEN_WITH: Final = "Open with"
THEN: Final = "Then ask"
CLOSE_WITH: Final = "Before you move on"
WATCH: Final = "Watch"
HOW_SURE: Final = "How sure is this?"
NARROWEST: Final = 10
WIDEST: Final = 40
"""Characters; a column takes its share of the width as if its longest cell lay between these."""
EDGES: Final = 3
"""Characters; what a cell's edges take beside its text."""
LINE: Final = 92
"""Characters that stand beside each other on a page in a table's letters."""
_NUMBER_STARTS: Final = frozenset("0123456789–")

TIMES: Final = "Times"
STEPS: Final = "Step by step"


def safe(agenda: Agenda) -> Agenda:
    """The agenda without characters that XML forbids or that turn the direction of reading."""
    return replace(from_plain(_safe_values(to_plain(agenda))), ours=_safe_ours(agenda.ours))


def _safe_ours(ours: Ours) -> Ours:
    return Ours(
        rules=tuple(map(cleaned, ours.rules)),
        goal_question=cleaned(ours.goal_question),
        goals=tuple(map(cleaned, ours.goals)),
    )


def _safe_values(value: object) -> object:
    if isinstance(value, Mapping):
        return {name: _safe_values(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_safe_values(part) for part in value]
    return cleaned(value) if isinstance(value, str) else value


def title_of(agenda: Agenda) -> str:
    """The title of the paper: the partnership and the round."""
    return " – ".join(part for part in (agenda.partnership, agenda.round_title) if part)


def overview_rows(agenda: Agenda) -> tuple[tuple[str, str, str, str], ...]:
    """One row for each step: when it starts, how long it takes, its title and its finding."""
    return tuple(
        (clock(start), str(step.minutes), step.title, step.finding or "")
        for start, step in zip(starts(agenda), agenda.steps, strict=True)
    )


def total_sentence(agenda: Agenda) -> str:
    """The sum of the minutes and its difference to the planned length."""
    return sum_sentence(agenda.total_minutes, planned=agenda.minutes)


def time_of(start: int, step: Step) -> str:
    """When a step takes place and for how long."""
    unit = "minute" if step.minutes == 1 else "minutes"
    return f"{clock(start)} to {clock(start + step.minutes)} · {step.minutes} {unit}"


def column_shares(rows: Sequence[Sequence[str]]) -> tuple[float, ...]:
    """The share of the width that each column of a table gets, by its longest cell within limits.

    Heads may wrap between words; the first column, which holds names or statements, gets half as much again. No column
    gets less than its longest word needs, as far as there is room for all of those.
    """
    columns = list(zip(*rows, strict=True))
    longest = [max(len(part) for part in ("", *head.split(), *body)) for head, *body in columns]
    weights = [min(max(length, NARROWEST), WIDEST) for length in longest]
    weights[0] = weights[0] * 3 // 2
    least = [max(len(word) for cell in column for word in ("", *cell.split())) + EDGES for column in columns]
    shares = [weight / sum(weights) for weight in weights]
    needed = [min(one / LINE, 1 / len(columns)) for one in least]
    lacking = sum(max(need - share, 0) for need, share in zip(needed, shares, strict=True))
    spare = sum(max(share - need, 0) for need, share in zip(needed, shares, strict=True))
    if not lacking:
        return tuple(shares)
    kept = 1 - lacking / spare
    return tuple(need + max(share - need, 0) * kept for need, share in zip(needed, shares, strict=True))


def number_columns(rows: Sequence[Sequence[str]]) -> tuple[int, ...]:
    """The columns, counted from 0, whose cells below the head are all numbers or dashes."""
    columns = list(zip(*rows[1:], strict=True))
    return tuple(place for place, column in enumerate(columns) if all(cell[:1] in _NUMBER_STARTS for cell in column))


def alt_of(figure: go.Figure, *, step: Step) -> str:
    """What a step's chart shows, for people who can't see it."""
    return described(figure, otherwise=f"Chart: {step.finding or step.title}")


def described(figure: go.Figure, *, otherwise: str) -> str:
    """What a chart says of itself, for people who can't see it."""
    meta = figure.layout.meta
    alt = meta.get("alt") if isinstance(meta, Mapping) else None
    return cleaned(str(alt)).lstrip(" .") if alt else otherwise
