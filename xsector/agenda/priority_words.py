"""What is said about priorities: what stands out, whom it rests on, and how sure it is."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from xsector.agenda.certainty import CLOSE, chance_sentence, few_sentence
from xsector.agenda.document import Row
from xsector.agenda.wording import block_name
from xsector.analysis.priorities import BANDS, Given, View, Weighed
from xsector.analysis.priority_findings import Found, PriorityFinding
from xsector.analysis.thresholds import DEFAULT_BANDS, DEFAULT_PRIORITIES, Bands, PriorityLimits
from xsector.model.modules.kinds import Mode, Pass
from xsector.model.modules.priorities import POINTS, TEXTS
from xsector.model.phrases import counted, listed

Views = Mapping[Pass, View]

READ: Final = "Rank in each group, 1 is the highest. In colour: {which}"
READ_EFFORT: Final = {
    Mode.POINTS: "Average points of 100 from all of us. Bold: at least {least:.0f} points apart",
    Mode.TOP: "How many in 100 of us put it among their first three. Bold: at least {least:.0f} apart",
}
READ_SPREAD: Final = {
    True: f"How many of each group, in %, gave how many of {POINTS} points: "
    + ", ".join(f"{place} = {name}" for place, (_, name) in enumerate(BANDS, start=1)),
    False: "How many of each group, in %: 1 = not among their first three, 2 = third, 3 = second, 4 = first",
}
"""By whether points were given."""
NO_EFFORT: Final = "Too few answers to compare what we say with what we do"
MAYBE_CHANCE: Final = "With so many options, a gap like this can also be chance: treat it as a question."
AVERAGES: Final = "Averages look calmer than the room: look at how far answers spread inside a group."
SPREAD_NOTE: Final = (
    "In each cell: the average, and in brackets what the middle half of people gave. "
    "Half of a group lies between the two numbers, a quarter below and a quarter above."
)
URGENT: Final = frozenset(PriorityFinding) - {PriorityFinding.SHARED}
"""What needs talk."""


def headline(views: Views, found: Sequence[Found]) -> str:
    """What stands out most among what should come first, in one line."""
    view = _first_view(views)
    if view is None:
        return "Too few answers to say what comes first"
    for one in found:
        if one.kind in {PriorityFinding.SPLIT, PriorityFinding.QUIET} and one.clear and view.point is Pass.SHOULD:
            return _ranks_headline(view, view.option(one.option))
    shared = [view.option(one.option).short for one in found if one.kind is PriorityFinding.SHARED]
    if shared:
        return f"Every group has {listed([_quoted(name) for name in shared])} among its first three"
    first = [option.short for option in view.options if option.everybody.rank == 1]
    return f"{listed([_quoted(name) for name in first])} {'comes' if len(first) == 1 else 'come'} first for all of us"


def followed(views: Views, found: Sequence[Found]) -> str | None:
    """The option that the picture of ranks follows: of the first clear finding between groups, if there is one."""
    for clear in (True, False):
        for one in found:
            if one.kind in {PriorityFinding.SPLIT, PriorityFinding.QUIET} and one.clear is clear:
                return one.option
    return None


def effort_headline(views: Views, found: Sequence[Found]) -> str:
    """Whether effort follows what is said, in one line."""
    gaps = [one for one in found if one.kind is PriorityFinding.SAY_DO and one.everybody]
    if not gaps:
        return "Our effort goes roughly where we say it should"
    less = [_quoted(views[Pass.SHOULD].option(one.option).short) for one in gaps if one.more > one.less]
    more = [_quoted(views[Pass.SHOULD].option(one.option).short) for one in gaps if one.more < one.less]
    parts = [
        f"{listed(names)} {'gets' if len(names) == 1 else 'get'} {word} effort than we say it should"
        for names, word in ((less, "less"), (more, "more"))
        if names
    ]
    return ", ".join(parts)


def sure_in_short(views: Views, found: Sequence[Found]) -> str:
    """How sure the gap between groups is that the picture of ranks follows; nothing where it follows none."""
    code = followed(views, found)
    kinds = {PriorityFinding.SPLIT, PriorityFinding.QUIET}
    gap = next((one for one in found if one.option == code and one.kind in kinds), None)
    return how_sure(gap, views=views) if gap else ""


def about(found: Found, *, views: Views) -> str:
    """One finding in one or two sentences."""
    return _SENTENCES[found.kind](found, views)


def how_sure(found: Found, *, views: Views) -> str:
    """How far a finding can be relied on: how few answered, how often chance gives as much, or what is too few."""
    view = views[Pass.OWN] if found.kind is PriorityFinding.OWN else views[Pass.SHOULD]
    few = few_sentence(view.answered)
    if found.kind in {PriorityFinding.SPLIT, PriorityFinding.QUIET}:
        chance = view.option(found.option).chance
        often = chance_sentence(math.nan if chance is None else chance)
        return _joined(few, often, "" if found.clear else MAYBE_CHANCE)
    return _joined(few, "" if found.clear else CLOSE)


def size(found: Found) -> float:
    """How wide a finding's gap is, as a share of the larger of the two figures; of ranks alone, half."""
    if math.isnan(found.more - found.less):
        return 0.5
    most = max(found.more, found.less)
    return abs(found.more - found.less) / most if most else 0.0


