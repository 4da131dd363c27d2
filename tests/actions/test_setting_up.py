from dataclasses import replace

import pytest

from tests.build import (
    NOW,
    account,
    answer,
    closed,
    draft_round,
    finished,
    instrument,
    item,
    open_house,
    partnership,
    revealed,
    roster_rows,
)
from xsector.actions.demonstrating import Person
from xsector.actions.joining import respondent_of
from xsector.actions.releasing import reveal
from xsector.actions.running import close_round, invite_newcomers, open_round
from xsector.actions.setting_up import (
    Added,
    add_people,
    change_questions,
    choose_policy,
    choose_sectors,
    create_partnership,
    create_round,
    describe_partnership,
    issue_links,
    issue_missing_links,
    remove_person,
)
from xsector.errors.common import LockedError, NotFoundError, SetUpError, UnusableTextError
from xsector.errors.rounds import RoundStateError
from xsector.model.instrument import Instrument
from xsector.model.policy import Policy, Tier
from xsector.model.sector import DEFAULT_SECTORS, Sector
from xsector.reports.own import own_form
from xsector.reports.rounds import partnership as partnership_report
from xsector.reports.rounds import questions, roster, round_, rounds
from xsector.reports.wall import wall_state

SMALL = Policy(tier=Tier.SMALL, k=3)


def policy_of(house):
    return partnership_report(house.engine, account=house.account, partnership_id=house.partnership.id).policy


def choose(house, policy):
    choose_policy(house.engine, account=house.account, partnership_id=house.partnership.id, policy=policy, now=NOW)


def people_of(house):
    return roster(house.engine, account=house.account, partnership_id=house.partnership.id)


def test_a_partnership_goes_from_nothing_to_a_result(engine):
    dana = account(engine)
    made = create_partnership(
        engine, account=dana, name="Harbour  Safety", place="", shared_result="Fewer falls\nby 2031",
        sectors=DEFAULT_SECTORS, policy=Policy(), records_notice=True, now=NOW,
    )  # fmt: skip
    add_people(
        engine, account=dana, partnership_id=made.id, rows=roster_rows({"government": 6, "business": 6}), now=NOW
    )
    drafted = create_round(engine, account=dana, partnership_id=made.id, title="Spring", form="standard", now=NOW)
    opened = open_round(engine, account=dana, round_id=drafted.id, now=NOW)

    assert (made.name, made.place, made.shared_result) == ("Harbour Safety", "", "Fewer falls\nby 2031")
    assert [one.state for one in rounds(engine, account=dana, partnership_id=made.id)] == ["open"]
    assert len(opened.room_code) == 8
    assert questions(engine, account=dana, round_id=opened.id).locked is False


@pytest.mark.parametrize("name", ["", "   ", "…", "x" * 81, "Har\u202ebour", "Har\x00bour"])
def test_a_name_that_cannot_be_read_is_refused(engine, name):
    dana = account(engine)

    with pytest.raises(UnusableTextError):
        partnership(engine, by=dana, name=name)


@pytest.mark.parametrize(
    "sectors",
    [
        (),
        (Sector(code="a", label="One"),),
        (Sector(code="a", label="One"), Sector(code="b", label=" ONE ")),
        (Sector(code="a", label="One"), Sector(code="a", label="Two")),
    ],
)
def test_sectors_must_be_two_at_least_and_differ(engine, sectors):
    dana = account(engine)

    with pytest.raises(SetUpError):
        partnership(engine, by=dana, sectors=sectors)


def test_the_tier_may_change_until_somebody_has_answered(engine):
    house = open_house(engine)

    choose(house, SMALL)
    choose(house, Policy(k=7))

    assert policy_of(house) == Policy(k=7)


@pytest.mark.parametrize("stage", ["drafted", "closed", "revealed", "next round"])
def test_groups_may_become_larger_but_never_smaller_once_somebody_has_answered(engine, stage):
    house = open_house(engine, policy=Policy(k=6))
    for who in house.people:
        (answer if stage == "drafted" else finished)(house, who, {"R1": 1})
    if stage in {"closed", "revealed", "next round"}:
        closed(house)
    if stage in {"revealed", "next round"}:
        reveal(engine, account=house.account, round_id=house.round.id, now=NOW)
    if stage == "next round":
        draft_round(engine, by=house.account, partnership_id=house.partnership.id, title="Autumn")

    for weaker in (Policy(k=5), Policy(k=6, m=1), SMALL, Policy(tier=Tier.SMALL, k=6)):
        with pytest.raises(LockedError):
            choose(house, weaker)
    choose(house, Policy(k=8, m=3))

    assert policy_of(house) == Policy(k=8, m=3)
    assert round_(engine, account=house.account, round_id=house.round.id).policy == Policy(k=6)


