"""Modules go the way of all answers: counted in groups at the seal, but for what is said in an organisation's name."""

from dataclasses import replace

import pytest
from sqlalchemy import select, update

from tests.build import NOW, draft_round, entries, every_module, finished, item, open_house, revealed
from tests.privacy.attack import attack
from tests.privacy.test_single_release import undecided
from xsector.actions.demonstrating import Person
from xsector.actions.erasing import erase_me
from xsector.actions.keeping import problems
from xsector.actions.releasing import add_late
from xsector.actions.running import invite_newcomers, show_on_wall
from xsector.actions.setting_up import add_people, change_questions
from xsector.errors.common import NotFoundError
from xsector.errors.rounds import AnswerError
from xsector.model.modules import choosing
from xsector.model.modules.kinds import Module, Modules, Priorities, Roles
from xsector.model.released import Statement
from xsector.model.sheet import Mark
from xsector.reports.ledger import ledger_with_members
from xsector.reports.own import own_form
from xsector.reports.released import release_of
from xsector.reports.results import report_document
from xsector.reports.rounds import questions
from xsector.store.engine import reading, writing
from xsector.store.tables import BlockCountRow, StatementRow

TWO = {"government": 6, "business": 6}
MODULES = Modules(roles=Roles(functions=entries("J1")), priorities=Priorities(options=entries("O1", "O2", "O3")))
LEAD, HELP = 0, 1


def house_with(engine, modules=MODULES, **more):
    return open_house(engine, sectors=TWO, questions=(item("R1"),), modules=modules, **more)


def released(house):
    return release_of(house.engine, account=house.account, round_id=house.round.id)


def asked(house, code):
    return next(one for one in released(house).asked if one.code == code)


def everybody_says(house, answers, *, people=None):
    for who in house.people if people is None else people:
        finished(house, who, answers(who) if callable(answers) else answers)


def test_modules_are_counted_by_group_like_all_questions(engine):
    house = house_with(engine)
    split = {"O1_should": 10, "O2_should": 10, "O3_should": 0}

    everybody_says(house, {"J1_now": 0, "J1_should": 6, **split})
    house = revealed(house)

    names = [one.name for one in released(house).organisations]
    assert names == sorted(names)
    assert asked(house, "J1_now").counts == ((6, *(0,) * 7), (6, *(0,) * 7))
    assert asked(house, "J1_should").counts[0][0] == 6
    assert asked(house, "O1_should").counts[1][10] == 6
    assert asked(house, "O1_O3_should").counts == ((0, 0, 6), (0, 0, 6))
    assert [one.code for one in released(house).items] == ["R1"]


def test_half_given_points_are_counted_as_no_answer(engine):
    house = house_with(engine)

    everybody_says(house, {"O1_should": 10, "O2_should": 9, "O3_should": 0})

    house = revealed(house)
    assert sum(asked(house, "O1_should").counts[0]) == 0
    assert asked(house, "O1_should").missing[0].skipped == 6


def test_an_organisation_s_own_word_stands_under_its_name_and_in_no_group(engine):
    house = house_with(engine)
    first, second = house.people[0], house.people[1]

    everybody_says(house, lambda who: {"J1_part": LEAD if who == first else HELP} if who in {first, second} else {})

    house = revealed(house)
    own = next(one.id for one in released(house).organisations if one.name == first.organisation)
    assert released(house).statements[0] == Statement(organisation=own, item="J1_part", counts=(1, 1, 0, 0), unsure=0)
    assert all(one.code != "J1_part" for one in released(house).asked)
    with reading(engine) as session:
        assert "J1_part" not in set(session.scalars(select(BlockCountRow.item)))


def test_a_changed_word_of_an_organisation_is_found(engine):
    house = house_with(engine)
    everybody_says(house, {"J1_part": LEAD})
    house = revealed(house)
    assert problems(engine) == []

    with writing(engine) as session:
        session.execute(update(StatementRow).values(mark=HELP))

    assert problems(engine) != []


def test_late_words_of_an_organisation_are_added_to_its_first(engine):
    house = open_house(engine, sectors={"government": 12, "business": 12}, questions=(item("R1"),), modules=MODULES)
    early = [who for sector in TWO for who in house.of(sector)[:6]]
    everybody_says(house, {"J1_part": LEAD}, people=early)
    house = revealed(house)
    before = sum(sum(one.counts) for one in released(house).statements)

    everybody_says(house, {"J1_part": HELP}, people=[who for who in house.people if who not in early])
    add_late(engine, account=house.account, round_id=house.round.id, now=NOW)

    assert before == 12
    assert sum(sum(one.counts) for one in released(house).statements) == 24
    assert asked(house, "J1_now").missing[0].skipped == 12