def based_on(view: View) -> str:
    """The question, how many answered it, and how."""
    return f"{TEXTS[view.point]} {answered_sentence(view)}"


def answered_sentence(view: View) -> str:
    """How many answered from this point of view, and how."""
    how = f"shared out {POINTS} points" if view.mode is Mode.POINTS else "chose a first, a second and a third"
    return f"{view.answered:,} of us {how}."


def apart_sentence(view: View, *, bands: Bands = DEFAULT_BANDS) -> str:
    """How far two people's lists lie apart, and how much of that lies between groups."""
    total = float(view.apart.total_unbiased)
    if math.isnan(total):
        return ""
    options = len(view.options)
    if view.mode is Mode.POINTS:
        points = total * (options - 1) / options * POINTS
        sentence = (
            f"Pick any two of us: on average {points:.0f} of {POINTS} points would have to move "
            "to make their two lists the same."
        )
    else:
        sentence = f"Our lists are {min(total, 1):.0%} as far apart as if half of us had the opposite order."
    return _joined(sentence, _between_sentence(view, bands=bands))


def _between_sentence(view: View, *, bands: Bands) -> str:
    if len(view.groups) < 2:
        return ""
    share = float(view.apart.share_adj)
    if view.answered - len(view.groups) < bands.fewest_for_share or math.isnan(share):
        return "We are too few to tell how much of that lies between sectors."
    if share < bands.share_none:
        return "Hardly any of that has to do with sectors: people of the same sector differ just as much."
    return f"About {share:.0%} of that has to do with sectors; the rest lies between people of the same sector."


def order_sentence(view: View) -> str:
    """Whether counting who stands above whom gives the same first, and how much our orders agree."""
    if view.orders is None:
        return ""
    first = [option.code for option in view.options if option.everybody.rank == 1]
    by_pairs = view.options[view.orders.borda[0]]
    kemeny = {view.options[order[0]].code for order in view.orders.kemeny}
    same = by_pairs.code in first and (not kemeny or bool(kemeny & set(first)))
    checked = (
        "Counting only who puts what above what, and not how many points, gives the same first option."
        if same
        else f"Counting only who puts what above what, {_quoted(by_pairs.short)} comes first: "
        "a few people with many points decide the average."
    )
    low, high = (100 * end for end in view.orders.concordance)
    if math.isnan(low):
        return checked
    agree = f"{low:.0f}" if f"{low:.0f}" == f"{high:.0f}" else f"{low:.0f} to {high:.0f}"
    return f"{checked} How much our orders are alike: {agree} of 100 (0: not at all, 100: we all have the same order)."


def voices_sentence(view: View) -> str:
    """Whether the first three are the same where every group has one voice; both where they aren't."""
    if len(view.groups) < 2:
        return ""
    voice = "organisation" if all(block.organisation is not None for block in view.groups) else "sector"
    people = _first_three(view, rank=lambda one: one.everybody.rank)
    voices = _first_three(view, rank=lambda one: one.voices_rank)
    if people == voices:
        return f"Counting each {voice} shown once, instead of each person, gives the same first three."
    return (
        f"Counting each person once, the first three are {_numbered(people)}. "
        f"Counting each {voice} shown once, they are {_numbered(voices)}."
    )


def _first_three(
    view: View, *, rank: Callable[[Weighed], int], limits: PriorityLimits = DEFAULT_PRIORITIES
) -> list[tuple[int, str]]:
    ranked = sorted((rank(option), option.short) for option in view.options)
    return [(place, name) for place, name in ranked if place <= limits.top]


def _numbered(ranked: Sequence[tuple[int, str]]) -> str:
    return ", ".join(f"{place} {_quoted(name)}" for place, name in ranked)


def ranks_table(view: View) -> tuple[Row, ...]:
    """The ranks of the picture: a row for each option, a column for everybody and each group; heads first."""
    heads = ("Option", "All of us", *(block.name for block in view.groups))
    rows = [
        (option.text, str(option.everybody.rank), *(str(group.rank) for group in option.groups))
        for option in view.ranked()
    ]
    return (heads, *rows)


