"""The facilitator reads the cards, hides those with names, and sorts the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from xsector.actions.brainstorming import here, staged, tell
from xsector.actions.permission import leading_round_for_change
from xsector.errors.cards import ThemesError
from xsector.errors.common import NotFoundError
from xsector.model.cards import (
    LONGEST_KEYWORD,
    LONGEST_THEME,
    MOST_KEYWORDS,
    MOST_THEMES,
    Brainstorm,
    Card,
    Stage,
    Theme,
)
from xsector.model.names import clean_line, name_key
from xsector.model.partner import RoundFacts
from xsector.model.theming import suggested
from xsector.store import brainstorms, card_drafts, rounds
from xsector.store.accounts import Account
from xsector.store.engine import Engine, Session, forget_log, writing

_BEFORE_THE_VOTE = frozenset({Stage.SORTING, Stage.SHOWN})
_READ = frozenset({Stage.SORTING, Stage.SHOWN, Stage.VOTING, Stage.COUNTED})


def assign(
    engine: Engine, *, account: Account, round_id: int, brainstorm_id: int, themes: Mapping[int, int | None],
    now: datetime,
) -> None:  # fmt: skip
    """Put cards, by their place, under themes, by their number; under None they have no theme."""
    with writing(engine) as session:
        round_, there = _sortable(session, account=account, round_id=round_id, brainstorm_id=brainstorm_id)
        known = {theme.number for theme in there.themes}
        for place, number in themes.items():
            if number is not None and number not in known:
                raise NotFoundError("theme")
            brainstorms.change_card(session, brainstorm_id, place=place, theme=number)
        rounds.bump(session, round_.id)


def assign_suggested(engine: Engine, *, account: Account, round_id: int, brainstorm_id: int, now: datetime) -> int:
    """Put every card without a theme where its words suggest; returns how many that were."""
    with writing(engine) as session:
        round_, there = _sortable(session, account=account, round_id=round_id, brainstorm_id=brainstorm_id)
        moved = 0
        for card in brainstorms.cards(session, brainstorm_id):
            number = suggested(card.text, there.themes) if card.theme is None and not card.hidden else None
            if number is not None:
                brainstorms.change_card(session, brainstorm_id, place=card.place, theme=number)
                moved += 1
        rounds.bump(session, round_.id)
        return moved


def hide(
    engine: Engine, *, account: Account, round_id: int, brainstorm_id: int, place: int, hidden: bool, now: datetime
) -> None:
    """Keep a card from the room, with those that lie under it, or let it be seen again.

    While a vote goes on, whoever marked it gets that dot back.
    """
    with writing(engine) as session:
        round_ = leading_round_for_change(session, account=account, round_id=round_id)
        there = staged(session, round_, brainstorm_id, stages=_READ, what="Hiding a card")
        brainstorms.change_card(session, brainstorm_id, place=place, hidden=hidden)
        if hidden and there.stage is Stage.VOTING:
            card_drafts.give_back_dots(session, brainstorm_id, places=[place])
        tell(session, round_, actor=account.name, action="card hidden" if hidden else "card unhidden", now=now)


def delete_card(
    engine: Engine, *, account: Account, round_id: int, brainstorm_id: int, place: int, now: datetime
) -> None:
    """Delete a card for good, as its author or somebody whom it hurts may ask."""
    with writing(engine) as session:
        round_ = leading_round_for_change(session, account=account, round_id=round_id)
        staged(session, round_, brainstorm_id, stages=_READ, what="Deleting a card")
        card_drafts.give_back_dots(session, brainstorm_id, places=[place])
        brainstorms.remove_card(session, brainstorm_id, place=place)
        tell(session, round_, actor=account.name, action="card deleted", now=now)
    forget_log(engine)


def join(
    engine: Engine, *, account: Account, round_id: int, brainstorm_id: int, place: int, head: int, now: datetime
) -> None:
    """Let the card at *head* stand for the one at *place* too, which says the same."""
    with writing(engine) as session:
        round_, _ = _sortable(session, account=account, round_id=round_id, brainstorm_id=brainstorm_id)
        cards = {card.place: card for card in brainstorms.cards(session, brainstorm_id)}
        if place not in cards or head not in cards:
            raise NotFoundError("card")
        top = _head_of(cards, head)
        if top != _head_of(cards, place):
            brainstorms.move_under(session, brainstorm_id, place=_head_of(cards, place), head=top)
        rounds.bump(session, round_.id)


def take_apart(
    engine: Engine, *, account: Account, round_id: int, brainstorm_id: int, place: int, now: datetime
) -> None:
    """Let all cards under the one at *place* stand for themselves again."""
    with writing(engine) as session:
        round_, _ = _sortable(session, account=account, round_id=round_id, brainstorm_id=brainstorm_id)
        for card in brainstorms.cards(session, brainstorm_id):
            if card.under == place:
                brainstorms.change_card(session, brainstorm_id, place=card.place, under=None)
        rounds.bump(session, round_.id)


def word_theme(
    engine: Engine, *, account: Account, round_id: int, brainstorm_id: int, number: int, label: str,
    keywords: Sequence[str], now: datetime,
) -> None:  # fmt: skip
    """Give a theme another name and other keywords.

    Raises
    ------
    ThemesError, UnusableTextError
    """
    with writing(engine) as session:
        round_, there = _themed(session, account=account, round_id=round_id, brainstorm_id=brainstorm_id)
        changed = _worded(Theme(number=number, label=label), label=label, keywords=keywords)
        if number not in {theme.number for theme in there.themes}:
            raise NotFoundError("theme")
        _refuse_twin(there.themes, changed)
        themes = [changed if theme.number == number else theme for theme in there.themes]
        brainstorms.set_themes(session, brainstorm_id, themes=themes)
        rounds.bump(session, round_.id)


def add_theme(
    engine: Engine, *, account: Account, round_id: int, brainstorm_id: int, label: str, now: datetime
) -> None:
    """One more theme, without keywords; ThemesError if there are enough or one has that name."""
    with writing(engine) as session:
        round_, there = _themed(session, account=account, round_id=round_id, brainstorm_id=brainstorm_id)
        if len(there.themes) >= MOST_THEMES:
            raise ThemesError(f"There are {MOST_THEMES} themes already.", remedy="Merge two of them first.")
        number = 1 + max((theme.number for theme in there.themes), default=0)
        made = _worded(Theme(number=number, label=label), label=label, keywords=())
        _refuse_twin(there.themes, made)
        brainstorms.set_themes(session, brainstorm_id, themes=[*there.themes, made])
        rounds.bump(session, round_.id)


def merge_themes(
    engine: Engine, *, account: Account, round_id: int, brainstorm_id: int, number: int, into: int, now: datetime
) -> None:
    """Put all cards of one theme under another, which takes its keywords too."""
    with writing(engine) as session:
        round_, there = _themed(session, account=account, round_id=round_id, brainstorm_id=brainstorm_id)
        known = {theme.number: theme for theme in there.themes}
        if number == into or number not in known or into not in known:
            raise NotFoundError("theme")
        keywords = tuple(dict.fromkeys((*known[into].keywords, *known[number].keywords)))[:MOST_KEYWORDS]
        for card in brainstorms.cards(session, brainstorm_id):
            if card.theme == number:
                brainstorms.change_card(session, brainstorm_id, place=card.place, theme=into)
        left = [replace(theme, keywords=keywords) if theme.number == into else theme for theme in there.themes]
        brainstorms.set_themes(session, brainstorm_id, themes=[theme for theme in left if theme.number != number])
        rounds.bump(session, round_.id)


def _sortable(
    session: Session, *, account: Account, round_id: int, brainstorm_id: int
) -> tuple[RoundFacts, Brainstorm]:
    round_ = leading_round_for_change(session, account=account, round_id=round_id)
    return round_, staged(session, round_, brainstorm_id, stages=_BEFORE_THE_VOTE, what="Sorting")


def _themed(session: Session, *, account: Account, round_id: int, brainstorm_id: int) -> tuple[RoundFacts, Brainstorm]:
    """Themes may be named anew at any time."""
    round_ = leading_round_for_change(session, account=account, round_id=round_id)
    return round_, here(session, round_, brainstorm_id)


def _head_of(cards: Mapping[int, Card], place: int) -> int:
    under = cards[place].under
    return place if under is None else under


def _worded(theme: Theme, *, label: str, keywords: Sequence[str]) -> Theme:
    clean = [clean_line(one, longest=LONGEST_KEYWORD, what="keyword") for one in keywords if one.strip()]
    if len(clean) > MOST_KEYWORDS:
        raise ThemesError(f"A theme has at most {MOST_KEYWORDS} keywords.", remedy="Leave some out.")
    return replace(
        theme, label=clean_line(label, longest=LONGEST_THEME, what="name of the theme"), keywords=tuple(clean)
    )


def _refuse_twin(themes: Sequence[Theme], changed: Theme) -> None:
    if any(one.number != changed.number and name_key(one.label) == name_key(changed.label) for one in themes):
        raise ThemesError(
            f"There is a theme “{changed.label}” already.", remedy="Merge the two, or choose another name."
        )
