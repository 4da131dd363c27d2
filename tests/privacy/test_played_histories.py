"""The same on a real database: the ledger holds what people said when it was sealed, and tells nobody apart."""

import os
from collections import Counter

from tests.build import account
from tests.privacy.attack import attack
from tests.privacy.histories import told_apart
from tests.privacy.played import played_history
from xsector.actions.keeping import problems

MANY = int(os.environ.get("XSECTOR_PLAYED_HISTORIES", "15"))
FIRST = int(os.environ.get("XSECTOR_HISTORIES_FROM", "0"))


def miscounted(play):
    """Releases whose counts aren't those of what their members had said last before the seal."""
    for one in play.ledgers[-1]["releases"]:
        code, number = one["q"].split("@")
        said = Counter(play.said[int(number), who, code] for who in one["members"])
        if "counts" in one and dict(said) != one["counts"]:
            yield one, said
        if "at_least" in one and sum(said[level] for level in one["at_least"]["levels"]) < one["at_least"]["n"]:
            yield one, said


def changed(play):
    """Releases that another look found changed or gone."""
    return [
        one
        for before, after in zip(play.ledgers, play.ledgers[1:], strict=False)
        for one, now in zip(before["releases"], after["releases"], strict=False)
        if one != now or len(before["releases"]) > len(after["releases"])
    ]


def known_of(play):
    """What one reader of a ledger and their neighbour, who says what they said, know of somebody."""
    ledger = play.ledgers[-1]
    truth = {(who, f"{code}@{number}"): said for (number, who, code), said in play.said.items()}
    somebody = ledger["releases"][0]["members"][0] if ledger["releases"] else ""
    told = {code: said for (who, code), said in truth.items() if who == somebody}
    for insiders in ({}, {somebody: told}):
        for found in attack(ledger | {"insiders": insiders}):
            enough = len(found["members"]) + len(insiders) >= play.policy.k
            right = {truth[one, found["q"]] for one in found["members"]} <= set(found["values"])
            harmless = found["verdict"] == "ok" or (enough and not found["q"].startswith("S1"))
            if not (right and harmless):
                yield found


def test_nobody_is_known_from_what_real_actions_leave_in_the_ledger(quick_engine):
    by, happened = account(quick_engine), Counter()
    for seed in range(FIRST, FIRST + MANY):
        play = played_history(quick_engine, seed=seed, by=by)
        happened.update(play.happened)

        assert (seed, list(miscounted(play))) == (seed, [])
        assert (seed, changed(play)) == (seed, [])
        assert (seed, told_apart(play.ledgers[-1], play.policy)) == (seed, [])
        assert (seed, list(known_of(play))) == (seed, [])
        assert (seed, problems(quick_engine)) == (seed, [])

    assert set(happened) == {
        "revealed", "late", "live", "named", "erased", "came again", "removed", "new link", "SealedError",
        "AnsweredBeforeError",
    }  # fmt: skip
