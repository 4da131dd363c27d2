"""What partners write in their own words, and how much of it must come together before anybody reads it."""

from __future__ import annotations

from typing import Final

TEXTS: Final = "texts"
"""Where a sheet keeps answers to open questions, by item code."""
COMMENTS: Final = "comments"
"""Where a sheet keeps comments on questions, by item code."""
FEWEST_WORDS: Final = 8
"""Comments on a question, below which nobody but their authors reads any of them."""
