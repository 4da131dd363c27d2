"""Who may import whom: the table of the rooms, held as a dictionary."""

import ast
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[1]
WRITERS = {"errors", "settings", "model", "store", "release", "agenda"}
ROOMS = {
    "errors": set(),
    "settings": {"errors"},
    "model": {"errors"},
    "store": {"errors", "model"},
    "release": {"errors", "model"},
    "analysis": {"errors", "model"},
    "charts": {"model", "analysis"},
    "agenda": {"model", "analysis"},
    "export": {"errors", "model", "analysis", "agenda", "charts"},
    "actions": WRITERS,
    "reports": WRITERS | {"actions", "analysis"},
    "ui": {"errors", "settings", "model", "store", "actions"},
    "web": {"errors", "settings", "model", "store", "actions", "reports", "charts", "export", "ui"},
    "cli": {"errors", "settings", "model", "actions", "reports", "charts", "export"},
    "pages": {"model", "actions", "reports", "charts", "export", "ui", "agenda"},
}
DOORS = {"__init__", "__main__", "bootstrap", "start_demo"}
OUTSIDE = {
    "streamlit": {"ui", "pages", "app"},
    "starlette": {"web", "app"},
    "sqlalchemy": {"store"},
    "alembic": {"store"},
    "plotly": {"charts", "export"},
    "argon2": {"store"},
    "cryptography": {"store"},
    "pydantic": {"model", "actions"},
    "yaml": {"model", "actions"},
    "docx": {"export"},
    "typst": {"export"},
    "icalendar": {"export"},
    "openpyxl": {"actions", "export"},
}
BOOTSTRAP = {"__main__", "bootstrap"}


def sources():
    """Every file of the program with the room it stands in."""
    yield "app", PROJECT / "app.py"
    for path in sorted((PROJECT / "pages").glob("*.py")):
        yield "pages", path
    for path in sorted((PROJECT / "xsector").rglob("*.py")):
        inside = path.relative_to(PROJECT / "xsector")
        yield (inside.parts[0] if len(inside.parts) > 1 else inside.stem), path


def imported(tree):
    """The full names of all modules that a file imports, wherever the import stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            if node.level:
                yield "relative import"
            elif node.module == "xsector":
                yield from (f"xsector.{name.name}" for name in node.names)
            elif node.module:
                yield node.module


def room_of(module):
    """The room that a module of xsector stands in, None for modules of others."""
    parts = module.split(".")
    return parts[1] if parts[0] == "xsector" and len(parts) > 1 else None


def offences(room, tree):
    """What one file imports and may not, as sentences."""
    for module in imported(tree):
        outer, inner = module.split(".")[0], room_of(module)
        if module == "relative import":
            yield f"{room} may not import by dots"
        if room in ROOMS and inner is not None and inner != room and inner not in ROOMS[room]:
            yield f"{room} may not import {inner}"
        if outer in OUTSIDE and room not in OUTSIDE[outer]:
            yield f"{room} may not import {outer}"


def found_offences():
    return sorted(
        {
            f"{path.relative_to(PROJECT)}: {sentence}"
            for room, path in sources()
            for sentence in offences(room, ast.parse(path.read_text(encoding="utf-8")))
        }
    )


def test_every_room_stands_in_the_table():
    rooms = {room for room, _ in sources()}

    assert rooms - DOORS - {"app"} == set(ROOMS)


def test_rooms_import_only_what_the_table_allows():
    assert found_offences() == []


@pytest.mark.parametrize(
    ("room", "source", "sentence"),
    [
        ("charts", "from xsector.store.engine import reading", "charts may not import store"),
        ("pages", "import xsector.analysis.findings", "pages may not import analysis"),
        ("analysis", "def f():\n    from xsector import release", "analysis may not import release"),
        ("actions", "from sqlalchemy.orm import Session", "actions may not import sqlalchemy"),
        ("store", "import streamlit as st", "store may not import streamlit"),
        ("ui", "from starlette.requests import Request", "ui may not import starlette"),
        ("reports", "import plotly.graph_objects as go", "reports may not import plotly"),
        ("model", "from . import names", "model may not import by dots"),
    ],
)
def test_an_offence_is_named_in_a_sentence(room, source, sentence):
    assert list(offences(room, ast.parse(source))) == [sentence]


@pytest.mark.parametrize("name", sorted(BOOTSTRAP))
def test_the_first_steps_need_nothing_but_python(name):
    tree = ast.parse((PROJECT / "xsector" / f"{name}.py").read_text(encoding="utf-8"))
    top = ast.Module(body=[node for node in tree.body if not isinstance(node, ast.FunctionDef)], type_ignores=[])

    modules = {module.split(".")[0] for module in imported(top)}

    assert modules <= {*sys.stdlib_module_names, "xsector"}
    assert {module for module in imported(top) if room_of(module)} <= {"xsector.bootstrap"}


def lazy_imports(tree):
    """The imports inside functions."""
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from (node for node in ast.walk(function) if isinstance(node, ast.Import | ast.ImportFrom))


def test_a_file_that_imports_inside_functions_gives_the_reason():
    silent = []
    for _, path in sources():
        lines = path.read_text(encoding="utf-8").splitlines()
        places = [node.lineno for node in lazy_imports(ast.parse("\n".join(lines)))]
        if places and not any("#" in line for place in places for line in lines[max(0, place - 3) : place]):
            silent.append(str(path.relative_to(PROJECT)))

    assert silent == []
