"""A sealed database in an attacker's hands: no number, order, length or time says whose answers a sheet holds."""

import contextlib
from collections import Counter
from datetime import timedelta

import numpy as np
import pytest
from scipy.stats import spearmanr
from sqlalchemy import inspect, text

from tests.build import NOW, answer, finished, item, open_house, revealed
from tests.conftest import copied, quickly
from xsector.actions.answering import save_comment, save_text
from xsector.actions.erasing import erase_me, erase_me_and_my_comments
from xsector.actions.keeping import back_up
from xsector.errors.operating import DatabaseBrokenError
from xsector.model.instrument import Kind
from xsector.model.partner import Respondent
from xsector.reports.own import own_form
from xsector.store import sheets
from xsector.store.crypto import new_token, respondent_key
from xsector.store.engine import sqlite_path, writing

SEALINGS, PEOPLE = 200, 8
SECTORS = {"government": 6, "business": 6}
ASKED = (item("R1", cannot_judge="I can't judge"), item("R2"), item("S1", sensitive=True),
         item("T1", kind=Kind.TEXT, levels=(), max_chars=100))  # fmt: skip
ORDERS = ("", "ORDER BY respondent_key", "ORDER BY version DESC, marks", "ORDER BY saved_at, submitted_at, past",
          "ORDER BY length(CAST(words AS TEXT)), sector, organisation_id")  # fmt: skip
"""All that the rows can be sorted by; nothing at all is the order in which they lie."""
COUNTED = 3
"""Bytes of a sheet: one for each question that is counted."""


def moment(place, *, step=0):
    """A time whose microseconds no other row has."""
    return NOW + timedelta(seconds=7 * place + step, microseconds=123_400 + 2 * place + step)


def said(place):
    """What one person writes: a comment and a text, in words of their own."""
    return f"zqcomment{place:02}x", f"zqtext{place:02}x"


def answered_house(engine, *, levels=lambda place: {"R1": place % 5, "R2": (place * 3) % 5, "S1": (place * 2) % 5}):
    """An open round in which everybody has answered, changed their mind a few times, written, and finished."""
    house = open_house(engine, sectors=SECTORS, questions=ASKED, per_organisation=1)
    for place, who in enumerate(house.people):
        for _ in range(place % 4):
            answer(house, who, {"R1": 2}, now=moment(place))
        of = {"respondent": who, "round_id": house.round.id, "may_show": True, "now": moment(place)}
        save_comment(engine, code="R1", text=said(place)[0], **of)
        save_text(engine, code="T1", text=said(place)[1], **of)
        finished(house, who, levels(place), now=moment(place, step=1))
    return house


def rows(engine, query, **given):
    with engine.connect() as connection:
        return connection.execute(text(query), given).all()


def tables(engine):
    """Every table with its columns."""
    return {
        name: [one["name"] for one in inspect(engine).get_columns(name)] for name in inspect(engine).get_table_names()
    }


def everything(engine):
    """All rows of the database as one text."""
    return "\n".join(repr(row) for name in tables(engine) for row in rows(engine, f'SELECT * FROM "{name}"'))


def on_disk(engine, *others):
    """The bytes of the file, of its log, and of other files."""
    path = sqlite_path(engine)
    places = (path, path.with_name(path.name + "-wal"), *others)
    return b"".join(one.read_bytes() for one in places if one.exists())


@contextlib.contextmanager
def file_of(migrated_file, folder):
    engine = quickly(copied(migrated_file, folder))
    yield engine
    engine.dispose()


def test_a_sealed_sheet_has_nothing_but_its_key_and_its_answers(engine):
    house = revealed(answered_house(engine))

    found = rows(engine, "SELECT * FROM sheet WHERE round_id = :id", id=house.round.id)

    assert len(found) == 12
    for row in found:
        kept = {name: value for name, value in row._mapping.items() if value not in (None, "")}
        assert set(kept) == {"round_id", "respondent_key", "submitted", "marks", "words", "version", "locked"}
        assert (kept["version"], bool(kept["submitted"]), bytes(kept["marks"])) == (1, True, b"")


