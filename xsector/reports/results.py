"""Where sectors differ: a release, its findings, and what to say about each."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any, Final

import pandas as pd

from xsector.actions.permission import leading_round
from xsector.agenda import certainty, rough, wording
from xsector.agenda.document import Row
from xsector.agenda.firm import with_firm
from xsector.analysis import findings as analysed
from xsector.analysis.banded import Reach, reach_by_block, reach_of_everybody
from xsector.analysis.missing import dark_findings
from xsector.errors.rounds import RoundStateError
from xsector.model import columns
from xsector.model.instrument import Kind
from xsector.model.modules.kinds import Module
from xsector.model.poles import poles
from xsector.model.released import WITHHELD, BandedItem, Release, ReleasedItem
from xsector.reports.felt import EMPTY, felt_document
from xsector.reports.guesses import guesses_document
from xsector.reports.module_results import modules_in
from xsector.reports.priorities import priorities_document
from xsector.reports.released import inside, release_in, release_with_past
from xsector.reports.roles import roles_document
from xsector.reports.rounds import round_
from xsector.reports.stage import stage_document
from xsector.reports.trust import trust_document
from xsector.reports.turnout import turnout
from xsector.store.accounts import Account
from xsector.store.engine import Engine, reading

ROUGH: Final = (
    "This question is about trust, so where nearly everybody in a group answers in one way, only “at least so many” "
    "is kept: nobody's own answer can be worked out, not even by somebody in the group. So we know only between which "
    "two ends a figure lies; no gap or chance is computed."
)
ROUGH_IN_SHORT: Final = "A question about trust: where nearly all agree, only “at least so many” is kept."


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemWords:
    """What to say about one question."""

    headline: str
    how_sure: str
    based_on: str
    wall_note: str
    """How sure, on how many answers, and who is hidden: as much as a wall can hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """A release and what it means.

    ``findings`` has a row per question, ranked; ``means`` the mean position per question and
    block; ``firm`` tells which gaps stand out from chance; ``dark`` the share that can't judge.
    """

    release: Release
    findings: pd.DataFrame
    means: pd.DataFrame
    dark: pd.DataFrame
    themes: pd.DataFrame
    headline: str
    hidden: str
    weighting: str

    @property
    def modules(self) -> tuple[Module, ...]:
        """The modules of which something is released."""
        return modules_in(self.release)

    @property
    def based_on(self) -> str:
        """How many of those who answered are in the blocks that are shown."""
        shown = sum(block.n for block in self.release.blocks)
        return f"Based on {shown:,} of {self.release.answered:,} who answered."

    @property
    def wall_note(self) -> str:
        """How many answered, and who is hidden."""
        return _joined(f"{self.release.answered:,} of {self.release.invited:,} people answered.", self.hidden)

    def item(self, code: str) -> ReleasedItem:
        """The released item with this code; LookupError if it isn't released."""
        for item in self.release.items:
            if item.code == code:
                return item
        raise LookupError(f"round {self.release.round_id} released no item {code!r}")

    def words(self, code: str) -> ItemWords:
        """What to say about one question."""
        if code in {item.code for item in self.release.banded}:
            return self._rough_words(code)
        item, row = self.item(code), wording.row_of(self.findings, code=code)
        return ItemWords(
            headline=wording.headline(row, item=item, release=self.release),
            how_sure=certainty.how_sure(row, item=item, release=self.release),
            based_on=certainty.based_on(self.release, item=item),
            wall_note=_joined(certainty.sure_in_short(row, item=item, release=self.release),
                              certainty.based_on(self.release, item=item), self.hidden),
        )  # fmt: skip

    def _rough_words(self, code: str) -> ItemWords:
        item = self._rough_item(code)
        return ItemWords(
            headline=f"“{item.text.rstrip('.')}”",
            how_sure=_joined(rough.apart_sentences(item), ROUGH),
            based_on=certainty.round_based_on(self.release),
            wall_note=_joined(ROUGH_IN_SHORT, self.hidden),
        )

    def rough_table(self, code: str) -> tuple[Row, ...]:
        """What is kept of each group's answers to a sensitive question, and what follows from it; heads first."""
        return rough.rough_table(self._rough_item(code), release=self.release)

    def _rough_item(self, code: str) -> BandedItem:
        return next(item for item in self.release.banded if item.code == code)

    def counts(self, code: str) -> pd.DataFrame:
        """One question's counts: a row per block, a column per level."""
        return analysed.item_counts(self.release, code)

    def ranked(self) -> list[str]:
        """The codes of the ranked questions on ordered scales, most divided first."""
        ordered = {item.code for item in self.release.items if item.ordered and item.kind is not Kind.CHOICES}
        rows = self.findings[self.findings[columns.RANK].notna()]
        return [code for code in rows.index if code in ordered]


