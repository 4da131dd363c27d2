"""The sizes that keep every file readable in one sitting."""

import ast
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
LONGEST_FUNCTION, LONGEST_FILE, LONGEST_PAGE = 40, 400, 60
MIGRATIONS = PROJECT / "xsector" / "store" / "migrations" / "versions"


def sources():
    return [path for path in (PROJECT / "xsector").rglob("*.py") if MIGRATIONS not in path.parents]


def pages():
    return sorted((PROJECT / "pages").glob("*.py"))


def length_of(function):
    """Lines of a function without its decorators and its docstring."""
    first = function.body[0]
    spoken = (
        isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
    )
    docstring = first.end_lineno - first.lineno + 1 if spoken else 0
    return function.end_lineno - function.lineno + 1 - docstring


def functions(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def lines_of(path):
    return len(path.read_text(encoding="utf-8").splitlines())


def test_no_function_is_longer_than_one_screen():
    long = [
        f"{path.relative_to(PROJECT)}: {function.name} has {length_of(function)} lines"
        for path in [*sources(), *pages(), PROJECT / "app.py"]
        for function in functions(path)
        if length_of(function) > LONGEST_FUNCTION
    ]

    assert long == []


def test_no_file_is_longer_than_one_sitting():
    long = [
        f"{path.relative_to(PROJECT)} has {lines_of(path)} lines" for path in sources() if lines_of(path) > LONGEST_FILE
    ]

    assert long == []


def test_no_page_is_longer_than_one_look():
    long = [f"{path.name} has {lines_of(path)} lines" for path in pages() if lines_of(path) > LONGEST_PAGE]

    assert long == []


def test_the_docstring_is_not_counted():
    source = 'def f():\n    """One.\n\n    Two.\n    """\n    return 1\n'

    assert length_of(ast.parse(source).body[0]) == 2
