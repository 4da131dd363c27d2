"""The counts that left the server in a whole round, read off tables, pictures and papers, and put before the attack."""

import json
import re
from io import BytesIO

import pytest
from docx import Document

from tests.browser.planted import LABELS, RATED, SECTORS, SENSITIVE
from tests.privacy import counts_read
from xsector.__main__ import main
from xsector.actions.permission import OPERATOR
from xsector.model.instrument_file import load_form
from xsector.reports.ledger import ledger_with_members
from xsector.settings import DATA
from xsector.store.engine import open_engine

pytestmark = pytest.mark.browser
LEVELS = LABELS[:5]
ASKED = counts_read.questions(RATED, sensitive=SENSITIVE)
SHORT = {item.short: item.code for item in load_form(DATA / "instruments", "pulse").items()}


@pytest.fixture(scope="module")
def members(evidence):
    """Who of the planted people is in which group, by the reader's own list."""
    return {name: [one.name for one in evidence.walked.finishers if one.sector == name] for name in SECTORS}


@pytest.fixture(scope="module")
def truth(evidence):
    return {one.name: one.answers() for one in evidence.walked.people}


@pytest.fixture(scope="module")
def tables(evidence, members):
    """The counts in the tables of the Results page, question by question."""
    found = []
    for (code, since), (_, until) in zip(evidence.walked.looked, evidence.walked.looked[1:], strict=False):
        there = [one for one in evidence.left if one.who == "facilitator" and since <= one.at < until]
        for table in [table for one in there for table in one.tables]:
            found += counts_read.from_table(table, code=code, members=members)
    return found


@pytest.fixture(scope="module")
def pictures(evidence, members):
    """The counts in the words of every picture, on the wall and elsewhere, after the reveal."""
    found = []
    boards = [board for one in evidence.left if one.at >= evidence.revealed_at for board in one.boards]
    for alt in sorted({board["alt"] for board in boards}):
        code = next((item.code for item in _items() if alt.startswith(f"“{item.text.rstrip('.')}”")), None)
        if code is not None:
            found += counts_read.from_sides(alt, code=code, members=members)
            found += counts_read.from_people(alt, code=code, members=members, levels=LEVELS)
            found += counts_read.from_roughly(alt, code=code, members=members, levels=LEVELS)
    return found


@pytest.fixture(scope="module")
def papers(evidence, members):
    """The counts in the agenda as Word and Markdown."""
    found = []
    for title, rows in (*_word_tables(evidence), *_markdown_tables(evidence)):
        code = SHORT.get(title.rpartition(": ")[2])
        found += counts_read.from_paper(rows, code=code, members=members, levels=LEVELS) if code else []
    return found


