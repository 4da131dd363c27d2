"""What a reader of everything that was released can work out about one person, decided exactly."""

import random
import sys
from dataclasses import dataclass

from tests.build import account, finished, item, open_house, revealed
from tests.privacy.attack import attack, selftest, structure
from tests.privacy.histories import told_apart
from xsector.actions.permission import OPERATOR
from xsector.model.instrument import Kind
from xsector.model.policy import Policy, Tier
from xsector.model.sheet import Mark
from xsector.reports.ledger import ledger_with_members

HISTORIES = 60
QUESTIONS = (
    item("R1", cannot_judge="I can't judge"),
    item("U1", kind=Kind.CHOICE, ordered=False, levels=("Red", "Green", "Blue")),
    item("M1", kind=Kind.CHOICES, ordered=False, levels=("Time", "Money")),
    item("S1", sensitive=True),
)


@dataclass(frozen=True)
class History:
    """A ledger with members, and the policy it was made under."""

    ledger: dict
    policy: Policy


def history(engine, *, seed, by):
    """A random partnership of which some have answered, often much alike, and its one release."""
    generator = random.Random(seed)
    chosen = generator.sample(
        ["government", "nonprofit", "business", "education", "community"], generator.randint(2, 4)
    )
    k = generator.choice([3, 4, 5, 5, 5])
    house = open_house(
        engine, by=by, name=f"Harbour {seed}", questions=QUESTIONS, per_organisation=generator.randint(1, 4),
        sectors={sector: generator.randint(2, 8) for sector in chosen},
        policy=Policy(tier=Tier.SMALL if k < 5 else Tier.CONFIDENTIAL, k=k),
    )  # fmt: skip
    usual = {sector: generator.randrange(5) for sector in chosen}
    for number, who in enumerate(house.people):
        if number and generator.random() < 0.15:
            continue
        level = usual[who.sector] if generator.random() < 0.7 else generator.choice([*range(5), Mark.CANNOT_JUDGE])
        finished(house, who, {
            "R1": level, "S1": generator.randrange(5), "U1": generator.choice([0, 0, 0, 1, 2]),
            "M1": frozenset(option for option in range(2) if generator.random() < 0.8),
        })  # fmt: skip
    round_id = revealed(house).round.id
    return History(ledger_with_members(engine, account=OPERATOR, round_id=round_id), house.round.policy)


def undecided(found, *, ledger):
    """What is known exactly of somebody whose block did not answer alike."""
    alike = {
        (release["q"], frozenset(release["members"]))
        for release in ledger["releases"]
        if len(release.get("counts", {})) == 1
    }
    return [one for one in found if one["verdict"] != "ok" and (one["q"], frozenset(one["members"])) not in alike]


def test_nobodys_answer_can_be_worked_out_unless_their_whole_group_answered_alike(quick_engine):
    by = account(quick_engine)
    histories = [history(quick_engine, seed=seed, by=by) for seed in range(HISTORIES)]

    known = [one for made in histories for one in undecided(attack(made.ledger), ledger=made.ledger)]
    violations = [one for made in histories for one in told_apart(made.ledger, made.policy)]

    assert known == []
    assert violations == []
    assert sum(bool(made.ledger["releases"]) for made in histories) > HISTORIES / 2
    sensitive = [release for made in histories for release in made.ledger["releases"] if "S1" in release["q"]]
    assert any("at_least" in release for release in sensitive)
    assert any("counts" in release for release in sensitive)


def test_the_attack_itself_agrees_with_trying_everything():
    assert selftest(n=60) == 0


def test_the_attack_finds_what_four_careless_tables_give_away():
    careless = {
        "questions": {"q": {"levels": ["1", "2"]}},
        "releases": [
            {"q": "q", "members": ["a", "b", "c", "d", "e", "f"], "counts": {"1": 3, "2": 3}},
            {"q": "q", "members": ["a", "b", "c", "d", "e"], "counts": {"1": 2, "2": 3}},
        ],
    }

    known = {tuple(one["members"]): one["values"] for one in attack(careless) if one["verdict"] == "EXACT"}

    assert known == {("f",): ["1"]}
    assert len(structure(careless["releases"], 5)["violations"]) == 1
    assert "numpy" not in vars(sys.modules["tests.privacy.attack"])
