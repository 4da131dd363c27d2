"""The pages of modules show a round that came from a file as they show every other."""

import pytest

from tests.actions import module_files
from tests.build import account
from tests.ui.screens import as_account, screen, words


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("roles", "Set the direction"), ("priorities", "Direct help for people now"), ("stage", "Settling how we work"),
        ("guesses", "Government"), ("trust", "They do what they said they would do"), ("results", "R1"),
    ],
)  # fmt: skip
def test_each_page_shows_what_the_file_holds(served, tmp_path, monkeypatch, page, said):
    as_account(monkeypatch, account(served, "Olga"))
    house = module_files.house(served)
    path = module_files.as_csv(tmp_path, module_files.table(house, module_files.everybody(house, seed=1)))
    made = module_files.revealed_file(served, path, map_text=module_files.mapped(house))

    app = screen(f"facilitator_{page}.py", p=made.round.partnership_id, r=made.round.id)

    tables = " ".join(frame.value.to_csv() for frame in app.dataframe)
    assert said in words(app) + tables
