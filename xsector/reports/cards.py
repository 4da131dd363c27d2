"""Brainstorms on cards: for those who lead them, for each partner, and for the room's screen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from xsector.actions.brainstorming import here, may_be_seen
from xsector.actions.permission import leading_round
from xsector.errors.common import NotAllowedError, NotFoundError
from xsector.model.cards import (
    CALLING,
    FEWEST_WRITERS,
    Brainstorm,
    Card,
    Heap,
    OwnCard,
    Pile,
    Rule,
    Stage,
    ballot_mark,
    card_marks,
    heaps_of,
    piles_of,
    top_piles,
)
from xsector.model.partner import Respondent, RoundFacts
from xsector.model.theming import near_pairs, suggested
from xsector.store import brainstorms, card_drafts, ground_rules, invitations, rounds
from xsector.store.accounts import Account
from xsector.store.card_drafts import TookPart
from xsector.store.engine import Engine, Session, reading

MOST_PAIRS: Final = 20
"""Pairs that say nearly the same which a facilitator is offered at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Needed:
    """How many must have written or voted before anything of it is read."""

    people: int
    organisations: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """Everything a facilitator sees of one brainstorm; while partners write or vote, numbers alone."""

    brainstorm: Brainstorm
    written: int
    """How many cards there are."""
    took_part: TookPart
    """Who has written, or in a vote who has voted, so far."""
    needed: Needed
    cards: tuple[Card, ...]
    suggestions: Mapping[int, int]
    """The theme that a card's words suggest, by the place of each card that has none."""
    pairs: tuple[tuple[Card, Card], ...]
    """Cards that say nearly the same and lie apart."""
    rules: tuple[Rule, ...]

    @property
    def enough(self) -> bool:
        """Whether enough people took part."""
        return self.took_part.people >= self.needed.people and self.took_part.organisations >= self.needed.organisations

    @property
    def heaps(self) -> list[Heap]:
        """What the room sees, or would see, by theme."""
        return heaps_of(self.brainstorm.themes, self.cards)

    @property
    def top(self) -> list[Pile]:
        """What got dots, the most first; empty before the votes are counted."""
        return top_piles(self.cards)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnCards:
    """One brainstorm as a partner meets it: their own cards and dots, and what everybody may see."""

    brainstorm: Brainstorm
    own: tuple[OwnCard, ...]
    """Their cards, while writing goes on."""
    marked: frozenset[int]
    voted_before: bool
    """Whether they voted with an earlier link."""
    heaps: tuple[Heap, ...]
    rules: tuple[Rule, ...]
    needed: Needed


@dataclass(frozen=True, slots=True, kw_only=True)
class WallCards:
    """One brainstorm as the room sees it."""

    brainstorm: Brainstorm
    written: int
    took_part: int
    """How many wrote, or in a vote how many voted."""
    invited: int
    heaps: tuple[Heap, ...]
    top: tuple[Pile, ...]


def brainstorms_of(engine: Engine, *, account: Account, round_id: int) -> list[Brainstorm]:
    """A round's brainstorms, newest first."""
    with reading(engine) as session:
        leading_round(session, account=account, round_id=round_id)
        return brainstorms.of_round(session, round_id)


def board_of(engine: Engine, *, account: Account, round_id: int, brainstorm_id: int) -> Board:
    """One brainstorm for those who lead it; no card is in it before writing has ended."""
    with reading(engine) as session:
        round_ = leading_round(session, account=account, round_id=round_id)
        there = here(session, round_, brainstorm_id)
        cards = tuple(brainstorms.cards(session, brainstorm_id))
        return Board(
            brainstorm=there,
            written=_written(session, there, cards=cards),
            took_part=_took_part(session, there),
            needed=_needed(round_, there),
            cards=cards,
            suggestions=_suggestions(there, cards),
            pairs=_pairs(cards),
            rules=tuple(ground_rules.of_round(session, round_id)),
        )


def rules_of(engine: Engine, *, account: Account, round_id: int) -> list[Rule]:
    """The rules that a partnership gave itself in a round."""
    with reading(engine) as session:
        leading_round(session, account=account, round_id=round_id)
        return ground_rules.of_round(session, round_id)


def calling(engine: Engine, *, respondent: Respondent) -> Brainstorm | None:
    """The brainstorm in which a partner has something to write or to mark now; one cheap query."""
    with reading(engine) as session:
        found = card_drafts.of_participant(session, respondent.participant_id)
    return found if found is not None and found.stage in CALLING else None


def newest(engine: Engine, *, respondent: Respondent) -> Brainstorm | None:
    """The brainstorm that a partner's page shows; None if there was none in their rounds."""
    with reading(engine) as session:
        return card_drafts.of_participant(session, respondent.participant_id)


