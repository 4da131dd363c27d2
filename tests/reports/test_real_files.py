"""Two files of real answers, from file to report, against the figures calculated from the file itself.

They don't come with the program: a folder is named by XSECTOR_SURVEY_FILES, or they lie beside the project.
"""

import csv
import os
from pathlib import Path

import pytest

from tests.build import NOW
from tests.reports.independent import figures
from tests.reports.test_report_document import undefined
from xsector.actions.importing import import_survey
from xsector.actions.permission import OPERATOR
from xsector.actions.releasing import reveal
from xsector.actions.survey.mapping import ImportOptions
from xsector.reports.results import report_document

PROJECT = Path(__file__).resolve().parents[2]
FOLDER = Path(os.environ.get("XSECTOR_SURVEY_FILES") or PROJECT.parent / "shared" / "data")
PARTIES = ("Labour", "Conservative", "Liberal Democrat")
RATED = ("economic.cond.national", "economic.cond.household", "Blair", "Hague", "Kennedy")
KNOWN = {
    "bfi.csv": ("gender", tuple(f"{letter}{number}" for letter in "ACENO" for number in range(1, 6)), 6, ("1", "2")),
    "beps.csv": ("vote", RATED, 5, PARTIES),
}
FOUND = [name for name in KNOWN if (FOLDER / name).is_file()]


def answers_of(name):
    """Everybody's answers from the file: a dict for each row."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("name", FOUND)
def test_a_real_file_gives_the_figures_that_are_in_it(quick_engine, name):
    column, items, positions, sectors = KNOWN[name]
    rows = answers_of(name)
    options = ImportOptions(sector=column, items=items, levels=f"1..{positions}")

    made = import_survey(quick_engine, account=OPERATOR, path=FOLDER / name, partnership=name, options=options, now=NOW)
    reveal(quick_engine, account=OPERATOR, round_id=made.round.id, now=NOW)
    document = report_document(quick_engine, account=OPERATOR, round_id=made.round.id)

    counted = {sector: [row for row in rows if row[column] == sector] for sector in sectors}
    assert made.answered == sum(map(len, counted.values())) == document["answered"]
    assert sorted(block["n"] for block in document["blocks"]) == sorted(map(len, counted.values()))
    assert [one["code"] for one in document["items"]] == sorted(
        items, key=[one["code"] for one in document["items"]].index
    )
    assert len(document["items"]) == len(items)
    for one in document["items"]:
        groups = [[int(row[one["code"]]) for row in there if row[one["code"]] != "NA"] for there in counted.values()]
        expected = figures(groups, positions=positions)
        assert {key: one[key] for key in expected} == pytest.approx(
            {key: undefined(value) for key, value in expected.items()}, abs=1e-9
        )
        assert sorted(map(tuple, one["counts"].values())) == sorted(
            tuple(group.count(level) for level in range(1, positions + 1)) for group in groups
        )
