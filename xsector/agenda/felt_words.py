"""What to say about felt and real agreement, and about answers that don't go together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pandas as pd

from xsector.agenda import certainty, wording
from xsector.agenda.document import Row
from xsector.analysis.felt import Case, FeltFinding, FeltShare
from xsector.analysis.fit import Checked, Fit
from xsector.analysis.patterns import Pattern
from xsector.analysis.profile import Described, Unread
from xsector.analysis.thresholds import DEFAULT_BANDS, DEFAULT_LIMITS, Bands, Limits
from xsector.model.phrases import listed
from xsector.model.profile import FELT
from xsector.model.released import Release, ReleasedItem

IN_SHORT: Final = {
    Case.FELT_NOT_REAL: "We think we agree, and our answers differ.",
    Case.FELT_AND_REAL: "We think we agree, and our answers agree.",
    Case.REAL_NOT_FELT: "We agree more than we think.",
    Case.NEITHER: "We expect to differ, and our answers differ.",
}
TABLE_HEADS: Final = ("Question", "Answers", "What people said", "Divided", "In words")
OTHERS: Final = 2
"""How many questions beside the furthest one are named."""

_WORDS: Final = {
    Pattern.TWO_CAMPS: "two camps",
    Pattern.SCATTERED: "far apart",
    Pattern.SOME_SPREAD: "some spread",
    Pattern.MINORITY_VIEW: "a few see it differently",
    Pattern.LONE_DISSENT: "one sees it differently",
    Pattern.ALIGNED: "close together",
}
_WHY: Final = {
    Unread.NOT_ASKED: "not asked in this round",
    Unread.HELD: "held back, because only a part of a group was asked",
    Unread.ROUGH: "told only roughly",
    Unread.TOO_FEW: "too few answers",
}


def headline(found: FeltFinding) -> str:
    """Both sides in one line that quotes the statement; where a side can't be read, the other one."""
    felt, asked, apart = found.felt, len(found.real), len(found.differing)
    if set(found.unread.values()) == {Unread.NOT_ASKED} and not asked:
        return "This round did not ask how we describe ourselves"
    if not asked:
        return "Too few answers to compare what we feel with how we describe ourselves"
    differ = f"our answers differ on {apart} of {_questions(asked)}"
    close = f"on {asked - apart} of {_questions(asked)} our answers are close"
    if isinstance(felt, Unread):
        return f"How we describe ourselves: {differ}"
    agree = f"{felt.yes:,} of {felt.n:,} agree with {wording.quoted(felt.item)}"
    return {
        Case.FELT_NOT_REAL: f"{agree}, but {differ}",
        Case.FELT_AND_REAL: f"{agree}, and {close}",
        Case.REAL_NOT_FELT: f"Only {agree}, yet {close}",
        Case.NEITHER: f"Only {agree}, and {differ}",
        None: f"{agree}; {differ}",
    }[found.case]


def in_short(found: FeltFinding) -> str:
    """The case in a few words; nothing where there is none."""
    return IN_SHORT[found.case] if found.case else ""


def furthest(found: FeltFinding) -> str:
    """On which questions answers lie furthest apart, and by how much; nothing where they differ on none."""
    if not found.differing:
        return ""
    first, *others = found.differing[: 1 + OTHERS]
    most = max(range(len(first.counts)), key=first.counts.__getitem__)
    also = listed([f"“{one.item.short}” ({one.divided:.0%})" for one in others])
    return (
        f"Furthest apart: “{first.item.short}”. Two of us picked at random lie {first.divided:.0%} as far apart there "
        f"as in a room split half and half between the two ends. “{first.item.levels[most]}” is named most, "
        f"by {first.counts[most]:,} of {first.n:,}." + (f" Then {also}." if also else "")
    )


