"""The order of the house: what stands at the top, and what is never said."""

import ast
import re
import subprocess
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
TOP = {
    ".ci", ".forgejo", ".github", ".gitattributes", ".gitignore", ".gitlab-ci.yml", ".streamlit", "CHANGELOG.md",
    "CONTRIBUTING.md", "LICENSE", "Makefile", "README.md", "SECURITY.md", "app.py", "data", "docs", "pages",
    "pyproject.toml", "requirements.txt", "tests", "xsector",
}  # fmt: skip
TEXTS = {".py", ".md", ".toml", ".txt", ".yaml", ".yml", ".css", ".js", ".typ", ".mako", ".cfg"}
LEFT = {".git", ".venv", ".hypothesis", ".mypy_cache", ".pytest_cache", ".ruff_cache", "__pycache__"}
LOCAL = re.compile(r"(?<![\w/.<])/(work|opt|home|root|Users|tmp)\b")
OUTSIDE = re.compile(r"\b(pypi\.org|files\.pythonhosted|registry\.npmjs|index-url|crates\.io)\b")


def tracked():
    """The files of the project, without what a run leaves behind."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    if listed.returncode:
        # Not a checkout: everything that doesn't look like a leaving.
        found = (path.relative_to(PROJECT) for path in PROJECT.rglob("*"))
        names = [str(path) for path in found if not LEFT & set(path.parts) and path.suffix not in {".pyc", ".sqlite3"}]
    else:
        names = listed.stdout.splitlines()
    return [PROJECT / name for name in names if (PROJECT / name).is_file()]


def texts():
    return [path for path in tracked() if path.suffix in TEXTS and path != Path(__file__)]


def test_the_top_level_holds_only_what_belongs_there():
    assert {path.relative_to(PROJECT).parts[0] for path in tracked()} <= TOP


def test_no_text_names_a_folder_of_one_machine():
    found = [
        f"{path.relative_to(PROJECT)}:{number}: {line.strip()}"
        for path in texts()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if LOCAL.search(line)
    ]

    assert found == []


def test_no_text_names_a_package_registry():
    found = [path.relative_to(PROJECT) for path in texts() if OUTSIDE.search(path.read_text(encoding="utf-8"))]

    assert found == []


def test_every_room_says_what_belongs_in_it_and_exports_nothing():
    rooms = sorted(path for path in (PROJECT / "xsector").iterdir() if list(path.glob("*.py")))

    for room in rooms:
        tree = ast.parse((room / "__init__.py").read_text(encoding="utf-8"))
        assert len(tree.body) == 1, room
        assert len(ast.get_docstring(tree)) > 60, room


def test_nothing_is_called_utils():
    assert [path for path in tracked() if re.search(r"utils?|helpers?|misc", path.stem)] == []


def test_every_test_is_named_by_a_sentence():
    short = []
    for path in (PROJECT / "tests").rglob("test_*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_") and node.name.count("_") < 2:
                short.append(f"{path.relative_to(PROJECT)}: {node.name}")

    assert short == []
