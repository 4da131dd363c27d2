"""Leaving: who erases themselves is gone, and what was shown stays as it was."""

import pytest
from sqlalchemy import text

from tests.build import NOW, answer, finished, item, later, next_round, open_house, respondents, revealed
from tests.conftest import copied, quickly
from xsector.actions.answering import save_comment
from xsector.actions.demonstrating import Person
from xsector.actions.erasing import erase_me, erase_me_and_my_comments
from xsector.actions.joining import join
from xsector.actions.keeping import back_up, forget_old_people, problems
from xsector.actions.setting_up import add_people, issue_links, remove_person
from xsector.errors.common import LockedError, NotAllowedError
from xsector.errors.rounds import SealedError
from xsector.reports.released import release_of
from xsector.reports.results import report_document
from xsector.reports.rounds import roster
from xsector.reports.turnout import turnout
from xsector.reports.words import words_of
from xsector.settings import Settings
from xsector.store.engine import sqlite_path

SECTORS = {"government": 6, "business": 6}
RATED = (item("R1"),)


def house_of(engine):
    """An open round; everybody has finished, the first with a comment."""
    house = open_house(engine, sectors=SECTORS, questions=RATED)
    for who in house.people:
        finished(house, who, {"R1": who.participant_id % 5})
    return house


def rows(engine):
    """Everything in the database, as one text."""
    with engine.connect() as connection:
        names = [row[0] for row in connection.execute(text(TABLES[engine.dialect.name]))]
        return repr({name: connection.execute(text(f'SELECT * FROM "{name}"')).all() for name in names})


TABLES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table'",
    "postgresql": "SELECT tablename FROM pg_tables WHERE schemaname = 'public'",
}


def report(house):
    return report_document(house.engine, account=house.account, round_id=house.round.id)


def again(house, who):
    """The same name in the same organisation comes onto the list once more, with a link."""
    here = {"account": house.account, "partnership_id": house.partnership.id}
    row = Person(name=who.name, organisation=who.organisation, sector=who.sector)
    add_people(house.engine, rows=[row], now=NOW, **here)
    [back] = [one for one in roster(house.engine, **here) if one.name == who.name]
    tokens = issue_links(house.engine, participant_ids=[back.id], now=NOW, **here)
    return join(house.engine, token=tokens[back.id])


def test_before_the_reveal_the_person_and_the_answers_are_gone(engine):
    house = house_of(engine)
    gone = house.people[0]

    erase_me(engine, respondent=gone, now=NOW)

    assert gone.name not in rows(engine)
    assert gone.sheet_key(house.round.id) not in rows(engine)
    assert turnout(engine, account=house.account, round_id=house.round.id).answered == 11
    house = revealed(house)
    assert sum(block.n for block in release_of(engine, account=house.account, round_id=house.round.id).blocks) == 11


def test_after_the_reveal_the_figures_stay_byte_for_byte(engine):
    house = revealed(house_of(engine))
    before = report(house)

    erase_me(engine, respondent=house.people[0], now=NOW)

    assert report(house) == before
    assert house.people[0].name not in rows(engine)
    assert house.people[0].sheet_key(house.round.id) not in rows(engine)
    assert problems(engine) == []


def spoken(engine):
    """A revealed round in which everybody has written a comment that was opened."""
    house = open_house(engine, sectors={"government": 6, "business": 6}, questions=RATED)
    for place, who in enumerate(house.people):
        save_comment(
            engine, respondent=who, round_id=house.round.id, code="R1", text=f"Said by {place}", may_show=True, now=NOW
        )
        finished(house, who, {"R1": 1})
    return revealed(house)


def opened(house):
    """The comments that the facilitator reads, as they stand."""
    [question] = words_of(house.engine, account=house.account, round_id=house.round.id)
    return [word.text for word in question.words]


def test_whoever_has_read_the_comments_can_not_tell_which_were_those_of_who_is_erased(engine):
    house = spoken(engine)
    before = opened(house)

    erase_me(engine, respondent=house.people[3], now=NOW)

    assert opened(house) == before
    assert house.people[3].name not in rows(engine)


def test_a_comment_that_was_opened_goes_with_its_author_who_asks_for_it(engine):
    house = spoken(engine)
    before = opened(house)

    erase_me_and_my_comments(engine, respondent=house.people[3], now=NOW)

    assert opened(house) == [one for one in before if one != "Said by 3"]
    assert "Said by 3" not in rows(engine)


def test_a_comment_that_nobody_opened_goes_with_its_author(engine):
    house = house_of(engine)
    who = house.people[0]
    save_comment(
        engine, respondent=who, round_id=house.round.id, code="R1", text="planted-comment", may_show=True, now=NOW
    )
    house = revealed(house)

    erase_me(engine, respondent=who, now=NOW)

    assert "planted-comment" not in rows(engine)


