"""The README's map of modules, from a spreadsheet to the report and the agenda."""

import csv
import json
import re

import pytest

from tests.test_settings_documented import README
from xsector.__main__ import main
from xsector.actions.survey.mapping import read_map

HOUSES = {"Government": ("City Hall", "The County", "State"), "Business": ("Acme", "Bolt", "Core")}
CELLS = {
    "contact": "123", "reliability": "12345", "truth": "54321", "ability": "23451", "strength": "34512",
    "statements": "12345", "picture": "1234", "items": "12345",
}  # fmt: skip


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with the README's map in it and a database to be."""
    monkeypatch.setenv("XSECTOR_DATABASE_URL", f"sqlite:///{tmp_path / 'data' / 'xsector.sqlite3'}")
    (tmp_path / "map.yaml").write_text(re.search(r"```yaml\n(.*?)```", README, re.DOTALL)[1], encoding="utf-8")
    return tmp_path


def cell(at, row, house):
    """An answer for the place *at* in the map."""
    if "points" in at:
        return ("33", "33", "34")[("Q01", "Q05", "parks").index(at[-1])]
    if at[-1] in {"now", "should", "part"}:
        return {"now": "the county", "should": "Same as today" if row % 2 else "both", "part": "We help"}[at[-1]]
    values = next(given for key, given in CELLS.items() if key in (at[-1], *at))
    return values[(row + len(house)) % len(values)]


def written(folder):
    wanted = read_map(folder / "map.yaml")
    columns = [(column, at) for at, column in wanted.modules.columns()]
    with (folder / "answers.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["Sector", "Works for", "Goal is clear", *(name for name, _ in columns)])
        for row in range(24):
            sector = ("Government", "Business")[row % 2]
            house = HOUSES[sector][row // 2 % 3]
            table.writerow([sector, house, row % 5 + 1, *(cell(at, row, house) for _, at in columns)])


def test_the_map_in_the_readme_works_all_the_way(folder, capsys):
    written(folder)

    assert main(["import", str(folder / "answers.csv"), "--partnership", "Town", "--map", str(folder / "map.yaml"),
                 "--json"]) == 0  # fmt: skip
    out, said = capsys.readouterr()
    made = json.loads(out)
    assert (made["answered"], made["unread"], made["skipped"]) == (24, [], [])
    assert "24 people gave points that are not 100 in steps of 5" in said
    assert "12 people rated their own organisation" in said
    assert main(["reveal", "1"]) == 0
    capsys.readouterr()
    assert main(["report", "1", "--json"]) == 0

    report = json.loads(capsys.readouterr().out)
    assert [one["code"] for one in report["items"]] == ["goal_is_clear"]
    assert {"priorities", "roles", "stage", "guesses", "trust"} <= set(report)
    assert report["roles"]["jobs"][0]["now"] == {"County": 24}
    agenda = folder / "agenda.md"
    assert main(["agenda", "1", "--minutes", "120", "-o", str(agenda)]) == 0
    assert "Set the direction" in agenda.read_text(encoding="utf-8")
