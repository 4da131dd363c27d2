"""A partner's own files: opened again with what reads such files, and refused to everybody else."""

import csv
import io
import json
from datetime import UTC, datetime

import pytest
from starlette.requests import Request

from tests.build import NOW, finished, item, open_house, revealed
from tests.ui.signed_in import cookies_of
from xsector.actions.answering import save_comment, save_text
from xsector.errors.common import NotAllowedError, NotFoundError
from xsector.model.instrument import Kind
from xsector.settings import Settings
from xsector.ui import resources, visits
from xsector.web import mine

HOSTILE = ("=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "＝1+1", 'a "quote", comma', "two\nlines", "a;=1+1", "日本")
QUESTIONS = (
    *(item(f"R{number}", text=f"{text} of R{number}") for number, text in enumerate(HOSTILE)),
    item("T1", kind=Kind.TEXT, levels=(), max_chars=100),
)


@pytest.fixture
def house(engine):
    """Ann has answered all questions, with a hostile comment to each."""
    resources.provide(engine, Settings())
    visits.begin(now=datetime(2020, 1, 1, tzinfo=UTC))
    made = open_house(engine, sectors={"business": 6, "government": 6}, questions=QUESTIONS)
    ann = made.people[0]
    finished(made, ann, {f"R{number}": number % 5 for number in range(len(HOSTILE))})
    of = {"respondent": ann, "round_id": made.round.id, "now": NOW}
    for number, text in enumerate(HOSTILE):
        save_comment(engine, code=f"R{number}", text=text, may_show=number % 2 == 0, **of)
    save_text(engine, code="T1", text="-2+3", may_show=False, **of)
    yield made
    resources.withdraw()


def asking(token, **path):
    cookies = cookies_of(partner=token) if token else {}
    header = "; ".join(f"{name}={value}" for name, value in cookies.items()).encode()
    return Request({"type": "http", "headers": [(b"cookie", header)], "path_params": path, "query_string": b""})


def table(house, *, token=None):
    return mine.as_table(asking(token or house.tokens[house.people[0].participant_id], round_id=str(house.round.id)))


def rows_of(response):
    return list(csv.reader(io.StringIO(response.body.decode("utf-8-sig"), newline="")))


def test_the_table_reads_back_with_every_answer_and_holds_no_formula(house):
    response = table(house)

    heads, *rows = rows_of(response)
    assert heads == list(mine.HEADS)
    assert response.body.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in response.body
    assert not any(cell[:1] in set("=+-@\t\r\0＝＋－＠") for row in rows for cell in row if cell)
    bare = [[cell.removeprefix("'").replace(";'", ";") for cell in row] for row in rows]
    assert [row[2] for row in bare] == [*HOSTILE, ""]
    assert [row[0] for row in bare[:-1]] == [f"{text} of R{number}" for number, text in enumerate(HOSTILE)]
    assert [row[3] for row in bare] == [*("yes" if number % 2 == 0 else "no" for number in range(len(HOSTILE))), "no"]
    assert bare[0][1] == "Not at all"
    assert bare[-1][1] == "-2+3"
    assert {row[4] for row in bare[:-1]} == {"not yet"}


def test_after_the_reveal_the_table_says_how_each_question_was_shown(house):
    for who in house.people[1:]:
        finished(house, who, {"R0": 1})
    shown = revealed(house)

    _, *rows = rows_of(table(shown))

    assert rows[0][4] == "the counts of “Business” (6 people)"


def test_both_files_are_downloads_that_nobody_keeps(house):
    token = house.tokens[house.people[0].participant_id]

    both = (table(house), mine.as_json(asking(token)))

    assert [one.headers["cache-control"] for one in both] == ["no-store"] * 2
    assert [one.headers["content-disposition"] for one in both] == [
        'attachment; filename="spring-my-answers.csv"',
        'attachment; filename="what-is-kept-of-me.json"',
    ]


def test_the_document_holds_the_person_their_rounds_and_their_words(house):
    ann = house.people[0]

    found = json.loads(mine.as_json(asking(house.tokens[ann.participant_id])).body)

    assert {name: found[name] for name in ("name", "organisation", "sector", "email", "partnership")} == {
        "name": ann.name, "organisation": ann.organisation, "sector": "Business", "email": "", "partnership": "Harbour",
    }  # fmt: skip
    round_ = found["rounds"][0]
    assert (round_["title"], round_["finished"], round_["counted_in"]) == ("Spring", True, None)
    assert [one["comment"] for one in round_["answers"]] == [*HOSTILE, ""]
    assert round_["answers"][-1]["answer"] == "-2+3"
    assert found["not_kept"].startswith("Not kept")


def test_each_partner_gets_their_own_and_nobody_gets_any_without_a_cookie(house):
    ann, bob = house.people[:2]

    theirs = json.loads(mine.as_json(asking(house.tokens[bob.participant_id])).body)

    assert (theirs["name"], theirs["rounds"][0]["answers"]) == (bob.name, [])
    assert rows_of(table(house, token=house.tokens[bob.participant_id]))[1:] == []
    for token in (None, "x" * 43):
        with pytest.raises(NotAllowedError):
            mine.as_json(asking(token))
        with pytest.raises(NotAllowedError):
            mine.as_table(asking(token, round_id=str(house.round.id)))
    assert ann.name not in json.dumps(theirs)


@pytest.mark.parametrize("number", ["0", "99999999999999999999", "1x", "-1", "٣"])
def test_a_number_that_is_no_round_is_not_found(house, number):
    with pytest.raises(NotFoundError):
        mine.as_table(asking(house.tokens[house.people[0].participant_id], round_id=number))