def _joined(*sentences: str) -> str:
    return " ".join(sentence for sentence in sentences if sentence)


def results(engine: Engine, *, account: Account, round_id: int, sectors: frozenset[str] = frozenset()) -> Results:
    """What is released of a round; of *sectors* only, where some are named: of the blocks wholly inside them.

    Raises
    ------
    RoundStateError
        Nothing is revealed yet.
    """
    with reading(engine) as session:
        facts = leading_round(session, account=account, round_id=round_id)
        release = inside(session, facts, sectors=sectors) if sectors else release_in(session, facts)
    if release is None:
        raise RoundStateError(facts.title, facts.state, "looked at")
    return results_of(release)


def results_of(release: Release) -> Results:
    """The findings of a release."""
    found = analysed.item_findings(release)
    return Results(
        release=release,
        findings=with_firm(found, release=release),
        means=analysed.block_means(release),
        dark=dark_findings(release),
        themes=analysed.theme_findings(release),
        headline=wording.overview_headline(found, release=release),
        hidden=certainty.hidden_note(release),
        weighting=certainty.weighting_note(release),
    )


def report_document(engine: Engine, *, account: Account, round_id: int) -> dict[str, Any]:
    """A round's report as one JSON-able document; before the reveal it holds no items.

    Numbers are unrounded, whatever is undefined is None, items stand by rank.
    """
    release = release_with_past(engine, account=account, round_id=round_id)
    if release is None:
        return _document_before(engine, account=account, round_id=round_id)
    found = results_of(release)
    blocks = [block.name for block in release.blocks]
    policy = release.policy
    return {
        "round": {"id": release.round_id, "title": release.title, "state": release.state.value},
        "policy": {"k": policy.k, "m": policy.m, "t": policy.t, "tier": policy.tier.value},
        "answered": release.answered,
        "invited": release.invited,
        "blocks": [{"name": one.name, "sectors": list(one.sectors), "n": one.n} for one in release.blocks],
        "hidden": [{"sector": one.sector, "label": one.label, "reason": one.reason} for one in release.hidden],
        "held": list(release.held),
        "items": [
            _item_document(found.item(str(code)), row=row, blocks=blocks, dark=found.dark)
            for code, row in found.findings.iterrows()
        ],
        "banded": [_banded_document(item, blocks=blocks) for item in release.banded],
        "themes": [
            {"theme": str(code), **{str(name): _plain(value) for name, value in row.items()}}
            for code, row in found.themes.iterrows()
        ],
        **{module.value: _MODULES[module](release) for module in modules_in(release) if module in _MODULES},
        **felt_document(engine, account=account, round_id=round_id),
    }


_MODULES: Final[dict[Module, Callable[[Release], dict[str, Any]]]] = {  # Any: whatever JSON holds
    Module.ROLES: roles_document,
    Module.STAGE: stage_document,
    Module.GUESSES: guesses_document,
    Module.PRIORITIES: priorities_document,
    Module.TRUST: trust_document,
}


def _document_before(engine: Engine, *, account: Account, round_id: int) -> dict[str, Any]:
    facts = round_(engine, account=account, round_id=round_id)
    there = turnout(engine, account=account, round_id=round_id)
    policy = facts.policy
    return {
        "round": {"id": facts.id, "title": facts.title, "state": facts.state.value},
        "policy": {"k": policy.k, "m": policy.m, "t": policy.t, "tier": policy.tier.value},
        "answered": there.answered,
        "invited": there.invited,
        "blocks": [],
        "hidden": [],
        "held": [],
        "items": [],
        "banded": [],
        "themes": [],
        **EMPTY,
    }


