"""What a partner's page loads: nothing that only results need."""

import ast
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]


def imports_of(page):
    tree = ast.parse((PROJECT / "pages" / page).read_text(encoding="utf-8"))
    return "\n".join(ast.unparse(node) for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom))


def test_the_partner_s_page_loads_neither_pandas_nor_charts():
    script = imports_of("partner_answer.py") + "\nimport sys; print({'pandas', 'docx', 'xsector.charts', 'xsector.analysis'} & set(sys.modules))"

    done = subprocess.run([sys.executable, "-c", script], cwd=PROJECT, capture_output=True, text=True, check=True)

    assert done.stdout.strip().splitlines()[-1] == "set()"
