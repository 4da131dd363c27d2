"""What is kept of a block's answers to a sensitive question, in words for picture and table."""

from __future__ import annotations

from xsector.model.poles import NO_ANSWER, poles
from xsector.model.released import WITHHELD, BandedItem, Missing


def people_by_pole(item: BandedItem, *, place: int) -> list[tuple[str, int]]:
    """People in each pole of a block whose counts are kept, those without an answer last."""
    counts, missing = item.counts[place] or (), item.missing[place] or Missing()
    silent = missing.skipped + missing.cannot_judge + missing.not_applicable
    marks = poles(len(item.levels), ordered=item.ordered)
    answered = [(pole, sum(counts[level] for level in levels)) for pole, levels in marks.items() if pole != NO_ANSWER]
    return [*answered, (NO_ANSWER, silent)]


def kept_words(item: BandedItem, *, place: int) -> str:
    """What is kept of one block: how many answer in which way, at least how many do, or that nothing is."""
    band = item.bands[place]
    if band is None:
        return ", ".join(
            f"{people:,} {_pole_words(pole, item=item, people=people)}"
            for pole, people in people_by_pole(item, place=place)
            if people
        )
    if band.pole == WITHHELD:
        return "not shown: people have come or gone since an earlier round"
    return f"at least {band.at_least:,} of {band.people:,} {_pole_words(band.pole, item=item, people=band.at_least)}"


def _pole_words(pole: str, *, item: BandedItem, people: int) -> str:
    if pole == NO_ANSWER:
        return "gave no answer"
    places = sorted(poles(len(item.levels), ordered=item.ordered)[pole])
    ends = places if len(places) < 3 else [places[0], places[-1]]
    return ("says " if people == 1 else "say ") + (" or " if len(places) < 3 else " to ").join(
        f"“{item.levels[place]}”" for place in ends
    )
