"""What is said about guesses: how far they are off, which of the four cases they are, and how sure it is."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from xsector.agenda.certainty import CLOSE, few_sentence
from xsector.agenda.document import Row
from xsector.agenda.wording import block_name
from xsector.analysis.guesses import ABOUT_RIGHT, Guess, Guessed, Silent
from xsector.analysis.perceived import Case
from xsector.model.phrases import counted, listed
from xsector.model.released import Release

NEARER: Final = 0.5
"""From this share of the way to one's own answer on, a guess is nearer to it than to what the sector says."""
LONGEST: Final = 60
MOST_ROWS: Final = 7
READ: Final = "What a sector says, what all others guessed that it says, and what the others say themselves"
BY_GROUP: Final = (
    "Answers are counted by group, so nobody can tell who guessed their own answer: a group’s guesses are laid beside "
    "that group’s own answers."
)
URGENT: Final = (Case.HIDDEN, Case.IMAGINED)
"""Cases that are worth a talk, the more urgent first."""
MEANS: Final = {
    Case.HIDDEN: "hidden gap: we think we agree, we do not",
    Case.IMAGINED: "imagined gap: we think we differ, we do not",
    Case.REAL: "real gap: we differ, and we know it",
    Case.SHARED: "we agree, and we know it",
}
WRONG_WAY: Final = "real gap: we differ, but the other way round"
NEAR: Final = "near us, but guessed wrong"


def off(gap: float) -> str:
    """How far a guess is off, in steps of the scale."""
    if math.isnan(gap):
        return "–"
    if abs(gap) < ABOUT_RIGHT:
        return "about right"
    return f"{abs(gap):.1f} too {'high' if gap > 0 else 'low'}"


def means(guess: Guess) -> str:
    """What a guess is, in the words of the room."""
    case = guess.perceived.case
    if case is None:
        return "too few to say"
    if case is Case.SHARED and guess.is_off:
        return NEAR
    return WRONG_WAY if guess.perceived.wrong_way else MEANS[case]


def urgent(found: Sequence[Guessed]) -> list[Guessed]:
    """Guesses that are worth a talk: clear ones first, then hidden before imagined gaps, then the widest."""
    needing = [one for one in found if case_of(one) in URGENT]
    return sorted(needing, key=lambda one: (not _clear(one), URGENT.index(_case(one)), -abs(one.gap)))


def case_of(one: Guessed) -> Case | None:
    """The case of what all others guessed."""
    return one.others.perceived.case if one.others else None


def _case(one: Guessed) -> Case:
    return case_of(one) or Case.SHARED


def _clear(one: Guessed) -> bool:
    return one.others is not None and one.others.clear


def headline(found: Sequence[Guessed]) -> str:
    """What all guesses say, in one line."""
    compared = [one for one in found if one.others]
    if not compared:
        return "No guess can be laid beside an answer"
    talk = [one for one in urgent(compared) if _clear(one)]
    if talk:
        return title(talk[0])
    widest = compared[0]
    if abs(widest.gap) < ABOUT_RIGHT:
        return "We know each other well: every guess is about right"
    return f"Others guess {widest.label} {off(widest.gap)} on {quoted(widest)}"


def title(one: Guessed) -> str:
    """One guess in one line."""
    if case_of(one) is Case.HIDDEN:
        return f"Hidden gap: others think that {one.label} agrees with them on {quoted(one)}; it does not"
    if case_of(one) is Case.IMAGINED:
        return f"Imagined gap: others think that {one.label} sees {quoted(one)} differently; it does not"
    return f"Others guess {one.label} {off(one.gap)} on {quoted(one)}"


def hedged(one: Guessed) -> str:
    """One guess in one line, said with care where it may be the few who answered."""
    told = title(one)
    if _clear(one) or case_of(one) not in URGENT:
        return told
    return f"Perhaps: {told[0].lower()}{told[1:]}"


def quoted(one: Guessed) -> str:
    """The statement in quotation marks, its short name where it is long."""
    text = one.text.strip().removesuffix(".")
    return f"“{text if len(text) <= LONGEST else one.short}”"


def about(one: Guessed) -> str:
    """One guess in numbers, on the scale from 1 on."""
    if one.others is None:
        return f"Not compared: {one.silent}." if one.silent else ""
    others = one.others
    return (
        f"{one.label} says {one.actual:.1f} on average, the others guessed {others.guess:.1f} and say {others.own:.1f} "
        f"themselves, on a scale of 1 to {len(one.levels)}. {means(others).capitalize()}."
    )


