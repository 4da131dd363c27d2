"""The security papers name files and tests that exist, and say something of every requirement."""

import re
from pathlib import Path

import pytest

from xsector.actions import passwords

PROJECT = Path(__file__).resolve().parents[1]
SECURITY = PROJECT / "data" / "security"
PAPERS = [PROJECT / "SECURITY.md", SECURITY / "threat-model.md", SECURITY / "asvs.md", SECURITY / "components.md"]
LEVELS = {
    "1.1": "22", "1.2": "1111122223", "1.3": "112222222223", "1.4": "222", "1.5": "123",
    "2.1": "122", "2.2": "112", "2.3": "12223", "2.4": "23",
    "3.1": "3", "3.2": "113", "3.3": "12223", "3.4": "11222233", "3.5": "11122333", "3.6": "3", "3.7": "22333",
    "4.1": "12233", "4.2": "23333", "4.3": "22", "4.4": "1222",
    "5.1": "2", "5.2": "112333", "5.3": "113", "5.4": "222",
    "6.1": "122", "6.2": "111111112222", "6.3": "11223333", "6.4": "112233", "6.5": "22222333", "6.6": "2223",
    "6.7": "33", "6.8": "2222",
    "7.1": "222", "7.2": "1111", "7.3": "22", "7.4": "11222", "7.5": "223", "7.6": "22",
    "8.1": "1233", "8.2": "1123", "8.3": "133", "8.4": "23",
    "9.1": "111", "9.2": "1222",
    "10.1": "22", "10.2": "223", "10.3": "22223", "10.4": "1111122222233333", "10.5": "22222", "10.6": "22",
    "10.7": "222",
    "11.1": "2233", "11.2": "22233", "11.3": "11233", "11.4": "1222", "11.5": "23", "11.6": "23", "11.7": "33",
    "12.1": "12233", "12.2": "11", "12.3": "22223",
    "13.1": "2333", "13.2": "222223", "13.3": "2233", "13.4": "1222233",
    "14.1": "22", "14.2": "12223333", "14.3": "122",
    "15.1": "12233", "15.2": "12233", "15.3": "1222222", "15.4": "3333",
    "16.1": "2", "16.2": "22222", "16.3": "2222", "16.4": "222", "16.5": "2223",
    "17.1": "23", "17.2": "22223333", "17.3": "22",
}  # fmt: skip
"""The level of each requirement of ASVS 5.0.0, by section in the order of their numbers."""
VERDICTS = {"pass", "n/a", "no"}
ROW = re.compile(r"^\| (V[\d.]+) \| ([123]) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
SUMMARY = re.compile(r"^\| (\d) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|$", re.MULTILINE)


def wanted():
    """The requirements of level 1 and 2: number to level."""
    return {
        f"V{section}.{place}": level
        for section, levels in LEVELS.items()
        for place, level in enumerate(levels, start=1)
        if level != "3"
    }


def rows():
    """The rows of the table: number, level, what it asks, verdict, where or why."""
    return [tuple(cell.strip() for cell in row) for row in ROW.findall(PAPERS[2].read_text(encoding="utf-8"))]


def named(text):
    """The files and folders of the project that a text names between backticks, with a test or without."""
    quoted = re.findall(r"`([^`\n]+)`", text)
    return [one for one in quoted if re.fullmatch(r"[\w./-]+\.(py|md|toml|txt|typ|js|yaml)(::\w+)?|[\w./-]+/", one)]


def test_the_numbers_and_levels_are_those_of_the_standard():
    levels = "".join(LEVELS.values())

    assert [levels.count(level) for level in "123"] == [70, 183, 92]
    assert len(wanted()) == 253


def test_every_requirement_stands_in_the_table_once_with_its_level():
    numbers = [number for number, *_ in rows()]

    assert numbers == list(wanted())
    assert {number: level for number, level, *_ in rows()} == wanted()


def test_the_table_has_three_verdicts_and_each_says_where_or_why():
    assert {verdict for _, _, _, verdict, _ in rows()} == VERDICTS
    assert [row for row in rows() if len(row[2]) < 5 or len(row[4]) < 8] == []
    assert [row for row in rows() if row[3] == "pass" and not named(row[4])] == []


def test_the_summary_counts_what_the_table_says():
    found = [tuple(map(int, row)) for row in SUMMARY.findall(PAPERS[2].read_text(encoding="utf-8"))]

    counted = [
        (
            level,
            *(sum(row[1] == str(level) and row[3] == verdict for row in rows()) for verdict in ("pass", "n/a", "no")),
        )
        for level in (1, 2)
    ]
    assert found == [(*row, sum(row[1:])) for row in counted]


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
def test_every_file_and_test_that_a_paper_names_exists(paper):
    missing = []
    for one in named(paper.read_text(encoding="utf-8")):
        name, _, test = one.partition("::")
        path = PROJECT / name
        if not path.exists() or (test and f"def {test}(" not in path.read_text(encoding="utf-8")):
            missing.append(one)

    assert missing == []


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
def test_links_of_a_paper_lead_to_files(paper):
    links = re.findall(r"\]\((?!https?:)([^)#]+)", paper.read_text(encoding="utf-8"))

    assert [link for link in links if not (paper.parent / link).exists()] == []


def test_the_readme_leads_to_the_papers():
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")

    assert [path.name for path in PAPERS if f"]({path.relative_to(PROJECT)})" not in readme] == []


def test_words_that_no_password_may_hold_are_written_down():
    text = (SECURITY / "threat-model.md").read_text(encoding="utf-8")

    assert [word for word in passwords.COMMON if f"`{word}`" not in text] == []


def test_results_are_called_confidential_and_nothing_else():
    said = [line for paper in PAPERS for line in paper.read_text(encoding="utf-8").splitlines() if "anonym" in line]

    assert [line for line in said if "never" not in line and "not anonym" not in line] == []
