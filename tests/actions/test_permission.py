"""Every action and every report, tried by those who may not."""

import inspect
from dataclasses import replace

import pytest

from tests.build import NOW, account, closed, finished, item, open_house, revealed
from xsector.actions import (
    demonstrating,
    editing_agenda,
    importing,
    keeping,
    releasing,
    running,
    setting_up,
    signing_in,
)
from xsector.actions.demonstrating import Person
from xsector.actions.survey.mapping import ImportOptions
from xsector.agenda.build import build_agenda
from xsector.errors import NotAllowedError, NotFoundError
from xsector.model.partner import Role
from xsector.model.policy import Policy
from xsector.model.sector import DEFAULT_SECTORS
from xsector.reports import agendas, ledger, price, released, results, rounds, turnout
from xsector.reports.agendas import the_guide
from xsector.store import accounts
from xsector.store.engine import reading, writing
from xsector.store.tables import Base

P, R = "partnership_id", "round_id"
POLICY, SECTORS = Policy(k=9), DEFAULT_SECTORS
CONVENERS = {
    setting_up.describe_partnership: (P, {"name": "X", "place": "", "shared_result": "", "records_notice": True}),
    setting_up.choose_policy: (P, {"policy": POLICY}),
    setting_up.choose_sectors: (P, {"sectors": SECTORS}),
    setting_up.add_people: (P, {"rows": [Person(name="Eve", organisation="Eve Ltd", sector="business")]}),
    setting_up.remove_person: (P, {"participant_id": 1}),
    setting_up.issue_links: (P, {"participant_ids": [1]}),
    setting_up.issue_missing_links: (P, {}),
    setting_up.create_round: (P, {"title": "X", "form": "pulse"}),
    setting_up.change_questions: (R, {"change": lambda questions: questions}),
    running.open_round: (R, {}),
    running.invite_newcomers: (R, {}),
    running.choose_keeping: (R, {"keep": False}),
}
LEADERS = {
    running.close_round: (R, {}),
    running.reopen_round: (R, {}),
    running.show_on_wall: (R, {"view": "waiting", "item": None, "dark": True}),
    running.issue_wall_link: (R, {}),
    releasing.reveal: (R, {}),
    editing_agenda.save_agenda: (R, {"agenda": None, "version": 0}),
    editing_agenda.restart_agenda: (R, {}),
}
REPORTS = {
    rounds.partnership: P,
    rounds.roster: P,
    rounds.rounds: P,
    rounds.round_: R,
    rounds.questions: R,
    price.price: P,
    price.preview: R,
    turnout.turnout: R,
    released.release_of: R,
    results.results: R,
    results.report_document: R,
    agendas.agenda_of: R,
    ledger.ledger_document: R,
    ledger.ledger_with_members: R,
}
OTHERS = {
    setting_up.create_partnership, importing.import_survey, demonstrating.make_demo, keeping.back_up,
    signing_in.first_account_token, signing_in.check_first_token, signing_in.create_first_account,
    signing_in.add_account, signing_in.sign_in, signing_in.sign_out, signing_in.account_of, keeping.problems,
    rounds.partnerships_of,
}  # fmt: skip
MODULES = (
    demonstrating, editing_agenda, importing, keeping, releasing, running, setting_up, signing_in,
    agendas, ledger, price, released, results, rounds, turnout,
)  # fmt: skip


def rows(engine):
    with reading(engine) as session:
        return {table.name: sorted(map(repr, session.execute(table.select()))) for table in Base.metadata.sorted_tables}


def call(function, house, by, *, target, more):
    subject = {P: house.partnership.id, R: house.round.id}[target]
    given = {target: subject, **more}
    if "agenda" in given:
        release = released.release_of(house.engine, account=house.account, round_id=house.round.id)
        given["agenda"] = build_agenda(release, guide=the_guide(), minutes=90) if release else None
    if "now" in inspect.signature(function).parameters:
        given["now"] = NOW
    return function(house.engine, account=by, **given)


@pytest.fixture
def house(engine):
    return open_house(engine, sectors={"government": 5, "business": 5}, questions=(item("R1"), item("R2")))


def stranger(engine, role=Role.CONVENER):
    """Somebody who leads another partnership."""
    other = account(engine, "Stranger", role=role)
    with writing(engine) as session:
        accounts.adopt_unled(session, account_id=other.id)
    return other


