"""What the votes of a meeting came to, in words and figures for its record."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from xsector.agenda import certainty, rough, sides
from xsector.agenda.document import Row
from xsector.agenda.record import Voted
from xsector.agenda.tables import answers_table
from xsector.agenda.wording import people
from xsector.model.phrases import counted
from xsector.model.released import BandedItem, Release, ReleasedItem
from xsector.model.voting import AGREEMENT, CARRIED_FROM, VoteKind

NOTHING: Final = "No result can be shown."
SAME_PEOPLE: Final = "Perhaps not the same people answered both times, and a small step can be chance."
_Said = tuple[tuple[str, ...], tuple[tuple[Row, ...], ...]]


def voted(kind: VoteKind, *, question: str, release: Release, before: Release | None) -> Voted:
    """The record of one vote; *before* is the questionnaire's release where its question was asked again."""
    said, tables = _MAKERS[kind](release, before) if release.items or release.banded else ((NOTHING,), ())
    return Voted(title=release.title, question=question, said=said, tables=tables, note=_note(release))


def _note(release: Release) -> str:
    """How many voted, how far that can be relied on, and which groups are hidden and why."""
    shown = sum(block.n for block in release.blocks)
    left = release.answered - shown
    parts = (
        f"{release.answered:,} of {people(release.invited)} invited voted.",
        f"{counted(left, 'vote is', 'votes are')} not in these figures." if left > 0
        else "",
        certainty.few_sentence(shown),
        certainty.hidden_sectors(release),
    )  # fmt: skip
    return " ".join(part for part in parts if part)


def _fist(release: Release, _before: Release | None) -> _Said:
    [item] = release.items
    counts = sides.everyone(item)
    votes, below = sum(counts), sum(counts[:CARRIED_FROM])
    which = "votes" if votes == release.answered else "votes that can be shown"
    if below:
        said = f"Not carried: {below:,} of {votes:,} {which} {'is' if below == 1 else 'are'} below {CARRIED_FROM}."
    else:
        begin = "Carried" if votes == release.answered else "No objection is known"
        said = f"{begin}: all {votes:,} {which} are {CARRIED_FROM} or more."
    return (said,), (_votes_table(item, release=release),)


def _votes_table(item: ReleasedItem, *, release: Release) -> tuple[Row, ...]:
    """How many fingers were held up, by group; one column a level."""
    rows = [("Everyone", sides.everyone(item))]
    rows += [(block.name, counts) for block, counts in zip(release.blocks, item.counts, strict=True)]
    return (("Group", *item.levels), *((name, *(f"{voters:,}" for voters in counts)) for name, counts in rows))


def _moved(release: Release, _before: Release | None) -> _Said:
    [item] = release.items
    counts = sides.everyone(item)
    said = (
        f"{sum(counts[1:]):,} of {people(sum(counts))} see it differently after the talk: "
        f"{counts[1]:,} a little, {counts[2]:,} quite."
    )
    return (said,), (answers_table(item, release=release),)


def _dots(release: Release, _before: Release | None) -> _Said:
    [item] = release.items
    counts = sides.everyone(item)
    most = max(counts)
    first = " and ".join(f"“{level}”" for level, dots in zip(item.levels, counts, strict=True) if dots == most)
    each = "" if counts.count(most) == 1 else " each"
    verb = "has" if counts.count(most) == 1 else "have"
    said = f"{first} {verb} the most dots: {most:,}{each}." if most else "Nobody set a dot."
    ranked = sorted(zip(item.levels, counts, strict=True), key=lambda one: -one[1])
    return (said,), ((("Choice", "Dots"), *((level, f"{dots:,}") for level, dots in ranked)),)


def _exit(release: Release, _before: Release | None) -> _Said:
    def agreeing(item: ReleasedItem) -> str:
        counts = sides.everyone(item)
        return f"{sum(counts[-2:]):,} of {sum(counts):,} agree: “{item.text}”"

    rows = [(item.text, *answers_table(item, release=release)[1][1:]) for item in release.items]
    return tuple(agreeing(item) for item in release.items), ((("Sentence", "Answers", *AGREEMENT), *rows),)


def _again(release: Release, before: Release | None) -> _Said:
    now = _asked(release)[0]
    earlier = None if before is None else next((one for one in _asked(before) if one.code == now.code), None)
    after = _table(now, release=release)
    if before is None or earlier is None:
        return ("How people answered before is not shown.",), (after,)
    said = SAME_PEOPLE
    if isinstance(now, ReleasedItem) and isinstance(earlier, ReleasedItem) and now.ordered:
        old, new = (1 + sides.mean_place(sides.everyone(one)) * (len(one.levels) - 1) for one in (earlier, now))
        said = f"The average answer was {old:.1f} before and is {new:.1f} now, on the scale of 1 to {len(now.levels)}."
        return (said, SAME_PEOPLE), _beside(_table(earlier, release=before), after)
    return (said,), _beside(_table(earlier, release=before), after)


def _asked(release: Release) -> list[ReleasedItem | BandedItem]:
    return [*release.items, *release.banded]


def _table(item: ReleasedItem | BandedItem, *, release: Release) -> tuple[Row, ...]:
    if isinstance(item, BandedItem):
        return rough.rough_table(item, release=release)
    return answers_table(item, release=release)


def _beside(before: tuple[Row, ...], now: tuple[Row, ...]) -> tuple[tuple[Row, ...], ...]:
    """Both tables as one, each group's rows one below the other; two tables where one is told only roughly."""
    timed = [[(row[0], when, *row[1:]) for row in table[1:]] for table, when in ((before, "Before"), (now, "Now"))]
    heads = [(table[0][0], "When", *table[0][1:]) for table in (before, now)]
    if heads[0] != heads[1]:
        return tuple((head, *rows) for head, rows in zip(heads, timed, strict=True))
    groups = dict.fromkeys(row[0] for table in timed for row in table)
    return ((heads[0], *(row for group in groups for table in timed for row in table if row[0] == group)),)


_MAKERS: Final[dict[VoteKind, Callable[[Release, Release | None], _Said]]] = {
    VoteKind.AGAIN: _again,
    VoteKind.MOVED: _moved,
    VoteKind.FIST: _fist,
    VoteKind.DOTS: _dots,
    VoteKind.EXIT: _exit,
}
