"""Two partnerships and everybody who may knock: each role with what its browser brings."""

import sqlite3
from dataclasses import dataclass, replace

from tests.build import (
    NOW,
    House,
    account,
    closed,
    draft_round,
    every_module,
    finished,
    item,
    open_house,
    revealed,
)
from tests.conftest import quickly, warm
from xsector.actions import sharing
from xsector.actions.answering import save_comment
from xsector.actions.running import issue_wall_link
from xsector.model.partner import Role, RoundFacts
from xsector.store import accounts
from xsector.store.accounts import Account
from xsector.store.engine import Engine, open_engine, writing

STAGES = ("open", "closed", "revealed", "late")
ACCOUNTS = ("facilitator stranger", "facilitator", "convener stranger", "convener")
PARTNERS = ("partner", "partner elsewhere")
ACTORS = ("nobody", *PARTNERS, "wall", *ACCOUNTS)
"""A stranger leads nothing here; the partner elsewhere belongs to the other partnership."""
QUESTIONS = (item("R1"), item("R2"))
SECTORS = {"government": 5, "business": 5}


@dataclass(frozen=True, kw_only=True)
class Town:
    """Harbour is here, Lighthouse is elsewhere; both stand at the same stage and have a draft beside it."""

    engine: Engine
    here: House
    elsewhere: House
    drafts: dict[str, RoundFacts]
    accounts: dict[str, Account]
    wall: str

    def place(self, name):
        """The house *name*."""
        return {"here": self.here, "elsewhere": self.elsewhere}[name]

    def token(self, actor):
        """The token of a partner's link or of the wall; None for who has none."""
        houses = {"partner": self.here, "partner elsewhere": self.elsewhere}
        return {"wall": self.wall, **{one: next(iter(house.tokens.values())) for one, house in houses.items()}}.get(
            actor
        )


def open_town(engine, *, now=NOW):
    """Both partnerships with an open round in which nobody has begun."""
    dana, olga = account(engine, "Dana"), account(engine, "Olga")
    fay = account(engine, "Fay", role=Role.FACILITATOR)
    known = {
        "convener": dana,
        "facilitator": fay,
        "convener stranger": account(engine, "Carl"),
        "facilitator stranger": account(engine, "Finn", role=Role.FACILITATOR),
    }
    here = open_house(engine, sectors=SECTORS, questions=QUESTIONS, modules=every_module(), by=dana, name="Harbour")
    elsewhere = open_house(
        engine, sectors=SECTORS, questions=QUESTIONS, modules=every_module(), by=olga, name="Lighthouse"
    )
    sharing.share(engine, account=dana, partnership_id=here.partnership.id, name="Fay", now=now)
    drafts = {
        name: draft_round(engine, by=house.account, partnership_id=house.partnership.id, title="Later")
        for name, house in {"here": here, "elsewhere": elsewhere}.items()
    }
    wall = issue_wall_link(engine, account=dana, round_id=here.round.id, now=now)
    return Town(engine=engine, here=here, elsewhere=elsewhere, drafts=drafts, accounts=known, wall=wall)


def at_stage(town, stage):
    """The town after everybody has answered, and after the rounds were closed or revealed.

    Late, those of business have answered after the reveal.
    """
    if stage == "open":
        return town
    if stage == "late":
        return _late(town)
    for house in (town.here, town.elsewhere):
        for who in house.people:
            save_comment(
                house.engine, respondent=who, round_id=house.round.id, code="R1", text="Said", may_show=True, now=NOW
            )
            finished(house, who, {"R1": 1, "R2": who.participant_id % 5})
    if stage == "closed":
        closed(town.here)
        closed(town.elsewhere)
        return town
    return replace(town, here=revealed(town.here), elsewhere=revealed(town.elsewhere))


def _late(town):
    def answered(house, sector):
        for who in house.of(sector):
            finished(house, who, {"R1": 1, "R2": who.participant_id % 5})

    for house in (town.here, town.elsewhere):
        answered(house, "government")
    made = replace(town, here=revealed(town.here), elsewhere=revealed(town.elsewhere))
    for house in (made.here, made.elsewhere):
        answered(house, "business")
    return made


def copy_of(town, folder):
    """The same town on a copy of its database, which a test may change."""
    path = folder / "copy.sqlite3"
    path.unlink(missing_ok=True)
    with sqlite3.connect(town.engine.url.database) as source, sqlite3.connect(path) as target:
        source.backup(target)
    engine = quickly(warm(open_engine(f"sqlite:///{path}")))
    return replace(
        town, engine=engine, here=replace(town.here, engine=engine), elsewhere=replace(town.elsewhere, engine=engine)
    )


def logins(town, *, now):
    """A login's token for each account."""
    with writing(town.engine) as session:
        return {actor: accounts.sign_in(session, account_id=one.id, now=now) for actor, one in town.accounts.items()}
