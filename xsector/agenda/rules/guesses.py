"""What a sector was guessed wrong on: a gap that nobody sees, or one that is not there.

Source: METRICS section 5 (the four cases of a guess; Ross, Greene & House 1977 on false consensus) and the
discussion guide, “What we guessed of each other”. An imagined gap is shown and let go; a hidden one needs a talk.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

import pandas as pd

from xsector.agenda import guess_words
from xsector.agenda.document import Chart
from xsector.agenda.finding import Finding
from xsector.analysis.guesses import guesses_of
from xsector.analysis.perceived import Case
from xsector.analysis.thresholds import Bands, Limits
from xsector.model.guide import StepKind
from xsector.model.released import Release

SHORT_REVEAL: Final = "Two minutes are enough: show it, hear one voice from the sector, move on."
TALK: Final = "Take time for this one: we believed that we agreed."
OTHERS: Final = 2
"""How many further guesses the note names."""


def find(
    release: Release, *, findings: pd.DataFrame, used: Collection[str], bands: Bands, limits: Limits
) -> Finding | None:
    """The clear hidden gap that is widest, else the clear imagined one; nothing where guesses are right or unsure."""
    found = guesses_of(release)
    clear = [one for one in guess_words.urgent(found) if one.others and one.others.clear and one.code not in used]
    if not clear:
        return None
    first, others = clear[0], clear[1 : 1 + OTHERS]
    notes = (
        guess_words.about(first),
        TALK if guess_words.case_of(first) is Case.HIDDEN else SHORT_REVEAL,
        f"Also: {'; '.join(guess_words.title(one) for one in others)}." if others else "",
        guess_words.based_on(first),
        guess_words.silent_note(found),
    )
    return Finding(
        kind=StepKind.GUESSES,
        item=first.code,
        short=first.short,
        headline=guess_words.title(first),
        how_sure=guess_words.how_sure(first),
        note=" ".join(note for note in notes if note),
        chart=Chart.GUESSES,
        table=guess_words.short_table(found),
        sure=not guess_words.is_few(first),
        size=abs(first.gap) / (len(first.levels) - 1),
    )
