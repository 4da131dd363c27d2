"""What a tier costs: which sectors would not be shown by name, decided on membership alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xsector.actions.membership import planned_if_all_agree
from xsector.actions.permission import leading, leading_round
from xsector.errors.rounds import RoundStateError, ShownBeforeError
from xsector.model.partner import Participant
from xsector.model.phrases import counted, listed
from xsector.model.policy import Policy, Tier
from xsector.model.released import Block, Hidden
from xsector.model.round import State
from xsector.model.sector import Sector
from xsector.release.plan import Cell, Plan, plan
from xsector.store import rosters
from xsector.store.accounts import Account
from xsector.store.engine import Engine, reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """What would be shown of so many people, in one sentence and in detail."""

    people: int
    sentence: str
    blocks: tuple[Block, ...]
    hidden: tuple[Hidden, ...]
    if_all_agree: bool
    """Whether some organisation is large enough to be named, so that all this holds only if everybody agrees."""


def price(engine: Engine, *, account: Account, partnership_id: int, policy: Policy) -> Price:
    """What *policy* would show if everybody on the roster answered."""
    with reading(engine) as session:
        partnership = leading(session, account=account, partnership_id=partnership_id)
        people = rosters.everyone(session, partnership_id=partnership_id)
    names = {one.organisation_id: one.organisation for one in people}
    return priced(_cells(people, policy=policy), sectors=partnership.sectors, policy=policy, names=names)


def preview(engine: Engine, *, account: Account, round_id: int) -> Price:
    """What a reveal would show now, or what adding late answers would, as if everybody agreed to be named.

    Neither answers nor consents are looked at.

    Raises
    ------
    RoundStateError
        The round is over.
    ShownBeforeError
        It was shown in a database that an older backup has replaced.
    """
    with reading(engine) as session:
        round_ = leading_round(session, account=account, round_id=round_id)
        if round_.over and round_.state is State.CLOSED:
            raise ShownBeforeError(round_.title)
        if round_.state is State.ARCHIVED or round_.over:
            raise RoundStateError(round_.title, round_.state, "previewed")
        planned, cells = planned_if_all_agree(session, round_)
    return _priced(planned, cells=cells, policy=round_.policy)


def priced(
    cells: Sequence[Cell], *, sectors: Sequence[Sector], policy: Policy, names: Mapping[int, str] | None = None
) -> Price:
    """The plan for *cells* with its sentence; *names* are those of organisations."""
    return _priced(plan(cells, sectors=sectors, policy=policy, names=names), cells=cells, policy=policy)


def _priced(planned: Plan, *, cells: Sequence[Cell], policy: Policy) -> Price:
    return Price(
        people=sum(cell.people for cell in cells),
        sentence=_sentence(cells, planned, policy=policy),
        blocks=planned.blocks,
        hidden=planned.hidden,
        if_all_agree=any(cell.named is not None for cell in cells),
    )


def _cells(people: Sequence[Participant], *, policy: Policy) -> list[Cell]:
    """Everybody on the roster by sector; by organisation where it may be named and is large enough."""
    sizes = Counter(one.organisation_id for one in people)
    by_name = policy.tier is Tier.BY_ORGANISATION
    groups: dict[tuple[str, int | None], list[int]] = {}
    for one in people:
        named = one.organisation_id if by_name and sizes[one.organisation_id] >= policy.k else None
        groups.setdefault((one.sector, named), []).append(one.organisation_id)
    return [
        Cell(sector=sector, named=named, people=len(there), organisations=frozenset(there))
        for (sector, named), there in groups.items()
    ]


def _sentence(cells: Sequence[Cell], planned: Plan, *, policy: Policy) -> str:
    people, sectors = sum(cell.people for cell in cells), len({cell.sector for cell in cells})
    who = f"{counted(people, 'person', 'people')} in {counted(sectors, 'sector', 'sectors')}"
    start = f"{who}, groups of at least {policy.k}: "
    if not planned.blocks:
        return start + "too few for anything to be shown."
    named = sum(block.organisation is not None for block in planned.blocks)
    if named:
        return start + f"if all agree, {counted(named, 'organisation', 'organisations')} would be shown by name."
    combined = next((block for block in planned.blocks if len(block.sectors) > 1), None)
    if combined is None:
        return start + "every sector would be shown under its own name."
    names = listed([one.label for one in planned.hidden])
    how = "as one group" if len(planned.blocks) == 1 else "together as one combined group"
    return start + f"{names} would be shown {how}."