def is_few(one: Guessed) -> bool:
    """Whether so few answered or guessed that one person can change the picture."""
    return one.others is None or bool(few_sentence(min(one.answered, one.others.people)))


def how_sure(one: Guessed) -> str:
    """How far one guess can be relied on, and how near it lies to the guessers' own answers."""
    if one.others is None:
        return ""
    sentences = (
        few_sentence(min(one.answered, one.others.people)),
        "" if one.others.clear else CLOSE,
        _nearer_to_own(one),
    )
    return " ".join(sentence for sentence in sentences if sentence)


def _nearer_to_own(one: Guessed) -> str:
    slid = one.others.perceived.projection if one.others else math.nan
    if math.isnan(slid) or not NEARER <= slid <= 2 - NEARER:
        return ""
    return f"The guesses lie nearer to what the others say themselves than to what {one.label} says."


def sure_in_short(found: Sequence[Guessed]) -> str:
    """How many the headline rests on, and how sure it is; nothing where nothing needs a talk."""
    talk = [one for one in urgent([one for one in found if one.others]) if _clear(one)]
    return f"{based_on(talk[0])} {few_sentence(talk[0].answered)}".strip() if talk else ""


def more_note(found: Sequence[Guessed]) -> str:
    """How many guesses have no room in the picture."""
    left = sum(one.others is not None for one in found) - MOST_ROWS
    if left < 1:
        return ""
    return (
        f"{counted(left, 'guess that is', 'guesses that are')} nearer to right {'is' if left == 1 else 'are'} left out."
    )


def based_on(one: Guessed) -> str:
    """How many answered and guessed."""
    if one.others is None:
        return ""
    unsure = f"; {one.others.unsure:,} have no idea" if one.others.unsure else ""
    return f"{one.answered:,} from {one.label} answered, {one.others.people:,} others guessed{unsure}."


def silent_note(found: Sequence[Guessed]) -> str:
    """Which guesses aren't laid beside an answer, and why; nothing if all are."""
    sentences = []
    for reason in Silent:
        of = [one for one in found if one.silent is reason]
        names = list(dict.fromkeys(one.short if reason is Silent.NOT_RELEASED else one.label for one in of))
        if names:
            sentences.append(f"Not compared: {listed(names)} ({reason.value}).")
    return " ".join(sentences)


def short_table(found: Sequence[Guessed]) -> tuple[Row, ...]:
    """What all others guessed, the widest gap first, heads first: the twin of the picture."""
    rows = (
        (one.text, one.label, f"{one.actual:.1f}", f"{one.others.guess:.1f}", f"{one.others.own:.1f}", off(one.gap))
        for one in found[:MOST_ROWS]
        if one.others
    )
    return (("Question", "Of", "Says", "Others guess", "Others say", "Guess is"), *rows)


def table(found: Sequence[Guessed], *, release: Release) -> tuple[Row, ...]:
    """Every guess by all others and by each other group, heads first."""
    heads = ("Question", "Of", "Says", "Guessed by", "People", "Guess", "Own answer", "Guess is", "Which means")
    rows = [
        _row(one, guess=guess, release=release)
        for one in found
        for guess in ((one.others, *one.blocks) if one.others else ())
    ]
    return (heads, *rows, *(_silent_row(one) for one in found if one.silent))


def _row(one: Guessed, *, guess: Guess, release: Release) -> Row:
    who = "All others" if guess.block is None else release.blocks[guess.block].name
    return (
        one.text,
        one.label,
        f"{one.actual:.1f}",
        who,
        f"{guess.people:,}",
        f"{guess.guess:.1f}",
        f"{guess.own:.1f}",
        off(guess.perceived.gap),
        means(guess),
    )


def _silent_row(one: Guessed) -> Row:
    return (one.text, one.label, "–", "–", "–", "–", "–", "–", f"not compared: {one.silent}")


def by_block(one: Guessed, *, release: Release) -> str:
    """How far each other group is off, the one that is furthest off first; nothing where there is only one."""
    if len(one.blocks) < 2:
        return ""
    order = sorted(one.blocks, key=lambda guess: -abs(guess.perceived.gap))
    told = [f"{block_name(release.blocks[guess.block or 0])} {off(guess.perceived.gap)}" for guess in order]
    return f"By group: {'; '.join(told)}."
