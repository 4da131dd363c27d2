"""Tables as CSV that every spreadsheet opens and none obeys."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Final

_FORMULA: Final = re.compile(r"(^|[;,\t|])(?=[=+\-@\t\r\0＝＋－＠])")


def harmless(cell: str) -> str:
    """*cell* so that no spreadsheet takes it, or what it holds after another sign for a column, for a formula."""
    return _FORMULA.sub(r"\1'", cell)


def as_csv(heads: Sequence[str], *, rows: Iterable[Sequence[str]]) -> bytes:
    """The rows below their heads, as RFC 4180 wants it, with a mark by which Excel knows UTF-8."""
    text = io.StringIO()
    written = csv.writer(text, lineterminator="\r\n")
    written.writerow(heads)
    written.writerows([harmless(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")
