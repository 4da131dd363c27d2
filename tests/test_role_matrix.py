"""Every action and every report, tried by everybody, on their own things and on others'.

A new function fails the first test until it stands in one of the tables. Pages are tried in
``tests/ui/test_page_matrix.py``, web addresses in ``tests/web/test_route_matrix.py``.
"""

import ast
import inspect
import pkgutil
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from importlib import import_module
from pathlib import Path

import pytest

import xsector.actions
import xsector.reports
from tests import build_cards
from tests.build import FIVE, NOW, instrument, item
from tests.build_meetings import Room, planned_room
from tests.build_records import ended, promised
from tests.conftest import copied, quickly
from tests.roles import ACCOUNTS, ACTORS, PARTNERS, STAGES, at_stage, copy_of, logins, open_town
from xsector.actions import (
    admitting,
    aiming,
    answering,
    brainstorming,
    casting,
    committing,
    demonstrating,
    demonstrating_cards,
    editing_agenda,
    erasing,
    importing,
    joining,
    keeping,
    leading_meetings,
    leaving,
    notices,
    noting,
    permission,
    reading_words,
    regaining,
    releasing,
    ruling,
    running,
    setting_up,
    sharing,
    signing_in,
    signing_in_elsewhere,
    sorting_cards,
    voting,
    voting_cards,
    writing_cards,
)
from xsector.actions.demonstrating import Person
from xsector.actions.survey.mapping import ImportOptions
from xsector.agenda.build import build_agenda
from xsector.errors.access import SignInError
from xsector.errors.common import NotAllowedError, NotFoundError
from xsector.model.commitment import Draft, Status
from xsector.model.guide import StepKind
from xsector.model.meeting import Place
from xsector.model.modules.kinds import Module
from xsector.model.names import name_key
from xsector.model.partner import Role
from xsector.model.policy import Policy
from xsector.model.sector import DEFAULT_SECTORS
from xsector.model.voting import VoteKind
from xsector.reports import (
    agendas,
    cards,
    felt,
    guesses,
    in_the_room,
    leading,
    ledger,
    log,
    meetings,
    mine,
    mirror,
    module_results,
    own,
    own_trust,
    price,
    priorities,
    promises,
    records,
    released,
    results,
    roles,
    rounds,
    shown,
    stage,
    trust,
    turnout,
    wall,
    words,
)  # fmt: skip
from xsector.reports.guides import the_guide
from xsector.store import meetings as stored_meetings
from xsector.store.accounts import Account
from xsector.store.engine import reading
from xsector.store.logins import mark_of
from xsector.store.tables import Base

PROJECT = Path(__file__).resolve().parents[1]
PASSWORD, NEW = "violet harbour 71 spoons", "seven quiet lamps on a hill"
P, R, D, M = "partnership", "round", "draft", "meeting"
CONVENERS = frozenset({"convener"})
LEADERS = frozenset({"convener", "facilitator"})
MAKERS = frozenset({"convener", "convener stranger"})
EVERY_ACCOUNT = frozenset(ACCOUNTS)


@dataclass(frozen=True, kw_only=True)
class Case:
    """Who may call a function *here*, on what, at which stage, and what else it is given."""

    who: frozenset
    on: str = ""
    stage: str = "open"
    more: dict = field(default_factory=dict)
    found: dict = field(default_factory=dict)
    """Arguments that a house answers for itself."""


def first_person(house):
    """Somebody on the roster."""
    return house.people[0].participant_id


def an_agenda(house):
    """The agenda as it is proposed; None where nothing is revealed."""
    release = released.release_of(house.engine, account=house.account, round_id=house.round.id)
    return build_agenda(release, guide=the_guide(), minutes=90)


def a_word(house):
    """A comment that was opened."""
    [question] = words.words_of(house.engine, account=house.account, round_id=house.round.id)
    return question.words[0]


def a_brainstorm(stage):
    """The id of a brainstorm at *stage*, made in the house that asks."""
    return {"brainstorm_id": lambda house: build_cards.standing_at(house, stage).id}


def a_vote(house):
    """The id of a brainstorm on which five have voted."""
    made = build_cards.standing_at(house, "voting")
    for who in house.people[:5]:
        build_cards.mark(made, who, {1})
    return made.id


def a_meeting(house):
    """The id of a meeting that goes on, in the house that asks."""
    with reading(house.engine) as session:
        found = stored_meetings.of_round(session, house.round.id)
    if found:
        return found[0].id
    room = planned_room(house, steps=(("welcome", StepKind.WELCOME, 5, None), ("gap", StepKind.FOGGY, 5, "R1")))
    room.does(leading_meetings.begin_meeting)
    return room.id


def the_room(house):
    """The same, to do things in it."""
    return Room(house=house, id=a_meeting(house))


def a_planned_meeting(house):
    """The id of a meeting that has not begun."""
    return planned_room(house, steps=(("welcome", StepKind.WELCOME, 5, None),)).id


def voted_on(house):
    """The id of the meeting with a vote that everybody has cast."""
    room = Room(house=house, id=being_voted_on(house))
    for who in house.people:
        room.votes(who, {"heard": 4})
    return room.id


