"""How others rate a partner's own organisation: for those of its people who were counted, and for nobody else."""

from __future__ import annotations

from xsector.analysis.banded import reach_by_block
from xsector.analysis.thresholds import DEFAULT_TRUST_LIMITS, TrustLimits
from xsector.errors.common import NotAllowedError
from xsector.model.instrument import Item
from xsector.model.modules import trust
from xsector.model.modules.kinds import Dimension
from xsector.model.own_trust import OwnRating, OwnTrust, Surprise
from xsector.model.partner import Respondent
from xsector.model.released import Band, BandedItem, Block, Part
from xsector.release.together import together
from xsector.reports.own import OwnForm, own_form
from xsector.store import own_results, releases, rosters
from xsector.store.engine import Engine, Session, reading


def own_trust(engine: Engine, *, respondent: Respondent, round_id: int) -> OwnTrust | None:
    """What is kept of the respondent's organisation in a round; None where there is nothing, or not for them.

    Raises
    ------
    NotAllowedError
        They are not invited to this round, or the link with which they came is not theirs any more.
    """
    form = own_form(engine, respondent=respondent, round_id=round_id)
    with reading(engine) as session:
        if not rosters.is_linked(session, respondent):
            raise NotAllowedError()
        if not _was_counted(session, respondent, round_id=round_id):
            return None
        kept = own_results.of_organisation(session, round_id=round_id, organisation_id=respondent.organisation_id)
    items = [item for item in form.instrument.items() if item.about == respondent.organisation_id]
    found = tuple(_rating(item, kept=[one for code, one in kept if code == item.code], form=form) for item in items)
    ratings = tuple(one for one in found if one is not None)
    return OwnTrust(organisation=respondent.organisation, ratings=ratings) if ratings else None


def _was_counted(session: Session, respondent: Respondent, *, round_id: int) -> bool:
    """Whether a release of the round counts them as one of their organisation: who comes later sees nothing."""
    return any(
        there.get(respondent.participant_id) == respondent.organisation_id
        for row in releases.of_round(session, round_id)
        for there in releases.members_of(session, row.id).values()
    )


def _rating(item: Item, *, kept: list[own_results.Kept], form: OwnForm) -> OwnRating | None:
    if not kept:
        return None
    part = _added(item, kept=kept)
    counts, band = _counts(item, part=part), part.bands.get(item.code)
    guess = form.answers.get(trust.GUESS) if item.parts[0] == Dimension.OVERALL else None
    level = guess if isinstance(guess, int) and 0 <= guess < len(item.levels) else None
    return OwnRating(
        code=item.code,
        text=trust.statement_of(item, organisations=form.instrument.organisations),
        levels=item.levels,
        counts=None if band else counts,
        band=band,
        guess=level,
        surprise=None if level is None else _surprise(item, guess=level, counts=counts, band=band),
    )


def _added(item: Item, *, kept: list[own_results.Kept]) -> Part:
    """What several releases of a round kept, as one."""
    parts = [_part(item, one) for one in kept]
    return together(parts, items={item.code: item})[0]


def _part(item: Item, kept: own_results.Kept) -> Part:
    block = Block(name="", sectors=(), n=0)
    if isinstance(kept, Band):
        return Part(block=block, counts={}, bands={item.code: kept})
    counts = {(item.code, 0, level): people for level, people in enumerate(kept)}
    return Part(block=block, counts=counts, bands={})


def _counts(item: Item, *, part: Part) -> tuple[int, ...]:
    return tuple(part.counts.get((item.code, 0, level), 0) for level in range(len(item.levels)))


def _surprise(
    item: Item, *, guess: int, counts: tuple[int, ...], band: Band | None, limits: TrustLimits = DEFAULT_TRUST_LIMITS
) -> Surprise | None:
    """Whether the guess surely lies above or below the others' mean, whatever a band leaves open."""
    kept = BandedItem(
        code=item.code, text=item.text, short=item.short, theme="", levels=item.levels, ordered=True, reverse=False,
        counts=(None if band else counts,), missing=(None,), bands=(band,),
    )  # fmt: skip
    (reach,) = reach_by_block(kept)
    if reach.mean is None:
        return None
    if guess + 1 - reach.mean.high >= limits.surprise:
        return Surprise.BLIND_SPOT
    return Surprise.PLEASANT if reach.mean.low - guess - 1 >= limits.surprise else None
