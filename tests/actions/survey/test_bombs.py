import time
from pathlib import Path

import pytest

from tests.actions.survey import bombs
from xsector.actions.roster_file import read_roster
from xsector.actions.setting_up import MOST_PEOPLE
from xsector.actions.survey.answers_file import inspect_survey
from xsector.actions.survey.mapping import ImportOptions
from xsector.actions.survey.workbook_table import WEB_LIMITS
from xsector.errors.files import SurveyFileError
from xsector.model.sector import DEFAULT_SECTORS

MEGABYTES = 50
SECONDS = 5
BOMBS = {**dict(bombs.workbooks()), **dict(bombs.tables())}


class measured:  # used like a function
    """How long a block takes, and how far the process grows in it where the system tells."""

    def __enter__(self):
        self.seconds, self.megabytes = time.process_time(), 0.0
        self._before = peak()
        return self

    def __exit__(self, *_):
        self.seconds = time.process_time() - self.seconds
        self.megabytes = peak(fresh=False) - self._before


def peak(*, fresh=True):
    """The most memory this process has held, from now on if *fresh*, in megabytes; 0 where nobody tells."""
    try:
        if fresh:
            Path("/proc/self/clear_refs").write_text("5")
        lines = Path("/proc/self/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def refused(read):
    """The sentence with which *read* refuses, quickly and without growing."""
    with measured() as cost, pytest.raises(SurveyFileError) as caught:
        read()
    assert cost.seconds < SECONDS
    assert cost.megabytes < MEGABYTES
    return str(caught.value)


@pytest.mark.parametrize("name", BOMBS)
def test_a_roster_that_would_burst_is_refused_with_a_sentence(name):
    sentence = refused(lambda: read_roster(BOMBS[name], sectors=DEFAULT_SECTORS))

    assert sentence.endswith(".")
    assert len(sentence) < 200


@pytest.mark.parametrize("name", BOMBS)
def test_answers_that_would_burst_are_refused_with_a_sentence(name, tmp_path):
    path = tmp_path / "answers.xlsx"
    path.write_bytes(BOMBS[name])
    options = ImportOptions(sector="Sector")

    sentence = refused(lambda: inspect_survey(path, options=options, limits=WEB_LIMITS))

    assert sentence.endswith(".")


def test_the_largest_roster_that_is_allowed_is_read_quickly():
    rows = [["Name", "Organisation", "Sector"]]
    rows += [[f"Person {n}", f"House {n}", "Government"] for n in range(MOST_PEOPLE)]
    book = bombs.workbook_of(rows)

    with measured() as cost:
        draft = read_roster(book, sectors=DEFAULT_SECTORS)

    assert len(draft.rows) == MOST_PEOPLE
    assert draft.errors == ()
    assert cost.seconds < SECONDS
    assert cost.megabytes < MEGABYTES


def test_a_workbook_whose_rows_are_shaded_to_the_last_column_is_still_read():
    rows = "".join(
        f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>Ann {n}</t></is></c>'
        f'<c r="B{n}" t="inlineStr"><is><t>City Hall</t></is></c>'
        f'<c r="C{n}" t="inlineStr"><is><t>Government</t></is></c><c r="XFD{n}" s="0"/></row>'
        for n in range(1, 41)
    )
    book = bombs.rezipped(bombs.BOOK, sheet1=bombs.sheet(rows.encode()))

    draft = read_roster(book, sectors=DEFAULT_SECTORS)

    assert [row.name for row in draft.rows] == [f"Ann {n}" for n in range(1, 41)]


def test_a_name_of_a_hundred_thousand_letters_is_a_problem_of_its_row():
    table = "Name,Organisation,Sector\n" + "a" * 100_000 + ",City Hall,Government\nBo,City Hall,Government\n"

    with measured() as cost:
        draft = read_roster(table, sectors=DEFAULT_SECTORS)

    assert [row.name for row in draft.rows] == ["Bo"]
    assert len(draft.errors) == 1
    assert len(draft.errors[0].sentence()) < 200
    assert cost.seconds < SECONDS