def being_voted_on(house):
    """The id of the meeting with a vote that is open."""
    room = the_room(house)
    if room.meeting.vote_id is None:
        room.asks(VoteKind.EXIT)
    return room.id


def a_promise(house):
    """The id of a promise that was made in the house that asks."""
    return the_room(house).does(committing.promise, draft=DRAFT).id


def parked(house):
    """The number of a parked thought."""
    return the_room(house).does(noting.park, text="Later")


DRAFT = Draft(what="Call the mayor", who="Ann", by_when=NOW.date() + timedelta(days=20))
HERE = Place(step="", stage=0)


def a_record(house):
    """The id of a meeting that is over, in the house that asks."""
    return ended(house).id


def a_rule(house):
    """The number of a rule that was made in the house that asks."""
    of = {"account": house.account, "round_id": house.round.id, "now": NOW}
    return ruling.add_rule(house.engine, text="listen", brainstorm_id=None, place=None, **of).number


DESCRIBED = {"name": "X", "place": "", "shared_result": ""}
CASES = {
    setting_up.create_partnership: Case(
        who=MAKERS, more={**DESCRIBED, "sectors": DEFAULT_SECTORS, "policy": Policy()}
    ),
    setting_up.describe_partnership: Case(who=CONVENERS, on=P, more={**DESCRIBED, "records_notice": True}),
    setting_up.choose_policy: Case(who=CONVENERS, on=P, more={"policy": Policy(k=9)}),
    setting_up.choose_sectors: Case(who=CONVENERS, on=P, more={"sectors": DEFAULT_SECTORS}),
    setting_up.add_people: Case(
        who=CONVENERS, on=P, more={"rows": [Person(name="Eve", organisation="Eve Ltd", sector="business")]}
    ),
    setting_up.remove_person: Case(who=CONVENERS, on=P, found={"participant_id": lambda house: newcomer(house)}),
    setting_up.issue_links: Case(who=CONVENERS, on=P, found={"participant_ids": lambda house: [first_person(house)]}),
    setting_up.issue_missing_links: Case(who=CONVENERS, on=P),
    setting_up.create_round: Case(who=CONVENERS, on=P, more={"title": "X", "form": "pulse"}),
    setting_up.change_questions: Case(who=CONVENERS, on=R, more={"change": lambda _: instrument(item("R3"))}),
    running.open_round: Case(who=CONVENERS, on=D, stage="revealed"),
    running.invite_newcomers: Case(who=CONVENERS, on=R),
    running.choose_keeping: Case(who=CONVENERS, on=R, more={"keep": False}),
    running.close_round: Case(who=LEADERS, on=R),
    running.reopen_round: Case(who=LEADERS, on=R, stage="closed"),
    running.show_on_wall: Case(who=LEADERS, on=R, more={"view": "waiting", "item": None, "dark": True}),
    running.issue_wall_link: Case(who=LEADERS, on=R),
    aiming.choose_target: Case(who=LEADERS, on=R, stage="revealed", more={"target": "advisory_group"}),
    running.choose_live: Case(who=CONVENERS, on=D, more={"live": True}),
    releasing.reveal: Case(who=LEADERS, on=R, stage="closed"),
    releasing.add_late: Case(who=LEADERS, on=R, stage="late"),
    reading_words.let_through: Case(
        who=LEADERS, on=R, stage="revealed", more={"shown": True}, found={"word": lambda house: a_word(house)}
    ),
    reading_words.delete_word: Case(
        who=LEADERS, on=R, stage="revealed", found={"word": lambda house: a_word(house)}
    ),
    words.words_of: Case(who=LEADERS, on=R, stage="revealed"),
    brainstorming.open_brainstorm: Case(
        who=LEADERS, on=R, more={"code": "V1", "text": "What has not worked?", "minutes": 5}
    ),
    brainstorming.give_time: Case(who=LEADERS, on=R, more={"minutes": 2}, found=a_brainstorm("writing")),
    brainstorming.close_writing: Case(who=LEADERS, on=R, found=a_brainstorm("writing")),
    brainstorming.release_cards: Case(who=LEADERS, on=R, found=a_brainstorm("sorting")),
    brainstorming.take_off: Case(who=LEADERS, on=R, found=a_brainstorm("shown")),
    brainstorming.drop_brainstorm: Case(who=LEADERS, on=R, found=a_brainstorm("writing")),
    brainstorming.show_cards: Case(who=LEADERS, on=R, more={"page": 0, "dark": True}, found=a_brainstorm("writing")),
    brainstorming.show_rules: Case(
        who=LEADERS, on=R, more={"dark": True}, found={"page": lambda house: a_rule(house) - 1}
    ),
    sorting_cards.assign: Case(who=LEADERS, on=R, more={"themes": {1: 1}}, found=a_brainstorm("sorting")),
    sorting_cards.assign_suggested: Case(who=LEADERS, on=R, found=a_brainstorm("sorting")),
    sorting_cards.hide: Case(who=LEADERS, on=R, more={"place": 1, "hidden": True}, found=a_brainstorm("sorting")),
    sorting_cards.delete_card: Case(who=LEADERS, on=R, more={"place": 1}, found=a_brainstorm("sorting")),
    sorting_cards.join: Case(who=LEADERS, on=R, more={"place": 1, "head": 2}, found=a_brainstorm("sorting")),
    sorting_cards.take_apart: Case(who=LEADERS, on=R, more={"place": 1}, found=a_brainstorm("sorting")),
    sorting_cards.word_theme: Case(
        who=LEADERS, on=R, more={"number": 1, "label": "X", "keywords": ["x"]}, found=a_brainstorm("sorting")
    ),
    sorting_cards.add_theme: Case(who=LEADERS, on=R, more={"label": "X"}, found=a_brainstorm("sorting")),
    sorting_cards.merge_themes: Case(who=LEADERS, on=R, more={"number": 1, "into": 2}, found=a_brainstorm("sorting")),
    voting_cards.open_vote: Case(who=LEADERS, on=R, found=a_brainstorm("shown")),
    voting_cards.close_vote: Case(who=LEADERS, on=R, found={"brainstorm_id": lambda house: a_vote(house)}),
    voting_cards.cancel_vote: Case(who=LEADERS, on=R, found=a_brainstorm("voting")),
    ruling.add_rule: Case(who=LEADERS, on=R, more={"text": "listen", "brainstorm_id": None, "place": None}),
    ruling.word_rule: Case(who=LEADERS, on=R, more={"text": "listen well"}, found={"number": a_rule}),
    ruling.delete_rule: Case(who=LEADERS, on=R, found={"number": a_rule}),
    cards.brainstorms_of: Case(who=LEADERS, on=R),
    cards.board_of: Case(who=LEADERS, on=R, found=a_brainstorm("sorting")),
    cards.rules_of: Case(who=LEADERS, on=R),
    leading_meetings.plan_meeting: Case(
        who=LEADERS, on=R, stage="revealed", more={"title": "June"}, found={"agenda": an_agenda}
    ),
    leading_meetings.begin_meeting: Case(who=LEADERS, on=M, stage="revealed", found={"meeting_id": a_planned_meeting}),
    leading_meetings.drop_meeting: Case(who=LEADERS, on=M, stage="revealed", found={"meeting_id": a_planned_meeting}),
    leading_meetings.end_meeting: Case(who=LEADERS, on=M, stage="revealed"),
    leading_meetings.go_on: Case(who=LEADERS, on=M, stage="revealed", more={"here": HERE}),
    leading_meetings.go_back: Case(who=LEADERS, on=M, stage="revealed", more={"here": HERE}),
    leading_meetings.go_to: Case(who=LEADERS, on=M, stage="revealed", more={"here": HERE, "step_id": "gap"}),
    leading_meetings.blank_wall: Case(who=LEADERS, on=M, stage="revealed", more={"blank": True}),
    leading_meetings.change_minutes: Case(
        who=LEADERS, on=M, stage="revealed", more={"step_id": "gap", "minutes": 7}
    ),
    leading_meetings.skip_step: Case(who=LEADERS, on=M, stage="revealed", more={"step_id": "gap", "skipped": True}),
    leading_meetings.move_step: Case(who=LEADERS, on=M, stage="revealed", more={"step_id": "gap", "places": -1}),
    leading_meetings.add_step: Case(who=LEADERS, on=M, stage="revealed", more={"title": "More", "minutes": 5}),
    voting.open_vote: Case(
        who=LEADERS, on=M, stage="revealed", more={"ask": voting.Ask(kind=VoteKind.EXIT), "seconds": 60}
    ),
    voting.give_vote_time: Case(
        who=LEADERS, on=M, stage="revealed", more={"seconds": 30}, found={"meeting_id": being_voted_on}
    ),
    voting.show_vote: Case(who=LEADERS, on=M, stage="revealed", found={"meeting_id": voted_on}),
    voting.drop_vote: Case(who=LEADERS, on=M, stage="revealed", found={"meeting_id": being_voted_on}),
    voting.put_vote_on_wall: Case(who=LEADERS, on=M, stage="revealed", more={"vote_id": None}),
    casting.cast_here: Case(
        who=LEADERS, on=M, stage="revealed", more={"answers": {"heard": 3}},
        found={"meeting_id": being_voted_on, "participant_id": first_person},
    ),
    noting.write_heard: Case(who=LEADERS, on=M, stage="revealed", more={"step_id": "gap", "text": "X"}),
    noting.write_aside: Case(who=LEADERS, on=M, stage="revealed", more={"step_id": "gap", "text": "X"}),
    noting.park: Case(who=LEADERS, on=M, stage="revealed", more={"text": "X"}),
    noting.tick_parked: Case(who=LEADERS, on=M, stage="revealed", more={"done": True}, found={"number": parked}),
    noting.remove_parked: Case(who=LEADERS, on=M, stage="revealed", found={"number": parked}),
    committing.promise: Case(who=LEADERS, on=M, stage="revealed", more={"draft": DRAFT}),
    committing.rewrite_promise: Case(
        who=LEADERS, stage="revealed", more={"draft": DRAFT, "version": 1}, found={"commitment_id": a_promise}
    ),
    committing.withdraw_promise: Case(who=LEADERS, stage="revealed", found={"commitment_id": a_promise}),
    committing.settle_promise: Case(
        who=LEADERS, stage="revealed", more={"status": Status.DONE, "remark": "", "version": 1},
        found={"commitment_id": a_promise},
    ),
    meetings.meetings_of: Case(who=LEADERS, on=R, stage="revealed"),
    meetings.watching: Case(who=LEADERS, on=M, stage="revealed"),
    meetings.control_of: Case(who=LEADERS, on=M, stage="revealed"),
    editing_agenda.save_agenda: Case(
        who=LEADERS, on=R, stage="revealed", more={"version": 0}, found={"agenda": an_agenda}
    ),
    editing_agenda.restart_agenda: Case(who=LEADERS, on=R, stage="revealed"),
    sharing.share: Case(who=CONVENERS, on=P, more={"name": "Carl"}),
    sharing.take_off: Case(who=CONVENERS, on=P, more={"account_id": 3}),
    sharing.invite_colleague: Case(who=CONVENERS, on=P, more={"role": Role.FACILITATOR}),
    leaving.sign_out_everywhere: Case(who=EVERY_ACCOUNT, more={"password": ""}),
    leaving.browsers_of: Case(who=EVERY_ACCOUNT),
    leaving.needs_password: Case(who=EVERY_ACCOUNT),
    signing_in_elsewhere.issuers_of: Case(who=EVERY_ACCOUNT),
    leading.leaders_of: Case(who=LEADERS, on=P),
    rounds.partnership: Case(who=LEADERS, on=P),
    rounds.roster: Case(who=LEADERS, on=P),
    rounds.rounds: Case(who=LEADERS, on=P),
    rounds.round_: Case(who=LEADERS, on=R),
    rounds.questions: Case(who=LEADERS, on=R),
    price.price: Case(who=LEADERS, on=P, more={"policy": Policy()}),
    price.preview: Case(who=LEADERS, on=R),
    turnout.turnout: Case(who=LEADERS, on=R),
    released.release_of: Case(who=LEADERS, on=R, stage="revealed"),
    released.release_with_past: Case(who=LEADERS, on=R, stage="revealed"),
    results.results: Case(who=LEADERS, on=R, stage="revealed"),
    results.report_document: Case(who=LEADERS, on=R, stage="revealed"),
    module_results.modules_of: Case(who=LEADERS, on=R, stage="revealed"),
    module_results.released_module: Case(who=LEADERS, on=R, stage="revealed", more={"module": Module.ROLES}),
    roles.role_results: Case(who=LEADERS, on=R, stage="revealed"),
    felt.felt_report: Case(who=LEADERS, on=R, stage="revealed"),
    felt.felt_document: Case(who=LEADERS, on=R, stage="revealed"),
    stage.stage_results: Case(who=LEADERS, on=R, stage="revealed"),
    guesses.guess_results: Case(who=LEADERS, on=R, stage="revealed"),
    priorities.priority_results: Case(who=LEADERS, on=R, stage="revealed"),
    trust.trust_results: Case(who=LEADERS, on=R, stage="revealed"),
    agendas.agenda_of: Case(who=LEADERS, on=R, stage="revealed"),
    records.record_of: Case(who=LEADERS, stage="revealed", found={"meeting_id": a_record}),
    promises.promises_of: Case(who=LEADERS, on=P),
    ledger.ledger_document: Case(who=LEADERS, on=R, stage="revealed"),
    ledger.ledger_with_members: Case(who=LEADERS, on=R, stage="revealed"),
}  # fmt: skip
"""Functions that take an account."""