def test_a_round_keeps_the_policy_it_was_opened_with(engine):
    house = open_house(engine, policy=Policy(k=6))

    choose(house, Policy(k=9))

    assert round_(engine, account=house.account, round_id=house.round.id).policy == Policy(k=6)
    assert "at least 6 people" in own_form(engine, respondent=house.people[0], round_id=house.round.id).promise


def test_a_roster_counts_new_people_and_those_it_knows(engine):
    dana = account(engine)
    made = partnership(engine, by=dana)
    rows = roster_rows({"government": 3})

    first = add_people(engine, account=dana, partnership_id=made.id, rows=rows, now=NOW)
    again = [replace(rows[0], name=rows[0].name.upper()), Person(name="Zoë", organisation="New", sector="business")]
    second = add_people(engine, account=dana, partnership_id=made.id, rows=again, now=NOW)

    assert (first, second) == (Added(added=3, known=0), Added(added=1, known=1))


def test_an_organisation_stands_in_one_sector(engine):
    dana = account(engine)
    made = partnership(engine, by=dana)
    rows = [
        Person(name="Ann", organisation="City Hall", sector="government"),
        Person(name="Bob", organisation="CITY  HALL", sector="business"),
    ]

    with pytest.raises(SetUpError, match="stands in two sectors"):
        add_people(engine, account=dana, partnership_id=made.id, rows=rows, now=NOW)

    assert roster(engine, account=dana, partnership_id=made.id) == []


def test_a_roster_holds_five_hundred_people_and_no_more(engine):
    dana = account(engine)
    made = partnership(engine, by=dana)
    rows = roster_rows({"government": 501}, per_organisation=50)

    with pytest.raises(SetUpError, match="at most 500"):
        add_people(engine, account=dana, partnership_id=made.id, rows=rows, now=NOW)
    add_people(engine, account=dana, partnership_id=made.id, rows=rows[:500], now=NOW)

    assert len(roster(engine, account=dana, partnership_id=made.id)) == 500


def test_people_may_be_removed_until_they_are_invited(engine):
    house = open_house(engine)
    late = Person(name="Late", organisation="Late Ltd", sector="business")
    add_people(engine, account=house.account, partnership_id=house.partnership.id, rows=[late], now=NOW)
    newcomer = next(one for one in people_of(house) if one.name == "Late")

    with pytest.raises(LockedError):
        remove_person(
            engine, account=house.account, partnership_id=house.partnership.id,
            participant_id=house.people[0].participant_id, now=NOW,
        )  # fmt: skip
    remove_person(
        engine, account=house.account, partnership_id=house.partnership.id, participant_id=newcomer.id, now=NOW
    )

    assert len(people_of(house)) == len(house.people)


def test_a_person_of_another_partnership_can_be_neither_removed_nor_given_a_link(engine):
    house = open_house(engine)
    other = open_house(engine, by=house.account, name="Elsewhere")
    foreign = other.people[0].participant_id

    with pytest.raises(NotFoundError):
        remove_person(
            engine, account=house.account, partnership_id=house.partnership.id, participant_id=foreign, now=NOW
        )
    with pytest.raises(NotFoundError):
        issue_links(
            engine, account=house.account, partnership_id=house.partnership.id, participant_ids=[foreign], now=NOW
        )


def test_a_second_click_on_making_links_ends_none_that_was_given_out(engine):
    house = open_house(engine)
    late = Person(name="Late", organisation="Late Ltd", sector="business")
    add_people(engine, account=house.account, partnership_id=house.partnership.id, rows=[late], now=NOW)
    given = {"account": house.account, "partnership_id": house.partnership.id, "now": NOW}

    first = issue_missing_links(engine, **given)
    second = issue_missing_links(engine, **given)

    assert (len(first), second) == (1, {})
    for token in [*house.tokens.values(), *first.values()]:
        assert respondent_of(engine, token=token) is not None


def test_newcomers_are_invited_when_the_convener_says_so(engine):
    house = open_house(engine)
    late = Person(name="Late", organisation="Late Ltd", sector="business")
    add_people(engine, account=house.account, partnership_id=house.partnership.id, rows=[late], now=NOW)

    first = invite_newcomers(engine, account=house.account, round_id=house.round.id, now=NOW)
    second = invite_newcomers(engine, account=house.account, round_id=house.round.id, now=NOW)

    assert (first, second) == (1, 0)


def test_the_wall_counts_newcomers_as_soon_as_they_are_invited(engine):
    house = open_house(engine)
    before = wall_state(engine, round_id=house.round.id)
    late = Person(name="Late", organisation="Late Ltd", sector="business")
    add_people(engine, account=house.account, partnership_id=house.partnership.id, rows=[late], now=NOW)

    invite_newcomers(engine, account=house.account, round_id=house.round.id, now=NOW)

    after = wall_state(engine, round_id=house.round.id)
    assert (before.invited, after.invited) == (18, 19)
    assert after.revision > before.revision


