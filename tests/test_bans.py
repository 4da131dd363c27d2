"""What no file may hold, whoever wrote it."""

import ast
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[1]
FORMATTED = {
    "badge", "button", "caption", "checkbox", "download_button", "error", "expander", "form_submit_button", "header",
    "info", "link_button", "markdown", "metric", "multiselect", "pills", "popover", "radio", "segmented_control",
    "selectbox", "subheader", "success", "tabs", "text_area", "text_input", "title", "toast", "toggle", "warning",
    "write",
}  # fmt: skip
"""What Streamlit reads as Markdown."""
HARMLESS = {"plain", "len", "int", "round", "minutes"}
"""Calls whose value may stand in such a text: other people's words made inert, and numbers."""
SPEAKING = {"cli", "__main__.py", "bootstrap.py", "start_demo.py"}


def sources():
    inside = (PROJECT / "xsector").rglob("*.py")
    return [*sorted(inside), *sorted((PROJECT / "pages").glob("*.py")), PROJECT / "app.py"]


def name_of(node):
    """The dotted name of what is called."""
    if isinstance(node, ast.Attribute):
        return f"{name_of(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def harmless(node):
    """Whether a part of a text is fixed, a number as it is formatted, or was made inert."""
    if isinstance(node, ast.Constant):
        return True
    if isinstance(node, ast.FormattedValue):
        return _number(node.format_spec) or harmless(node.value)
    if isinstance(node, ast.JoinedStr):
        return all(harmless(part) for part in node.values)
    if isinstance(node, ast.BinOp):
        return harmless(node.left) and harmless(node.right)
    if isinstance(node, ast.IfExp):
        return harmless(node.body) and harmless(node.orelse)
    return isinstance(node, ast.Call) and name_of(node.func).split(".")[-1] in HARMLESS


def _number(spec):
    """Whether a format says that only a number will do."""
    end = spec.values[-1] if isinstance(spec, ast.JoinedStr) and spec.values else None
    return isinstance(end, ast.Constant) and str(end.value)[-1] in "d,f%"


def put_together(node):
    return (
        isinstance(node, ast.JoinedStr)
        or (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Mod))
        or (isinstance(node, ast.Call) and name_of(node.func).split(".")[-1] in {"format", "join"})
    )


def offences(tree, *, may_print):
    """What a file holds and may not, as sentences with the line."""
    for node in ast.walk(tree):
        line = getattr(node, "lineno", 0)
        if isinstance(node, ast.Assert):
            yield f"{line}: assert is gone under -O"
        if isinstance(node, ast.ExceptHandler) and (node.type is None or "Exception" in _caught(node.type)):
            yield f"{line}: catches everything"
        if isinstance(node, ast.Call):
            yield from _calls(node, may_print=may_print)


def _caught(node):
    return {name_of(one) for one in (node.elts if isinstance(node, ast.Tuple) else [node])}


def _calls(node, *, may_print):
    line, name = node.lineno, name_of(node.func)
    last = name.split(".")[-1]
    if any(word.arg == "unsafe_allow_html" for word in node.keywords):
        yield f"{line}: unsafe_allow_html"
    if name in {"st.html", "st.iframe", "components.html", "components.iframe", "st.components.v1.html"}:
        yield f"{line}: {name}"
    if last in FORMATTED and name.split(".")[0] == "st":
        given = [*node.args[:1], *(word.value for word in node.keywords if word.arg in {"label", "body", "help"})]
        if any(put_together(one) and not harmless(one) for one in given):
            yield f"{line}: {name} gets a text that was put together; use ui.text.plain"
    if (
        name != "st.text"
        and last in {"text", "exec_driver_sql"}
        and node.args
        and put_together(node.args[0])
        and not _fixed(node.args[0])
    ):
        yield f"{line}: SQL that was put together"
    if name == "print" and not may_print:
        yield f"{line}: print"


def _fixed(node):
    """Whether everything in an SQL text is a constant of the program, written in capitals."""
    return isinstance(node, ast.JoinedStr) and all(
        isinstance(part, ast.Constant) or (isinstance(part.value, ast.Name) and part.value.id.isupper())
        for part in node.values
    )


def found():
    for path in sources():
        inside = path.relative_to(PROJECT).parts
        may_print = bool(SPEAKING & set(inside))
        tree = ast.parse(path.read_text(encoding="utf-8"))
        yield from (f"{'/'.join(inside)}:{sentence}" for sentence in offences(tree, may_print=may_print))


def test_no_file_holds_what_is_banned():
    assert list(found()) == []


@pytest.mark.parametrize(
    "source",
    [
        "assert x",
        "try:\n    f()\nexcept Exception:\n    pass",
        "try:\n    f()\nexcept (OSError, Exception):\n    pass",
        "try:\n    f()\nexcept:\n    pass",
        "st.markdown(x, unsafe_allow_html=True)",
        "st.html(x)",
        "st.iframe(x)",
        "components.html(x)",
        'st.markdown(f"**{name}**")',
        'st.caption("Round " + name)',
        'st.write("%s" % name)',
        'st.button(label=f"Remove {name}")',
        'st.info(", ".join(names))',
        'session.execute(text(f"SELECT {name}"))',
        'connection.exec_driver_sql("SELECT " + name)',
        'print("x")',
    ],
)
def test_an_offence_is_found(source):
    assert len(list(offences(ast.parse(source), may_print=False))) == 1


@pytest.mark.parametrize(
    "source",
    [
        'st.markdown("**Bold**")',
        'st.markdown(f"**{plain(name)}**")',
        'st.caption(f"{text.plain(name)}: {number:,} of {len(people)}")',
        'st.text(f"{name}")',
        'session.execute(text("SELECT 1"))',
        "try:\n    f()\nexcept OSError:\n    raise",
    ],
)
def test_what_is_harmless_may_stand(source):
    assert list(offences(ast.parse(source), may_print=False)) == []