def values_table(view: View) -> tuple[Row, ...]:
    """Average and middle half of everybody and of each group; heads first."""
    heads = ("Option", "All of us", *(block.name for block in view.groups))
    rows = [
        (option.text, _spread(option.everybody, view.mode), *(_spread(group, view.mode) for group in option.groups))
        for option in view.ranked()
    ]
    return (heads, *rows)


def effort_table(should: View, now: View) -> tuple[Row, ...]:
    """What should come first beside where effort goes, widest gap first; heads first."""
    pairs = [(option, option.everybody.value, now.option(option.code).everybody.value) for option in should.options]
    pairs.sort(key=lambda pair: -abs(pair[1] - pair[2]))
    rows = [(option.text, f"{said:.1f}", f"{done:.1f}", f"{said - done:+.1f}") for option, said, done in pairs]
    return (("Option", "Should", "Now", "Gap"), *rows)


def _spread(given: Given, mode: Mode) -> str:
    if mode is Mode.TOP:
        return f"{given.value:.0f} % ({given.people - given.nothing:,} of {given.people:,})"
    return f"{given.value:.0f} ({given.low:.0f}–{given.high:.0f})"


def _ranks_headline(view: View, option: Weighed) -> str:
    ranks = [group.rank for group in option.groups]
    high, low = min(ranks), max(ranks)
    best = [block_name(view.groups[place]) for place, rank in enumerate(ranks) if rank == high]
    worst = [block_name(view.groups[place]) for place, rank in enumerate(ranks) if rank == low]
    first = "comes first" if high == 1 else f"is number {high}"
    return f"{_quoted(option.short)} {first} for {_few(best)} and is number {low} for {_few(worst)}"


def _few(names: Sequence[str]) -> str:
    """Names, or how many there are of them."""
    return listed(names) if len(names) < 3 else counted(len(names), "group", "groups")


def _say_do(found: Found, views: Views) -> str:
    should = views[Pass.SHOULD]
    name = _quoted(should.option(found.option).text)
    names = [block_name(should.groups[place]) for place in found.groups]
    if should.mode is Mode.POINTS:
        gap = f"say that {name} should get {found.more:.0f} of {POINTS} points; today it gets {found.less:.0f}."
    else:
        gap = (
            f"{found.more:.0f} % put {name} among the first three that should come; "
            f"{found.less:.0f} % see it among the first three that our effort goes to."
        )
    joint = ", people " if should.mode is Mode.POINTS else ", "
    sentence = f"{'Taken together' if found.everybody else 'In ' + _few(names)}{joint}{gap}"
    if not found.everybody:
        return f"{sentence} For all of us together the gap is smaller."
    return f"{sentence} The gap is as wide in {_few(names)}." if names else sentence


def _split(found: Found, views: Views) -> str:
    view = views[Pass.SHOULD]
    high, low = (block_name(view.groups[place]) for place in found.groups)
    name = _quoted(view.option(found.option).text)
    if view.mode is Mode.POINTS:
        return _started(f"{high} gives {name} {found.more:.0f} points on average, {low} {found.less:.0f}.")
    return f"In {high}, {found.more:.0f} % put {name} among their first three; in {low}, {found.less:.0f} %."


def _quiet(found: Found, views: Views) -> str:
    view = views[Pass.SHOULD]
    option = view.option(found.option)
    (place,) = found.groups
    who = _started(block_name(view.groups[place]))
    return (
        f"{who} puts {_quoted(option.text)} first. For all of us it is number {option.everybody.rank} of "
        f"{len(view.options)}, so it is easily missed."
    )


def _own(found: Found, views: Views) -> str:
    own = views[Pass.OWN]
    mine, shared = own.option(found.option), own.option(found.other)
    return (
        f"For all of us, {_quoted(shared.text)} should come first. For their own organisation people put "
        f"{_quoted(mine.text)} first; the shared one is number {shared.everybody.rank} there."
    )


def _shared(found: Found, views: Views) -> str:
    option = views[Pass.SHOULD].option(found.option)
    return f"{_quoted(option.text)} is among the first three of every group shown."


def _started(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def _first_view(views: Views) -> View | None:
    return next((views[point] for point in Pass if point in views), None)


def _quoted(name: str) -> str:
    return f"“{name.rstrip('.')}”"


def _joined(*sentences: str) -> str:
    return " ".join(sentence for sentence in sentences if sentence)


_SENTENCES: Final[Mapping[PriorityFinding, Callable[[Found, Views], str]]] = {
    PriorityFinding.SAY_DO: _say_do,
    PriorityFinding.SPLIT: _split,
    PriorityFinding.QUIET: _quiet,
    PriorityFinding.OWN: _own,
    PriorityFinding.SHARED: _shared,
}