OWN = {
    answering.begin: {},
    answering.save_answers: {"answers": {"R1": 3}},
    answering.save_text: {"code": "T1", "text": "Words", "may_show": True},
    answering.save_comment: {"code": "R1", "text": "Words", "may_show": False},
    answering.finish: {},
    own.own_form: {},
    mirror.mirror_of: {},
    own_trust.own_trust: {},
    mine.own_round: {},
}
"""Functions that take a respondent and a round, with what else they are given."""

SPECIAL = {
    own.open_rounds, own.with_newest, promises.open_promises, shown.shown_of, mine.everything_of,
    importing.import_survey,
    rounds.partnerships_of, signing_in.change_password, signing_in.prove, leaving.end_one,
    erasing.erase_me, erasing.erase_me_and_my_comments, signing_in_elsewhere.own_link, writing_cards.write_card,
    answering.cast, casting.come_in, in_the_room.own_place, in_the_room.meeting_calling, in_the_room.room_mark,
    writing_cards.take_back_card, writing_cards.mark_cards, cards.own_cards, cards.calling, cards.newest, cards.mark_of,
}  # fmt: skip
"""Each has a test of its own below."""

DOORS = {
    joining.look_at_link, joining.join, joining.respondent_of, joining.door_for_code, joining.names_behind,
    joining.claim_name, joining.wall_of_token, regaining.look_at_link, regaining.set_password,
    signing_in.check_first_token, signing_in.create_first_account, signing_in.sign_in,
    signing_in.sign_out, signing_in.account_of, sharing.look_at_invitation, sharing.create_colleague,
    signing_in_elsewhere.sign_in, signing_in_elsewhere.create_first_account, signing_in_elsewhere.create_colleague,
    signing_in_elsewhere.look_at_link, signing_in_elsewhere.tie,
}  # fmt: skip
"""What lets somebody in: a token, a code, a password or a provider's word is the permission."""

