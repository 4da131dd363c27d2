"""What a file holds and its map says, as far as the modules need it."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from xsector.actions.survey.columns import place_of
from xsector.actions.survey.items import ItemColumn, Meaning, Tally, compared
from xsector.actions.survey.mapping import map_fault
from xsector.actions.survey.modules.shapes import ModulesMap, Path
from xsector.errors.files import SurveyFileError
from xsector.model.instrument_file import TAXONOMY_FILE, read_taxonomy
from xsector.model.modules.kinds import Organisation
from xsector.model.modules.starting import Starting, read_starting
from xsector.model.names import name_key
from xsector.model.sector import Sector
from xsector.settings import INSTRUMENTS, MODULES

MOST_NAMED: Final = 200
"""Organisations that an answer can name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What cells that belong together say: a mark for each question, or why they say nothing."""

    marks: bytes
    reason: str = ""
    rescaled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """Columns that only together answer the questions with these codes."""

    places: tuple[int, ...]
    codes: tuple[str, ...]
    read: Callable[[tuple[str, ...]], Read]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """What the modules of a file are read from.

    ``organisations`` stand as in the file's column of them, each as the round knows it: those spelled so
    differently that the file has them twice are the same one twice. ``spelled`` leads from a spelling to a place
    among them, ``nowhere`` is the place of those who have none.
    """

    map_name: str
    wanted: ModulesMap
    header: Sequence[str]
    tallies: Sequence[Tally]
    items: Sequence[ItemColumn]
    sectors: Sequence[Sector]
    organisations: tuple[Organisation, ...]
    spelled: Mapping[str, int]
    nowhere: int | None
    meaning: Meaning

    @property
    def starting(self) -> Starting:
        """The lists that a convener would start from."""
        return read_starting(MODULES, taxonomy=read_taxonomy(INSTRUMENTS / TAXONOMY_FILE))

    @property
    def named(self) -> tuple[Organisation, ...]:
        """The organisations that an answer can name, each once, in the order in which a form has them."""
        known = {one.id: one for place, one in enumerate(self.organisations) if place != self.nowhere}
        return tuple(sorted(known.values(), key=lambda one: name_key(one.name)))

    def organisation(self, spelling: str) -> Organisation | None:
        """The organisation that is spelled like this, if there is one."""
        place = self.spelled.get(compared(spelling))
        return None if place is None or place == self.nowhere else self.organisations[place]

    def place(self, column: str, *, at: Path) -> int:
        """Where a column stands that the map names at a place."""
        return place_of(column, header=self.header, use=f"{' → '.join(at)} of the map {self.map_name}")

    def tally(self, column: str, *, at: Path) -> Tally:
        """How often each text stands in a column that the map names at a place."""
        found = self.tallies[self.place(column, at=at)]
        if found.cells is None:
            raise self.fault(at, f"the column “{column[:60]}” holds more than a thousand different texts",
                             remedy="Name another column.")  # fmt: skip
        return found

    def fault(self, at: Path, problem: str, *, remedy: str) -> SurveyFileError:
        """What is wrong with the map at a place."""
        return map_fault(self.map_name, at, problem, remedy=remedy)

    def unknown(self, at: Path, word: str, known: Iterable[str], *, what: str) -> SurveyFileError:
        """That no *what* is called *word*, with the one that is most like it."""
        names = list(known)
        near = difflib.get_close_matches(word, names, n=1)
        remedy = f"Did you mean “{near[0]}”?" if near else f"It is one of: {', '.join(names[:20]) or '(none)'}."
        return self.fault(at, f"there is no {what} “{word[:60]}”", remedy=remedy)