def _item_document(item: ReleasedItem, *, row: pd.Series, blocks: list[str], dark: pd.DataFrame) -> dict[str, Any]:
    low, high = _plain(row[columns.GAP_LOW]), _plain(row[columns.GAP_HIGH])
    interval = [_plain(row[columns.SHARE_LOW]), _plain(row[columns.SHARE_HIGH])]
    return {
        "code": item.code,
        "text": item.text,
        "kind": item.kind.value,
        "levels": list(item.levels),
        "n": _plain(row[columns.ANSWERS]),
        "missing": {
            name: sum(getattr(one, name) for one in item.missing)
            for name in (columns.SKIPPED, columns.CANNOT_JUDGE, columns.NOT_APPLICABLE)
        },
        "counts": {block: list(counts) for block, counts in zip(blocks, item.counts, strict=True)},
        "divergence": _plain(row[columns.DIVERGENCE]),
        "divergence_unbiased": _plain(row[columns.DIVERGENCE_UNBIASED]),
        "divergence_bounds": [_plain(row[columns.DIVERGENCE_LOWEST]), _plain(row[columns.DIVERGENCE_HIGHEST])],
        "within": _plain(row[columns.WITHIN]),
        "between": _plain(row[columns.BETWEEN]),
        "between_share": _plain(row[columns.BETWEEN_SHARE]),
        "between_share_interval": None if None in interval else interval,
        "pattern": _plain(row[columns.PATTERN]),
        "gap_steps": _plain(row[columns.GAP_STEPS]),
        "gap_between": None if low is None or high is None else [low, high],
        "chance": _plain(row[columns.CHANCE]),
        "top_five": _plain(row[columns.TOP_FIVE]),
        "rank": _whole(row[columns.RANK]),
        "cannot_judge_share": {block: _plain(dark.loc[item.code, block]) for block in blocks},
        "one_sector_one_voice": {
            "divergence": _plain(row[columns.SECTOR_DIVERGENCE]),
            "between": _plain(row[columns.SECTOR_BETWEEN]),
            "between_share": _plain(row[columns.SECTOR_SHARE]),
        },
    }


def _banded_document(item: BandedItem, *, blocks: list[str]) -> dict[str, Any]:
    """A sensitive item: per block its counts, or at least so many of its people at some levels (none: no answer)."""
    parts = poles(len(item.levels), ordered=item.ordered)
    found: dict[str, Any] = {}
    for block, counts, band in zip(blocks, item.counts, item.bands, strict=True):
        if band is None:
            found[block] = {"counts": list(counts or ())}
        elif band.pole == WITHHELD:
            found[block] = None
        else:
            levels = [level for level in sorted(parts[band.pole]) if level < len(item.levels)]
            found[block] = {"at_least": band.at_least, "of": band.people, "levels": levels}
    everybody = reach_of_everybody(item)
    return {
        "code": item.code,
        "text": item.text,
        "levels": list(item.levels),
        "reading": rough.apart_reading(everybody),
        **_reach_document(everybody),
        "blocks": found,
        "reach": {block: _reach_document(one) for block, one in zip(blocks, reach_by_block(item), strict=True)},
    }


def _reach_document(reach: Reach) -> dict[str, Any]:
    """The two ends of D and of the mean position, 1 for the lowest level; None where there are none."""
    return {
        "D": None if reach.divergence is None else asdict(reach.divergence),
        "mean": None if reach.mean is None else asdict(reach.mean),
    }


def _whole(value: float) -> int | None:
    return None if math.isnan(value) else int(value)


def _plain(value: Any) -> Any:  # Any: a cell of a frame may hold numbers of several kinds, text or nothing
    """A frame's cell as JSON has it: undefined is None, whole numbers are int."""
    if value is None or value is pd.NA:
        return None
    if isinstance(value, str):
        return str(value)
    number = float(value)
    if math.isnan(number):
        return None
    return int(number) if number.is_integer() and not isinstance(value, float) else number
