"""A backup is older than what was shown: rounds that people have seen are not shown a second time beside it."""

from dataclasses import replace

import pytest
from sqlalchemy import text

from tests.build import NOW, answer, closed, finished, item, later, next_round, open_house, revealed
from tests.conftest import warm
from xsector.actions.keeping import back_up, bring_back, not_known_to_be_shown, problems
from xsector.actions.releasing import add_late, reveal
from xsector.actions.running import open_round, reopen_round
from xsector.errors.rounds import RoundClosedError, RoundStateError, ShownBeforeError
from xsector.model.round import State
from xsector.reports.log import log_entries
from xsector.reports.price import preview
from xsector.reports.released import release_of
from xsector.reports.rounds import rounds
from xsector.settings import Settings
from xsector.store import migrate
from xsector.store.engine import open_engine, sqlite_path

RATED = (item("R1"),)
SECTORS = {"business": 9, "government": 6}


def first_of(engine):
    """An open round that all but one of business have finished."""
    house = open_house(engine, sectors=SECTORS, questions=RATED)
    for number, who in enumerate(house.people[1:]):
        finished(house, who, {"R1": number % 3})
    return house


def restored(house, folder, name="nightly.sqlite3"):
    """The house on its database after the backup *name* was brought back, and what the restore says."""
    url = house.engine.url.render_as_string(hide_password=False)
    house.engine.dispose()
    done = bring_back(Settings(database_url=url, backups=folder / "backups"), folder / name, now=NOW)
    return replace(house, engine=warm(open_engine(url))), done


def there(house):
    return {"account": house.account, "round_id": house.round.id, "now": NOW}


def state(house):
    """State and whether it is over, of the house's round."""
    here = {"account": house.account, "partnership_id": house.partnership.id}
    [found] = [one for one in rounds(house.engine, **here) if one.id == house.round.id]
    return found.state, found.over


@pytest.mark.parametrize("at", ["draft", "open", "closed"])
def test_a_round_that_was_revealed_after_the_backup_is_not_revealed_again(engine, tmp_path, at):
    house = first_of(engine)
    if at == "draft":
        with engine.begin() as connection:
            connection.execute(text("UPDATE round SET state = 'draft'"))
    if at == "closed":
        closed(house)
    back_up(engine, tmp_path / "nightly.sqlite3")
    with engine.begin() as connection:
        connection.execute(text("UPDATE round SET state = 'open'"))
    house = revealed(house)

    house, done = restored(house, tmp_path)

    assert (done.ended, done.compared) == (("“Spring” of “Harbour”",), True)
    assert state(house) == (State.DRAFT if at == "draft" else State.CLOSED, True)
    with pytest.raises(RoundClosedError):
        answer(house, house.people[0], {"R1": 4})
    again = (open_round,) if at == "draft" else (open_round, reopen_round, reveal)
    for act in again:
        with pytest.raises(
            ShownBeforeError, match="“Spring” had been shown before the database was brought back"
        ) as no:
            act(house.engine, **there(house))
        assert no.value.remedy == "Start a new round."
    assert release_of(house.engine, account=house.account, round_id=house.round.id) is None
    house.engine.dispose()


def test_the_meeting_page_says_why_there_is_nothing_to_reveal(engine, tmp_path):
    house = first_of(engine)
    back_up(engine, tmp_path / "nightly.sqlite3")
    house, _ = restored(revealed(house), tmp_path)

    with pytest.raises(ShownBeforeError):
        preview(house.engine, account=house.account, round_id=house.round.id)
    house.engine.dispose()


def test_the_next_round_goes_on_as_usual(engine, tmp_path):
    house = first_of(engine)
    back_up(engine, tmp_path / "nightly.sqlite3")
    house, _ = restored(revealed(house), tmp_path)

    house = next_round(house, questions=RATED)
    for who in house.people:
        finished(house, who, {"R1": 1})
    house = revealed(house)

    shown = release_of(house.engine, account=house.account, round_id=house.round.id)
    assert [block.n for block in shown.blocks] == [6, 9]
    with house.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM sheet WHERE sector IS NOT NULL")).scalar() == 0
    house.engine.dispose()


