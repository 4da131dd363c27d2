"""Sectors: the groups whose views are compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Sector:
    """One sector of a partnership; ``code`` is permanent, ``label`` may be reworded.

    ``look`` is the sector's place in the palette, 0 to 6: its colour and shape on every chart.
    """

    code: str
    label: str
    note: str = ""
    look: int = 0


LOOKS: Final = 7
"""Sectors that charts can tell apart: each has a place in the palette."""

DEFAULT_SECTORS: Final = (
    Sector(code="government", label="Government", note="City, county, state or national bodies, public health", look=0),
    Sector(code="nonprofit", label="Non-profit", note="Charities, service groups, associations", look=1),
    Sector(code="business", label="Business", note="Firms, chambers of commerce, lenders", look=2),
    Sector(code="philanthropy", label="Philanthropy", note="Foundations and other givers", look=3),
    Sector(code="community", label="Community", note="Residents, users, faith and neighbourhood groups", look=4),
    Sector(code="education", label="Education", note="Schools, colleges, universities", look=5),
)
