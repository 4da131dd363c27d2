"""Everything that left the server in a whole round, searched for what was planted and put before the attack."""

import contextlib
import json
import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass

import pytest

from tests.browser import planted
from tests.browser.planted import FIRST_ID, Pile, answer_forms, forms, number_forms
from xsector.export.boards import waiting_board
from xsector.model.sector import DEFAULT_SECTORS
from xsector.store.crypto import room_door
from xsector.ui.qr import qr_code

pytestmark = pytest.mark.browser
LEADING = {"convener", "facilitator"}
DIGITS = re.compile(r"\d+")


HASH = re.compile(r"\b([0-9a-f]{16}|[0-9a-f]{32,64})\b")


def mine(person):
    return f"partner {person.place}"


def test_the_search_sees_what_is_meant_to_be_seen(evidence):
    first = evidence.walked.people[0]
    readers = evidence.everything.readers

    assert readers(forms(first.name)) == {mine(first), "convener"}
    assert readers(forms(first.said)) >= {mine(first)}
    assert any(one.path.startswith("/export/links/") for one in evidence.everything.holders(forms(first.token)))
    assert readers(forms(first.cookie.partition("=")[2])) == {mine(first)}
    assert sum(one.kind == "message" for one in evidence.left) > 1_000
    assert {one.who for one in evidence.left} >= {"wall", *LEADING, *map(mine, evidence.walked.people)}


def test_nobody_gets_anothers_link_cookie_key_or_row_of_answers(evidence):
    for one in evidence.walked.people:
        for secret in one.secrets[1:]:
            assert evidence.everything.readers(forms(secret)) <= {mine(one)}
        assert evidence.everything.readers(answer_forms(one)) <= {mine(one)}


def test_links_are_seen_by_the_convener_who_makes_them_and_by_nobody_later(evidence):
    for one in evidence.walked.people:
        there = [left for left in evidence.everything.holders(forms(one.token)) if left.who != mine(one)]
        assert {left.who for left in there} == {"convener"}
        assert [left for left in there if left.at > evidence.walked.moments["links made"]] == []
    assert evidence.everything.readers(forms(evidence.walked.wall_token)) == {"wall"}


def test_the_key_of_a_sheet_reaches_nobody_not_even_its_owner(evidence):
    for one in evidence.walked.people:
        for key in one.keys:
            assert evidence.everything.readers(forms(key) | {bytes.fromhex(key)}) == set()


def test_names_and_addresses_reach_those_who_lead_and_nobody_else(evidence):
    for one in evidence.walked.people:
        assert evidence.everything.readers(forms(one.name) | forms(one.organisation)) <= {mine(one), *LEADING}
        assert evidence.everything.readers(forms(one.email)) == {"convener"}


def test_the_wall_and_other_partners_get_no_number_of_a_person_or_an_organisation(evidence):
    numbers = {one.participant_id for one in evidence.walked.people}
    numbers |= {one.organisation_id for one in evidence.walked.people}
    on_wall = Pile(evidence.to("wall"))

    assert min(numbers) > FIRST_ID
    assert [number for number in numbers if on_wall.holders(number_forms(number))] == []
    for one in evidence.walked.people:
        for number in (one.participant_id, one.organisation_id):
            assert evidence.everything.readers({str(number).encode()}) <= {mine(one), *LEADING}


def test_nobody_but_its_author_reads_a_word_before_the_reveal(evidence):
    for one in evidence.walked.people:
        for text in one.words:
            assert evidence.early.readers(forms(text)) <= {mine(one)}


def test_after_the_reveal_words_reach_the_facilitator_by_the_rule_and_the_room_what_was_let_through(evidence):
    walked, agreed = evidence.walked, set()
    assert walked.opened == {planted.MANY, planted.UNAGREED, "PU1"}
    assert len(walked.let_through) == 1

    for one in walked.people:
        for code, text, may_show in one.spoken():
            readers = evidence.everything.readers(forms(text)) - {mine(one)}
            room = {"wall"} if text in walked.let_through else set()
            assert readers <= room | (LEADING if code in walked.opened and one.finishes else set())
            assert ("wall" in readers) == bool(room)
            assert code != planted.MANY or "facilitator" in readers
            papers = [left for left in evidence.everything.holders(forms(text)) if left.path.startswith("/export/")]
            assert not papers or room
            agreed |= {text} if may_show and code == planted.MANY else set()
    assert walked.let_through <= agreed


