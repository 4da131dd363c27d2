"""What comes first: what everybody and each group put first, and what stands out about it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from xsector.agenda import priority_words
from xsector.agenda.document import Row
from xsector.analysis.divergence import Split
from xsector.analysis.priorities import Given, Orders, View, Weighed, views_of
from xsector.analysis.priority_findings import Found, findings_of
from xsector.model.modules.kinds import Module, Pass
from xsector.model.modules.priorities import TEXTS
from xsector.model.released import Release
from xsector.reports.module_results import released_module
from xsector.store.accounts import Account
from xsector.store.engine import Engine


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundWords:
    """One option on the screen with what was found about it, each with how sure it is, and whether it needs talk."""

    option: str
    found: tuple[tuple[str, str], ...]
    is_urgent: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewWords:
    """One point of view on the screen: its question, sentences about it, and its tables of ranks and of points."""

    title: str
    sentences: tuple[str, ...]
    ranks: tuple[Row, ...]
    values: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorityResults:
    """The priorities of a round; ``found`` with what needs talk first, ``options`` by code.

    ``effort`` is the table of what should come first and where effort goes, empty where one wasn't asked.
    """

    release: Release
    headline: str
    found: tuple[FoundWords, ...]
    views: tuple[ViewWords, ...]
    effort: tuple[Row, ...]
    options: Mapping[str, str]
    notes: tuple[str, ...]


def priority_results(engine: Engine, *, account: Account, round_id: int) -> PriorityResults:
    """What is released of a round's priorities; RoundStateError before that."""
    release = released_module(engine, account=account, round_id=round_id, module=Module.PRIORITIES)
    views = views_of(release)
    found = findings_of(views)
    urgent = [one for one in found if one.kind in priority_words.URGENT]
    calm = [one for one in found if one.kind not in priority_words.URGENT]
    should, now = views.get(Pass.SHOULD), views.get(Pass.NOW)
    return PriorityResults(
        release=release,
        headline=priority_words.headline(views, found),
        found=(*_by_option(urgent, views=views, urgent=True), *_by_option(calm, views=views, urgent=False)),
        views=tuple(_view_words(view) for view in views.values()),
        effort=priority_words.effort_table(should, now) if should and now else (),
        options={option.code: option.text for option in should.ranked()} if should else {},
        notes=(priority_words.AVERAGES, priority_words.SPREAD_NOTE),
    )


def priorities_document(release: Release) -> dict[str, Any]:  # Any: whatever JSON holds
    """The priorities as a part of the report: every point of view, and what stands out."""
    views = views_of(release)
    return {
        "views": {point.value: _view_document(view) for point, view in views.items()},
        "findings": [_found_document(one, views=views) for one in findings_of(views)],
    }


def _by_option(found: Sequence[Found], *, views: Mapping[Pass, View], urgent: bool) -> Iterator[FoundWords]:
    """What was found, option by option, in the order in which each turns up first."""
    for code in dict.fromkeys(one.option for one in found):
        told = tuple(
            (priority_words.about(one, views=views), priority_words.how_sure(one, views=views))
            for one in found
            if one.option == code
        )
        yield FoundWords(option=views[Pass.SHOULD].option(code).text, found=told, is_urgent=urgent)


def _view_words(view: View) -> ViewWords:
    said = (
        priority_words.answered_sentence(view),
        priority_words.apart_sentence(view),
        priority_words.voices_sentence(view),
        priority_words.order_sentence(view),
    )
    return ViewWords(
        title=TEXTS[view.point],
        sentences=tuple(sentence for sentence in said if sentence),
        ranks=priority_words.ranks_table(view),
        values=priority_words.values_table(view),
    )


def _view_document(view: View) -> dict[str, Any]:  # Any: whatever JSON holds
    return {
        "mode": view.mode.value,
        "answered": view.answered,
        "options": [_option_document(option, view=view) for option in view.ranked()],
        "divergence": _split_document(view.apart),
        "orders": None if view.orders is None else _orders_document(view.orders, options=view.options),
    }


def _option_document(option: Weighed, *, view: View) -> dict[str, Any]:  # Any: whatever JSON holds
    return {
        "code": option.code,
        "text": option.text,
        "everybody": _given_document(option.everybody),
        "groups": {block.name: _given_document(given) for block, given in zip(view.groups, option.groups, strict=True)},
        "one_sector_one_voice": {
            "mean": _number(option.voices),
            "value": _number(option.voices_value),
            "rank": option.voices_rank if view.groups else None,
        },
        "chance": option.chance,
    }


def _given_document(given: Given) -> dict[str, Any]:  # Any: whatever JSON holds
    return {"n": given.people, **{name: value for name, value in asdict(given).items() if name != "people"}}


def _split_document(split: Split) -> dict[str, float | None]:
    names = ("total", "within", "between", "total_unbiased", "between_unbiased", "share_adj")
    return {name: _number(float(getattr(split, name))) for name in names}


def _orders_document(orders: Orders, *, options: Sequence[Weighed]) -> dict[str, Any]:  # Any: whatever JSON holds
    codes = [option.code for option in options]
    return {
        "borda": [codes[place] for place in orders.borda],
        "borda_points": dict(zip(codes, orders.borda_points, strict=True)),
        "kemeny": [[codes[place] for place in order] for order in orders.kemeny],
        "kendall_w": [_number(end) for end in orders.concordance],
        "pair_divergence": _split_document(orders.apart),
    }


def _found_document(found: Found, *, views: Mapping[Pass, View]) -> dict[str, Any]:  # Any: whatever JSON holds
    # Only findings about people's own organisations name groups of that point of view.
    view = views[Pass.OWN if found.other else Pass.SHOULD]
    return {
        "finding": found.kind.value,
        "option": found.option,
        "other": found.other or None,
        "groups": [view.groups[place].name for place in found.groups],
        "more": _number(found.more),
        "less": _number(found.less),
        "everybody": found.everybody,
        "clear": found.clear,
    }


def _number(value: float) -> float | None:
    return None if math.isnan(value) else value
