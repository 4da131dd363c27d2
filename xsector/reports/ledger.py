"""The ledger: all releases ever made, as an outside check can read them."""

from __future__ import annotations

from typing import Any

from xsector.actions.permission import leading_round
from xsector.model.instrument import COUNTED_KINDS, Item, Kind
from xsector.model.partner import RoundFacts
from xsector.model.poles import NO_ANSWER, poles
from xsector.model.released import WITHHELD, Band
from xsector.model.sheet import Mark
from xsector.store import releases, rosters, rounds
from xsector.store.accounts import Account
from xsector.store.engine import Engine, Session, reading
from xsector.store.tables import ReleaseRow

MISSING = tuple(mark.name.lower() for mark in Mark)


def ledger_document(engine: Engine, *, account: Account, round_id: int) -> dict[str, Any]:
    """All releases of the round's partnership: questions, blocks, counts; nobody's name or id."""
    with reading(engine) as session:
        round_ = leading_round(session, account=account, round_id=round_id)
        return _document(session, round_, members=_sizes)


def ledger_with_members(engine: Engine, *, account: Account, round_id: int) -> dict[str, Any]:
    """The same with the opaque ids of those counted; for checks of test databases."""
    with reading(engine) as session:
        round_ = leading_round(session, account=account, round_id=round_id)
        document = _document(session, round_, members=_ids)
        roster = rosters.everyone(session, partnership_id=round_.partnership_id)
        counted = releases.organisations_counted(session, round_.partnership_id)
    known = {one.id: (one.sector, one.organisation_id) for one in roster}
    # Whoever left is on no roster, and is still somebody of an organisation in the blocks that count them.
    left = {who: ("", organisation) for who, organisation in counted.items() if who not in known}
    document["people"] = [
        {"id": f"p{who}", "sector": sector, "org": f"o{organisation}"}
        for who, (sector, organisation) in sorted((known | left).items())
    ]
    return document


def _document(session: Session, round_: RoundFacts, *, members: Any) -> dict[str, Any]:  # Any: one of two functions
    questions: dict[str, Any] = {}
    made: list[dict[str, Any]] = []
    for row in releases.everything(session, partnership_id=round_.partnership_id):
        there = rounds.get(session, row.round_id)
        blocks = releases.blocks_of(session, row.id)
        who = members(session, row, there)
        counts, bands = releases.counts_of(session, row.id), releases.bands_of(session, row.id)
        for item in rounds.instrument_of(session, row.round_id).counted():
            if item.kind not in COUNTED_KINDS or item.by_name or item.code in row.held:
                continue
            for option, part in _parts(item):
                # A vote asks what no questionnaire asks, and only votes of its chain ask the same.
                name = f"{there.chain}:{part}" if there.chain else part
                questions[name] = {"levels": [*_levels(item), *MISSING]} | _poles(item)
                for place, block in enumerate(blocks):
                    band = bands.get((place, item.code))
                    if band is not None and band.pole == WITHHELD:
                        continue
                    shown = (
                        _shown(counts, place=place, item=item, option=option)
                        if band is None
                        else {"at_least": {"levels": _pole(band, item=item), "n": band.at_least}}
                    )
                    made.append({"q": f"{name}@{there.number}", **who[place], "label": block.name, **shown})
    return {"questions": questions, "people": [], "releases": made}


def _shown(counts: releases.Counts, *, place: int, item: Item, option: int) -> dict[str, Any]:
    return {
        "counts": {
            _level_name(level): people
            for (at, code, of, level), people in counts.items()
            if (at, code, of) == (place, item.code, option)
        }
    }


def _poles(item: Item) -> dict[str, list[list[str]]]:
    """The parts of a sensitive scale; who gave no answer stands in none of them."""
    if not item.sensitive:
        return {}
    parts = poles(len(item.levels), ordered=item.ordered).items()
    return {"poles": [_names(marks) for pole, marks in parts if pole != NO_ANSWER and marks]}


def _pole(band: Band, *, item: Item) -> list[str]:
    return _names(poles(len(item.levels), ordered=item.ordered)[band.pole])


def _names(marks: frozenset[int]) -> list[str]:
    return [_level_name(mark) for mark in sorted(marks)]


def _parts(item: Item) -> list[tuple[int, str]]:
    if item.kind is Kind.CHOICES:
        return [(option, f"{item.code}.{option + 1}") for option in range(len(item.levels))]
    return [(0, item.code)]


def _levels(item: Item) -> list[str]:
    return ["0", "1"] if item.kind is Kind.CHOICES else [str(level) for level in range(len(item.levels))]


def _level_name(level: int) -> str:
    return Mark(level).name.lower() if level in set(Mark) else str(level)


def _sizes(session: Session, row: ReleaseRow, _round: RoundFacts) -> list[dict[str, Any]]:
    return [{"people": block.n} for block in releases.blocks_of(session, row.id)]


def _ids(session: Session, row: ReleaseRow, there: RoundFacts) -> list[dict[str, Any]]:
    known = releases.members_of(session, row.id)
    found = []
    for place, block in enumerate(releases.blocks_of(session, row.id)):
        ids = [f"p{one}" for one in known.get(place, {})]
        if there.imported:
            # People of a file are on no roster: each is counted once and never again.
            ids = [f"r{there.id}b{place}n{number}" for number in range(block.n)]
        found.append({"members": ids})
    return found
