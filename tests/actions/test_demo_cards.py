"""The demo's brainstorm: finished, sorted, voted on, and as little traced to anybody as any other."""

import re

import yaml
from sqlalchemy import func, select

from tests.build import NOW
from xsector.actions.demonstrating import make_demo
from xsector.actions.joining import respondent_of
from xsector.actions.permission import OPERATOR
from xsector.model.cards import DOTS, LONGEST_CARD, Stage
from xsector.reports.cards import board_of, brainstorms_of, calling, cards_on_wall, newest, own_cards, rules_of
from xsector.reports.wall import wall_state
from xsector.settings import DATA
from xsector.store.engine import reading
from xsector.store.tables import BallotRow, CardDraftRow

FACTS = yaml.safe_load((DATA / "demo" / "cards.yaml").read_text(encoding="utf-8"))
PARTNERSHIP = yaml.safe_load((DATA / "demo" / "partnership.yaml").read_text(encoding="utf-8"))
HIDDEN = [card["text"] for card in FACTS["cards"] if card.get("hidden")]


def test_the_demo_has_a_finished_brainstorm_with_rules(engine):
    demo = make_demo(engine, people=40, seed=7, rounds=2, now=NOW)
    of = {"account": OPERATOR, "round_id": demo.rounds[0].id}

    (one,) = brainstorms_of(engine, **of)
    board = board_of(engine, **of, brainstorm_id=one.id)
    room = cards_on_wall(engine, round_id=demo.rounds[0].id, brainstorm_id=one.id)

    assert board.brainstorm.stage is Stage.COUNTED
    assert (board.brainstorm.writers, board.brainstorm.voters) == (FACTS["writers"], FACTS["voters"])
    assert len(board.cards) == len(FACTS["cards"])
    assert board.suggestions == {}, "every card lies under a theme"
    assert [(heap.label, heap.count) for heap in room.heaps[:2]] == [("Lip service", 5), ("Turf", 4)]
    assert "Left out" in {heap.label for heap in room.heaps}
    assert sum(pile.head.dots for pile in room.top) == DOTS * FACTS["voters"]
    assert room.top[0].head.text == "Promises without a name and without a date."
    assert [(rule.sentence, rule.because) for rule in rules_of(engine, **of)] == [
        (f"In this partnership we will {rule['text']}.", rule["card"]) for rule in FACTS["rules"]
    ]
    assert wall_state(engine, round_id=demo.rounds[0].id).view == "overview", "the reveal came after the cards"
    nobody_can_be_traced(engine, demo, one, room)


def nobody_can_be_traced(engine, demo, one, room):
    """Nothing leads from a card or a dot to anybody, and the card with a name is read by no partner."""
    with reading(engine) as session:
        assert [session.scalar(select(func.count()).select_from(row)) for row in (CardDraftRow, BallotRow)] == [0, 0]
    read = [card.text for heap in room.heaps for pile in heap.piles for card in (pile.head, *pile.under)]
    assert sorted([*read, *HIDDEN]) == sorted(card["text"] for card in FACTS["cards"])
    partner = respondent_of(engine, token=demo.partner_tokens[0][1])
    own = own_cards(engine, respondent=partner, brainstorm_id=one.id)
    assert calling(engine, respondent=partner) is None
    assert newest(engine, respondent=partner) == one
    assert [card.text for heap in own.heaps for pile in heap.piles for card in (pile.head, *pile.under)] == read
    assert own.own == ()


def test_where_few_answer_there_are_no_cards(engine):
    demo = make_demo(engine, people=8, seed=7, rounds=1, now=NOW)

    assert brainstorms_of(engine, account=OPERATOR, round_id=demo.rounds[0].id) == []


def test_no_card_that_is_shown_names_anybody_or_any_organisation():
    names = {one["name"] for one in PARTNERSHIP["organisations"]}
    people = {part for one in PARTNERSHIP["organisations"] for name in one["people"] for part in name.split()}

    for card in FACTS["cards"]:
        assert len(card["text"]) <= LONGEST_CARD
        assert not [name for name in names if name.lower() in card["text"].lower()]
        assert not people & set(re.findall(r"\w+", card["text"]))
        assert card.get("hidden") or not re.search(r"\b(Mr|Mrs|Ms|Dr)\b", card["text"])
