"""What a partner's page loads: nothing that only results need."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]


def imports_of(page):
    tree = ast.parse((PROJECT / "pages" / page).read_text(encoding="utf-8"))
    return "\n".join(ast.unparse(node) for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom))


@pytest.mark.parametrize("page", ["partner_answer.py", "partner_cards.py", "partner_follow.py"])
def test_the_partner_s_page_loads_neither_pandas_nor_charts(page):
    heavy = {"pandas", "docx", "xsector.charts", "xsector.analysis.findings"}
    script = f"{imports_of(page)}\nimport sys; print({heavy} & set(sys.modules))"

    command = [sys.executable, "-c", script]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True)

    assert done.stdout.strip().splitlines()[-1] == "set()"