def mark_of(engine: Engine, *, respondent: Respondent) -> tuple[object, ...]:
    """What changes whenever a partner's page has something new to show; others' writing and voting is nothing new."""
    with reading(engine) as session:
        found = card_drafts.of_participant(session, respondent.participant_id)
        if found is None:
            return ()
        here_ = (found.id, found.stage, found.ends_at)
        if found.stage is Stage.VOTING:
            return (*here_, brainstorms.count_shown(session, found.id))
        return here_ if found.stage is Stage.WRITING else (*here_, rounds.revision(session, found.round_id))


def own_cards(engine: Engine, *, respondent: Respondent, brainstorm_id: int) -> OwnCards:
    """A partner's own cards and dots in one brainstorm, and what everybody may see of it.

    Raises
    ------
    NotAllowedError
        They are not invited to its round.
    """
    with reading(engine) as session:
        there = brainstorms.get(session, brainstorm_id)
        if not invitations.is_invited(session, round_id=there.round_id, participant_id=respondent.participant_id):
            raise NotAllowedError()
        round_ = rounds.get(session, there.round_id)
        marked = card_drafts.ballot(
            session, brainstorm_id, mark=ballot_mark(respondent.key, brainstorm_id=brainstorm_id)
        )
        voted = card_drafts.has_voted(session, brainstorm_id, participant_id=respondent.participant_id)
        marks = card_marks(respondent.key, brainstorm_id=brainstorm_id)
        return OwnCards(
            brainstorm=there,
            own=tuple(card_drafts.own(session, brainstorm_id, marks=marks)),
            marked=marked or frozenset(),
            voted_before=voted and marked is None,
            heaps=_shown(session, there),
            rules=tuple(ground_rules.of_round(session, there.round_id)),
            needed=_needed(round_, there),
        )


def cards_on_wall(engine: Engine, *, round_id: int, brainstorm_id: int) -> WallCards:
    """A brainstorm for the room's screen; the caller holds the wall's link or leads the round.

    While partners write or vote, and until the cards are released, it holds numbers and the prompt alone.
    """
    with reading(engine) as session:
        there = here(session, rounds.get(session, round_id), brainstorm_id)
        cards = tuple(brainstorms.cards(session, brainstorm_id))
        return WallCards(
            brainstorm=there,
            written=_written(session, there, cards=cards),
            took_part=_took_part(session, there).people,
            invited=len(invitations.invited(session, round_id)),
            heaps=_shown(session, there),
            top=tuple(top_piles(cards)) if there.stage is Stage.COUNTED else (),
        )


def rule_on_wall(engine: Engine, *, round_id: int, page: int) -> tuple[Rule, int]:
    """One of a round's rules for its screen, and how many there are; NotFoundError if there is none.

    The caller holds the wall's link or leads the round.
    """
    with reading(engine) as session:
        rules = ground_rules.of_round(session, round_id)
    if not rules:
        raise NotFoundError("rule")
    return rules[max(0, min(page, len(rules) - 1))], len(rules)


def _shown(session: Session, there: Brainstorm) -> tuple[Heap, ...]:
    if not may_be_seen(there):
        return ()
    return tuple(heaps_of(there.themes, brainstorms.cards(session, there.id)))


def _written(session: Session, there: Brainstorm, *, cards: tuple[Card, ...]) -> int:
    return card_drafts.count(session, there.id) if there.stage is Stage.WRITING else len(cards)


def _took_part(session: Session, there: Brainstorm) -> TookPart:
    if there.stage is Stage.WRITING:
        return card_drafts.writers(session, there.id)
    if there.stage is Stage.VOTING:
        return card_drafts.voters(session, there.id)
    return TookPart(people=there.voters if there.stage is Stage.COUNTED else there.writers, organisations=0)


def _needed(round_: RoundFacts, there: Brainstorm) -> Needed:
    people = FEWEST_WRITERS if there.stage is Stage.WRITING else round_.policy.k
    return Needed(people=people, organisations=round_.policy.m)


def _suggestions(there: Brainstorm, cards: tuple[Card, ...]) -> dict[int, int]:
    known = {theme.number for theme in there.themes}
    found = {pile.head.place: suggested(pile.head.text, there.themes)
             for pile in piles_of(cards) if pile.head.theme not in known}  # fmt: skip
    return {place: number for place, number in found.items() if number is not None}


def _pairs(cards: tuple[Card, ...]) -> tuple[tuple[Card, Card], ...]:
    # Of all cards, hidden and joined ones too: their texts never change, so they are compared once.
    heads = {pile.head.place for pile in piles_of(cards)}
    pairs = ((cards[first], cards[second]) for first, second in near_pairs([card.text for card in cards]))
    apart = [(one, other) for one, other in pairs if {one.place, other.place} <= heads]
    return tuple(apart[:MOST_PAIRS])
