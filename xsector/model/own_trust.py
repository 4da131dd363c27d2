"""How others rate one organisation, for that organisation's people alone."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from xsector.model.released import Band


class Surprise(StrEnum):
    """How a person's guess of what others say stands to what they say."""

    BLIND_SPOT = "blind spot"
    PLEASANT = "pleasant surprise"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnRating:
    """One statement about one's own organisation and what is kept of the others' answers: counts, or a band.

    ``guess`` is the reader's own guess, a level; ``surprise`` is None where it can't be told for sure.
    """

    code: str
    text: str
    levels: tuple[str, ...]
    counts: tuple[int, ...] | None
    band: Band | None
    guess: int | None = None
    surprise: Surprise | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnTrust:
    """All that is kept of one organisation in one round."""

    organisation: str
    ratings: tuple[OwnRating, ...]
