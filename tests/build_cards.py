"""Brainstorms for tests: opened, written, closed, shown, voted on, one step after the other."""

from dataclasses import dataclass

from tests.build import NOW, House
from xsector.actions import brainstorming, voting_cards, writing_cards
from xsector.reports.cards import board_of, brainstorms_of

STEPS = ("writing", "sorting", "shown", "voting", "counted")
SAID = (
    "Lots of talk and no action",
    "Everybody fought over the credit",
    "Meetings were too long",
    "The meetings are too long",
    "No trust between agencies",
    "We never heard back",
    "A hidden agenda came out late",
    "Nobody listened to residents",
    "Silos everywhere",
    "The money ran out",
)


@dataclass(frozen=True, kw_only=True)
class Cards:
    """A house with a brainstorm in it."""

    house: House
    id: int

    @property
    def of(self):
        """What every action of a facilitator is given."""
        return {"account": self.house.account, "round_id": self.house.round.id, "brainstorm_id": self.id, "now": NOW}

    @property
    def board(self):
        """The board as it is now."""
        given = {name: value for name, value in self.of.items() if name != "now"}
        return board_of(self.house.engine, **given)

    def place(self, text):
        """Where the card that says *text* was dealt."""
        return next(card.place for card in self.board.cards if card.text == text)


def open_cards(house, *, text="What has NOT worked?", minutes=5, now=NOW):
    """A brainstorm in which nobody has written."""
    made = brainstorming.open_brainstorm(
        house.engine, account=house.account, round_id=house.round.id, code="V1", text=text, minutes=minutes, now=now
    )
    for who in house.people:
        writing_cards._PACE.clear(who.link_sha256)  # all of it happens at one moment
    return Cards(house=house, id=made.id)


def write(cards, who, text, *, now=NOW):
    """One person writes one card."""
    writing_cards.write_card(cards.house.engine, respondent=who, brainstorm_id=cards.id, text=text, now=now)


def mark(cards, who, places, *, now=NOW):
    """One person puts their dots."""
    writing_cards.mark_cards(cards.house.engine, respondent=who, brainstorm_id=cards.id, places=places, now=now)


def written(cards, *, people=8, said=SAID):
    """The first *people* have written a card each."""
    for who, text in zip(cards.house.people[:people], said, strict=False):
        write(cards, who, text)
    return cards


def brought_to(house, stage, *, said=SAID, people=8):
    """A brainstorm at a stage, with as many steps before it as it takes."""
    cards = open_cards(house)
    written(cards, people=people, said=said)
    steps = (
        lambda: brainstorming.close_writing(house.engine, **cards.of),
        lambda: brainstorming.release_cards(house.engine, **cards.of),
        lambda: voting_cards.open_vote(house.engine, **cards.of),
        lambda: _voted(cards),
    )
    for step in steps[: STEPS.index(stage)]:
        step()
    return cards


def standing_at(house, stage):
    """A brainstorm at a stage: the newest one if it is there, else one that is brought to it."""
    found = brainstorms_of(house.engine, account=house.account, round_id=house.round.id)
    if found and found[0].stage.value == stage:
        return Cards(house=house, id=found[0].id)
    return brought_to(house, stage)


def _voted(cards):
    shown = [card.place for card in cards.board.cards]
    for number, who in enumerate(cards.house.people[:6]):
        mark(cards, who, {shown[0], shown[1 + number % 2]})
    voting_cards.close_vote(cards.house.engine, **cards.of)
