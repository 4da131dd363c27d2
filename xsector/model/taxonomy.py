"""The shared vocabulary that instruments point to: sectors, scales, constructs and lists of words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from xsector.model.sector import Sector


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """Labels of the points of a scale, lowest first, and the label of the answer “can't judge”."""

    code: str
    levels: tuple[str, ...]
    cannot_judge: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Construct:
    """What a group of items is about; its code is the items' ``theme``."""

    code: str
    label: str
    lens: str = ""
    part: str = ""
    means: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One entry of a list; ``items`` are the codes of the questions that belong to it."""

    code: str
    label: str
    means: str = ""
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetProfile:
    """Wished-for option positions (0 is the first) of profile items, by item code; never a pass mark."""

    code: str
    label: str
    wanted: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Taxonomy:
    """The whole vocabulary; ``cannot_judge`` and ``not_applicable`` are the usual labels of those answers."""

    version: str
    sectors: tuple[Sector, ...]
    scales: Mapping[str, Scale]
    constructs: Mapping[str, Construct]
    lists: Mapping[str, tuple[Word, ...]]
    target_profiles: tuple[TargetProfile, ...]
    cannot_judge: str
    not_applicable: str

    @property
    def seats(self) -> tuple[Word, ...]:
        """What a person may mostly do in a partnership."""
        return self.lists.get("seats", ())

    @property
    def leverage_points(self) -> tuple[Word, ...]:
        """Kinds of change that may move a whole system."""
        return self.lists.get("leverage_points", ())

    def options(self, name: str) -> tuple[str, ...]:
        """Labels of the list *name*, in order; LookupError if there is no such list."""
        if name == "sectors":
            return tuple(sector.label for sector in self.sectors)
        return tuple(word.label for word in self.lists[name])

    def option_lists(self) -> list[str]:
        """Names that ``options`` knows."""
        return ["sectors", *self.lists]
