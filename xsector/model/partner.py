"""Who takes part: partnerships, organisations, people, and the roles they act in."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, field
from enum import StrEnum

from xsector.model.policy import Policy
from xsector.model.round import State
from xsector.model.sector import Sector


class Role(StrEnum):
    """What somebody is signed in as."""

    CONVENER = "convener"
    FACILITATOR = "facilitator"
    PARTNER = "partner"
    WALL = "wall"


@dataclass(frozen=True, slots=True, kw_only=True)
class Partnership:
    """A group of organisations that work toward one result."""

    id: int
    name: str
    place: str
    shared_result: str
    sectors: tuple[Sector, ...]
    policy: Policy
    records_notice: bool

    def sector(self, code: str) -> Sector:
        """The sector with this code; LookupError if the partnership has none."""
        for sector in self.sectors:
            if sector.code == code:
                return sector
        raise LookupError(f"partnership {self.id} has no sector {code!r}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """A person on the roster, with the organisation they answer for."""

    id: int
    name: str
    organisation_id: int
    organisation: str
    sector: str
    email: str
    has_link: bool
    joined: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Respondent:
    """A participant who came with their link: the only one who can reach their answers."""

    participant_id: int
    name: str
    partnership_id: int
    organisation_id: int
    organisation: str
    sector: str
    key: str = field(repr=False)
    link_sha256: str = field(repr=False)
    """What is kept of the link that they came with, to tell whether it is still theirs."""

    def sheet_key(self, round_id: int) -> str:
        """The key of their sheet in a round: another one in each, or a new sheet would say whose the old ones are."""
        return hmac.new(self.key.encode(), f"round:{round_id}".encode(), hashlib.sha256).hexdigest()

    def sheet_lock(self, round_id: int) -> bytes:
        """What opens the copy of their sheet that is kept once it is counted; like the link, it is not stored."""
        return hmac.new(self.key.encode(), f"lock:{round_id}".encode(), hashlib.sha256).digest()


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundFacts:
    """A round without its questions."""

    id: int
    partnership_id: int
    number: int
    title: str
    state: State
    policy: Policy
    room_code: str | None
    revision: int
    imported: int
    keep_answers: bool
    live: bool
    """Whether a group is counted and shown as soon as enough of it have finished."""
    shown: bool
    """Whether anything of it was released."""
    over: bool
    """Whether a later round was opened: late answers belong there."""
    vote: str
    """What kind of vote in a meeting it is; empty for a questionnaire."""
    chain: str
    """What it asks about; rounds of one chain ask the same."""