WALL = {
    wall.wall_revision, wall.wall_state, wall.wall_results, wall.words_on_wall, cards.cards_on_wall, cards.rule_on_wall,
    felt.felt_on_wall,
}  # fmt: skip
"""What a room sees; the pages that call them ask for a wall's link or for who leads."""

OPERATOR = {
    demonstrating.make_demo, demonstrating_cards.hold_brainstorm, keeping.back_up, keeping.problems,
    signing_in.add_account, signing_in.first_account_token,
    admitting.admit, admitting.give_link, admitting.all_accounts, admitting.end_logins, admitting.close_account,
    releasing.release_ripe, notices.write_down, keeping.open_to_others, keeping.drop_old_backups, log.log_entries,
    keeping.forget_old_people, keeping.not_known_to_be_shown,
    signing_in_elsewhere.add_account, signing_in_elsewhere.link_for,
}  # fmt: skip
"""For commands on the server, and for what it does by itself; no page and no web address names them."""


def modules():
    for room in (xsector.actions, xsector.reports):
        for found in pkgutil.walk_packages(room.__path__, f"{room.__name__}."):
            yield import_module(found.name)


def public_functions():
    """All functions of the two rooms that reach the database, or speak for somebody.

    What takes a session is part of one of these: no page and no web address has a session to give.
    """
    for module in modules():
        for name, function in vars(module).items():
            ours = inspect.isfunction(function) and function.__module__ == module.__name__
            if ours and not name.startswith("_") and speaks_for_somebody(function):
                yield function


