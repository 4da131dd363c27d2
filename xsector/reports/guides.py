"""The discussion guide, read once."""

from __future__ import annotations

from functools import lru_cache

from xsector.model.guide import Guide, read_guide
from xsector.settings import DATA


@lru_cache(maxsize=1)
def the_guide() -> Guide:
    """The discussion guide that comes with xsector."""
    return read_guide(DATA / "guides" / "discussion.yaml")
