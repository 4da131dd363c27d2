"""People with names, words and answers that stand nowhere else, and the search for them in what left the server."""

import base64
import contextlib
import hashlib
import random
from dataclasses import dataclass
from functools import cache
from urllib.parse import quote

from sqlalchemy import delete, insert

from tests.web.house import NOW
from xsector.store.engine import writing
from xsector.store.tables import OrganisationRow, ParticipantRow, PartnershipRow

RATED = ("K03", "K01", "K06", "K08", "F05", "S01", "S03", "I01", "T01", "T05", "T09")
SENSITIVE = ("T01", "T05", "T09")
SECTORS = {"Government": 6, "Business": 6, "Education": 6}
FIRST_ID = 8_461_937
"""Participants and organisations are numbered from here, so that their numbers can be told from all others."""
LABELS = ("Strongly disagree", "Disagree", "In between", "Agree", "Strongly agree", "I can't judge")
TEXTS = {
    "K01": "I know who has the final say on big decisions.",
    "K03": "I can say in one sentence what we are trying to achieve.",
}
CANNOT_JUDGE = 5
"""The place after the levels."""
MANY, UNAGREED, FEW = "K01", "K06", "K03"
"""Questions on which ten people comment and eight agree that the room sees it, nine and four, three and three."""


@dataclass
class Planted:
    """One partner, and everything of theirs that must not reach others."""

    place: int
    sector: str
    levels: tuple
    comments: dict
    """Item code to text and consent."""
    said: str
    finishes: bool
    participant_id: int = 0
    organisation_id: int = 0
    token: str = ""
    keys: tuple = ()
    cookie: str = ""

    @property
    def name(self):
        return f"Zqname{self.place:02}x"

    @property
    def organisation(self):
        return f"Zqhouse{self.place:02}x"

    @property
    def email(self):
        return f"zqmail{self.place:02}x@zqpost.test"

    @property
    def row(self):
        return f"{self.name}, {self.organisation}, {self.sector}, {self.email}"

    @property
    def words(self):
        """All that they wrote."""
        return [self.said, *(text for text, _ in self.comments.values())]

    def spoken(self):
        """Each of their words with its question and whether the room may see it, as far as they said."""
        return [(code, text, may_show) for code, (text, may_show) in self.comments.items()] + [
            ("PU1", self.said, False)
        ]

    @property
    def marks(self):
        """Their answers as a sheet holds them."""
        return bytes(254 if level == CANNOT_JUDGE else level for level in self.levels)

    @property
    def secrets(self):
        """What lets a browser in as them, or opens their answers."""
        return [self.token, *self.keys, *(pair.partition("=")[2] for pair in self.cookie.split("; "))]

    def answers(self):
        """Their answers by code, in the names that the attack uses."""
        return {code: name_of(level) for code, level in zip(RATED, self.levels, strict=True)}


def name_of(level):
    """A level as the ledger names it."""
    return "cannot_judge" if level == CANNOT_JUDGE else str(level)


def everybody(seed=11):
    """Eighteen people in three sectors; the last one answers and never finishes."""
    dice, people = random.Random(seed), []
    for sector, number in SECTORS.items():
        for inside in range(number):
            place = len(people)
            comments = {}
            if place < 10:
                comments[MANY] = (f"Zqcomment{place:02}x on deciding", place not in {3, 8})
            if 7 < place < 17:
                comments[UNAGREED] = (f"Zqcomment{place:02}z on roles", place % 2 == 0)
            if place in {0, 6, 12}:
                comments[FEW] = (f"Zqcomment{place:02}y on goals", True)
            levels = _levels(dice, sector=sector, inside=inside)
            said = f"Zqsaid{place:02}x let us talk"
            people.append(Planted(place, sector, levels, comments, said, finishes=place < 17))
    if len({one.levels for one in people}) != len(people):
        raise ValueError("two people answer alike, and could not be told apart")
    return people


def _levels(dice, *, sector, inside):
    """All of government agree on K01, all of it but one trust; the rest is mixed."""
    drawn = {code: dice.choice((*range(5), *range(5), CANNOT_JUDGE)) for code in RATED}
    if sector == "Government":
        drawn |= {"K01": 4, "T01": 4 if inside else 0}
    if sector == "Business":
        drawn |= {"K01": dice.choice((0, 0, 1)), "T05": 1 if inside else 0}
    return tuple(drawn.values())


@contextlib.contextmanager
def long_numbers(engine):
    """While it lasts there is somebody of another partnership after whose number those of new people come."""
    with writing(engine) as session:
        session.execute(insert(PartnershipRow).values(id=FIRST_ID, name="O", sectors=[], policy={}, created_at=NOW))
        other = {"id": FIRST_ID, "partnership_id": FIRST_ID, "name": "Other", "name_key": "other"}
        session.execute(insert(OrganisationRow).values(**other, sector="government"))
        session.execute(insert(ParticipantRow).values(**other, organisation_id=FIRST_ID))
    yield
    with writing(engine) as session:
        session.execute(delete(PartnershipRow).where(PartnershipRow.id == FIRST_ID))


@cache
def forms(word):
    """A word as it may stand in bytes: plain, as hexadecimal digits, in base64 wherever it begins, quoted, wide."""
    plain = word if isinstance(word, bytes) else word.encode()
    found = {plain, plain.hex().encode(), plain.hex().upper().encode(), quote(plain).encode()}
    for before in range(3):
        packed = base64.b64encode(b"\0" * before + plain)
        # The first and the last letters also hold bits of what stands beside the word.
        found.add(packed[4 if before else 0 : -4])
    if isinstance(word, str):
        found.add(word.encode("utf-16-le"))
        found.add(word.lower().encode())
    return frozenset(found)


def number_forms(number):
    """A number of seven digits, as digits and as the bytes that a message holds."""
    small, rest = [], number
    while rest:
        small.append(rest & 0x7F | (0x80 if rest > 0x7F else 0))
        rest >>= 7
    return {str(number).encode(), bytes(small), number.to_bytes(4, "little"), number.to_bytes(4, "big")}


def answer_forms(person):
    """Somebody's row of answers as bytes, digits and lists, counted from 0 and from 1."""
    found = {person.marks, person.marks.hex().encode()}
    for row in (person.levels, [level + 1 for level in person.levels], list(person.marks)):
        found |= {between.join(map(str, row)).encode() for between in (",", ", ", " ", ";", "\t", "")}
    found.add(", ".join(LABELS[level] for level in person.levels).encode())
    return found


class Pile:
    """Things that left, to be searched again and again; a class because it keeps all their bytes in one row."""

    def __init__(self, lefts):
        self._lefts = [(left, b"\0".join(left.haystacks())) for left in lefts]
        self._bytes = b"\0".join({hay for _, hay in self._lefts})

    def holders(self, wanted):
        """All that holds one of the byte strings *wanted*."""
        there = [one for one in wanted if one in self._bytes]
        return [left for left, hay in self._lefts if any(one in hay for one in there)] if there else []

    def readers(self, wanted):
        """Who got one of them."""
        return {left.who for left in self.holders(wanted)}


def without_program(lefts, folder):
    """The same without files that are, byte for byte, part of the program."""
    known = {hashlib.sha256(path.read_bytes()).digest() for path in folder.rglob("*") if path.is_file()}
    return [left for left in lefts if left.kind != "body" or hashlib.sha256(left.raw).digest() not in known]
