"""Names and numbers as a sentence says them."""

from __future__ import annotations

from collections.abc import Sequence


def listed(names: Sequence[str]) -> str:
    """Names as one would say them: “A”, “A and B”, “A, B and C”; nothing for none."""
    return " and ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


def counted(number: int, one: str, many: str) -> str:
    """“1 person”, “3 people”."""
    return f"{number} {one if number == 1 else many}"