def speaks_for_somebody(function):
    given = asks_for(function)
    return bool(given & {"engine", "account", "respondent"}) and "session" not in given


def asks_for(function):
    return set(inspect.signature(function).parameters)


def newcomer(house):
    """Somebody who is on the roster and invited to nothing."""
    rows = [Person(name="Newcomer", organisation="Newcomer Ltd", sector="business")]
    of = {"account": house.account, "partnership_id": house.partnership.id}
    setting_up.add_people(house.engine, rows=rows, now=NOW, **of)
    return rounds.roster(house.engine, **of)[-1].id


@pytest.fixture(scope="module")
def towns(migrated_file, tmp_path_factory):
    """A town at each stage; nobody changes these."""
    made = {}
    for name in STAGES:
        engine = quickly(copied(migrated_file, tmp_path_factory.mktemp(name)))
        made[name] = at_stage(open_town(engine), name)
    yield made
    for town in made.values():
        town.engine.dispose()


@pytest.fixture
def fresh(towns, tmp_path):
    """A copy of the town at a stage."""
    made = []

    def copied_town(stage="open"):
        made.append(copy_of(towns[stage], tmp_path))
        return made[-1]

    yield copied_town
    for town in made:
        town.engine.dispose()


def rows(engine):
    with reading(engine) as session:
        return {table.name: sorted(map(repr, session.execute(table.select()))) for table in Base.metadata.sorted_tables}


def actor_account(town, actor):
    """The account an actor has, or the best that they could pretend to."""
    convener = town.accounts["convener"]
    pretended = {
        "nobody": Account(id=0, name="nobody", role=Role.CONVENER),
        "partner": replace(convener, role=Role.PARTNER),
        "partner elsewhere": Account(id=town.here.people[0].participant_id + 100, name="x", role=Role.CONVENER),
        "wall": replace(convener, role=Role.WALL),
    }
    return {**pretended, **town.accounts}[actor]


def call(function, case, town, *, by, place):
    """Call *function* on the things of *place*, as *by*; its own arguments are made before."""
    house = town.place(place)
    of = {
        "": {},
        P: {"partnership_id": house.partnership.id},
        R: {"round_id": house.round.id},
        D: {"round_id": town.drafts[place].id},
        M: {"meeting_id": None},
    }[case.on]
    if case.on == M and "meeting_id" not in case.found:
        of["meeting_id"] = a_meeting(house)
    given = {**of, **case.more, **{name: make(house) for name, make in case.found.items()}}
    if "now" in inspect.signature(function).parameters:
        given["now"] = NOW
    return partial(function, town.engine, account=by, **given)


def test_every_function_that_reaches_the_database_stands_in_a_table():
    tables = [set(CASES), set(OWN), SPECIAL, DOORS, WALL, OPERATOR]
    listed = [function for table in tables for function in table]

    assert {one for one in public_functions() if one.__module__ != permission.__name__} == set(listed)
    assert len(listed) == len(set(listed))


