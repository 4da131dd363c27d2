"""Where the partnership is on its road: what was found, and what everybody says of each stage."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from xsector.actions.permission import leading_round
from xsector.agenda import stage_words
from xsector.agenda.document import Row
from xsector.analysis.stage import Agreed, Pictures, Place, Said, StageView, stage_of
from xsector.model.modules.kinds import Module, Road
from xsector.model.released import Release
from xsector.reports.module_results import released_module
from xsector.reports.released import with_past
from xsector.store.accounts import Account
from xsector.store.engine import Engine, reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """One finding on the screen: what it is, what it rests on, and how sure it is."""

    title: str
    found: str
    how_sure: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StageResults:
    """The road of a partnership, this round's and those before; ``place`` is a sentence."""

    release: Release
    place: str
    findings: tuple[Words, ...]
    statements: tuple[Row, ...]
    pictures: tuple[Row, ...]
    note: str


def stage_results(engine: Engine, *, account: Account, round_id: int) -> StageResults:
    """What is released of a round's stage; RoundStateError before that, NotFoundError where it wasn't asked."""
    release = released_module(engine, account=account, round_id=round_id, module=Module.STAGE)
    with reading(engine) as session:
        facts = leading_round(session, account=account, round_id=round_id)
        release = with_past(session, facts, release=release)
    view = stage_of(release)
    if view is None:
        raise LookupError(f"round {round_id} released statements of its road that can't be read")
    return StageResults(
        release=release,
        place=f"{stage_words.place_sentence(view.place, release=release)}.",
        findings=tuple(
            Words(
                title=stage_words.hedged(one, view=view, release=release),
                found=stage_words.about(one, view=view, release=release),
                how_sure=stage_words.how_sure(one, view=view),
            )
            for one in stage_words.ordered(view)
        ),
        statements=stage_words.statements_table(view, release=release),
        pictures=stage_words.pictures_table(view, release=release),
        note=stage_words.SHARES,
    )


def stage_document(release: Release) -> dict[str, Any]:  # Any: whatever JSON holds
    """The stage as a part of the report: distributions by group, never a mean stage."""
    view = stage_of(release)
    if view is None:
        return {}
    blocks = [block.name for block in release.blocks]
    return {
        "statements": [_said(one, blocks=blocks) for one in view.statements],
        "stages": [
            {"stage": one.stage.value, "signs": _agreed(one.signs), "work": _agreed(one.work)} for one in view.stations
        ],
        "pictures": _pictures(view.pictures, blocks=blocks),
        "place": _place(view.place),
        "rounds": [{"id": one.round_id, "title": one.title, "place": _place(one.place)} for one in view.standings],
        "findings": _findings(view, blocks=blocks),
    }


def _findings(view: StageView, *, blocks: list[str]) -> list[dict[str, Any]]:
    return [
        {"finding": one.kind.value, "clear": one.clear, "about": [blocks[place] for place in one.about]}
        for one in stage_words.ordered(view)
    ]


def _said(said: Said, *, blocks: list[str]) -> dict[str, Any]:
    return {
        "code": said.code,
        "text": said.text,
        "stage": said.stage.value,
        "is_work": said.is_work,
        "agree": _agreed(said.whole),
        "cannot_judge": said.unsure,
        "counts": {name: list(counts) for name, counts in zip(blocks, said.counts, strict=True)},
        "divergence_unbiased": _number(said.divergence),
        "divergence_unbiased_by_block": {
            name: _number(one) for name, one in zip(blocks, said.divergences, strict=True)
        },
    }


def _pictures(pictures: Pictures | None, *, blocks: list[str]) -> dict[str, Any] | None:
    if pictures is None:
        return None
    item = pictures.item
    return {
        "code": item.code,
        "levels": list(item.levels),
        "counts": {name: list(counts) for name, counts in zip(blocks, item.counts, strict=True)},
        "picked": {name: pick.value if pick else None for name, pick in zip(blocks, pictures.picks, strict=True)},
        "divergence_unbiased": _number(pictures.divergence),
        "divergence_unbiased_by_block": {
            name: _number(one) for name, one in zip(blocks, pictures.divergences, strict=True)
        },
        "chance": item.chance,
    }


def _agreed(agreed: Agreed | None) -> dict[str, float] | None:
    return None if agreed is None else {"share": agreed.share, "answered": agreed.answered}


def _place(place: Place | None) -> list[Road] | None:
    """The first and the last stage where it can be; the same one twice where it is certain."""
    return None if place is None else [place.first, place.last]


def _number(value: float) -> float | None:
    return None if math.isnan(value) else value
