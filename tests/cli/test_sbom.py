import importlib.util
import json
import os
import subprocess
import sys
from argparse import ArgumentParser
from importlib.metadata import version
from pathlib import Path

import pytest

from xsector.cli import sbom

PROJECT = Path(__file__).resolve().parents[2]
NO_NETWORK = """
import socket

def refuse(*_):
    raise OSError("asked another computer")

socket.socket.connect = refuse
socket.getaddrinfo = refuse
"""
maker = pytest.mark.skipif(
    importlib.util.find_spec(sbom.MAKER) is None and not os.environ.get("CI"),
    reason="needs cyclonedx-bom of tests/requirements.txt",
)


def options(*arguments):
    parser = ArgumentParser()
    sbom.add_arguments(parser)
    return parser.parse_args(arguments)


@maker
def test_the_list_is_cyclonedx_and_is_made_without_any_other_computer(tmp_path):
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    (tmp_path / "sitecustomize.py").write_text(NO_NETWORK)
    paths = [str(tmp_path), str(PROJECT), os.environ.get("PYTHONPATH", "")]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))}

    made = subprocess.run(
        [sys.executable, "-m", "xsector", "sbom"],
        cwd=tmp_path, env=environment, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip

    assert (made.returncode, made.stderr) == (0, "")
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(made.stdout) is None
    document = json.loads(made.stdout)
    assert document["metadata"]["component"]["name"] == "xsector"
    assert len(document["components"]) > 30


@maker
def test_the_list_holds_what_is_installed_and_needed_and_nothing_of_developers(tmp_path, capsys):
    path = tmp_path / "packages.json"

    sbom.run(options("-o", str(path)))

    document = json.loads(path.read_text(encoding="utf-8"))
    found = {one["name"].casefold(): one["version"] for one in document["components"]}
    wanted = ("streamlit", "starlette", "sqlalchemy", "argon2-cffi", "psycopg-binary", "openpyxl", "typst", "lxml")
    assert {name: found.get(name) for name in wanted} == {name: version(name) for name in wanted}
    assert not {"pytest", "hypothesis", "ruff", "mypy", "scipy", "playwright", "cyclonedx-bom"} & set(found)
    assert all(one["bom-ref"] and one["purl"].startswith("pkg:pypi/") for one in document["components"])
    assert capsys.readouterr().out == f"Wrote {len(found)} packages to {path}.\n"


@maker
def test_whoever_needs_a_package_is_told_for_each_package(tmp_path):
    path = tmp_path / "packages.json"

    sbom.run(options("-o", str(path)))

    document = json.loads(path.read_text(encoding="utf-8"))
    refs = {one["bom-ref"] for one in document["components"]} | {document["metadata"]["component"]["bom-ref"]}
    edges = {one["ref"]: one["dependsOn"] for one in document["dependencies"]}
    assert set(edges) == refs
    assert {one for others in edges.values() for one in others} == refs - {"root-component"}


def test_extras_that_were_asked_for_count_and_others_do_not(tmp_path):
    wanted = tmp_path / "requirements.txt"
    wanted.write_text(
        "# for the database\npsycopg[binary]>=3 # with its own library\n\npandas\nnot-installed-anywhere\n"
    )

    needs = sbom.needed(wanted)

    assert needs[""] == {"psycopg", "pandas"}
    assert "psycopg-binary" in needs["psycopg"]
    assert "numpy" in needs["pandas"]
    assert not {"hypothesis", "pytest", "sqlalchemy", "not-installed-anywhere"} & set(needs)


def test_only_packages_that_are_needed_stay_and_nothing_given_is_changed():
    document = {
        "components": [{"name": "Used", "bom-ref": "u"}, {"name": "for_tests", "bom-ref": "t"}],
        "dependencies": [{"ref": "u", "dependsOn": ["t"]}, {"ref": "t"}],
        "metadata": {"component": {"bom-ref": "root"}},
    }
    before = json.dumps(document)

    kept = sbom.running_only(document, needs={"": {"used"}, "used": {"gone"}})

    assert kept["components"] == [{"name": "Used", "bom-ref": "u"}]
    assert kept["dependencies"] == [{"ref": "root", "dependsOn": ["u"]}, {"ref": "u", "dependsOn": []}]
    assert json.dumps(document) == before


def test_without_the_package_that_makes_it_a_sentence_says_what_to_install(monkeypatch):
    monkeypatch.setattr(sbom, "MAKER", "a_package_that_nobody_has")

    with pytest.raises(sbom.NoListError) as refused:
        sbom.run(options())

    assert refused.value.sentence() == (
        "The package that makes the list, cyclonedx-bom, is not installed. "
        "Install what developers use: python -m pip install -r tests/requirements.txt"
    )