def how_sure(
    found: FeltFinding,
    *,
    findings: pd.DataFrame,
    release: Release,
    bands: Bands = DEFAULT_BANDS,
    limits: Limits = DEFAULT_LIMITS,
) -> str:
    """What those without an answer could change, and whether the furthest question is one between sectors."""
    said = [] if isinstance(found.felt, Unread) else [_felt_bounds(found.felt, release=release, limits=limits)]
    for one in found.differing[:1]:
        row = wording.row_of(findings, code=one.item.code)
        bounds = certainty.bounds_sentence(row, item=one.item, release=release, bands=bands)
        said.append(f"On “{one.item.short}”: {bounds[0].lower()}{bounds[1:]}" if bounds else "")
        if wording.stands_out(row, item=one.item, bands=bands, limits=limits):
            said.append(f"{wording.headline(row, item=one.item, release=release, bands=bands, limits=limits)}.")
    return " ".join(sentence for sentence in said if sentence)


def unread_note(found: FeltFinding, *, shorts: Mapping[str, str]) -> str:
    """Which questions say nothing here, and why; *shorts* has the short names of those that were asked."""
    missing = dict(found.unread)
    if isinstance(found.felt, Unread):
        missing = {FELT: found.felt, **missing}
    return unread_sentence(missing, shorts=shorts)


def unread_sentence(missing: Mapping[str, Unread], *, shorts: Mapping[str, str]) -> str:
    """The questions that say nothing, together where the reason is the same."""
    together: dict[Unread, list[str]] = {}
    for code, why in missing.items():
        together.setdefault(why, []).append(f"“{shorts.get(code, code)}”")
    return " ".join(f"Not shown: {listed(names)} ({_WHY[why]})." for why, names in together.items())


def felt_table(found: FeltFinding) -> tuple[Row, ...]:
    """Everything the picture holds, heads first: the statement, then each question, furthest apart first."""
    rows: list[Row] = []
    if not isinstance(found.felt, Unread):
        item, counts = found.felt.item, tuple(sum(level) for level in zip(*found.felt.item.counts, strict=True))
        rows.append((item.text, f"{found.felt.n:,}", _shares(item, counts), "–", f"{found.felt.share:.0%} agree"))
    rows += [
        (one.item.text, f"{one.n:,}", _shares(one.item, one.counts), f"{one.divided:.0%}", pattern_words(one))
        for one in found.real
    ]
    return (TABLE_HEADS, *rows) if rows else ()


def pattern_words(one: Described) -> str:
    """How the answers to one question lie, in words."""
    return _WORDS[one.pattern]


def fit_words(one: Checked, *, items: Mapping[str, ReleasedItem]) -> str:
    """What a check rests on: the shared answer to each of its questions, that there is none, or why it is unknown."""
    said = []
    for code, typical in one.typical.items():
        name = f"“{items[code].short}”" if code in items else code
        if isinstance(typical, Unread):
            said.append(f"{name}: {_WHY[typical]}")
        elif typical is None:
            said.append(f"{name}: no shared answer yet")
        else:
            said.append(f"{name}: most of us say “{items[code].levels[typical]}”")
    return f"{'; '.join(said)}."


def fit_headline(found: tuple[Checked, ...]) -> str:
    """How many checks found answers that don't go together, and how many can't tell."""
    clashes = sum(one.fit is Fit.CLASH for one in found)
    open_ = sum(one.fit in {Fit.NO_SHARED_ANSWER, Fit.UNREAD} for one in found)
    if clashes:
        return f"{clashes} of {len(found)} checks found answers that may not go together."
    if open_ == len(found):
        return "We can't tell yet whether our answers go together: at least half of us must say the same first."
    return "We found no answers that don't go together." + (
        f" {open_} of {len(found)} checks can't tell yet." if open_ else ""
    )


def _felt_bounds(felt: FeltShare, *, release: Release, limits: Limits) -> str:
    silent = release.invited - felt.n
    if silent < 1:
        return ""
    who = f"the {wording.people(silent)} without an answer"
    if felt.lowest >= limits.felt:
        return f"Whatever {who} would say, most of us would still agree with it."
    if felt.highest <= limits.not_felt:
        return f"Whatever {who} would say, it would still be no more than half of us."
    return f"What {who} would say could still change how many agree with it."


def _shares(item: ReleasedItem, counts: tuple[int, ...]) -> str:
    total = sum(counts)
    return ", ".join(f"{label} {count / total:.0%}" for label, count in zip(item.levels, counts, strict=True))


def _questions(number: int) -> str:
    return "1 question" if number == 1 else f"{number} questions"
