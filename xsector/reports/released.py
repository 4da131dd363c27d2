"""A round's release, read back from the ledger."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from xsector.actions import figures
from xsector.actions.membership import organisations_of
from xsector.actions.permission import leading_round
from xsector.model.instrument import COUNTED_KINDS, Item, Kind
from xsector.model.modules.kinds import Module
from xsector.model.partner import RoundFacts
from xsector.model.released import BandedItem, Block, Hidden, Missing, Part, Release, ReleasedItem, Statement
from xsector.model.sheet import Mark
from xsector.release.together import key_of, together
from xsector.reports.rounds import theme_names
from xsector.store import invitations, partnerships, releases, rounds, statements
from xsector.store.accounts import Account
from xsector.store.engine import Engine, Session, reading
from xsector.store.tables import ReleaseRow
from xsector.store.times import in_utc


def release_of(engine: Engine, *, account: Account, round_id: int) -> Release | None:
    """The round's release, or None before the reveal."""
    with reading(engine) as session:
        return release_in(session, leading_round(session, account=account, round_id=round_id))


def release_with_past(engine: Engine, *, account: Account, round_id: int) -> Release | None:
    """The round's release with those of earlier rounds in ``past``, or None before the reveal."""
    with reading(engine) as session:
        round_ = leading_round(session, account=account, round_id=round_id)
        release = release_in(session, round_)
        return None if release is None else with_past(session, round_, release=release)


def with_past(session: Session, round_: RoundFacts, *, release: Release) -> Release:
    """*release* with those of the partnership's earlier rounds that asked where it is on its road."""
    if not release.of_module(Module.STAGE):
        return release
    earlier = [one for one in rounds.of_partnership(session, round_.partnership_id) if one.id < round_.id and one.shown]
    before = [release_in(session, one) for one in sorted(earlier, key=lambda one: one.id)]
    return replace(release, past=tuple(one for one in before if one is not None and one.of_module(Module.STAGE)))


def release_in(session: Session, round_: RoundFacts, *, until: datetime | None = None) -> Release | None:
    """The release of a round that the caller may see: all that was released of it so far, block by block.

    With *until* as it stood at that moment.
    """
    made = _made(session, round_.id, until=until)
    if not made:
        return None
    instrument = rounds.instrument_of(session, round_.id)
    items = {item.code: item for item in instrument.counted()}
    parts = parts_in(session, round_.id, items=items, until=until)
    held = tuple(dict.fromkeys(code for row in made for code in row.held))
    banded = {code for part in parts for code in part.bands}
    shown = [
        item for item in items.values() if item.kind in COUNTED_KINDS and item.code not in held and not item.by_name
    ]
    chances = releases.chances_of(session, made[-1].id)
    plain = [_item(item, parts=parts, chance=chances.get(item.code)) for item in shown if item.code not in banded]
    rough = [_banded(item, parts=parts) for item in shown if item.code in banded]
    partnership = partnerships.get(session, round_.partnership_id)
    return Release(
        round_id=round_.id,
        partnership=partnership.name,
        title=round_.title,
        state=round_.state,
        policy=partnerships.policy_from_plain(made[-1].policy),
        invited=max(made[-1].invited, made[-1].answered),
        answered=made[-1].answered,
        blocks=tuple(part.block for part in parts),
        hidden=_hidden(made[-1].hidden, parts=parts),
        held=held,
        items=tuple(item for item in plain if not item.module),
        banded=tuple(item for item in rough if not item.module),
        themes=theme_names(instrument),
        asked=tuple(item for item in plain if item.module),
        asked_banded=tuple(item for item in rough if item.module),
        statements=tuple(_statements(session, round_.id, items=items)),
        sectors=instrument.sectors,
        organisations=instrument.organisations,
        modules=instrument.modules,
        part=part_of(made),
    )


def _statements(session: Session, round_id: int, *, items: Mapping[str, Item]) -> Iterator[Statement]:
    """What organisations say of themselves, by organisation and question."""
    said = statements.of_round(session, round_id)
    for organisation, code in dict.fromkeys((organisation, code) for organisation, code, _ in said):
        levels = range(len(items[code].levels))
        yield Statement(
            organisation=organisation,
            item=code,
            counts=tuple(said[organisation, code, level] for level in levels),
            unsure=said[organisation, code, Mark.CANNOT_JUDGE],
        )


def parts_in(
    session: Session, round_id: int, *, items: Mapping[str, Item], until: datetime | None = None
) -> tuple[Part, ...]:
    """The blocks of all releases of a round (made *until* then), those of one name added up."""
    made = _made(session, round_id, until=until)
    return together([part for row in made for part in releases.parts_of(session, row.id)], items=items)


def _made(session: Session, round_id: int, *, until: datetime | None) -> list[ReleaseRow]:
    made = releases.of_round(session, round_id)
    return [row for row in made if until is None or in_utc(row.released_at) <= until]


def part_of(made: Sequence[ReleaseRow]) -> int:
    """How many times something was released of a round: another number, another picture."""
    return len(made)


