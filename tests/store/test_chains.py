from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select, text

from tests.build import NOW, revealed_round
from xsector.actions.keeping import problems
from xsector.store import audit, releases
from xsector.store.engine import reading, writing
from xsector.store.tables import AuditRow, BlockCountRow, BlockRow, ReleaseRow

LEVELS = {"government": [4, 5, 4, 5, 3, 4], "nonprofit": [2, 1, 2, 3, 2]}


def broken(engine):
    with reading(engine) as session:
        return audit.first_broken(session), releases.first_broken(session)


def change(engine, statement):
    with writing(engine) as session:
        session.execute(text(statement))


def test_a_log_that_nobody_touched_is_whole(engine):
    revealed_round(engine, sectors=LEVELS)

    assert broken(engine) == (None, None)
    assert problems(engine) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET actor = 'somebody else' WHERE id = 3",
        "UPDATE audit SET action = 'nothing' WHERE id = 3",
        "UPDATE audit SET partnership_id = 99 WHERE id = 3",
        "UPDATE audit SET at = '2031-01-01 00:00:00.000000' WHERE id = 3",
        "UPDATE audit SET detail = '{\"people\": 1}' WHERE id = 3",
    ],
)
def test_a_changed_entry_of_the_log_is_found(engine, statement):
    revealed_round(engine, sectors=LEVELS)

    change(engine, statement)

    assert broken(engine)[0] == 3
    assert problems(engine) == ["The audit log was changed at entry 3."]


def test_a_removed_entry_of_the_log_is_found(engine):
    revealed_round(engine, sectors=LEVELS)

    change(engine, "DELETE FROM audit WHERE id = 2")

    assert broken(engine)[0] == 3


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE block_count SET people = people + 1 WHERE level = 4",
        "DELETE FROM block_count WHERE level = 3",
        "INSERT INTO block_count (block_id, item, option, level, people) VALUES (1, 'R1', 0, 0, 1)",
        "UPDATE block SET people = 7 WHERE place = 0",
        "UPDATE block SET name = 'Business' WHERE place = 0",
        "UPDATE chance SET share = 0.001",
        "UPDATE release SET answered = 99",
        "UPDATE release SET released_at = '2031-01-01 00:00:00.000000'",
        "UPDATE release SET hidden = '[{}]'",
    ],
)
def test_a_changed_figure_is_found(engine, statement):
    revealed_round(engine, sectors=LEVELS)

    change(engine, statement)

    assert broken(engine)[1] == 1
    assert problems(engine)[0] == "The figures of release 1 aren't those that were released."


def test_entries_of_many_at_once_stay_in_one_chain(engine):
    def one(number):
        with writing(engine) as session:
            audit.note(session, actor=f"person {number}", action="looked", now=NOW)

    with ThreadPoolExecutor(12) as pool:
        list(pool.map(one, range(60)))

    with reading(engine) as session:
        assert len(session.scalars(select(AuditRow.id)).all()) == 60
    assert broken(engine) == (None, None)


def test_the_ledger_holds_the_counts_and_nothing_of_single_people(engine):
    revealed_round(engine, sectors=LEVELS)

    with reading(engine) as session:
        rows = session.execute(
            select(BlockRow.name, BlockCountRow.level, BlockCountRow.people)
            .join(BlockRow, BlockRow.id == BlockCountRow.block_id)
            .order_by(BlockRow.place, BlockCountRow.level)
        ).all()
        release = session.scalars(select(ReleaseRow)).one()
        facts = (release.answered, release.invited, release.held, release.hidden)

    assert [tuple(row) for row in rows] == [
        ("Government", 2, 1), ("Government", 3, 3), ("Government", 4, 2),
        ("Non-profit", 0, 1), ("Non-profit", 1, 3), ("Non-profit", 2, 1),
    ]  # fmt: skip
    assert facts == (11, 11, [], [])
