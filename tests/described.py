"""A house whose people think they agree on the goal and describe their partnership differently."""

from tests.build import NOW, finished, open_house, revealed
from tests.profiles import questions
from xsector.actions.answering import save_text
from xsector.model.profile import FELT, GOAL_LINE, PROFILE

CODES = (FELT, *PROFILE, GOAL_LINE)
SECTORS = {"government": 6, "nonprofit": 6, "business": 5}


def described_house(engine, *, felt=(3, 4), profile=(0, 3, 1, 2), goals=0, codes=CODES, **more):
    """A revealed round: answers *felt* and *profile* dealt in turn (or one by code), and *goals* people's goals."""
    house = open_house(engine, sectors=SECTORS, questions=[questions()[code] for code in codes], **more)
    for place, who in enumerate(house.people):
        answers = {FELT: felt[place % len(felt)]} if FELT in codes else {}
        for code in set(codes) & set(PROFILE):
            level = profile[code] if isinstance(profile, dict) else profile[place % len(profile)]
            answers[code] = min(level, len(questions()[code].levels) - 1)
        if place < goals:
            save_text(
                engine, respondent=who, round_id=house.round.id, code=GOAL_LINE, text=f"Goal <{place}>", may_show=True,
                now=NOW,
            )  # fmt: skip
        finished(house, who, answers)
    return revealed(house)