def test_whoever_is_erased_before_the_seal_says_nothing_for_their_organisation(engine):
    house = house_with(engine)
    everybody_says(house, {"J1_part": LEAD})

    erase_me(engine, respondent=house.people[0], now=NOW)

    house = revealed(house)
    assert sum(sum(one.counts) for one in released(house).statements) == 11


def test_nobody_s_answers_to_modules_can_be_worked_out(engine):
    sectors = {"government": 7, "business": 6, "nonprofit": 3}
    house = open_house(engine, sectors=sectors, questions=(item("R1"),), modules=every_module())

    def says(who):
        place = who.participant_id
        return {
            "J1_now": place % 5, "J1_helps": frozenset({place % 3, 4}), "J2_now": Mark.CANNOT_JUDGE,
            "R1_of_government": place % 4, "Zformfalse": 2,
            "O1_should": place % 10, "O2_should": 10, "O3_should": 10 - place % 10,
        }  # fmt: skip

    form = own_form(engine, respondent=house.people[0], round_id=house.round.id)
    codes = {one.code for one in form.instrument.items()}
    everybody_says(house, lambda who: {code: given for code, given in says(who).items() if code in codes})
    house = revealed(house)

    ledger = ledger_with_members(engine, account=house.account, round_id=house.round.id)
    assert {one["q"].partition("@")[0] for one in ledger["releases"]} >= {"J1_now", "O1_O2_should", "R1_of_government"}
    assert undecided(attack(ledger), ledger=ledger) == []


def test_organisations_are_fixed_when_the_round_is_opened(engine):
    house = house_with(engine)
    before = own_form(engine, respondent=house.people[0], round_id=house.round.id).instrument.organisations

    row = Person(name="New", organisation="Aardvark", sector="business")
    add_people(engine, account=house.account, partnership_id=house.partnership.id, rows=[row], now=NOW)
    invite_newcomers(engine, account=house.account, round_id=house.round.id, now=NOW)

    assert own_form(engine, respondent=house.people[0], round_id=house.round.id).instrument.organisations == before


def test_a_draft_shows_what_its_modules_would_ask_and_is_not_changed_by_that(engine):
    house = house_with(engine)
    draft = draft_round(
        engine, by=house.account, partnership_id=house.partnership.id, title="Next", modules=every_module()
    )

    view = questions(engine, account=house.account, round_id=draft.id)

    assert not any(item.module for item in view.instrument.items())
    assert {item.module for item in view.whole.items()} == {"", *Module}


def test_modules_of_an_open_round_change_until_somebody_begins(engine):
    house = house_with(engine)

    def without_roles(instrument):
        return choosing.with_module(instrument, Module.ROLES, chosen=None)

    change_questions(engine, account=house.account, round_id=house.round.id, change=without_roles, now=NOW)

    form = own_form(engine, respondent=house.people[0], round_id=house.round.id)
    assert {item.module for item in form.instrument.items()} == {"", Module.PRIORITIES}


def test_the_promise_says_what_is_shown_by_name_only_where_it_is_asked(engine):
    with_roles = house_with(engine)
    without = house_with(engine, replace(MODULES, roles=None), name="Other", by=with_roles.account)

    def told(house):
        return own_form(engine, respondent=house.people[0], round_id=house.round.id).promise

    assert "shown under its name" in told(with_roles)
    assert "shown under its name" not in told(without)


def test_an_answer_that_is_none_is_refused(engine):
    house = house_with(engine)

    for code, given in (("J1_now", 99), ("O1_should", 21), ("O1_O2_should", 1)):
        with pytest.raises(AnswerError):
            finished(house, house.people[0], {code: given})


def test_the_wall_shows_a_module_only_where_it_was_asked_and_is_revealed(engine):
    house = house_with(engine, Modules(priorities=MODULES.priorities))
    everybody_says(house, {})
    house = revealed(house)

    with pytest.raises(NotFoundError):
        show_on_wall(engine, account=house.account, round_id=house.round.id, view="roles", item=None, dark=False,
                     now=NOW)  # fmt: skip


def test_the_report_has_a_key_for_each_module_that_was_asked(engine):
    house = house_with(engine)
    everybody_says(house, {"J1_now": 0})
    house = revealed(house)

    document = report_document(engine, account=house.account, round_id=house.round.id)

    assert document["roles"]["jobs"][0]["now"] == {released(house).organisations[0].name: 12}
