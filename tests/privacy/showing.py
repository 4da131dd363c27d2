"""What a reader sees of planned blocks: counts, bands, the sums that a screen makes of them, and filters."""

from collections import Counter
from dataclasses import dataclass, field

from tests.build import item
from tests.privacy.people import LEVELS, MISSING
from xsector.model.poles import poles
from xsector.model.released import WITHHELD, Block, Part
from xsector.release.bands import band_of, withheld
from xsector.release.together import together

OPEN, TRUST = item("R1", cannot_judge="I can't judge"), item("S1", sensitive=True, cannot_judge="I can't judge")
SOME, AGAIN = item("X1", cannot_judge="I can't judge"), item("V1", cannot_judge="I can't judge")
ITEMS = {one.code: one for one in (OPEN, TRUST, SOME, AGAIN)}
PARTS = poles(5, ordered=True)
MARKS = {"skipped": 255, "cannot_judge": 254, "not_applicable": 253, **{level: int(level) for level in LEVELS}}
NAMES = {mark: name for name, mark in MARKS.items()}
QUESTIONS = {
    code: {"levels": [*LEVELS, *MISSING], "poles": [[NAMES[mark] for mark in PARTS[pole]] for pole in PARTS]}
    for code in ("R1", "S1", "X1", "V1")
}
for _one in QUESTIONS.values():
    # Whoever gave no answer stands in no part of the scale.
    _one["poles"] = [part for part in _one["poles"] if "skipped" not in part]


@dataclass(frozen=True)
class Counted:
    """One sealed block: who is in it, whose name it bears, and what is kept of it."""

    round: int
    members: tuple
    organisation: int | None
    part: Part
    held: frozenset


@dataclass
class Ledger:
    """All that was ever shown, as an attacker reads it, with the blocks it rests on."""

    releases: list = field(default_factory=list)
    blocks: list = field(default_factory=list)
    asked: dict = field(default_factory=dict)
    """Round to the sectors that the question of some was put to."""


def seal(groups, *, number, ledger, policy):
    """Count and show planned blocks: *groups* has people, block and whether it is unmixed, for each."""
    held = _held(groups, number=number, ledger=ledger, policy=policy)
    ledger.asked.setdefault(number, ledger.asked["now"])
    for people, block, unmixed in groups:
        # What is counted is what they said at this moment: their answers change later, and no figure follows.
        for one in people:
            for code in ITEMS.keys() - held:
                one.said[f"{code}@{number}"] = _said(one, code, asked=ledger.asked["now"])
        rows = {code: Counter(one.said[f"{code}@{number}"] for one in people) for code in ITEMS if code not in held}
        part = _part(rows, block=block, unmixed=unmixed, policy=policy)
        made = Counted(number, tuple(people), block.organisation, part, held)
        for one in people:
            one.counted = (*one.counted, len(ledger.blocks))
            one.state = "counted"
        ledger.blocks.append(made)
        ledger.releases += list(_shown(part, members=people, number=number))


def _said(one, code, *, asked):
    return one.answers[code] if code != "X1" or one.sector in asked else "not_applicable"


def _held(groups, *, number, ledger, policy):
    """Asked of a part of a block; asked of others in an earlier round; a block too small for a band."""
    asked = ledger.asked["now"]
    others = {sectors for at, sectors in ledger.asked.items() if at != "now"}
    partly = any(len({one.sector in asked for one in people}) == 2 for people, _, _ in groups)
    small = any(len(people) < 2 * policy.t + 3 for people, _, _ in groups)
    return frozenset(["X1"] * (partly or bool(others - {asked})) + ["S1"] * small)


def _part(rows, *, block, unmixed, policy):
    counts, bands = {}, {}
    for code, row in rows.items():
        marks = {MARKS[name]: people for name, people in row.items()}
        if code == "S1":
            band = band_of(marks, item=TRUST, policy=policy) if unmixed else withheld(block.n)
            if band is not None:
                bands[code] = band
                continue
        counts |= {(code, 0, mark): people for mark, people in marks.items()}
    return Part(block=block, counts=counts, bands=bands)


def _shown(part, *, members, number, codes=tuple(ITEMS)):
    ids = [one.id for one in members]
    for code in codes:
        cell = {"q": f"{code}@{number}", "members": ids, "named": part.block.organisation is not None}
        if code in part.bands:
            band = part.bands[code]
            if band.pole != WITHHELD:
                yield cell | {"at_least": {"levels": [NAMES[mark] for mark in PARTS[band.pole]], "n": band.at_least}}
            continue
        counts = {NAMES[mark]: people for (one, _, mark), people in part.counts.items() if one == code}
        if sum(counts.values()) == len(ids):
            yield cell | {"counts": counts}


def show_merged(ledger, *, number):
    """Give the reader what a screen shows of a round that was released in parts, and say how much it was."""
    blocks = [one for one in ledger.blocks if one.round == number]
    held = frozenset().union(*(one.held for one in blocks))
    for merged in together([one.part for one in blocks], items=ITEMS):
        of = [one for one in blocks if _same(one.part.block, merged.block)]
        members = [who for one in of for who in one.members]
        if len(of) > 1:
            shown = _shown(merged, members=members, number=number, codes=[one for one in ITEMS if one not in held])
            ledger.releases += [one | {"sum_of": [block.part for block in of]} for one in shown]


def _same(one: Block, other: Block):
    return (one.sectors, one.organisation) == (other.sectors, other.organisation)


def show_filtered(ledger, *, number, sectors):
    """Give the reader the sum of all blocks of a round that lie wholly inside some *sectors*."""
    inside = [one for one in ledger.blocks if one.round == number and set(one.part.block.sectors) <= set(sectors)]
    for code in ITEMS if len(inside) > 1 else ():
        if not any(code in one.held or code in one.part.bands for one in inside):
            members = [who for one in inside for who in one.members]
            counts = Counter(who.said[f"{code}@{number}"] for who in members)
            ids = [who.id for who in members]
            ledger.releases.append({"q": f"{code}@{number}", "members": ids, "named": False, "counts": dict(counts)})
