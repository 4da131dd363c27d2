"""What is said about trust: one-sided pairs, weak dimensions, little contact, and how sure each is.

Nothing here is about one organisation, and nothing puts sectors in an order by how far they are trusted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from xsector.agenda.certainty import few_sentence
from xsector.agenda.document import Row
from xsector.analysis import trust
from xsector.analysis.banded import Interval
from xsector.analysis.trust import ByDimension, OneSided, SelfGap, Thin, Trusted
from xsector.model.modules.kinds import Dimension
from xsector.model.modules.trust import CHECK_UP, sector_code
from xsector.model.phrases import counted, listed
from xsector.model.released import WITHHELD, Release

NAMES: Final = {
    Dimension.RELIABILITY: "Reliability",
    Dimension.TRUTH: "Truth",
    Dimension.ABILITY: "Ability",
    Dimension.STRENGTH: "Strength",
}
WEAK: Final = {
    Dimension.RELIABILITY: "Keeping promises is the weak spot.",
    Dimension.TRUTH: "Being straight with each other is the weak spot.",
    Dimension.ABILITY: "Doubt about skills or staff is the weak spot.",
    Dimension.STRENGTH: "Many doubt that we would last when things get hard.",
}
ASK: Final = {
    Dimension.RELIABILITY: "Which small promise could each of us keep in two weeks?",
    Dimension.TRUTH: "What bad news could have come earlier?",
    Dimension.ABILITY: "Where could one partner lend a hand or a skill?",
    Dimension.STRENGTH: "What would we do if the main grant ended?",
}
READ: Final = (
    "Read across: how far each group relies on each sector, all four statements together. Two numbers: the average "
    "lies somewhere from the one to the other. Outlined: the most one-sided pair"
)
READ_DIMENSIONS: Final = "Average of all who are shown: it lies somewhere on the bar"
SURE: Final = "To protect people we keep some answers only as “at least so many”. This is so whatever the others said."
HALF_SURE: Final = (
    "The two surely lie apart. By how much we can’t say: where nearly all of a group answer in one way, only “at least "
    "so many” is kept, to protect people."
)
SIDES_SURE: Final = (
    "That most of each say so is sure. How far apart the two lie on average we can’t say: only “at least so many” is "
    "kept, to protect people."
)
THIN: Final = "The two hardly meet, so this may be about contact more than trust."
LEVELS: Final = 5
HELD: Final = ("W1", "W2", "W3", "W4")
"""Codes of the four statements."""
NOTE: Final = (
    "Only sectors with at least three organisations are rated as sectors. Nobody's rating of an organisation is shown, "
    "and no organisation is ranked."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustFinding:
    """One finding on the screen: what it is called, what to say in a line and in full, what to ask, and how sure it is.

    ``about`` names sectors, groups or dimensions. ``thin`` says that those it is about hardly meet, ``few`` that one
    person can change the picture. ``size`` is the share of the scale, or of people, that it is about.
    """

    finding: str
    about: tuple[str, ...]
    title: str
    text: str
    ask: str
    how_sure: str
    thin: bool = False
    few: bool = False
    size: float = 0.0


def headline(pairs: tuple[OneSided, ...], *, release: Release) -> str:
    """What the matrix says, in one line."""
    return _pair_title(pairs[0], release) if pairs else "No pair of sectors is clearly one-sided"


def dimensions_headline(found: ByDimension) -> str:
    """What the dimensions say, in one line."""
    gap, weak = trust.self_gap(found), trust.weak_dimension(found.partners)
    if weak is not None:
        return WEAK[weak].rstrip(".")
    if gap is not None:
        return _self_gap_title(gap)
    return "How far we trust our partners, and the partnership itself"


def findings(release: Release) -> tuple[TrustFinding, ...]:
    """All that can be said, those about pairs of sectors first."""
    return (
        *_pairs(release),
        *_dimensions(release),
        *_sectors(release),
        *_contact(trust.thin_contact(release), release),
    )


def note(release: Release) -> str:
    """What is never shown, and which sectors are held back now."""
    codes = {one.code: one.label for one in release.sectors}
    held = [label for code, label in codes.items() if {sector_code(one, code) for one in HELD} & set(release.held)]
    if not held:
        return NOTE
    return f"{NOTE} Held back: {listed(held)}. A group is too small, or an earlier round rated other organisations."


def rough_note(cells: Mapping[tuple[int, str], Trusted], *, release: Release) -> str:
    """How many views of one group on another sector are told in full, only roughly, or not at all."""
    others = [one for (place, sector), one in cells.items() if sector not in release.blocks[place].sectors]
    rough = sum(any(mean.low < mean.high for mean in one.means.values()) for one in others)
    nothing = sum(one.mean is None for one in others)
    parts = (
        (len(others) - rough - nothing, "told in full"),
        (rough, "only roughly, for nearly all of the group answered in one way"),
        (nothing, "not at all, for too few rated or people have come or gone"),
    )
    told = [f"{'all' if number == len(others) else number} {how}" for number, how in parts if number]
    views = counted(len(others), "view of one group on another sector", "views of one group on another sector")
    return f"{views}: {'; '.join(told)}."


def dimensions_note(release: Release) -> str:
    """On how many questions of the check-up trust by dimension rests, and how many of them are told only roughly."""
    full = sum(one.code in CHECK_UP for one in release.items)
    rough = sum(one.code in CHECK_UP for one in release.banded)
    questions = counted(full + rough, "question", "questions")
    sentence = f"From {questions} of the check-up itself, not from what partners say of each other."
    if not rough:
        return sentence
    return f"{sentence} {'All' if not full else rough} of them {'is' if rough == 1 else 'are'} told only roughly."


def table(cells: Mapping[tuple[int, str], Trusted], *, release: Release) -> tuple[Row, ...]:
    """Every group and rated sector with the ends of the mean on each statement; heads first."""
    heads = ("Group", "Relies on", "All four", *NAMES.values())
    return (heads, *(_row(one, release=release) for one in cells.values()))


def dimensions_table(found: ByDimension) -> tuple[Row, ...]:
    """Each dimension with trust in partners and in the partnership; heads first."""
    rows = [(NAMES[one], _ends(found.partners[one]), _ends(found.partnership[one])) for one in NAMES]
    return (("Dimension", "Trust in partners", "Trust in the partnership"), *rows)


def pair_table(release: Release, *, about: tuple[str, ...]) -> tuple[Row, ...]:
    """The two sides of one pair of sectors on each statement; heads first."""
    names = {_label(sector, release) for sector in about}
    heads, *rows = table(trust.cells(release), release=release)
    return (heads, *(row for row in rows if row[0] != row[1] and {row[0], row[1]} <= names))


def received_table(release: Release, *, sector: str) -> tuple[Row, ...]:
    """How far everybody outside a sector trusts it, by dimension; heads first."""
    means = trust.received_by_dimension(release, sector=sector)
    return (("Dimension", f"Trust in {_label(sector, release)}"), *((NAMES[one], _ends(means[one])) for one in NAMES))


def contact_table(release: Release) -> tuple[Row, ...]:
    """Who hardly meets whom; heads first."""
    rows = [(release.blocks[one.block].name, _label(one.sector, release)) for one in trust.thin_contact(release)]
    return (("Group", "Hardly meets"), *rows)


def _pairs(release: Release) -> Iterator[TrustFinding]:
    for pair in trust.one_sided(release):
        high, low = _label(pair.high, release), _label(pair.low, release)
        more = f"{high} trusts {low} more ({_ends(pair.given)}) than {low} trusts {high} ({_ends(pair.returned)})."
        on = listed([NAMES[one].lower() for one in pair.opposite])
        most = f"On {on}, most of {high} say “Mostly” or “Fully”, and most of {low} “Not at all” or “A little”."
        sure = SURE if pair.clear else HALF_SURE if pair.surely > 0 else SIDES_SURE
        yield TrustFinding(
            finding="asymmetry",
            about=(pair.high, pair.low),
            title=_pair_title(pair, release),
            text=_joined(more if pair.surely > 0 else "", most if pair.opposite else ""),
            ask="What does each of you do, that the other can’t see?",
            how_sure=_joined(sure, few_sentence(pair.people), THIN if pair.thin else ""),
            thin=pair.thin,
            few=bool(few_sentence(pair.people)),
            size=_apart(pair.given, pair.returned),
        )


def _pair_title(pair: OneSided, release: Release) -> str:
    """The pair in one line; where only sides are sure, on what."""
    high, low = _label(pair.high, release), _label(pair.low, release)
    if pair.surely > 0:
        return f"{high} trusts {low} more than {low} trusts {high}"
    on = listed([NAMES[one].lower() for one in pair.opposite])
    return f"On {on}, most of {high} rely on {low}, and most of {low} hardly on {high}"


def _dimensions(release: Release) -> Iterator[TrustFinding]:
    found = trust.by_dimension(release)
    if found is None:
        return
    weak, gap = trust.weak_dimension(found.partners), trust.self_gap(found)
    if weak is not None:
        yield TrustFinding(
            finding="dim_gap", about=(weak.value,), title=WEAK[weak].rstrip("."), text=WEAK[weak], ask=ASK[weak],
            how_sure=_joined(SURE, few_sentence(release.answered)), few=bool(few_sentence(release.answered)),
            size=_behind(weak, found.partners),
        )  # fmt: skip
    if gap is not None:
        yield _self_gap(gap, release)


def _self_gap(gap: SelfGap, release: Release) -> TrustFinding:
    return TrustFinding(
        finding="grp_trust_self_gap",
        about=("partnership", "partners") if gap.higher else ("partners", "partnership"),
        title=_self_gap_title(gap),
        text="Trust in the group and trust in partners are not the same here: "
        f"{_ends(gap.partnership)} in the group, {_ends(gap.partners)} in partners.",
        ask="What does the group do that partners alone do not, or the other way round?",
        how_sure=_joined(SURE, few_sentence(release.answered)),
        few=bool(few_sentence(release.answered)),
        size=_apart(gap.partnership, gap.partners),
    )


def _self_gap_title(gap: SelfGap) -> str:
    more, less = ("the partnership", "its partners") if gap.higher else ("our partners", "the partnership")
    return f"We trust {more} more than {less}"


def _sectors(release: Release) -> Iterator[TrustFinding]:
    for sector in trust.rated_sectors(release):
        means = trust.received_by_dimension(release, sector=sector)
        weak = trust.weak_dimension(means)
        if weak is not None:
            text = f"Of {_label(sector, release)}, others doubt {NAMES[weak].lower()} most."
            yield TrustFinding(
                finding="dim_gap", about=(sector, weak.value), title=text.rstrip("."), text=text, ask=ASK[weak],
                how_sure=SURE, size=_behind(weak, means),
            )  # fmt: skip


def _contact(thin: tuple[Thin, ...], release: Release) -> Iterator[TrustFinding]:
    by_sector: dict[str, list[str]] = {}
    for one in thin:
        by_sector.setdefault(one.sector, []).append(release.blocks[one.block].name)
    for sector, groups in by_sector.items():
        title = f"In {listed(groups)}, at least half hardly meet {_label(sector, release)}"
        yield TrustFinding(
            finding="thin_contact",
            about=(sector, *groups),
            title=title,
            text=f"{title}. That is about contact more than trust.",
            ask="Who should meet whom before next time?",
            how_sure="",
            size=0.5,
        )


def _behind(weak: Dimension, means: Mapping[Dimension, Interval | None]) -> float:
    """How far a dimension lies from the mean of the others."""
    own, others = means[weak], trust.average(means[other] for other in NAMES if other is not weak)
    return _apart(own, others) if own and others else 0.0


def _apart(one: Interval, other: Interval) -> float:
    """How far the middles of two means lie apart, as a share of the scale of five."""
    return abs(one.low + one.high - other.low - other.high) / 2 / (LEVELS - 1)


def _row(one: Trusted, *, release: Release) -> Row:
    nothing = "not shown: people have come or gone" if one.why == WITHHELD else "too few rated"
    return (
        release.blocks[one.block].name,
        _label(one.sector, release),
        _ends(one.mean) if one.mean else nothing,
        *(_ends(one.means.get(dimension)) for dimension in NAMES),
    )


def _label(sector: str, release: Release) -> str:
    return next(one.label for one in release.sectors if one.code == sector)


def _joined(*sentences: str) -> str:
    return " ".join(sentence for sentence in sentences if sentence)


def _ends(mean: Interval | None) -> str:
    if mean is None:
        return "–"
    low, high = f"{mean.low:.1f}", f"{mean.high:.1f}"
    return low if low == high else f"{low} to {high}"