@pytest.mark.parametrize(
    ("function", "actor"),
    [(function, actor) for function, case in CASES.items() for actor in ACTORS if actor in case.who],
    ids=lambda one: getattr(one, "__name__", one),
)
def test_whoever_may_can(fresh, function, actor):
    case = CASES[function]
    town = fresh(case.stage)

    call(function, case, town, by=actor_account(town, actor), place="here")()


@pytest.mark.parametrize("function", CASES, ids=lambda one: one.__name__)
def test_nobody_else_can_and_nothing_changes(fresh, function):
    case = CASES[function]
    town = fresh(case.stage)
    cells = [(actor, "here") for actor in ACTORS if actor not in case.who]
    cells += [(actor, "elsewhere") for actor in ACTORS] if case.on else []

    before = rows(town.engine)
    for actor, place in cells:
        attempt = call(function, case, town, by=actor_account(town, actor), place=place)
        if case.found or case.on == M:  # What is made for an attempt stands in the database.
            before = rows(town.engine)
        with pytest.raises(NotAllowedError):
            attempt()
        assert rows(town.engine) == before, (actor, place)


@pytest.mark.parametrize("function", [one for one, case in CASES.items() if case.on], ids=lambda one: one.__name__)
def test_what_is_not_there_is_said_to_be_missing(towns, fresh, function):
    case = CASES[function]
    town = fresh(case.stage) if case.on == M else towns[case.stage]
    name = {P: "partnership_id", M: "meeting_id"}.get(case.on, "round_id")
    attempt = call(function, replace(case, found={}), town, by=town.accounts["convener"], place="here")
    missing = dict.fromkeys(set(case.found) - {name})

    with pytest.raises(NotFoundError):
        attempt(**{name: 999}, **missing)


@pytest.mark.parametrize("actor", ACTORS)
def test_only_accounts_get_an_account_and_only_partners_a_form(fresh, actor):
    town = fresh()
    held = {**logins(town, now=NOW), **{one: town.token(one) for one in ("wall", *PARTNERS)}}
    token = held.get(actor, "A" * 43)

    account = signing_in.account_of(town.engine, token=token, now=NOW)
    respondent = joining.respondent_of(town.engine, token=token)
    shown = joining.wall_of_token(town.engine, token=token)

    assert account == town.accounts.get(actor)
    assert (respondent is not None) == (actor in PARTNERS)
    assert (shown is not None) == (actor == "wall")


@pytest.mark.parametrize("function", OWN, ids=lambda one: one.__name__)
def test_a_partner_answers_in_their_own_partnership_and_in_no_other(fresh, function):
    town = fresh()
    for name in ("here", "elsewhere"):
        house, other = town.place(name), town.place("elsewhere" if name == "here" else "here")
        who, more = house.people[0], {**OWN[function]}
        if "now" in inspect.signature(function).parameters:
            more["now"] = NOW
        before = rows(town.engine)
        for round_ in (other.round, town.drafts["elsewhere"], town.drafts["here"]):
            with pytest.raises(NotAllowedError):
                function(town.engine, respondent=who, round_id=round_.id, **more)
        assert rows(town.engine) == before
        if function is not answering.save_text:  # Nobody is asked for words in this round.
            function(town.engine, respondent=who, round_id=house.round.id, **more)


def test_a_partner_writes_and_marks_cards_in_their_own_partnership_and_in_no_other(fresh):
    town = fresh()
    ann, eve = town.here.people[0], town.elsewhere.people[0]
    writing = build_cards.written(build_cards.open_cards(town.here))
    of = {"brainstorm_id": writing.id, "now": NOW}
    [mine] = cards.own_cards(town.engine, respondent=ann, brainstorm_id=writing.id).own
    tries = (
        partial(writing_cards.write_card, text="Hello", **of),
        partial(writing_cards.take_back_card, mark=mine.mark, **of),
        partial(writing_cards.mark_cards, places={1}, **of),
        partial(cards.own_cards, brainstorm_id=writing.id),
    )
    before = rows(town.engine)

    for stranger in (eve, replace(ann, link_sha256="f" * 64, key="f" * 64)):
        for attempt in tries[: 4 if stranger is eve else 3]:
            with pytest.raises(NotAllowedError):
                attempt(town.engine, respondent=stranger)
    assert cards.own_cards(town.engine, respondent=replace(ann, key="f" * 64), brainstorm_id=writing.id).own == ()
    assert rows(town.engine) == before
    for look in (cards.calling, cards.newest):
        assert look(town.engine, respondent=ann).id == writing.id
        assert look(town.engine, respondent=eve) is None
    assert cards.mark_of(town.engine, respondent=eve) == ()


