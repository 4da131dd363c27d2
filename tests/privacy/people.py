"""Random people of random histories: where they stand, when they came, what they say."""

import random
from dataclasses import dataclass, field

from xsector.release.plan import LATE

LEVELS = [str(level) for level in range(5)]
MISSING = ("skipped", "cannot_judge", "not_applicable")
ASKED_OF_ALL = ("R1", "S1")
CODES = ("R1", "S1", "X1")


@dataclass(eq=False)
class Someone:
    """One person of a history; ``state`` is where they stand in the present round.

    ``away`` have not finished, ``waiting`` have, ``counted`` stand in one of its blocks, ``missed`` had finished when
    it was revealed and stood in none.
    """

    id: str
    sector: str
    org: int
    late: bool
    answers: dict
    state: str = "away"
    agrees: bool = False
    gone: bool = False
    counted: tuple = ()
    said: dict = field(default_factory=dict)
    """What was counted of them: code and round to answer."""

    @property
    def past(self):
        """What a sheet that they begin now says of earlier blocks."""
        return ".".join(map(str, self.counted)) or (LATE if self.late else "")


@dataclass(frozen=True)
class Crowd:
    """Everybody of a history, whoever left among them, and how more of them are made."""

    dice: random.Random
    sectors: tuple
    people: list
    came: list = field(default_factory=list)
    """How many came at a time: whoever comes together often thinks alike."""

    def add(self, number, *, late=False):
        """So many new people."""
        self.came.append(number)
        for _ in range(number):
            self.people.append(self._someone(late=late))

    def there(self):
        """Those who may answer now."""
        return [one for one in self.people if not one.gone and one.state == "away"]

    def waiting(self):
        """Those who have finished and are in no block of the present round."""
        return [one for one in self.people if one.state == "waiting"]

    def begin_round(self):
        """Nobody has finished; some have left for good, some come, and a few who had left come again."""
        for one in self.people:
            one.late, one.state = False, "away"
            one.gone = one.gone or (bool(one.counted) and self.dice.random() < self.dice.choice([0, 0, 0, 0.05, 0.4]))
        self.come_again(late=False)
        self.add(self.dice.choice([0, 1, 6, 12]))

    def erase(self, one):
        """Nothing of them is left but that they were counted, if they were."""
        if one.state != "counted":
            one.state = "away"
        one.gone = True
        if not one.counted:
            self.people.remove(one)

    def come_again(self, *, late):
        """Some who had left stand on the roster again: the same for the ledger, if they were ever counted."""
        for one in [one for one in self.people if one.gone]:
            if self.dice.random() < 0.3:
                one.gone, one.late = False, late

    def change_minds(self):
        """Some answer otherwise from now on, to the question that is put again and again."""
        for one in self.people:
            if self.dice.random() < 0.2:
                one.answers["V1"] = self._answer(one.sector)

    def _someone(self, *, late):
        sector = self.dice.choice(self.sectors).code
        house = self.dice.randrange(self.dice.choice([1, 2, 4]))
        org = 100 * [one.code for one in self.sectors].index(sector) + house
        answers = {code: self._answer(sector) for code in (*CODES, "V1")}
        return Someone(f"p{len(self.people)}x{self.dice.randrange(10**9)}", sector, org, late, answers)

    def _answer(self, sector):
        usual = random.Random(f"{sector}{len(self.came)}").randrange(5)
        if self.dice.random() < 0.1:
            return self.dice.choice(MISSING)
        return str(usual if self.dice.random() < 0.75 else self.dice.randrange(5))
