"""What was released: counts per block, frozen. The only form in which answers leave the store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from xsector.model.instrument import Kind
from xsector.model.modules.kinds import NO_MODULES, Modules, Organisation
from xsector.model.policy import Policy
from xsector.model.round import State
from xsector.model.sector import LOOKS, Sector

COMBINED_LOOK: Final = LOOKS
"""The place after those of the sectors."""
WITHHELD: Final = "withheld"
"""Stands for the pole of a band of which nothing is kept: with an earlier round the block can be taken apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A sealed group: its name, the sector codes in it, and how many people it holds."""

    name: str
    sectors: tuple[str, ...]
    n: int
    look: int = COMBINED_LOOK
    """Place in the palette: the sector's own, or that of combined blocks."""
    organisation: int | None = None
    """The organisation whose name the block bears; None where it doesn't."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hidden:
    """A sector (its code and label) that isn't shown by its own name, and why, in terms of membership."""

    sector: str
    label: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """People of one block (or of all) who gave no answer on the scale, by reason."""

    skipped: int = 0
    cannot_judge: int = 0
    not_applicable: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """All that is kept of a block's answers to a sensitive question: at least so many of its people in one pole.

    ``pole`` is one of ``model.poles``, or ``WITHHELD``. ``people`` is everybody in the block who was asked; of ratings
    of organisations, who rated.
    """

    pole: str
    at_least: int
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One block of a release with all that is kept of its answers.

    ``counts`` is people by item code, option and mark; ``bands`` is by item code, where there are no counts.
    """

    block: Block
    counts: Mapping[tuple[str, int, int], int]
    bands: Mapping[str, Band]


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One comment or text of a release: where it stands in a random order, and whether the room may see it."""

    release_id: int
    item: str
    place: int
    text: str
    may_show: bool
    let_through: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What one organisation says of itself, under its name: people by answer of one question, and those unsure."""

    organisation: int
    item: str
    counts: tuple[int, ...]
    unsure: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BandedItem:
    """A sensitive item of which at least one block is kept as a band: per block either counts or a band."""

    code: str
    text: str
    short: str
    theme: str
    levels: tuple[str, ...]
    ordered: bool
    reverse: bool
    counts: tuple[tuple[int, ...] | None, ...]
    missing: tuple[Missing | None, ...]
    bands: tuple[Band | None, ...]
    module: str = ""
    parts: tuple[str, ...] = ()
    """The module that asked, and the question's place there (see ``model.modules``)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedItem:
    """One item's counts.

    ``counts[b][k]`` is the number of people of block b at level k, lowest first; blocks in the
    order of ``Release.blocks``. For ``choices`` it is the number who ticked option k.
    ``missing[b]`` belongs to block b. ``chance`` is the share of re-deals of the same answers to people
    whose between-sector divergence is at least as large; None where it is undefined.
    """

    code: str
    text: str
    short: str
    kind: Kind
    theme: str
    levels: tuple[str, ...]
    ordered: bool
    context: bool
    reverse: bool
    counts: tuple[tuple[int, ...], ...]
    missing: tuple[Missing, ...]
    chance: float | None
    module: str = ""
    parts: tuple[str, ...] = ()
    """The module that asked, and the question's place there (see ``model.modules``)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """Everything that was released for one round, and how it came about."""

    round_id: int
    partnership: str
    title: str
    state: State
    policy: Policy
    invited: int
    answered: int
    blocks: tuple[Block, ...]
    hidden: tuple[Hidden, ...]
    held: tuple[str, ...]
    """Codes of items that are sealed but not released: asked of a part of a block, or of too few for a band."""
    items: tuple[ReleasedItem, ...]
    banded: tuple[BandedItem, ...]
    themes: dict[str, str]
    """Theme code to its label."""
    asked: tuple[ReleasedItem, ...] = ()
    """What the modules of the round asked, apart from its questionnaire."""
    asked_banded: tuple[BandedItem, ...] = ()
    """The sensitive ones of these of which at least one block is kept as a band."""
    statements: tuple[Statement, ...] = ()
    sectors: tuple[Sector, ...] = ()
    """The partnership's sectors as they were called at the opening, whether or not they are shown by name."""
    organisations: tuple[Organisation, ...] = ()
    """The organisations that answers of a module are about; for roles in the order of its levels."""
    modules: Modules = NO_MODULES
    part: int = 1
    """How many times something was released of the round so far."""
    past: tuple[Release, ...] = ()
    """Releases of the partnership's earlier rounds, oldest first; only where somebody asked for them."""

    def of_module(self, module: str) -> tuple[ReleasedItem, ...]:
        """What one module asked and is shown, in the order in which it was asked."""
        return tuple(item for item in self.asked if item.module == module)

    def banded_of_module(self, module: str) -> tuple[BandedItem, ...]:
        """What one module asked and is shown roughly in at least one block."""
        return tuple(item for item in self.asked_banded if item.module == module)

    def has_module(self, module: str) -> bool:
        """Whether anything is shown of what one module asked."""
        return bool(self.of_module(module) or self.banded_of_module(module))