def test_a_partner_follows_and_votes_in_their_own_meeting_and_in_no_other(fresh):
    town = fresh("revealed")
    ann, eve = town.here.people[0], town.elsewhere.people[0]
    room = Room(house=town.here, id=being_voted_on(town.here))
    of = {"round_id": room.meeting.vote_id, "answers": {"heard": 4}, "now": NOW}
    before = rows(town.engine)

    for stranger in (eve, replace(ann, link_sha256="f" * 64, key="f" * 64)):
        with pytest.raises(NotAllowedError):
            answering.cast(town.engine, respondent=stranger, **of)
    for attempt in (casting.come_in, in_the_room.own_place):
        with pytest.raises(NotFoundError):
            attempt(town.engine, respondent=eve, meeting_id=room.id)
    assert rows(town.engine) == before
    assert in_the_room.meeting_calling(town.engine, respondent=eve) is None
    assert in_the_room.room_mark(town.engine, partnership_id=eve.partnership_id) == ()
    answering.cast(town.engine, respondent=ann, **of)
    assert in_the_room.own_place(town.engine, respondent=ann, meeting_id=room.id).voted


def test_a_partner_reads_their_own_rounds_and_their_own_answers(fresh):
    town = fresh()
    ann, bob, eve = town.here.people[0], town.here.people[1], town.elsewhere.people[0]
    of = {"round_id": town.here.round.id}
    answering.save_answers(town.engine, respondent=ann, answers={"R1": 3}, now=NOW, **of)
    form = own.own_form(town.engine, respondent=ann, **of)

    assert [one.id for one in own.open_rounds(town.engine, respondent=eve)] == [town.elsewhere.round.id]
    assert own.own_form(town.engine, respondent=bob, **of).answers == {}
    assert shown.shown_of(town.engine, respondent=eve) == []
    for stranger in (bob, eve):
        with pytest.raises(NotAllowedError):
            own.with_newest(form, engine=town.engine, respondent=stranger)


def test_partners_read_the_promises_of_their_own_partnership_alone(fresh):
    town = fresh("revealed")
    promised(ended(town.here, begin_again=True), "Call the mayor")

    seen = [promises.open_promises(town.engine, respondent=house.people[0]) for house in (town.here, town.elsewhere)]

    assert [[one.draft.what for one in found] for found in seen] == [["Call the mayor"], []]


def test_the_mirror_and_the_files_of_a_partner_hold_their_own_answers_and_nobody_else_s(fresh):
    town = fresh("revealed")
    of = {"round_id": town.here.round.id}
    ann, eve = town.here.people[0], town.elsewhere.people[0]

    for who in town.here.people:
        seen = mirror.mirror_of(town.engine, respondent=who, **of)
        own_answers = {one.item.code: one.own for one in seen.reflections() if one.own is not None}
        assert own_answers == {"R1": 1, "R2": who.participant_id % 5}
        lines = mine.own_round(town.engine, respondent=who, **of).lines
        assert [line.answer for line in lines if line.answer] == ["A little", FIVE[who.participant_id % 5]]
    kept = mine.everything_of(town.engine, respondent=ann)
    assert (kept.person.id, [one.round.id for one in kept.rounds]) == (ann.participant_id, [town.here.round.id])
    for stranger in (eve, replace(ann, key="f" * 64, link_sha256="f" * 64)):
        for read in (mirror.mirror_of, mine.own_round):
            with pytest.raises(NotAllowedError):
                read(town.engine, respondent=stranger, **of)
    with pytest.raises(NotAllowedError):
        mine.everything_of(town.engine, respondent=replace(ann, link_sha256="f" * 64))


def test_a_convener_who_pretends_to_be_a_partner_reads_no_answer(fresh):
    town = fresh()
    ann, of = town.here.people[0], {"round_id": town.here.round.id}
    answering.save_answers(town.engine, respondent=ann, answers={"R1": 3}, now=NOW, **of)
    form = own.own_form(town.engine, respondent=ann, **of)
    pretended = replace(ann, key="f" * 64, link_sha256="f" * 64)

    assert own.own_form(town.engine, respondent=pretended, **of).answers == {}
    with pytest.raises(NotAllowedError):
        own.with_newest(form, engine=town.engine, respondent=pretended)
    with pytest.raises(NotAllowedError):
        answering.save_answers(town.engine, respondent=pretended, answers={"R1": 1}, now=NOW, **of)


@pytest.mark.parametrize(
    ("function", "more"),
    [
        (setting_up.remove_person, lambda house: {"participant_id": first_person(house)}),
        (setting_up.issue_links, lambda house: {"participant_ids": [first_person(house)]}),
        (sharing.take_off, lambda house: {"account_id": house.account.id}),
    ],
)
def test_ones_own_partnership_is_no_way_to_others_people(towns, function, more):
    town = towns["open"]
    before = rows(town.engine)

    with pytest.raises(NotFoundError):
        function(
            town.engine, account=town.accounts["convener"], partnership_id=town.here.partnership.id, now=NOW,
            **more(town.elsewhere),
        )  # fmt: skip

    assert rows(town.engine) == before


