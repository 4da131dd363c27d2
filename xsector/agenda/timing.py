"""Sharing out the minutes of a meeting so that they add up exactly."""

from __future__ import annotations

from collections.abc import Sequence


def share_out(minutes: int, *, weights: Sequence[int]) -> tuple[int, ...]:
    """Whole minutes in proportion to *weights*, at least one each, adding up to *minutes*.

    Raises
    ------
    ValueError
        If there is nothing to share out to, or not a minute for each.
    """
    if not weights or minutes < len(weights):
        raise ValueError(f"{minutes} minutes can't be shared out to {len(weights)} steps")
    spare, total = minutes - len(weights), sum(weights)
    exact = [1 + spare * weight / total for weight in weights]
    shared = [int(share) for share in exact]
    # The largest remainders get the minutes that rounding down left over; of equal ones, the earlier.
    order = sorted(range(len(weights)), key=lambda place: (shared[place] - exact[place], place))
    for place in order[: minutes - sum(shared)]:
        shared[place] += 1
    return tuple(shared)


def clock(minute: int) -> str:
    """A minute of the meeting as hours and minutes: 75 is 1:15."""
    return f"{minute // 60}:{minute % 60:02d}"


def sum_sentence(total: int, *, planned: int) -> str:
    """The sum of all minutes and how it differs from what was planned."""
    if total == planned:
        return f"All steps together: {_minutes(total)}, as planned."
    difference = abs(total - planned)
    more = "more" if total > planned else "fewer"
    return f"All steps together: {_minutes(total)}, {difference} {more} than the {planned} planned."


def _minutes(number: int) -> str:
    return "1 minute" if number == 1 else f"{number} minutes"
