"""Two rounds of a partnership that asked where it is on its road and what it guesses of each other."""

from tests.build import finished, item, next_round, open_house, revealed
from tests.said_in_modules import STAGE
from xsector.model.modules.kinds import Guesses, Modules

QUESTIONS = (item("R1", text="We keep our promises."), item("R2", text="Money is shared fairly."))
CHOSEN = Modules(stage=STAGE, guesses=Guesses(items=("R1",), sectors=("government", "business")))
SECTORS = {"government": 6, "nonprofit": 6, "business": 6}
SPRING = {"Z03": 4, "Z06": 0, "Z08": 0, "Z09": 0, "Z12": 4}
AUTUMN = {"Z03": 0, "Z06": 0, "Z08": 0, "Z09": 0, "Z12": 0, "Z01": 4, "Z05": 0}
PICTURE = {"government": 3, "nonprofit": 1, "business": 0}


def answered(house, levels):
    """Everybody's answers: business says 2 of R1 and all others 4, and all but they guess 4."""
    for place, who in enumerate(house.people):
        said = {one.code: levels.get(one.code, 2) for one in STAGE.statements}
        said["Z13"] = PICTURE[who.sector]
        said["R1"] = 1 if who.sector == "business" else 3
        said["R2"] = place % 5
        said |= {f"R1_of_{sector}": 1 if sector == who.sector == "business" else 3 for sector in CHOSEN.guesses.sectors}
        finished(house, who, said)
    return revealed(house)


def two_rounds(engine):
    """Spring jumped from forming to performing; autumn is back at the start, and careful."""
    spring = answered(open_house(engine, sectors=SECTORS, questions=QUESTIONS, modules=CHOSEN), SPRING)
    return spring, answered(next_round(spring, questions=QUESTIONS, modules=CHOSEN), AUTUMN)
