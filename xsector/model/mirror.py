"""What one partner sees after the reveal: their own answers beside what was released of others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from xsector.model.instrument import Item, Kind
from xsector.model.released import Band, Block, Missing
from xsector.model.sheet import Answer


class Gap(StrEnum):
    """Why a partner's own answers aren't there, or why no group counts them."""

    NOT_FINISHED = "not finished"
    NOT_KEPT = "not kept"
    OTHER_LINK = "other link"
    WAITING = "waiting"
    """They finished, and no group that is large enough could be made with them."""


class Withheld(StrEnum):
    """Why nothing of a question was released."""

    SOME_ASKED = "some asked"
    TOO_FEW = "too few"
    SEVERAL = "several"
    """It is about trust and takes several answers, of which “at least so many” can't be said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """The released counts of one question for so many people: by level, or by option for ``choices``."""

    people: int
    counts: tuple[int, ...]
    missing: Missing

    @property
    def silent(self) -> int:
        """How many gave no answer on the scale, for whatever reason."""
        return self.missing.skipped + self.missing.cannot_judge + self.missing.not_applicable

    @property
    def answered(self) -> int:
        """How many gave one."""
        return self.people - self.silent


@dataclass(frozen=True, slots=True, kw_only=True)
class Reflection:
    """One question: the partner's own answer, what was released of their group, and of everybody.

    ``own`` is None where they gave none or where it isn't there any more. ``group`` and ``everybody`` are None
    where nothing can be said of them.
    """

    item: Item
    asked: bool
    """Whether the partner's own sector was asked."""
    own: Answer | None
    group: Tally | Band | None
    everybody: Tally | None
    withheld: Withheld | None

    @property
    def is_scale(self) -> bool:
        """Whether its answers are steps from low to high."""
        return self.item.ordered and self.item.kind is not Kind.CHOICES


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The reflections of one section of the form."""

    title: str
    reflections: tuple[Reflection, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mirror:
    """A revealed round as one partner sees it."""

    invited: int
    answered: int
    shown: int
    """How many people stand in a group that is shown."""
    group: Block | None
    group_gap: Gap | None
    own_gap: Gap | None
    pages: tuple[Page, ...]

    def reflections(self) -> Iterator[Reflection]:
        """All of them, in the order of the form."""
        return (one for page in self.pages for one in page.reflections)


@dataclass(frozen=True, slots=True, kw_only=True)
class Far:
    """A question on which most people stand on another side than the partner.

    ``most`` are the levels of that side, lowest first; ``people`` of ``answered`` chose one of them.
    """

    text: str
    own: str
    most: tuple[str, ...]
    people: int
    answered: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """Where a partner stands in a round.

    On ``together`` of ``compared`` questions they are on the side of most of their group (of everybody, if no
    group counts them); on ``open`` more there is no such side.
    """

    together: int
    compared: int
    open: int
    by_group: bool
    furthest: tuple[Far, ...]
