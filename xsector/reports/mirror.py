"""A partner's mirror: their own answers beside their group and everybody, from the release and their own sheet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from xsector.errors.common import NotAllowedError
from xsector.model.instrument import COUNTED_KINDS, Item, Kind
from xsector.model.mirror import Gap, Mirror, Page, Reflection, Tally, Withheld
from xsector.model.modules.kinds import Module
from xsector.model.partner import Respondent
from xsector.model.released import Band, BandedItem, Missing, Release, ReleasedItem
from xsector.release.bands import smallest_group
from xsector.release.together import key_of
from xsector.reports.own import OwnForm, own_form
from xsector.reports.released import release_in
from xsector.store import releases, rosters
from xsector.store.engine import Engine, Session, reading


@dataclass(frozen=True, slots=True, kw_only=True)
class _Light:
    """What every reflection of one partner is made from."""

    form: OwnForm
    release: Release
    place: int | None
    sector: str


def mirror_of(engine: Engine, *, respondent: Respondent, round_id: int) -> Mirror | None:
    """What a partner sees of a revealed round; None before the reveal.

    Raises
    ------
    NotAllowedError
        They are not invited to this round, or the link with which they came is not theirs any more.
    """
    form = own_form(engine, respondent=respondent, round_id=round_id)
    with reading(engine) as session:
        if not rosters.is_linked(session, respondent):
            raise NotAllowedError()
        release = release_in(session, form.round)
        if release is None:
            return None
        place = block_place(session, release=release, participant_id=respondent.participant_id)
    light = _Light(form=form, release=release, place=place, sector=respondent.sector)
    return Mirror(
        invited=release.invited,
        answered=release.answered,
        shown=sum(block.n for block in release.blocks),
        group=None if place is None else release.blocks[place],
        group_gap=group_gap(form) if place is None else None,
        own_gap=own_gap(form),
        pages=tuple(_pages(light)),
    )


def block_place(session: Session, *, release: Release, participant_id: int) -> int | None:
    """The place of the block of *release* that counts somebody; None if none does."""
    for row in releases.of_round(session, release.round_id):
        for place, there in releases.members_of(session, row.id).items():
            if participant_id in there:
                mine = key_of(releases.blocks_of(session, row.id)[place])
                return [key_of(block) for block in release.blocks].index(mine)
    return None


def own_gap(form: OwnForm) -> Gap | None:
    """Why the partner's own answers aren't there after the reveal; None if they are."""
    if form.submitted:
        return None
    if not form.finished_before:
        return Gap.NOT_FINISHED
    return Gap.OTHER_LINK if form.round.keep_answers else Gap.NOT_KEPT


def group_gap(form: OwnForm) -> Gap:
    """Why no group counts a partner."""
    return Gap.WAITING if form.submitted or form.finished_before else Gap.NOT_FINISHED


def _pages(light: _Light) -> Iterator[Page]:
    for section in light.form.instrument.sections:
        if section.module and section.module != Module.STAGE:
            continue
        items = [item for item in section.items if item.asked and item.kind in COUNTED_KINDS]
        if items:
            yield Page(title=section.title, reflections=tuple(_reflection(item, light=light) for item in items))


def _reflection(item: Item, *, light: _Light) -> Reflection:
    release = light.release
    shown = _shown(item, release=release)
    asked = not item.who or light.sector in item.who
    return Reflection(
        item=item,
        asked=asked,
        own=light.form.answers.get(item.code) if asked and own_gap(light.form) is None else None,
        group=None if shown is None or light.place is None else _of_block(shown, place=light.place, light=light),
        everybody=_of_all(item, shown, light=light) if shown else None,
        withheld=why_withheld(item, release=release) if shown is None else None,
    )


def _shown(item: Item, *, release: Release) -> ReleasedItem | BandedItem | None:
    counted = next((one for one in (*release.items, *release.asked) if one.code == item.code), None)
    return counted or next((one for one in release.banded if one.code == item.code), None)


def why_withheld(item: Item, *, release: Release) -> Withheld:
    """Why a counted question isn't released: what it asks, how large the groups are, or who was asked."""
    if item.sensitive and item.kind is Kind.CHOICES:
        return Withheld.SEVERAL
    asked = [block.n for block in release.blocks if not item.who or set(item.who) & set(block.sectors)]
    small = item.sensitive and any(n < smallest_group(release.policy) for n in asked)
    return Withheld.TOO_FEW if small else Withheld.SOME_ASKED


def _of_block(shown: ReleasedItem | BandedItem, *, place: int, light: _Light) -> Tally | Band | None:
    if isinstance(shown, BandedItem) and (band := shown.bands[place]) is not None:
        return band
    return _tally(shown, places=[place], light=light)


def _of_all(item: Item, shown: ReleasedItem | BandedItem, *, light: _Light) -> Tally | None:
    """The sum of all blocks that were asked; None where one of them is kept as a band."""
    blocks = light.release.blocks
    there = [place for place, block in enumerate(blocks) if not item.who or set(item.who) & set(block.sectors)]
    return _tally(shown, places=there, light=light)


def _tally(shown: ReleasedItem | BandedItem, *, places: list[int], light: _Light) -> Tally | None:
    counts = [shown.counts[place] for place in places]
    missing = [shown.missing[place] for place in places]
    known = [row for row in counts if row is not None]
    if not places or len(known) < len(counts):
        return None
    return Tally(
        people=sum(light.release.blocks[place].n for place in places),
        counts=tuple(map(sum, zip(*known, strict=True))),
        missing=_together([one for one in missing if one is not None]),
    )


def _together(missing: list[Missing]) -> Missing:
    return Missing(
        skipped=sum(one.skipped for one in missing),
        cannot_judge=sum(one.cannot_judge for one in missing),
        not_applicable=sum(one.not_applicable for one in missing),
    )
