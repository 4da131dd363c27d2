"""A partnership in which every word was typed by somebody with bad intentions."""

from dataclasses import dataclass, field, replace
from itertools import cycle

from tests import build
from tests.ui.hostile import TEXTS
from xsector.actions.answering import save_comment, save_text
from xsector.actions.demonstrating import Person
from xsector.actions.running import choose_keeping, open_round
from xsector.actions.setting_up import add_people, change_questions, describe_partnership
from xsector.model.instrument import Instrument, Kind, Section
from xsector.model.sector import DEFAULT_SECTORS


@dataclass
class Mouth:
    """Says another hostile text each time, and remembers them all."""

    said: list = field(default_factory=list)
    _texts: cycle = field(default_factory=lambda: cycle(TEXTS))

    def say(self, *, longest=80):
        text = next(one for one in self._texts if len(one) + 4 <= longest)
        self.said.append(f"{text[:-2]}{len(self.said)}zZ")
        return self.said[-1]

    def says(self, times, *, longest=80):
        return tuple(self.say(longest=longest) for _ in range(times))


def draft(engine, *, by=None):
    """The house with its round in draft, everybody on the roster with a link, and whoever said all that."""
    mouth = Mouth()
    leader = by or build.account(engine, mouth.say())
    sectors = tuple(replace(one, label=mouth.say(longest=70)) for one in DEFAULT_SECTORS[:2])
    made = build.partnership(engine, by=leader, name=mouth.say(), sectors=sectors)
    made = describe_partnership(
        engine, account=leader, partnership_id=made.id, name=made.name, place=mouth.say(),
        shared_result="\n".join(mouth.says(3)), records_notice=True, now=build.NOW,
    )  # fmt: skip
    rows = [
        Person(name=mouth.say(), organisation=mouth.say(), sector=sectors[place % 2].code, email="ann@evil.test")
        for place in range(12)
    ]
    add_people(engine, account=leader, partnership_id=made.id, rows=rows, now=build.NOW)
    people, tokens = build.respondents(engine, by=leader, partnership_id=made.id)
    late = Person(name=mouth.say(), organisation=mouth.say(), sector=sectors[0].code)
    add_people(engine, account=leader, partnership_id=made.id, rows=[late], now=build.NOW)
    title = mouth.say()
    drafted = build.draft_round(engine, by=leader, partnership_id=made.id, questions=build.QUESTIONS, title=title)
    change_questions(engine, account=leader, round_id=drafted.id, change=lambda _: questionnaire(mouth), now=build.NOW)
    house = build.House(engine=engine, account=leader, partnership=made, round=drafted, people=people, tokens=tokens)
    return house, mouth


def questionnaire(mouth):
    """Questions of every kind, with hostile words in every place for words."""
    facts = {"theme": "clear_goal"}
    items = (
        build.item("R1", text=mouth.say(), short=mouth.say(longest=40), levels=mouth.says(5),
                   cannot_judge=mouth.say(), not_applicable=mouth.say(), **facts),
        build.item("R2", text=mouth.say(), short="R2", levels=mouth.says(3), source=mouth.say(), **facts),
        build.item("T1", kind=Kind.TEXT, text=mouth.say(), levels=(), max_chars=400),
        build.item("U1", kind=Kind.CHOICE, ordered=False, text=mouth.say(), levels=mouth.says(3)),
        build.item("M1", kind=Kind.CHOICES, ordered=False, text=mouth.say(), levels=mouth.says(3)),
        build.item("S1", sensitive=True, text=mouth.say(), levels=mouth.says(5)),
        build.item("K04", theme="clarity_goals", text=mouth.say(), short=mouth.say(longest=40), levels=mouth.says(5)),
        build.item("P01", kind=Kind.CHOICE, theme="profile", text=mouth.say(), short=mouth.say(longest=40),
                   levels=mouth.says(4)),
        build.item("O01", kind=Kind.TEXT, text=mouth.say(), levels=(), max_chars=200),
    )  # fmt: skip
    section = Section(code="all", title=mouth.say(), intro=mouth.say(), items=items)
    bank = (build.item("B1", text=mouth.say(), short="B1", levels=mouth.says(5)),)
    return Instrument(code="test", title=mouth.say(), version="1", sections=(section,), bank=bank)


def opened(house):
    """The house with its round open."""
    of = {"account": house.account, "round_id": house.round.id, "now": build.NOW}
    choose_keeping(house.engine, keep=True, **of)
    return replace(house, round=open_round(house.engine, **of))


def answered(house, mouth, *, but=1):
    """Everybody has answered but the last; the first wrote comments too."""
    for place, who in enumerate(house.people[:-but] if but else house.people):
        of = {"respondent": who, "round_id": house.round.id, "now": build.NOW}
        marks = {"R1": place % 5, "R2": (place // 2) % 3, "U1": place % 3, "M1": frozenset({place % 3}), "S1": 1}
        marks |= {"K04": 3 + place % 2, "P01": 3 * (place % 2)}
        build.finished(house, who, marks)
        save_text(house.engine, code="O01", text=mouth.say(), may_show=True, **of)
        save_text(house.engine, code="T1", text="\n".join(mouth.says(2)), may_show=True, **of)
        save_comment(house.engine, code="R1", text=mouth.say(), may_show=True, **of)
    return house
