"""Votes in a meeting: what is asked, as an instrument of one question or a few."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from xsector.model.instrument import Instrument, Item, Kind, Section

SECONDS: Final = 60
LONGEST_SECONDS: Final = 600
MOST_OPTIONS: Final = 12
FEWEST_OPTIONS: Final = 2
MOST_DOTS: Final = 5
LONGEST_OPTION: Final = 120
LONGEST_QUESTION: Final = 200


class VoteKind(StrEnum):
    """The kinds of vote."""

    AGAIN = "again"
    """A question of the questionnaire once more: the same people, the same words."""
    MOVED = "moved"
    """Whether the talk has changed how people see a question."""
    FIST = "fist"
    DOTS = "dots"
    EXIT = "exit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """One vote; its question, ballots and counts are those of its round."""

    round_id: int
    meeting_id: int
    step: str
    kind: VoteKind
    item: str
    """The question of the questionnaire that it is about; empty where it is about none."""
    ends_at: datetime
    shared: int
    """How many voted on the facilitator's device."""


MOVED_LEVELS: Final = ("As before", "A little differently", "Quite differently")
FIST_LEVELS: Final = (
    "0 · No, I stop this",
    "1 · I have strong doubts",
    "2 · I need a change first",
    "3 · I can live with it",
    "4 · I like it",
    "5 · I will help to lead it",
)
CARRIED_FROM: Final = 3
"""A proposal is carried if every vote is this or more."""
AGREEMENT: Final = ("Strongly disagree", "Disagree", "In between", "Agree", "Strongly agree")
EXIT_QUESTIONS: Final = (
    ("heard", "I was heard today.", "Heard"),
    ("matters", "We talked about what matters most.", "What matters"),
    ("next", "I know who will do what by when.", "Next steps"),
    ("worth", "This was worth my time.", "Worth it"),
)


def again(item: Item) -> Instrument:
    """The same question once more, under its own code."""
    asked = replace(item, theme="", module="", parts=(), compares=(), averages=(), by_name=False, raters=())
    return _instrument(VoteKind.AGAIN, (asked,))


def moved(item: Item) -> Instrument:
    """Whether the talk about a question has changed how people see it.

    Not in which direction: beside the first answers that would tell who had given which.
    """
    text = f"After our talk I see this: “{item.text.rstrip('.')}”"
    return _instrument(VoteKind.MOVED, (_choice("moved", text, short=item.short, levels=MOVED_LEVELS),))


def fist(text: str) -> Instrument:
    """Fist to five on a proposal."""
    return _instrument(VoteKind.FIST, (_choice("fist", text, short="Fist to five", levels=FIST_LEVELS),))


def dots(text: str, *, options: Sequence[str]) -> Instrument:
    """Marks on a list."""
    item = Item(code="dots", kind=Kind.CHOICES, text=text, short="Dots", levels=tuple(options), ordered=False)
    return _instrument(VoteKind.DOTS, (item,))


def exit_check() -> Instrument:
    """How the meeting was."""
    return _instrument(
        VoteKind.EXIT, tuple(_choice(code, text, short=short, levels=AGREEMENT) for code, text, short in EXIT_QUESTIONS)
    )


def chain_of(kind: VoteKind, *, round_id: int, item: str, text: str) -> str:
    """What a vote asks about: votes that ask the same are one chain, for one could be subtracted from the other.

    A question of the questionnaire belongs to the questionnaires' own chain, which has no name. What begins with the
    same words counts as the same, in whichever meeting. A talk and how it was belong to the round that it is about:
    were they the meeting's, a second one could ask the same of all but one person.
    """
    if kind is VoteKind.AGAIN:
        return ""
    if kind in {VoteKind.FIST, VoteKind.DOTS}:
        words = "".join(letter if letter.isalnum() else " " for letter in text.casefold()).split()
        return f"{kind}:{'-'.join(words)}"[:40]
    return f"{kind}:{round_id}:{item if kind is VoteKind.MOVED else ''}"[:40]


def dots_of(instrument: Instrument) -> int:
    """How many marks one person has: about a third of what there is to mark, five at the most."""
    options = max(len(item.levels) for item in instrument.items())
    return max(1, min(MOST_DOTS, round(options / 3)))


def _choice(code: str, text: str, *, short: str, levels: tuple[str, ...]) -> Item:
    return Item(code=code, kind=Kind.CHOICE, text=text, short=short, levels=levels, ordered=True)


def _instrument(kind: VoteKind, items: tuple[Item, ...]) -> Instrument:
    section = Section(code="vote", title="", items=items)
    return Instrument(code=f"vote-{kind}", title="", version="1", form="vote", minutes=1, sections=(section,))
