"""A round's release, read back from the ledger."""

from __future__ import annotations

from xsector.actions.permission import leading_round
from xsector.model.instrument import COUNTED_KINDS, Item, Kind
from xsector.model.partner import RoundFacts
from xsector.model.released import Band, BandedItem, Hidden, Missing, Release, ReleasedItem
from xsector.model.sheet import Mark
from xsector.reports.rounds import theme_names
from xsector.store import partnerships, releases, rounds
from xsector.store.accounts import Account
from xsector.store.engine import Engine, Session, reading


def release_of(engine: Engine, *, account: Account, round_id: int) -> Release | None:
    """The round's release, or None before the reveal."""
    with reading(engine) as session:
        return release_in(session, leading_round(session, account=account, round_id=round_id))


def release_in(session: Session, round_: RoundFacts) -> Release | None:
    """The release of a round that the caller may see."""
    row = releases.of_round(session, round_.id)
    if row is None:
        return None
    instrument = rounds.instrument_of(session, round_.id)
    blocks = releases.blocks_of(session, row.id)
    counts = releases.counts_of(session, row.id)
    bands = releases.bands_of(session, row.id)
    chances = releases.chances_of(session, row.id)
    banded = {code for _, code in bands}
    shown = [item for item in instrument.items() if item.kind in COUNTED_KINDS and item.code not in row.held]
    return Release(
        round_id=round_.id,
        partnership=partnerships.get(session, round_.partnership_id).name,
        title=round_.title,
        state=round_.state,
        policy=partnerships.policy_from_plain(row.policy),
        invited=row.invited,
        answered=row.answered,
        blocks=blocks,
        hidden=tuple(Hidden(**one) for one in row.hidden),
        held=tuple(row.held),
        items=tuple(
            _item(item, counts=counts, blocks=len(blocks), chance=chances.get(item.code))
            for item in shown
            if item.code not in banded
        ),
        banded=tuple(
            _banded(item, counts=counts, bands=bands, blocks=len(blocks)) for item in shown if item.code in banded
        ),
        themes=theme_names(instrument),
    )


def _item(
    item: Item, *, counts: dict[tuple[int, str, int, int], int], blocks: int, chance: float | None
) -> ReleasedItem:
    return ReleasedItem(
        code=item.code,
        text=item.text,
        short=item.short,
        kind=item.kind,
        theme=item.theme,
        levels=item.levels,
        ordered=item.ordered,
        context=item.context,
        reverse=item.reverse,
        counts=tuple(_counts(item, counts=counts, place=place) for place in range(blocks)),
        missing=tuple(_missing(item, counts=counts, place=place) for place in range(blocks)),
        chance=chance,
    )


def _banded(
    item: Item, *, counts: dict[tuple[int, str, int, int], int], bands: dict[tuple[int, str], Band], blocks: int
) -> BandedItem:
    kept = [bands.get((place, item.code)) for place in range(blocks)]
    return BandedItem(
        code=item.code,
        text=item.text,
        short=item.short,
        theme=item.theme,
        levels=item.levels,
        ordered=item.ordered,
        reverse=item.reverse,
        counts=tuple(None if band else _counts(item, counts=counts, place=place) for place, band in enumerate(kept)),
        missing=tuple(None if band else _missing(item, counts=counts, place=place) for place, band in enumerate(kept)),
        bands=tuple(kept),
    )


def _counts(item: Item, *, counts: dict[tuple[int, str, int, int], int], place: int) -> tuple[int, ...]:
    if item.kind is Kind.CHOICES:
        return tuple(counts.get((place, item.code, option, 1), 0) for option in range(len(item.levels)))
    return tuple(counts.get((place, item.code, 0, level), 0) for level in range(len(item.levels)))


def _missing(item: Item, *, counts: dict[tuple[int, str, int, int], int], place: int) -> Missing:
    return Missing(
        skipped=counts.get((place, item.code, 0, Mark.SKIPPED), 0),
        cannot_judge=counts.get((place, item.code, 0, Mark.CANNOT_JUDGE), 0),
        not_applicable=counts.get((place, item.code, 0, Mark.NOT_APPLICABLE), 0),
    )
