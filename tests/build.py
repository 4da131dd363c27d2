"""Test data: partnerships, rosters, rounds and answers, with the facts that matter named by the test."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from xsector.actions.answering import finish, save_answers
from xsector.actions.demonstrating import Person
from xsector.actions.joining import join
from xsector.actions.releasing import reveal
from xsector.actions.running import close_round, invite_newcomers, open_round
from xsector.actions.setting_up import add_people, change_questions, create_partnership, create_round, issue_links
from xsector.model.instrument import Instrument, Item, Kind, Section
from xsector.model.modules.kinds import (
    NO_MODULES,
    Ask,
    Dimension,
    Entry,
    Guesses,
    Modules,
    Pass,
    Priorities,
    Rating,
    Road,
    Roles,
    Stage,
    Statement,
    Trust,
)
from xsector.model.partner import Partnership, Respondent, Role, RoundFacts
from xsector.model.policy import Policy
from xsector.model.sector import DEFAULT_SECTORS
from xsector.reports.rounds import roster
from xsector.store import accounts
from xsector.store.accounts import Account
from xsector.store.engine import Engine, writing

NOW = datetime(2030, 5, 6, 9, 0, tzinfo=UTC)
FIVE = ("Not at all", "A little", "Partly", "Mostly", "Fully")
THREE = {"government": 6, "nonprofit": 6, "business": 6}


def later(**passed):
    """A moment after NOW."""
    return NOW + timedelta(**passed)


def item(code, **facts):
    """A rating on five levels unless the facts say otherwise."""
    usual = {"kind": Kind.RATING, "text": f"Wording of {code}", "short": code, "theme": "clear_goal", "levels": FIVE}
    return Item(code=code, **{**usual, **facts})


QUESTIONS = (
    item("R1", cannot_judge="I can't judge", not_applicable="Doesn't apply"),
    item("R2"),
    item("U1", kind=Kind.CHOICE, ordered=False, levels=("Red", "Green", "Blue")),
    item("M1", kind=Kind.CHOICES, ordered=False, levels=("Time", "Money", "People")),
    item("S1", sensitive=True),
    item("C1", kind=Kind.CHOICE, levels=("Short", "Long"), context=True),
    item("T1", kind=Kind.TEXT, levels=(), max_chars=100),
)


def instrument(*items, modules=NO_MODULES):
    """A questionnaire of one section, with modules beside it."""
    sections = (Section(code="all", title="All", items=items),)
    return Instrument(code="test", title="Test questions", version="1", sections=sections, modules=modules)


def entries(*codes):
    """Functions or options of a module."""
    return tuple(Entry(code=code, text=f"Words of {code}", short=code) for code in codes)


def every_module():
    """All modules, each as short as it can be; guesses are about R1 and the government."""
    statements = tuple(
        Statement(code=f"Z{stage}{kind}", text=f"{stage} {kind}", short=f"{stage} {kind}", stage=stage, is_work=kind)
        for stage in Road
        for kind in (False, True)
    )
    return Modules(
        roles=Roles(functions=entries("J1", "J2"), asks=tuple(Ask)),
        priorities=Priorities(options=entries("O1", "O2", "O3"), passes=tuple(Pass)),
        stage=Stage(statements=statements, scale=FIVE, cannot_judge="Can’t judge", pictures=("A", "B", "C", "D")),
        guesses=Guesses(items=("R1",), sectors=("government",)),
        trust=TRUST,
    )


TRUST = Trust(
    statements=tuple(
        Rating(code=f"W{place}", dimension=one, text=f"They have {one.value}.", short=one.value.title())
        for place, one in enumerate(list(Dimension)[:4], start=1)
    ),
    overall=Rating(code="W5", dimension=Dimension.OVERALL, text="We can count on them.", short="Count on them"),
    contact=("None", "A little", "Some", "A lot"),
    scale=FIVE,
    cannot_judge="Not enough contact to say",
    seed=7,
)
"""The round robin of trust."""


@dataclass(frozen=True, kw_only=True)
class House:
    """A partnership with its convener, its round and everybody on the roster, who came in by link."""

    engine: Engine
    account: Account
    partnership: Partnership
    round: RoundFacts
    people: tuple[Respondent, ...]
    tokens: dict[int, str]

    def of(self, sector):
        """The people of one sector."""
        return [one for one in self.people if one.sector == sector]


def account(engine, name="Dana", *, role=Role.CONVENER):
    """An account that signs in by no password."""
    with writing(engine) as session:
        return accounts.add(session, name=name, role=role, password_hash="-", now=NOW)


def roster_rows(sectors, *, per_organisation=2):
    """So many people of each sector, two to an organisation unless said otherwise."""
    return [
        Person(
            name=f"{sector.title()} person {number + 1}",
            organisation=f"{sector.title()} house {number // per_organisation + 1}",
            sector=sector,
        )
        for sector, people in sectors.items()
        for number in range(people)
    ]


def partnership(engine, *, by, name="Harbour", policy=None, sectors=DEFAULT_SECTORS):
    """A partnership without people."""
    return create_partnership(
        engine, account=by, name=name, place="Here", shared_result="Fewer falls", sectors=sectors,
        policy=policy or Policy(), now=NOW,
    )  # fmt: skip


def respondents(engine, *, by, partnership_id):
    """Everybody on the roster with a new link, in roster order, and their tokens."""
    ids = [one.id for one in roster(engine, account=by, partnership_id=partnership_id)]
    tokens = issue_links(engine, account=by, partnership_id=partnership_id, participant_ids=ids, now=NOW)
    return tuple(join(engine, token=tokens[one]) for one in ids), tokens


def draft_round(engine, *, by, partnership_id, questions=QUESTIONS, modules=NO_MODULES, title="Spring"):
    """A round in draft that asks *questions*, and *modules*."""
    made = create_round(engine, account=by, partnership_id=partnership_id, title=title, form="pulse", now=NOW)
    change_questions(
        engine, account=by, round_id=made.id, change=lambda _: instrument(*questions, modules=modules), now=NOW
    )
    return made


def open_house(
    engine, *, sectors=THREE, policy=None, questions=QUESTIONS, modules=NO_MODULES, per_organisation=2, by=None,
    name="Harbour",
):  # fmt: skip
    """A partnership whose round is open, nobody having answered."""
    leader = by or account(engine)
    made = partnership(engine, by=leader, policy=policy, name=name)
    rows = roster_rows(sectors, per_organisation=per_organisation)
    add_people(engine, account=leader, partnership_id=made.id, rows=rows, now=NOW)
    people, tokens = respondents(engine, by=leader, partnership_id=made.id)
    drafted = draft_round(engine, by=leader, partnership_id=made.id, questions=questions, modules=modules)
    opened = open_round(engine, account=leader, round_id=drafted.id, now=NOW)
    return House(engine=engine, account=leader, partnership=made, round=opened, people=people, tokens=tokens)


def next_round(house, *, title="Autumn", questions=QUESTIONS, modules=NO_MODULES):
    """The same partnership with one more round, open."""
    drafted = draft_round(
        house.engine, by=house.account, partnership_id=house.partnership.id, questions=questions, title=title,
        modules=modules,
    )  # fmt: skip
    return replace(house, round=open_round(house.engine, account=house.account, round_id=drafted.id, now=NOW))


def newcomers(house, *, sector, number):
    """People who come onto the roster while the round is open, in three organisations, with their links."""
    before = {one.id for one in roster(house.engine, account=house.account, partnership_id=house.partnership.id)}
    rows = [Person(name=f"New {one}", organisation=f"New {one % 3}", sector=sector) for one in range(number)]
    here = {"account": house.account, "partnership_id": house.partnership.id}
    add_people(house.engine, **here, rows=rows, now=NOW)
    invite_newcomers(house.engine, account=house.account, round_id=house.round.id, now=NOW)
    there = roster(house.engine, **here)
    tokens = issue_links(
        house.engine, **here, participant_ids=[one.id for one in there if one.id not in before], now=NOW
    )
    return [join(house.engine, token=token) for token in tokens.values()]


def answer(house, who, answers, *, now=NOW):
    """Save one person's answers without finishing."""
    save_answers(house.engine, respondent=who, round_id=house.round.id, answers=answers, now=now)


def finished(house, who, answers, *, now=NOW):
    """Save one person's answers and hand them in."""
    answer(house, who, answers, now=now)
    return finish(house.engine, respondent=who, round_id=house.round.id, now=now)


def closed(house):
    """The round, closed."""
    return close_round(house.engine, account=house.account, round_id=house.round.id, now=NOW)


def revealed(house):
    """The house after its round was closed and revealed."""
    closed(house)
    return replace(house, round=reveal(house.engine, account=house.account, round_id=house.round.id, now=NOW))


def revealed_round(engine, *, sectors, policy=None, code="R1", per_organisation=2):
    """A revealed round of one rated question; *sectors* gives everybody's answer, from 1."""
    house = open_house(
        engine,
        sectors={sector: len(levels) for sector, levels in sectors.items()},
        policy=policy,
        questions=(item(code),),
        per_organisation=per_organisation,
    )
    for sector, levels in sectors.items():
        for who, level in zip(house.of(sector), levels, strict=True):
            finished(house, who, {code: level - 1})
    return revealed(house)


def counted(levels, *, of=5):
    """How many gave each of the answers from 1 to *of*."""
    found = Counter(levels)
    return [found[level] for level in range(1, of + 1)]
