import hashlib
import hmac
import itertools

import pytest
from sqlalchemy import inspect, text

from tests.build import NOW, closed, finished, later, open_house, revealed, revealed_round
from xsector.actions.answering import save_answers
from xsector.store.engine import reading
from xsector.store.tables import Base, BlockMemberRow, InvitationRow, ParticipantRow, SheetRow

SHEET = set(SheetRow.__table__.columns.keys())


def every_value(engine):
    """Everything that is stored outside the sheets' answers, as text."""
    with reading(engine) as session:
        return {
            str(value)
            for table in Base.metadata.sorted_tables
            if table.name != "sheet"
            for row in session.execute(table.select())
            for value in row
            if value is not None
        }


def test_no_foreign_key_leads_from_a_sheet_to_a_person():
    targets = {key.column.table.name for key in SheetRow.__table__.foreign_keys}

    assert targets == {"round"}
    assert not any(
        key.column.table.name == "sheet" for table in Base.metadata.sorted_tables for key in table.foreign_keys
    )


@pytest.mark.parametrize("row", [ParticipantRow, InvitationRow, BlockMemberRow])
def test_a_sheet_shares_nothing_with_a_persons_rows_but_round_and_organisation(row):
    shared = SHEET & set(row.__table__.columns.keys())

    assert shared <= {"round_id", "organisation_id"}


def test_the_sheets_of_sqlite_have_no_row_number(sqlite_engine):
    with sqlite_engine.connect() as connection:
        made = connection.execute(text("SELECT sql FROM sqlite_master WHERE name = 'sheet'")).scalar()
        with pytest.raises(Exception, match="no such column: rowid"):
            connection.execute(text("SELECT rowid FROM sheet"))

    assert made.rstrip().endswith("WITHOUT ROWID")


def test_a_sealed_sheet_says_neither_where_nor_when_it_came_from(engine):
    house = open_house(engine)
    for number, who in enumerate(house.people):
        finished(house, who, {"R1": number % 5}, now=later(minutes=number))
    save_answers(engine, respondent=house.people[0], round_id=house.round.id, answers={"R2": 1}, now=later(minutes=90))
    revealed(house)

    with engine.connect() as connection:
        rows = connection.execute(
            text("SELECT respondent_key, sector, organisation_id, saved_at, submitted_at, version, past FROM sheet")
        ).all()

    assert len(rows) == len(house.people)
    assert {tuple(row[1:]) for row in rows} == {(None, None, None, None, 1, "")}
    keys = [row[0] for row in rows]
    assert sorted(keys) == sorted(one.sheet_key(house.round.id) for one in house.people)
    if engine.dialect.name == "sqlite":
        assert keys == sorted(keys)


def test_keys_cannot_be_made_from_anything_that_is_stored(engine):
    house = revealed_round(engine, sectors={"government": [1, 2, 3, 4, 5], "nonprofit": [1, 2, 3, 4, 5]})
    keys = {one.key for one in house.people}
    stored = every_value(engine)
    messages = [f"partnership:{house.partnership.id}", str(house.partnership.id), ""]

    made = {hashlib.sha256(value.encode()).hexdigest() for value in stored}
    for value, message in itertools.product(stored, messages):
        made.add(hmac.new(value.encode(), message.encode(), hashlib.sha256).hexdigest())
        made.add(hashlib.sha256((value + message).encode()).hexdigest())

    assert keys & (made | stored) == set()
    assert not stored & set(house.tokens.values())


def test_a_link_is_kept_as_a_hash_alone(engine, tmp_path):
    house = open_house(engine)
    closed(house)
    tokens = set(house.tokens.values())

    stored = every_value(engine)

    assert {hashlib.sha256(token.encode()).hexdigest() for token in tokens} <= stored
    assert not any(token in value for token in tokens for value in stored)


def test_the_file_itself_holds_no_token_and_no_sealed_time(sqlite_engine, tmp_path):
    house = open_house(sqlite_engine)
    moment = later(days=3, minutes=17)
    for who in house.people:
        finished(house, who, {"R1": 2}, now=moment)
    revealed(house)

    content = b"".join(path.read_bytes() for path in tmp_path.glob("xsector.sqlite3*"))

    assert not any(token.encode() in content for token in house.tokens.values())
    assert moment.strftime("%Y-%m-%d %H:%M:%S").encode() not in content
    assert NOW.strftime("%Y-%m-%d %H:%M:%S").encode() in content


def test_every_constraint_has_a_name(engine):
    found = inspect(engine)

    for table in Base.metadata.sorted_tables:
        assert found.get_pk_constraint(table.name)["name"] == f"pk_{table.name}"
        assert all(key["name"] for key in found.get_foreign_keys(table.name))
