"""What may be kept of ratings in a round robin of trust, and why that is safe.

We assume that a reader knows who works with whom, and so who rated whom: that is as open as who has answered. What
somebody said must stay hidden even then. Three rules do that.

1. *One rating, one result.* A rating is either part of its author's one value for a sector, or it goes to the
   rated organisation alone (``model.modules.trust``), never both. Otherwise the two results, subtracted, would undo
   each other's bands: where three of eleven ratings of an organisation are known to be low from one sector's
   counts, and eight of eleven are low in all, everybody else's were. No answer to one question limits
   an answer to another, so each can be looked at by itself.
2. *Rule K and rule B over those who rated.* A cell is the people of one block (for an organisation's own result:
   all who were counted, without its own people) who rated. Fewer than k of them, or fewer than 2t + 3, or from fewer
   than m organisations: nothing is kept. Where all but 1 + t gave one kind of answer, only that is kept, as "at least
   so many of those who rated"; otherwise the counts. In a cell everybody has the same chance of any answer,
   and to t of them who subtract their own answers at least one of the others is left outside every pole. What is
   kept depends on who rated and never shows more than these counts.
3. *The same or others.* Over time a cell is compared with itself or with nothing. By sector, a later block is shown
   only where it is unmixed (``release.plan``), and only while the question is about the same organisations, rated
   by the same ones. For an organisation's own result the people of two cells are the same or have nobody
   in common; otherwise nothing more is kept. A rating that fed the one kind of result in an earlier round
   feeds no result of the other kind. Whoever rates in one round and not in another counts as somebody whose answer
   has changed, as with every other question.

No table by rater and rated organisation is made, no mean of an organisation, and no part of a variance: those follow
from all cells at once, and we could not show that they keep to rule 2.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from xsector.model.instrument import Item
from xsector.model.poles import NO_ANSWER, poles
from xsector.model.policy import Policy
from xsector.model.released import Band
from xsector.model.sheet import HIGHEST_LEVEL
from xsector.release.bands import smallest_group


def too_few(people: int) -> Band:
    """What stands for *people* of whom too few rated."""
    return Band(pole=NO_ANSWER, at_least=0, people=people)


def enough(raters: Mapping[int | None, int], *, policy: Policy, named: bool = False) -> bool:
    """Whether *raters*, people by organisation (None: each of their own), are a cell; *named*: from one, by consent."""
    apart = sum(1 if where is not None else number for where, number in raters.items() if number)
    return sum(raters.values()) >= max(policy.k, smallest_group(policy)) and apart >= (1 if named else policy.m)


def band_of_raters(
    counts: Mapping[int, int], *, raters: Mapping[int | None, int], item: Item, policy: Policy, named: bool = False
) -> Band | None:
    """What stands for a cell's people, counted by mark; None where the counts may be kept.

    The people of a band are those who rated.

    Raises
    ------
    ValueError
        *raters* aren't those who are counted at a level.
    """
    people = sum(raters.values())
    if people != sum(number for mark, number in counts.items() if mark <= HIGHEST_LEVEL):
        raise ValueError(f"{people} raters of {item.code!r} don't fit its counts")
    if not enough(raters, policy=policy, named=named):
        return too_few(sum(counts.values()))
    at_least = people - 1 - policy.t
    for pole, marks in poles(len(item.levels), ordered=item.ordered).items():
        if pole != NO_ANSWER and sum(counts.get(mark, 0) for mark in marks) >= at_least:
            return Band(pole=pole, at_least=at_least, people=people)
    return None


def may_follow(people: Collection[int], *, earlier: Collection[frozenset[int]]) -> bool:
    """Whether the cell of *people* has nobody in common with each *earlier* one, or everybody."""
    now = frozenset(people)
    return all(now == before or not now & before for before in earlier)