@pytest.mark.parametrize("actor", ACCOUNTS)
def test_only_conveners_import_a_file_and_never_into_others_partnership(fresh, tmp_path, actor):
    town = fresh()
    by, before = actor_account(town, actor), rows(town.engine)
    (tmp_path / "a.csv").write_text("group,A1\n" + "x,1\ny,5\n" * 6, encoding="utf-8")
    do = partial(
        importing.import_survey, town.engine, account=by, path=tmp_path / "a.csv", partnership="Lighthouse",
        options=ImportOptions(sector="group"), now=NOW,
    )  # fmt: skip

    if actor in MAKERS:
        do()
        assert rounds.partnerships_of(town.engine, account=by)[0].id not in {1, 2}
        assert len(rounds.rounds(town.engine, account=town.elsewhere.account, partnership_id=2)) == 2
    else:
        with pytest.raises(NotAllowedError):
            do()
        assert rows(town.engine) == before


def test_a_list_of_partnerships_holds_only_ones_own(towns):
    town = towns["open"]

    seen = {actor: rounds.partnerships_of(town.engine, account=actor_account(town, actor)) for actor in ACCOUNTS}

    assert {actor for actor, found in seen.items() if found} == LEADERS
    assert {one.id for found in seen.values() for one in found} == {town.here.partnership.id}


def test_a_facilitator_who_says_to_be_a_convener_is_not_believed(towns):
    town = towns["open"]
    pretended = replace(town.accounts["facilitator"], role=Role.CONVENER)

    with pytest.raises(NotAllowedError):
        setting_up.issue_missing_links(town.engine, account=pretended, partnership_id=town.here.partnership.id, now=NOW)


def test_a_password_is_changed_by_whoever_knows_it_and_by_nobody_for_others(fresh):
    town = fresh()
    dana = signing_in.add_account(town.engine, name="Dora", role=Role.CONVENER, password=PASSWORD, now=NOW)
    before = rows(town.engine)

    for actor in ACTORS:
        by = replace(actor_account(town, actor), name="Dora")
        with pytest.raises(SignInError):
            signing_in.change_password(town.engine, account=by, current=PASSWORD, new=NEW, now=NOW)
    assert rows(town.engine) == before

    signing_in.change_password(town.engine, account=dana, current=PASSWORD, new=NEW, now=NOW)


def test_a_browser_is_signed_out_by_whoever_knows_the_password_and_by_nobody_for_others(fresh):
    town = fresh()
    dora = signing_in.add_account(town.engine, name="Dora", role=Role.CONVENER, password=PASSWORD, now=NOW)
    mark = mark_of(signing_in.sign_in(town.engine, name="Dora", password=PASSWORD, now=NOW))
    before = rows(town.engine)

    for actor in ACTORS:
        by = actor_account(town, actor)
        with pytest.raises(NotFoundError if actor in ACCOUNTS else NotAllowedError):
            leaving.end_one(town.engine, account=by, mark=mark, password=PASSWORD, now=NOW)
        with pytest.raises(SignInError):
            signing_in.prove(town.engine, account=replace(by, name="Dora"), password=PASSWORD, now=NOW)
    assert rows(town.engine) == before

    leaving.end_one(town.engine, account=dora, mark=mark, password=PASSWORD, now=NOW)


def test_only_the_password_of_an_account_ties_it_to_a_provider(fresh):
    town = fresh()
    dana = signing_in.add_account(town.engine, name="Dora", role=Role.CONVENER, password=PASSWORD, now=NOW)
    before = rows(town.engine)

    for actor in ACTORS:
        by = replace(actor_account(town, actor), name="Dora")
        for current in (PASSWORD, "wrong"):
            with pytest.raises(SignInError):
                signing_in_elsewhere.own_link(town.engine, account=by, current=current, now=NOW)
            signing_in._PER_NAME.clear(name_key("Dora"))
    assert rows(town.engine) == before

    token = signing_in_elsewhere.own_link(town.engine, account=dana, current=PASSWORD, now=NOW)
    assert signing_in_elsewhere.look_at_link(town.engine, token=token, now=NOW) == dana


def calls(folder, *, but=()):
    """Every name that is called or handed on in the files of a folder."""
    for path in sorted((PROJECT / folder).rglob("*.py")):
        if path.name not in but:
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Attribute | ast.Name):
                    yield path, getattr(node, "attr", getattr(node, "id", ""))


def test_no_page_and_no_web_address_does_what_is_the_operators():
    reserved = {function.__name__ for function in OPERATOR} - {"problems"}  # web has a module of that name

    named = {
        name
        for folder in ("pages", "xsector/ui", "xsector/web")
        for _, name in calls(folder, but={"lifespan.py", "housekeeping.py"})
        if name in reserved or name == "OPERATOR"
    }

    assert named == set()


def test_who_somebody_is_is_said_only_where_tokens_are_looked_up():
    made = {
        (path.relative_to(PROJECT).as_posix(), node.func.id)
        for path in [*(PROJECT / "xsector").rglob("*.py"), *(PROJECT / "pages").glob("*.py")]
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"Account", "Respondent"}
    }

    assert made == {
        ("xsector/actions/permission.py", "Account"),
        ("xsector/store/accounts.py", "Account"),
        ("xsector/store/leaders.py", "Account"),
        ("xsector/store/password_links.py", "Account"),
        ("xsector/store/rosters.py", "Respondent"),
    }