def test_every_action_and_report_is_tried_here():
    public = {
        function
        for module in MODULES
        for name, function in vars(module).items()
        if inspect.isfunction(function)
        and function.__module__ == module.__name__
        and not name.startswith("_")
        and next(iter(inspect.signature(function).parameters), "") == "engine"
    }

    assert public == {*CONVENERS, *LEADERS, *REPORTS, *OTHERS}


@pytest.mark.parametrize("role", [Role.CONVENER, Role.FACILITATOR])
def test_nobody_does_anything_in_a_partnership_they_do_not_lead(house, role):
    other = stranger(house.engine, role)
    before = rows(house.engine)

    for action, (target, more) in {**CONVENERS, **LEADERS}.items():
        with pytest.raises(NotAllowedError):
            call(action, house, other, target=target, more=more)
        assert rows(house.engine) == before, action.__name__


def test_nobody_looks_at_a_partnership_they_do_not_lead(house):
    other = stranger(house.engine)
    pretending = replace(house.account, id=0)
    for who in house.people:
        finished(house, who, {"R1": 1})
    after = {released.release_of, results.results, results.report_document, agendas.agenda_of}
    for stage in (lambda: house, lambda: revealed(house)):
        there = stage()
        for report, target in REPORTS.items():
            more = {"policy": POLICY} if report is price.price else {}
            for who in (other, pretending):
                with pytest.raises(NotAllowedError):
                    call(report, there, who, target=target, more=more)
            if report is not price.preview and (there.round.state == "revealed" or report not in after):
                call(report, there, there.account, target=target, more=more)


def test_a_facilitator_who_leads_does_not_do_what_is_the_conveners(house):
    fay = helping(house)
    before = rows(house.engine)

    for action, (target, more) in CONVENERS.items():
        with pytest.raises(NotAllowedError):
            call(action, house, fay, target=target, more=more)
        assert rows(house.engine) == before, action.__name__


def helping(house):
    """A facilitator of the house's partnership."""
    fay = account(house.engine, "Fay", role=Role.FACILITATOR)
    with writing(house.engine) as session:
        accounts.make_steward(session, partnership_id=house.partnership.id, account_id=fay.id)
    return fay


def test_a_facilitator_runs_the_meeting_of_a_partnership_they_lead(house):
    fay = helping(house)
    for who in house.people:
        finished(house, who, {"R1": 1})

    for action in (running.close_round, running.reopen_round, running.close_round, releasing.reveal):
        call(action, house, fay, target=R, more={})
    for action in (running.show_on_wall, running.issue_wall_link, editing_agenda.save_agenda):
        call(action, house, fay, target=R, more=LEADERS[action][1])

    assert call(released.release_of, house, fay, target=R, more={}).answered == 10


def test_a_facilitator_makes_no_partnership_and_imports_no_file(engine, tmp_path):
    fay = account(engine, "Fay", role=Role.FACILITATOR)
    (tmp_path / "a.csv").write_text("group,A1\n" + "x,1\ny,5\n" * 6, encoding="utf-8")
    before = rows(engine)

    with pytest.raises(NotAllowedError):
        setting_up.create_partnership(
            engine, account=fay, name="X", place="", shared_result="", sectors=SECTORS, policy=POLICY, now=NOW
        )
    with pytest.raises(NotAllowedError):
        importing.import_survey(
            engine, account=fay, path=tmp_path / "a.csv", partnership="X", options=ImportOptions(sector="group"),
            now=NOW,
        )  # fmt: skip

    assert rows(engine) == before


def test_what_is_not_there_is_said_to_be_missing(house):
    nowhere = replace(house, partnership=replace(house.partnership, id=999), round=replace(house.round, id=999))

    for action, (target, more) in {**CONVENERS, **LEADERS}.items():
        with pytest.raises(NotFoundError):
            call(action, nowhere, house.account, target=target, more=more)


def test_a_list_of_partnerships_holds_only_ones_own(house):
    other = stranger(house.engine)

    assert rounds.partnerships_of(house.engine, account=house.account) == [house.partnership]
    assert rounds.partnerships_of(house.engine, account=other) == []


def test_a_closed_round_stays_its_conveners(house):
    closed(house)

    with pytest.raises(NotAllowedError):
        call(releasing.reveal, house, stranger(house.engine), target=R, more={})
