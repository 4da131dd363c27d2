"""The facilitator's desk for one brainstorm: what stands on the page at each stage."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import streamlit as st

from xsector.model.cards import Pile, Stage
from xsector.ui import cards_view, rules_view, sorting_board, themes_form
from xsector.ui.cards_view import Board


class OnWall(Protocol):
    """What the wall shows now."""

    @property
    def view(self) -> str: ...
    @property
    def item(self) -> str | None: ...
    @property
    def page(self) -> int: ...
    @property
    def dark(self) -> bool: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Doors:
    """What the desk does; each call checks anew who is asking."""

    read: Callable[[], Board]
    more: Callable[[], object]
    step: Mapping[Stage, Callable[[], object]]
    """What leads on from a stage, and what leads back."""
    back: Mapping[Stage, Callable[[], object]]
    sort: Callable[..., Any]
    """Takes the name of something that is done to cards or themes, and what it is given."""
    rule: Callable[..., Any]
    show_cards: Callable[..., object]
    show_rules: Callable[..., object]
    drop: Callable[[], object]


def show(board: Board, *, on_wall: OnWall, pages: int, do: Doors) -> None:
    """Show what there is to do now."""
    stage = board.brainstorm.stage
    if stage is Stage.WRITING:
        cards_view.writing(board, read=do.read, more=do.more, end=do.step[stage])
    elif stage is Stage.VOTING:
        cards_view.voting(board, read=do.read, count=do.step[stage], cancel=do.back[stage])
    _wall(board, on_wall=on_wall, pages=pages, do=do)
    if stage is Stage.COUNTED:
        cards_view.top(board)
    if stage in {Stage.SHOWN, Stage.COUNTED} or board.rules:
        _rules(board, on_wall=on_wall, do=do)
    if stage is not Stage.WRITING:
        _cards(board, do=do)
    if stage is Stage.SORTING:
        cards_view.releasing(board, release=do.step[stage])
    cards_view.throwing_away(board, drop=do.drop)


def _wall(board: Board, *, on_wall: OnWall, pages: int, do: Doors) -> None:
    """Which page of the brainstorm is on the wall, and what comes next."""
    stage, mine = board.brainstorm.stage, (on_wall.view, on_wall.item) == ("cards", str(board.brainstorm.id))
    cards_view.on_wall(
        pages=pages,
        page=on_wall.page if mine else None,
        show=lambda page: do.show_cards(page=page, dark=on_wall.dark),
        label="Show it on the wall",
        key="cards",
    )
    if stage is Stage.SHOWN:
        cards_view.before_the_vote(vote=do.step[stage], back=do.back[stage])


def _cards(board: Board, *, do: Doors) -> None:
    stage = board.brainstorm.stage
    st.subheader("The cards", anchor=False)
    if stage in {Stage.SORTING, Stage.SHOWN}:
        cards_view.reading(
            board,
            suggest=lambda: do.sort("assign_suggested"),
            join=lambda place, head: do.sort("join", place=place, head=head),
        )
    themes_form.themes_form(
        board.brainstorm.themes,
        word=lambda number, label, words: do.sort("word_theme", number=number, label=label, keywords=words),
        add=lambda label: do.sort("add_theme", label=label),
        merge=lambda number, into: do.sort("merge_themes", number=number, into=into),
    )
    sorting_board.sorting_board(
        [board],
        read=do.read,
        moves={
            "assign": lambda place, to: do.sort("assign", themes={place: to}),
            "hide": lambda place, _: do.sort("hide", place=place, hidden=True),
            "unhide": lambda place, _: do.sort("hide", place=place, hidden=False),
            "join": lambda place, to: do.sort("join", place=place, head=to or 0),
            "apart": lambda place, _: do.sort("take_apart", place=place),
        },
    )
    cards_view.deleting(board, delete=lambda place: do.sort("delete_card", place=place))


def _rules(board: Board, *, on_wall: OnWall, do: Doors) -> None:
    if board.brainstorm.stage in {Stage.SHOWN, Stage.COUNTED}:
        rules_view.writing_rules(
            _by_weight(board),
            add=lambda text, place: do.rule(
                "add_rule", text=text, place=place, brainstorm_id=board.brainstorm.id if place else None
            ),
        )
    rules_view.kept_rules(
        board.rules,
        on_wall=on_wall.page if on_wall.view == "rules" else None,
        show=lambda page: do.show_rules(page=page, dark=on_wall.dark),
        word=lambda number, text: do.rule("word_rule", number=number, text=text),
        delete=lambda number: do.rule("delete_rule", number=number),
    )


def _by_weight(board: Board) -> list[Pile]:
    """All piles, those with dots first, then the largest."""
    rest = [pile for heap in board.heaps for pile in heap.piles if not pile.head.dots]
    return [*board.top, *sorted(rest, key=lambda pile: -pile.count)]