def test_no_table_has_a_column_by_which_a_sheet_could_be_joined_to_a_person(engine):
    house = revealed(answered_house(engine))
    hashes = {who.link_sha256 for who in house.people} | {who.key for who in house.people} | set(house.tokens.values())
    keys = {who.sheet_key(house.round.id) for who in house.people}

    held = {
        name: {str(value) for row in rows(engine, f'SELECT * FROM "{name}"') for value in row}
        for name in tables(engine)
    }

    assert [name for name in held if keys & held[name]] == ["sheet"]
    assert [name for name in held if hashes & held[name]] == ["participant"]
    columns = tables(engine)
    assert not {"participant_id", "link_sha256", "name", "email"} & set(columns["sheet"])
    assert set(columns["invitation"]) == {"round_id", "participant_id", "answered", "late", "agreed", "passed_over"}
    assert set(columns["block_member"]) == {"block_id", "participant_id", "organisation_id"}


def test_no_time_of_an_answer_is_left_in_any_row_and_the_log_has_no_line_for_one(engine):
    house = answered_house(engine)
    before = rows(engine, "SELECT count(*) FROM audit")
    finished(house, house.people[0], {"R1": 1}, now=moment(40))
    assert rows(engine, "SELECT count(*) FROM audit") == before
    house = revealed(house)

    kept = everything(engine)

    times = [moment(place, step=step) for place in (*range(12), 40) for step in (0, 1)]
    assert [one for one in times if repr(one.microsecond) in kept] == []


def test_whatever_a_sheet_is_sorted_by_says_nothing_about_the_list_of_people(engine):
    house = open_house(engine, sectors=SECTORS, questions=ASKED)
    with writing(engine) as session:
        found = np.array([_sealed(session, round_id=house.round.id, run=run) for run in range(SEALINGS)])

    sd = 1 / np.sqrt((PEOPLE - 1) * SEALINGS)
    for name, places in zip(ORDERS, found.swapaxes(0, 1), strict=True):
        rho = np.mean([spearmanr(range(PEOPLE), order).statistic for order in places])
        assert abs(rho) < 4.5 * sd, name


def somebody(token, *, run):
    """Who holds this link, of one sector and organisation a run."""
    return Respondent(
        participant_id=1, name="", partnership_id=run, organisation_id=1, organisation="", sector=f"sector {run}",
        key=respondent_key(token, partnership_id=run), link_sha256="",
    )  # fmt: skip


def _sealed(session, *, round_id, run):
    """The places, in three orders of their rows, of people who answered one after the other and were sealed."""
    people = [somebody(new_token(), run=run) for _ in range(PEOPLE)]
    keys = [who.sheet_key(round_id) for who in people]
    for place, who in enumerate(people):
        start = {"round_id": round_id, "respondent": who}
        sheets.start(session, **start, past="", marks=bytes([255] * COUNTED))
        for _ in range(place + 1):
            sheets.save(session, **start, marks=bytes(COUNTED), words={}, now=moment(place))
        sheets.submit(session, round_id=round_id, key=keys[place], now=moment(place))
    sheets.seal(session, round_id, homes={("", f"sector {run}", 1)})
    found = []
    for order in ORDERS:
        rows = session.execute(text(f"SELECT respondent_key FROM sheet WHERE round_id = :id {order}"), {"id": round_id})
        found.append([keys.index(row[0]) for row in rows])
    sheets.forget_all(session, round_id)
    return found


def test_the_look_at_orders_sees_people_who_were_kept_in_the_order_in_which_they_came():
    orders = [list(range(PEOPLE)) for _ in range(SEALINGS)]

    assert np.mean([spearmanr(range(PEOPLE), order).statistic for order in orders]) == pytest.approx(1)


def test_the_file_its_log_and_a_backup_hold_each_key_once_and_no_row_as_it_was(migrated_file, tmp_path):
    with file_of(migrated_file, tmp_path) as engine:
        house = answered_house(engine)
        assert b"zqcomment00x" in on_disk(engine)
        house = revealed(house)
        backup = back_up(engine, tmp_path / "backup.sqlite3")

        for held in (on_disk(engine), backup.read_bytes()):
            for place, who in enumerate(house.people):
                assert held.count(who.sheet_key(house.round.id).encode()) == 1
                assert house.tokens[who.participant_id].encode() not in held
                assert who.key.encode() not in held
                for step in (0, 1):
                    assert moment(place, step=step).strftime("%H:%M:%S.%f").encode() not in held


