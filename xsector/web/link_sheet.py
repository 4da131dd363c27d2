"""Fresh personal links as a table and as strips to cut."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Final

from starlette.responses import HTMLResponse

from xsector.ui.vault import LinkSheet, PersonalLink
from xsector.web import csv_file
from xsector.web.qr import code_for

HEADS: Final = ("name", "organisation", "link")
_STYLE: Final = """
body { margin: 1.5cm; color: #000; background: #fff; font: 12pt/1.35 "Source Sans 3", Arial, sans-serif; }
h1 { font-size: 18pt; } section { display: flex; gap: 8mm; align-items: center; padding: 4mm 0;
  border-bottom: 1px dashed #777; break-inside: avoid; }
svg { width: 34mm; height: 34mm; flex: none; } h2 { margin: 0; font-size: 14pt; } p { margin: 1mm 0; }
.address { font-family: monospace; font-size: 9pt; overflow-wrap: anywhere; }
"""


def as_csv(sheet: LinkSheet) -> bytes:
    """One row for each person."""
    return csv_file.as_csv(HEADS, rows=[(one.name, one.organisation, one.address) for one in sheet.links])


def as_page(sheet: LinkSheet, *, headers: Mapping[str, str]) -> HTMLResponse:
    """A page to print: name, organisation, link and QR code of each person."""
    title = f"Personal links: {sheet.partnership}"
    strips = "".join(_strip(one) for one in sheet.links)
    return HTMLResponse(
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<link rel="icon" href="data:,"><style>{_STYLE}</style></head>'
        f"<body><h1>{escape(title)}</h1><p>Each link opens one person's answers: hand it to that person only.</p>"
        f"{strips}</body></html>",
        headers=headers,
    )


def _strip(one: PersonalLink) -> str:
    return (
        f"<section>{code_for(one.address)}<div><h2>{escape(one.name)}</h2><p>{escape(one.organisation)}</p>"
        f'<p class="address">{escape(one.address)}</p></div></section>'
    )