def test_the_log_says_that_somebody_was_erased_and_not_who(engine):
    house = house_of(engine)

    erase_me(engine, respondent=house.people[0], now=NOW)

    with engine.connect() as connection:
        [row] = connection.execute(text("SELECT actor, detail FROM audit WHERE action = 'person erased'")).all()
    assert (row[0], str(row[1])) == ("partner", "{}")


def test_the_file_its_log_and_a_backup_hold_nothing_of_who_was_erased(migrated_file, tmp_path):
    engine = quickly(copied(migrated_file, tmp_path))
    house = open_house(engine, sectors=SECTORS, questions=RATED)
    who = house.people[0]
    words = {"respondent": who, "round_id": house.round.id, "code": "R1", "may_show": True, "now": NOW}
    save_comment(engine, text="planted-comment", **words)
    for one in house.people:
        finished(house, one, {"R1": 1})
    house = revealed(house)

    erase_me(engine, respondent=who, now=NOW)
    backup = back_up(engine, tmp_path / "backup.sqlite3")

    path = sqlite_path(engine)
    held = b"".join(one.read_bytes() for one in (path, path.with_name(path.name + "-wal"), backup) if one.exists())
    planted = (who.name, "planted-comment", who.sheet_key(house.round.id), house.tokens[who.participant_id])
    assert [one for one in planted if one.encode() in held] == []
    assert house.people[1].name.encode() in held
    engine.dispose()


@pytest.mark.parametrize("act", [erase_me, erase_me_and_my_comments])
def test_an_old_link_erases_nobody(engine, act):
    house = spoken(engine)
    old, before = house.people[0], opened(house)
    respondents(engine, by=house.account, partnership_id=house.partnership.id)

    with pytest.raises(NotAllowedError):
        act(engine, respondent=old, now=NOW)

    assert old.name in rows(engine)
    assert opened(house) == before


def test_who_comes_again_is_the_same_person_and_is_not_counted_twice(engine):
    house = revealed(house_of(engine))
    gone = house.people[0]
    erase_me(engine, respondent=gone, now=NOW)
    back = again(house, gone)

    house = next_round(house, questions=RATED)
    assert back.participant_id == gone.participant_id
    with pytest.raises(SealedError):
        finished(revealed_again(house, engine, back), back, {"R1": 1})


def revealed_again(house, engine, back):
    """The next round after everybody else and *back* have finished it."""
    for who in house.people[1:]:
        finished(house, who, {"R1": 2})
    finished(house, back, {"R1": 2})
    return revealed(house)


def test_who_was_erased_and_comes_again_hides_those_they_were_counted_with(engine):
    house = revealed(house_of(engine))
    gone = house.people[0]
    erase_me(engine, respondent=gone, now=NOW)
    back = again(house, gone)
    house = next_round(house, questions=RATED)

    house = revealed_again(house, engine, back)

    release = release_of(engine, account=house.account, round_id=house.round.id)
    assert sorted(block.n for block in release.blocks) == [6, 6]
    assert problems(engine) == []


def test_who_was_never_counted_leaves_nothing_behind(engine):
    house = open_house(engine, sectors=SECTORS, questions=RATED)
    answer(house, house.people[0], {"R1": 1})

    erase_me(engine, respondent=house.people[0], now=NOW)

    with engine.connect() as connection:
        people = connection.execute(text("SELECT count(*) FROM participant")).scalar()
    assert people == 11


def test_a_leaver_is_taken_off_the_list_between_rounds_and_not_during_one(engine):
    house = house_of(engine)
    here = {"account": house.account, "partnership_id": house.partnership.id}
    gone = house.people[0]
    with pytest.raises(LockedError):
        remove_person(engine, participant_id=gone.participant_id, now=NOW, **here)
    house = revealed(house)
    before = report(house)

    remove_person(engine, participant_id=gone.participant_id, now=NOW, **here)

    assert report(house) == before
    assert gone.name not in rows(engine)
    assert len(roster(engine, **here)) == 11
    assert problems(engine) == []


def test_nobody_answers_the_same_round_twice_by_being_erased(engine):
    house = revealed(house_of(engine))
    gone = house.people[0]
    erase_me(engine, respondent=gone, now=NOW)
    back = again(house, gone)

    with pytest.raises(NotAllowedError):
        finished(house, back, {"R1": 1})


@pytest.mark.parametrize(("days", "left"), [(539, 12), (541, 0)])
def test_people_of_a_partnership_that_rests_are_forgotten_after_a_time_and_figures_stay(engine, days, left):
    house = revealed(house_of(engine))
    before = report(house)

    gone = forget_old_people(engine, Settings(), now=later(days=days))

    here = {"account": house.account, "partnership_id": house.partnership.id}
    assert (gone, len(roster(engine, **here))) == (12 - left, left)
    assert (house.people[0].name in rows(engine)) is bool(left)
    assert report(house) == before
    assert problems(engine) == []


def test_while_a_round_goes_on_nobody_is_forgotten(engine):
    house_of(engine)

    assert forget_old_people(engine, Settings(), now=later(days=5_000)) == 0
