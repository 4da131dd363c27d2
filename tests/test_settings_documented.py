"""README.md's table of settings says what the program reads, no more and no less."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from xsector.errors.operating import SettingError
from xsector.settings import Settings, from_environment

PROJECT = Path(__file__).resolve().parents[1]
README = (PROJECT / "README.md").read_text(encoding="utf-8")


def table():
    """Variable, default and meaning of each row of the table of settings."""
    rows = re.findall(r"^\| `(XSECTOR_\w+)` \| (.*?) \| (.*?) \|$", README, re.MULTILINE)
    return {name: (default.strip("` "), meaning) for name, default, meaning in rows}


def test_the_readme_names_every_setting_and_none_that_does_not_exist():
    assert set(table()) == {knob.metadata["env"] for knob in fields(Settings)}


def test_the_readme_gives_the_defaults_that_the_program_has():
    project = f"{PROJECT}/"
    said = {
        knob.metadata["env"]: str(knob.default).replace(f"sqlite:///{project}", "sqlite:///").replace(project, "")
        for knob in fields(Settings)
    }

    assert {name: default for name, (default, _) in table().items()} == said


def test_the_program_reads_no_other_variable():
    used = {
        name
        for path in [*(PROJECT / "xsector").rglob("*.py"), *(PROJECT / "pages").glob("*.py"), PROJECT / "app.py"]
        for name in re.findall(r"XSECTOR_[A-Z_]+", path.read_text(encoding="utf-8"))
    }

    assert used <= set(table())


def test_a_variable_is_read_trimmed_and_an_empty_one_counts_as_unset():
    given = from_environment(
        {
            "XSECTOR_BASE_URL": " https://partners.example.org/ ",
            "XSECTOR_BACKUPS": "",
            "XSECTOR_KEEP_DAYS_BACKUPS": " 7 ",
        }
    )

    assert given.base_url == "https://partners.example.org/"
    assert given.address("/join/x") == "https://partners.example.org/join/x"
    assert given.secure
    assert (given.keep_days_backups, Settings().keep_days_backups) == (7, 90)
    assert given.backups == Settings().backups
    assert not Settings().secure


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("XSECTOR_DATABASE_URL", "mysql://localhost/x"),
        ("XSECTOR_DATABASE_URL", "data.sqlite3"),
        ("XSECTOR_BASE_URL", "partners.example.org"),
        ("XSECTOR_BASE_URL", "ftp://partners.example.org"),
        ("XSECTOR_BASE_URL", "https://partners.example.org/?token=1"),
        ("XSECTOR_KEEP_DAYS_BACKUPS", "0"),
        ("XSECTOR_KEEP_DAYS_BACKUPS", "-1"),
        ("XSECTOR_KEEP_DAYS_BACKUPS", "a month"),
        ("XSECTOR_KEEP_DAYS_BACKUPS", "36501"),
        ("XSECTOR_KEEP_DAYS_BACKUPS", "9" * 5_000),
        ("XSECTOR_KEEP_DAYS_BACKUPS", "²"),
    ],
)
def test_a_variable_that_cannot_be_used_is_named(name, value):
    with pytest.raises(SettingError, match=f"^{name} must "):
        from_environment({name: value})