def test_a_partner_is_told_of_those_in_their_group_who_are_invited(engine):
    house = open_house(engine, sectors={"government": 6})
    late = [Person(name=f"Late {number}", organisation="Late body", sector="government") for number in range(4)]
    add_people(engine, account=house.account, partnership_id=house.partnership.id, rows=late, now=NOW)

    form = own_form(engine, respondent=house.people[0], round_id=house.round.id)

    assert (form.group_people, form.group_organisations) == (6, 3)


def test_a_sector_that_somebody_stands_in_cannot_be_dropped(engine):
    house = open_house(engine, sectors={"government": 6})
    without = tuple(sector for sector in DEFAULT_SECTORS if sector.code != "government")

    with pytest.raises(LockedError):
        choose_sectors(engine, account=house.account, partnership_id=house.partnership.id, sectors=without, now=NOW)
    reworded = (replace(DEFAULT_SECTORS[0], label="Public bodies"), DEFAULT_SECTORS[2])
    choose_sectors(engine, account=house.account, partnership_id=house.partnership.id, sectors=reworded, now=NOW)

    found = partnership_report(engine, account=house.account, partnership_id=house.partnership.id)
    assert [sector.label for sector in found.sectors] == ["Public bodies", "Business"]


def change(house, how, *, round_id=None):
    return change_questions(
        house.engine, account=house.account, round_id=round_id or house.round.id, change=how, now=NOW
    )


def test_questions_may_change_until_somebody_has_started(engine):
    house = open_house(engine, sectors={"government": 6})

    changed = change(house, lambda _: instrument(item("N1")))
    answer(house, house.people[0], {"N1": 1})
    with pytest.raises(LockedError):
        change(house, lambda _: instrument(item("N2")))

    assert [one.code for one in changed.items()] == ["N1"]
    assert questions(engine, account=house.account, round_id=house.round.id).locked is True


def test_questions_of_a_closed_round_stay(engine):
    house = open_house(engine, sectors={"government": 6})
    closed(house)

    with pytest.raises(RoundStateError):
        change(house, lambda _: instrument(item("N1")))


def test_a_change_that_fails_leaves_the_questions_as_they_were(engine):
    house = open_house(engine, sectors={"government": 6})
    before = questions(engine, account=house.account, round_id=house.round.id).instrument

    def broken(_: Instrument) -> Instrument:
        raise LookupError("no such question")

    with pytest.raises(LookupError):
        change(house, broken)

    assert questions(engine, account=house.account, round_id=house.round.id).instrument == before


@pytest.mark.parametrize("form", ["standard", "full", "pulse"])
def test_every_form_can_be_answered_and_revealed(engine, form):
    house = open_house(engine, sectors={"government": 5, "business": 5})
    closed(house)
    made = create_round(
        engine, account=house.account, partnership_id=house.partnership.id, title=form, form=form, now=NOW
    )
    opened = replace(house, round=open_round(engine, account=house.account, round_id=made.id, now=NOW))
    asked = questions(engine, account=house.account, round_id=made.id).instrument
    for who in opened.people:
        levels = {
            one.code: 0 for one in asked.items() if one.kind == "rating" and (not one.who or who.sector in one.who)
        }
        finished(opened, who, levels)

    assert revealed(opened).round.state == "revealed"


def test_an_unopened_round_is_described_and_described_again(engine):
    house = open_house(engine, sectors={"government": 6})

    made = describe_partnership(
        engine, account=house.account, partnership_id=house.partnership.id, name="Harbour two", place="There",
        shared_result="More walks", records_notice=True, now=NOW,
    )  # fmt: skip

    assert (made.name, made.place, made.shared_result, made.records_notice) == (
        "Harbour two", "There", "More walks", True,
    )  # fmt: skip
    close_round(engine, account=house.account, round_id=house.round.id, now=NOW)


def test_two_rounds_of_a_partnership_never_share_a_name(engine):
    house = open_house(engine)

    with pytest.raises(SetUpError, match="There is a round “Spring” already"):
        create_round(
            engine, account=house.account, partnership_id=house.partnership.id, title=" Spring", form="pulse", now=NOW
        )


def test_nobody_leads_two_partnerships_of_one_name(engine):
    house = open_house(engine, name="Harbour")

    with pytest.raises(SetUpError, match="You lead a partnership “Harbour” already"):
        partnership(engine, by=house.account, name="Harbour")

    assert partnership(engine, by=account(engine, "Ada"), name="Harbour").id != house.partnership.id