def _hidden(noted: Sequence[dict[str, str]], *, parts: Sequence[Part]) -> tuple[Hidden, ...]:
    """Who isn't shown by their sector; beside others of that sector who are, as what they are: the rest of it."""
    named = {part.block.sectors for part in parts if part.block.organisation is None}
    return tuple(
        Hidden(
            sector=one["sector"],
            label=f"{one['label']}, the rest" if (one["sector"],) in named else one["label"],
            reason=one["reason"],
        )
        for one in noted
    )


def _item(item: Item, *, parts: Sequence[Part], chance: float | None) -> ReleasedItem:
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
        counts=tuple(_counts(item, part=part) for part in parts),
        missing=tuple(_missing(item, part=part) for part in parts),
        chance=chance,
        module=item.module,
        parts=item.parts,
    )


def _banded(item: Item, *, parts: Sequence[Part]) -> BandedItem:
    kept = [part.bands.get(item.code) for part in parts]
    return BandedItem(
        code=item.code,
        text=item.text,
        short=item.short,
        theme=item.theme,
        levels=item.levels,
        ordered=item.ordered,
        reverse=item.reverse,
        counts=tuple(None if band else _counts(item, part=part) for part, band in zip(parts, kept, strict=True)),
        missing=tuple(None if band else _missing(item, part=part) for part, band in zip(parts, kept, strict=True)),
        bands=tuple(kept),
        module=item.module,
        parts=item.parts,
    )


def _counts(item: Item, *, part: Part) -> tuple[int, ...]:
    if item.kind is Kind.CHOICES:
        return tuple(part.counts.get((item.code, option, 1), 0) for option in range(len(item.levels)))
    return tuple(part.counts.get((item.code, 0, level), 0) for level in range(len(item.levels)))


def _missing(item: Item, *, part: Part) -> Missing:
    return Missing(
        skipped=part.counts.get((item.code, 0, Mark.SKIPPED), 0),
        cannot_judge=part.counts.get((item.code, 0, Mark.CANNOT_JUDGE), 0),
        not_applicable=part.counts.get((item.code, 0, Mark.NOT_APPLICABLE), 0),
    )


def inside(session: Session, round_: RoundFacts, *, sectors: frozenset[str]) -> Release | None:
    """What is released of *sectors*: the blocks that lie wholly inside them, for a filter never takes a block apart.

    Of imported people nobody knows any more who belongs together, so a part of them has no chances.
    """
    release = release_in(session, round_)
    if release is None:
        return None
    turnout = [answered for _, sector, _, answered in invitations.turnout(session, round_.id) if sector in sectors]
    shown = [block for block in release.blocks if set(block.sectors) <= sectors]
    # Of a file's people, and of those who left since, nobody knows any more who is missing.
    answered = max(sum(turnout), sum(block.n for block in shown))
    chances = {} if round_.imported else _chances(session, round_, blocks=shown)
    return _cut(release, blocks=shown, invited=max(len(turnout), answered), answered=answered, chances=chances)


def _chances(session: Session, round_: RoundFacts, *, blocks: Sequence[Block]) -> dict[str, float]:
    keys = [key_of(block) for block in blocks]
    items = {item.code: item for item in rounds.instrument_of(session, round_.id).counted()}
    parts = [part for part in parts_in(session, round_.id, items=items) if key_of(part.block) in keys]
    sizes = organisations_of(session, round_.id)
    held = {code for row in releases.of_round(session, round_.id) for code in row.held}
    counted = [
        item
        for item in items.values()
        if item.kind in COUNTED_KINDS and item.code not in held and not (item.by_name or item.compares or item.averages)
    ]
    return figures.chances(counted, parts=parts, organisations=figures.sizes_to_deal([sizes[key] for key in keys]))


def _cut(
    release: Release, *, blocks: Sequence[Block], invited: int, answered: int, chances: Mapping[str, float]
) -> Release:
    places = [place for place, block in enumerate(release.blocks) if block in blocks]
    sectors = {code for block in blocks for code in block.sectors}
    named = {one.id for one in release.organisations if one.sector in sectors}
    return replace(
        release,
        invited=invited,
        answered=answered,
        blocks=tuple(release.blocks[place] for place in places),
        hidden=tuple(one for one in release.hidden if one.sector in sectors),
        items=tuple(_cut_item(item, places=places, chances=chances) for item in release.items),
        asked=tuple(_cut_item(item, places=places, chances=chances) for item in release.asked),
        statements=tuple(one for one in release.statements if one.organisation in named),
        banded=tuple(_cut_banded(item, places=places) for item in release.banded),
        asked_banded=tuple(_cut_banded(item, places=places) for item in release.asked_banded),
    )


def _cut_banded(item: BandedItem, *, places: Sequence[int]) -> BandedItem:
    return replace(
        item,
        counts=tuple(item.counts[place] for place in places),
        missing=tuple(item.missing[place] for place in places),
        bands=tuple(item.bands[place] for place in places),
    )


def _cut_item(item: ReleasedItem, *, places: Sequence[int], chances: Mapping[str, float]) -> ReleasedItem:
    return replace(
        item,
        counts=tuple(item.counts[place] for place in places),
        missing=tuple(item.missing[place] for place in places),
        chance=chances.get(item.code),
    )