def test_what_was_shown_late_after_the_backup_ends_late_answers(engine, tmp_path):
    house = open_house(engine, sectors={"business": 12}, questions=RATED)
    for who in house.people[:6]:
        finished(house, who, {"R1": 1})
    house = revealed(house)
    back_up(engine, tmp_path / "nightly.sqlite3")
    for who in house.people[6:11]:
        finished(house, who, {"R1": 2})
    add_late(engine, **there(house))

    house, done = restored(house, tmp_path)

    assert done.ended == ("“Spring” of “Harbour”",)
    assert state(house) == (State.REVEALED, True)
    with pytest.raises(RoundStateError):
        add_late(house.engine, **there(house))
    house.engine.dispose()


def test_a_backup_that_knows_all_that_was_shown_ends_nothing(engine, tmp_path):
    house = revealed(first_of(engine))
    back_up(engine, tmp_path / "nightly.sqlite3")

    house, done = restored(house, tmp_path)

    assert (done.ended, done.compared) == ((), True)
    assert state(house) == (State.REVEALED, False)
    assert not_known_to_be_shown(house.engine) == []
    house.engine.dispose()


def test_a_second_restore_does_not_bring_a_round_back_to_life(engine, tmp_path):
    house = first_of(engine)
    back_up(engine, tmp_path / "nightly.sqlite3")
    house, _ = restored(revealed(house), tmp_path)
    url = house.engine.url.render_as_string(hide_password=False)
    house.engine.dispose()

    done = bring_back(
        Settings(database_url=url, backups=tmp_path / "backups"), tmp_path / "nightly.sqlite3", now=later(minutes=1)
    )

    house = replace(house, engine=open_engine(url))
    assert done.ended == ("“Spring” of “Harbour”",)
    assert state(house) == (State.CLOSED, True)
    house.engine.dispose()


def test_a_round_of_another_installation_with_the_same_number_goes_on(engine, empty_url, tmp_path):
    house = first_of(engine)
    back_up(engine, tmp_path / "nightly.sqlite3")
    other = warm(open_engine(empty_url))
    migrate.upgrade(other, backup_folder=tmp_path, now=NOW)
    revealed(first_of(other))
    with other.begin() as connection:
        connection.execute(text("UPDATE partnership SET created_at = '2029-01-01 00:00:00', name = 'Lighthouse'"))

    moved, done = restored(replace(house, engine=other), tmp_path)

    assert done.ended == ("“Spring” of “Lighthouse”",)
    assert state(moved) == (State.OPEN, False)
    moved.engine.dispose()


def test_a_round_that_the_backup_does_not_have_is_named(engine, tmp_path):
    house = open_house(engine, sectors=SECTORS, questions=RATED)
    closed(house)
    back_up(engine, tmp_path / "nightly.sqlite3")
    second = next_round(house, questions=RATED)
    for who in house.people:
        finished(second, who, {"R1": 1})

    house, done = restored(revealed(second), tmp_path)

    assert done.ended == ("“Autumn” of “Harbour”",)
    house.engine.dispose()


def test_the_log_and_check_name_the_round(engine, tmp_path):
    house = first_of(engine)
    back_up(engine, tmp_path / "nightly.sqlite3")

    house, _ = restored(revealed(house), tmp_path)

    *_, restore, ended = log_entries(house.engine)
    assert (restore.action, restore.detail) == ("backup restored", {"compared": True})
    assert (ended.action, ended.partnership_id) == ("shown round ended at restore", house.partnership.id)
    assert ended.detail == {"round": house.round.id, "name": "“Spring” of “Harbour”"}
    assert not_known_to_be_shown(house.engine) == [
        "“Spring” of “Harbour” had been shown before a backup was restored on 06 May 2030, and the ledger doesn't know "
        "what. It has ended; start a new round."
    ]
    assert problems(house.engine) == []
    house.engine.dispose()


@pytest.mark.parametrize("damage", ["overwritten", "gone"])
def test_where_what_was_there_cannot_be_read_the_restore_says_so(sqlite_engine, tmp_path, damage):
    migrate.upgrade(sqlite_engine, backup_folder=tmp_path, now=NOW)
    house = first_of(sqlite_engine)
    back_up(sqlite_engine, tmp_path / "nightly.sqlite3")
    house = revealed(house)
    path = sqlite_path(sqlite_engine)
    sqlite_engine.dispose()
    if damage == "gone":
        path.unlink()
    else:
        path.write_bytes(b"no database any more " * 500)

    house, done = restored(house, tmp_path)

    assert (done.ended, done.compared) == ((), False)
    [told] = not_known_to_be_shown(house.engine)
    assert told.startswith("The backup restored on 06 May 2030 could not be compared")
    assert log_entries(house.engine)[-1].detail == {"compared": False}
    house.engine.dispose()