def test_only_ones_own_page_holds_widgets_of_answers(evidence):
    assert evidence.everything.readers({b"answer-1-"}) == set(map(mine, evidence.walked.people))


def test_no_log_title_or_question_in_an_address_holds_anything(evidence):
    written = [evidence.logs, *evidence.walked.titles]
    for one in evidence.asked:
        written.append(one.path.partition("?")[2])
    written += re.findall(r"(?is)<title>.*?</title>", "".join(text for one in evidence.left for text in one.texts))
    with closing(sqlite3.connect(evidence.folder / "xsector.sqlite3")) as database:
        written += [
            repr(row) for row in database.execute("SELECT at, actor, action, partnership_id, detail FROM audit")
        ]
        assert len(database.execute("SELECT 1 FROM audit WHERE action = 'comment shown'").fetchall()) == 1
    hay = "\n".join(written).encode()

    for one in evidence.walked.people:
        wanted = set().union(*map(forms, [*one.secrets, *one.words, one.email]), answer_forms(one))
        assert [each for each in wanted if each in hay] == []
    for secret in (evidence.walked.wall_token, *evidence.walked.cookies.values()):
        assert secret.rpartition("=")[2].encode() not in hay
    assert b"Uncaught" not in hay


def test_before_the_reveal_the_wall_is_drawn_from_the_number_of_answers_alone(evidence):
    drawn = [board for one in evidence.to("wall", until="closing") for board in one.boards]
    expected = [_waiting(evidence, answered=number) for number in range(18)]

    assert [board for board in drawn if board not in expected] == []
    assert {json.dumps(board) for board in drawn} >= {json.dumps(board) for board in expected[1:]}


def _waiting(evidence, *, answered):
    """The board of so many answers, made from numbers and nothing else."""
    code = evidence.walked.room_code
    where = f"localhost:{evidence.port}/room"
    subtitle = f"Scan to come in, or type {code[:4]} {code[4:]} at {where}, or use your personal link."
    chosen = {one.label: one for one in DEFAULT_SECTORS if one.label in planted.SECTORS}
    arrived, sectors = answered, []
    for label, people in planted.SECTORS.items():
        sectors.append(_Arrived(label=label, look=chosen[label].look, answered=min(arrived, people)))
        arrived -= sectors[-1].answered
    order = [one.label for one in DEFAULT_SECTORS]
    sectors.sort(key=lambda one: order.index(one.label))
    made = waiting_board(
        "First look", subtitle=subtitle, answered=answered, invited=18, sectors=sectors, dark=False,
        code=_way_in(evidence),
    )  # fmt: skip
    return {"svg": made.svg, "alt": made.alt, "ground": made.ground, "height": "100vh"}


def _way_in(evidence):
    """The QR code of the room, made from the key in the server's database."""
    with contextlib.closing(sqlite3.connect(evidence.folder / "xsector.sqlite3")) as file:
        (key,) = file.execute("SELECT value FROM fact WHERE name = 'signing_key'").fetchone()
    door = room_door(evidence.walked.room_code, round_id=evidence.walked.round_id, key=key.encode())
    return qr_code(f"http://localhost:{evidence.port}/room/{door}", alt="QR code of the room")


@dataclass(frozen=True, kw_only=True)
class _Arrived:
    label: str
    look: int
    answered: int


@pytest.mark.parametrize("who", ["facilitator", "wall"])
def test_while_people_answer_pages_say_the_same_words_with_other_numbers(evidence, who):
    before = evidence.to(who, until="answers 0")
    while_answering = evidence.to(who, since="answers 0", until="closing")

    assert _said(while_answering) - _said(before) == set()
    assert len(_said(while_answering)) > 3
    assert [table for one in while_answering for table in one.tables] == []


def _said(lefts):
    """All texts of pages without their numbers; pictures are looked at elsewhere."""
    messages = [one for one in lefts if one.message is not None and one.message.WhichOneof("type") == "delta"]
    return {DIGITS.sub("#", HASH.sub("", text)) for one in messages if not one.boards for text in one.texts}
