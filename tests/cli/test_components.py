"""The list of licences names what we ask for, and nothing comes in that would ask more of us."""

import re
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.utils import canonicalize_name

from xsector.cli.sbom import WANTED, needed

PROJECT = Path(__file__).resolve().parents[2]
PAPER = (PROJECT / "data" / "security" / "components.md").read_text(encoding="utf-8")
STRICT = re.compile(r"\b(AGPL|GPL|SSPL|BUSL|Affero)\b", re.IGNORECASE)
LENIENT = {"psycopg", "psycopg-binary"}
"""Under the LGPL, and said so in the paper."""


def asked_for():
    lines = (line.partition("#")[0].strip() for line in WANTED.read_text(encoding="utf-8").splitlines())
    return {canonicalize_name(re.split(r"[\[<>=~ ]", line)[0]) for line in lines if line}


def licences_of(package):
    """All that a package says of its licence, in few words."""
    said = distribution(package).metadata
    classified = [one for one in said.get_all("Classifier") or [] if one.startswith("License")]
    return " ".join([said.get("License-Expression") or (said.get("License") or "")[:80], *classified])


def is_strict(said):
    """Whether a licence would reach our own program; one that leaves a choice would not."""
    return bool(STRICT.search(said)) and " OR " not in said


def test_every_package_that_we_ask_for_stands_in_the_list():
    listed = set(re.findall(r"^\| ([\w-]+) \| [\w. -]+ \|$", PAPER, re.MULTILINE))

    assert asked_for() - listed == set()


def test_no_package_comes_under_a_licence_that_would_ask_more_of_us():
    strict = {name for name in needed(WANTED) if name and is_strict(licences_of(name))}

    assert strict - LENIENT == set()


@pytest.mark.parametrize(
    ("said", "strict"),
    [("GPL-3.0-only", True), ("License :: OSI Approved :: GNU Affero General Public License v3", True),
     ("MIT", False), ("Apache-2.0 OR GPL-2.0-or-later", False), ("BSD-3-Clause", False)],
)  # fmt: skip
def test_a_strict_licence_is_known_by_its_name(said, strict):
    assert is_strict(said) is strict
