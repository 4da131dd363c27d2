"""Cards in an attacker's hands: no row, order, mark or leftover byte leads from a card or a dot to a person."""

import hashlib
import hmac

from scipy.stats import spearmanr
from sqlalchemy import DateTime, text

from tests.build import NOW, account, open_house
from tests.build_cards import brought_to, mark, open_cards, write
from xsector.actions import brainstorming, voting_cards, writing_cards
from xsector.model.cards import ballot_mark, card_marks
from xsector.reports.cards import own_cards
from xsector.store.engine import sqlite_path
from xsector.store.tables import (
    BallotRow,
    Base,
    BrainstormPartRow,
    CardDraftRow,
    CardRow,
)


def on_disk(engine):
    """The bytes of the database and of its log."""
    path = sqlite_path(engine)
    places = (path, path.with_name(path.name + "-wal"))
    return b"".join(one.read_bytes() for one in places if one.exists())


def stored(engine):
    """Everything that is stored, as text."""
    with engine.connect() as connection:
        return {
            str(value)
            for table in Base.metadata.sorted_tables
            for row in connection.execute(table.select())
            for value in row
            if value is not None
        }


def all_marks(house, brainstorm_id):
    of = {"brainstorm_id": brainstorm_id}
    return {mark for who in house.people for mark in (*card_marks(who.key, **of), ballot_mark(who.key, **of))}


def test_no_row_of_a_card_or_a_dot_has_a_time_or_a_person():
    for row in (CardDraftRow, CardRow, BallotRow):
        columns = row.__table__.columns
        assert not [column.name for column in columns if isinstance(column.type, DateTime)]
        assert {key.column.table.name for key in row.__table__.foreign_keys} == {"brainstorm"}
        assert not set(columns.keys()) & (set(BrainstormPartRow.__table__.columns.keys()) - {"brainstorm_id"})


def test_the_cards_of_sqlite_have_no_row_number(sqlite_engine):
    with sqlite_engine.connect() as connection:
        made = connection.execute(
            text("SELECT sql FROM sqlite_master WHERE name IN ('card', 'card_draft', 'ballot')")
        ).scalars()
        assert [sql.rstrip().endswith("WITHOUT ROWID") for sql in made] == [True] * 3


def test_marks_cannot_be_made_from_anything_that_is_stored(engine):
    house = open_house(engine)
    cards = open_cards(house)
    for who in house.people[:9]:
        for number in range(2):
            write(cards, who, f"Card {number} of {who.participant_id}")
    values, marks = stored(engine), all_marks(house, cards.id)
    held = values & marks
    assert len(held) == 18

    purposes = [f"card:{cards.id}:{number}" for number in range(2)]
    made = {
        hmac.new(value.encode(), purpose.encode(), hashlib.sha256).hexdigest()
        for value in values
        for purpose in purposes
    }
    made |= {hashlib.sha256(value.encode()).hexdigest() for value in values}

    assert made & held == set()
    assert not {who.key for who in house.people} & values


def test_after_writing_and_after_the_vote_no_byte_of_a_mark_is_left(sqlite_engine):
    house = open_house(sqlite_engine)
    cards = open_cards(house)
    marks = [one.encode() for one in all_marks(house, cards.id)]
    for who in house.people[:9]:
        write(cards, who, f"Card of {who.participant_id}")
    write(cards, house.people[0], "Regretted zqtakenback")
    [regretted] = [one for one in _own(cards, house.people[0]) if "Regretted" in one.text]
    given = {"respondent": house.people[0], "brainstorm_id": cards.id, "now": NOW}
    writing_cards.take_back_card(sqlite_engine, mark=regretted.mark, **given)
    assert any(one in on_disk(sqlite_engine) for one in marks)

    brainstorming.close_writing(sqlite_engine, **cards.of)
    left = on_disk(sqlite_engine)
    assert not any(one in left for one in marks)
    assert b"zqtakenback" not in left

    brainstorming.release_cards(sqlite_engine, **cards.of)
    voting_cards.open_vote(sqlite_engine, **cards.of)
    for who in house.people[:6]:
        mark(cards, who, {1, 2})
    assert any(one in on_disk(sqlite_engine) for one in marks)
    voting_cards.close_vote(sqlite_engine, **cards.of)
    assert not any(one in on_disk(sqlite_engine) for one in marks)


def _own(cards, who):
    return own_cards(cards.house.engine, respondent=who, brainstorm_id=cards.id).own


def test_thrown_away_cards_leave_no_byte(sqlite_engine):
    house = open_house(sqlite_engine)
    cards = brought_to(house, "shown", said=[f"zqthrown{number:02}" for number in range(8)])
    assert b"zqthrown" in on_disk(sqlite_engine)

    brainstorming.drop_brainstorm(sqlite_engine, **cards.of)

    assert b"zqthrown" not in on_disk(sqlite_engine)


def test_the_order_of_cards_tells_nothing_of_the_order_of_writing(quick_engine):
    """Each of 12 rooms deals anew: place and moment are no more related than chance allows."""
    dana, related = account(quick_engine), []
    for number in range(12):
        house = open_house(quick_engine, name=f"Town {number}", by=dana)
        cards = open_cards(house)
        for place, who in enumerate(house.people):
            write(cards, who, f"{place}")
        brainstorming.close_writing(quick_engine, **cards.of)
        order = [int(card.text) for card in cards.board.cards]
        related.append(spearmanr(order, range(len(order))).statistic)

    assert abs(sum(related) / len(related)) < 0.3


def test_while_partners_write_no_account_reads_a_card(engine):
    house = open_house(engine)
    cards = open_cards(house)
    for who in house.people[:9]:
        write(cards, who, f"zqsecret {who.participant_id}")

    assert "zqsecret" not in repr(cards.board)
    assert "zqsecret" not in repr(_own(cards, house.people[9]))