@pytest.fixture(scope="module")
def report(evidence, members):
    """The counts in the report of the command line."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XSECTOR_DATABASE_URL", _url(evidence))
        printed = []
        patch.setattr("xsector.cli.report.print_json", printed.append)
        assert main(["report", str(evidence.walked.round_id), "--json"]) == 0
    return counts_read.from_report(json.loads(json.dumps(printed[0])), members=members)


@pytest.fixture(scope="module")
def everything(tables, pictures, papers, report):
    return [*tables, *pictures, *papers, *report]


def _url(evidence):
    return f"sqlite:///{evidence.folder / 'xsector.sqlite3'}"


def _items():
    return list(load_form(DATA / "instruments", "pulse").items())


def _paper(evidence, kind):
    [content] = {one.raw for one in evidence.left if f".{kind}?" in one.path and one.kind == "body"}
    return content


def _word_tables(evidence):
    """Each table of the Word file with the heading above it."""
    document, heading = Document(BytesIO(_paper(evidence, "docx"))), ""
    for part in document.iter_inner_content():
        if hasattr(part, "rows"):
            yield heading, [tuple(cell.text for cell in row.cells) for row in part.rows]
        elif part.style.name.startswith("Heading"):
            heading = part.text


def _markdown_tables(evidence):
    for part in re.split(r"(?m)^### ", _paper(evidence, "md").decode())[1:]:
        title, _, rest = part.partition("\n")
        rows = [
            tuple(cell.strip().replace("\\", "") for cell in line.strip("|").split("|"))
            for line in rest.splitlines()
            if line.startswith("|") and not line.startswith("| ---")
        ]
        if rows:
            yield title.replace("\\", ""), rows


def test_the_tables_on_the_screen_are_the_ledger_number_by_number(evidence, tables, members):
    engine = open_engine(_url(evidence))
    ledger = ledger_with_members(engine, account=OPERATOR, round_id=evidence.walked.round_id)
    engine.dispose()
    named = {f"p{one.participant_id}": one.name for one in evidence.walked.people}
    kept = {(one["q"].split("@")[0], one["label"]): one for one in ledger["releases"]}
    banded = {code for (code, _), one in kept.items() if "at_least" in one}

    read = {(one["q"], one["label"]): one["counts"] for one in tables}

    assert read == {key: one["counts"] for key, one in kept.items() if key[0] not in banded}
    assert banded == {"T01", "T05"}
    assert {label: sorted(named[one] for one in some["members"]) for (_, label), some in kept.items()} == members
    assert len(read) == 3 * (len(RATED) - len(banded))
    assert counts_read.numbers_in(tables) > 80


def test_pictures_and_papers_were_read_and_say_what_was_answered(tables, pictures, papers, report, truth):
    assert {one["q"] for one in pictures} == set(RATED)
    assert any("at_least" in one and one["q"] == "T01" for one in pictures)
    assert any(one["label"] == "everybody" for one in pictures)
    assert len({one["q"] for one in papers}) >= 2
    assert {one["q"] for one in report} == set(RATED)
    assert counts_read.numbers_in(report) > 100
    assert counts_read.differs([*tables, *pictures, *papers, *report], truth) == []


def test_the_pdf_holds_no_share_that_the_other_papers_lack(evidence):
    [written] = [one for one in evidence.left if ".md?" in one.path and one.kind == "body"]
    [printed] = [one for one in evidence.left if ".pdf?" in one.path and one.kind == "body"]
    shares = re.compile(r"\d+\s?%")

    found = {re.sub(r"\s", "", share) for share in shares.findall("\n".join(printed.texts))}

    assert len(found) > 3
    assert found <= set(shares.findall("\n".join(written.texts)))


def test_of_a_question_with_a_band_no_other_number_left(evidence):
    rough = [item.text for item in _items() if item.code in {"T01", "T05"}]
    after = [one for one in evidence.left if one.at >= evidence.revealed_at]

    cells = [cell for one in after for table in one.tables for row in table.rows for cell in row]
    assert [text for text in rough if text in cells] == []
    assert any(item.text in cells for item in _items())


def test_nobodys_answer_can_be_worked_out_from_all_that_left(everything, truth, members):
    assert counts_read.known(everything, asked=ASKED, truth=truth, groups=members.values()) == []


def test_nor_can_it_by_one_of_a_group_who_takes_away_their_own_answer(everything, truth, members):
    for some in members.values():
        for one in some:
            given = {"groups": members.values(), "insiders": [one]}
            assert counts_read.known(everything, asked=ASKED, truth=truth, **given) == []


def test_one_table_of_one_person_less_is_found(everything, truth, members):
    some = members["Business"][1:]
    answers = [truth[one]["S01"] for one in some]
    less = {"q": "S01", "members": some, "counts": {level: answers.count(level) for level in set(answers)}}

    found = counts_read.known([*everything, less], asked=ASKED, truth=truth, groups=members.values())

    left_out = members["Business"][0]
    assert [(one["members"], one["values"]) for one in found if left_out in one["members"]] == [
        ([left_out], [truth[left_out]["S01"]])
    ]


def test_one_count_in_place_of_a_band_is_found(everything, truth, members):
    trusting = {"q": "T01", "members": members["Government"], "partial": {"4": 5}}

    given = {"groups": members.values(), "insiders": [members["Government"][0]]}
    assert counts_read.known([*everything, trusting], asked=ASKED, truth=truth, **given)