def test_who_was_erased_after_the_reveal_is_in_no_byte_and_in_no_row(migrated_file, tmp_path):
    with file_of(migrated_file, tmp_path) as engine:
        house = revealed(answered_house(engine))
        gone = house.people[3]
        link = rows(engine, "SELECT link_sha256 FROM participant WHERE id = :id", id=gone.participant_id)[0][0]

        erase_me_and_my_comments(engine, respondent=gone, now=NOW)

        backup = back_up(engine, tmp_path / "backup.sqlite3")
        key = gone.sheet_key(house.round.id)
        planted = [gone.name, *said(3), house.tokens[gone.participant_id], gone.key, key, link]
        held = on_disk(engine, backup)
        assert [one for one in planted if one.encode() in held or one in everything(engine)] == []
        assert bytes.fromhex(key) not in held
        assert house.people[4].name.encode() in held
        assert said(4)[0].encode() in held


def marks_left(engine, house):
    return [bytes(row[0]) for row in rows(engine, "SELECT marks FROM sheet WHERE round_id = :i", i=house.round.id)]


def counted(engine, code):
    """People by level of one question, over all blocks, as the ledger keeps them."""
    query = "SELECT level, sum(people) FROM block_count WHERE item = :code GROUP BY level"
    return Counter(dict(rows(engine, query, code=code)))


def test_what_was_released_less_what_is_left_is_not_the_answer_of_who_was_erased(engine):
    house = revealed(answered_house(engine))
    erase_me(engine, respondent=house.people[3], now=NOW)

    kept = marks_left(engine, house)

    assert sum(counted(engine, "R1").values()) == 12
    assert kept == [b""] * 11


def test_sheets_that_fit_one_group_only_do_not_undo_its_band(engine):
    def levels(place):
        return {"R1": 4, "R2": 4, "S1": 1} if place < 6 else {"R1": 0, "R2": 0, "S1": (place * 2) % 5}

    house = revealed(answered_house(engine, levels=levels))
    block = "JOIN block ON block.id = block_id WHERE name = 'Business' AND item = :code"
    [(level,)] = rows(engine, f"SELECT level FROM block_count {block}", code="R1")
    assert rows(engine, f"SELECT pole, at_least, band.people FROM band {block}", code="S1") == [("low", 4, 6)]

    assert level == 4
    assert set(marks_left(engine, house)) == {b""}


def test_only_its_own_link_opens_a_kept_copy(engine):
    house = revealed(answered_house(engine))
    first, second = house.people[:2]
    own = own_form(engine, respondent=first, round_id=house.round.id)
    swap = (
        "UPDATE sheet SET locked = (SELECT locked FROM sheet WHERE respondent_key = :other) WHERE respondent_key = :k"
    )
    with engine.begin() as connection:
        names = {"k": first.sheet_key(house.round.id), "other": second.sheet_key(house.round.id)}
        connection.execute(text(swap), names)

    assert own.answers
    with pytest.raises(DatabaseBrokenError):
        own_form(engine, respondent=first, round_id=house.round.id)
    assert own_form(engine, respondent=second, round_id=house.round.id).answers


def test_the_length_of_a_kept_copy_does_not_tell_who_wrote(engine):
    house = revealed(answered_house(engine))

    lengths = {len(row[0]) for row in rows(engine, "SELECT locked FROM sheet")}

    assert len(lengths) == 1
    assert house.round.shown


def test_a_comment_that_the_room_may_read_does_not_open_the_other_answers_of_its_author(engine):
    house = revealed(answered_house(engine))
    comments = {row[0] for row in rows(engine, "SELECT text FROM word WHERE item = 'R1'")}

    beside = [repr(row) for row in rows(engine, "SELECT words, marks FROM sheet WHERE round_id = :i", i=house.round.id)]

    assert len(comments) == 12
    assert [text for text in comments if any(text in one for one in beside)] == []
