"""What partners of a later round read about their group: how many left and came, and nobody's name."""

from dataclasses import replace

from tests.build import NOW, finished, item, next_round, open_house, respondents, revealed
from xsector.actions.demonstrating import Person
from xsector.actions.setting_up import add_people, remove_person
from xsector.reports.own import GroupChange, own_form

RATED = (item("R1"),)


def changes(house):
    """What each sector is told before its first answer."""
    return {
        sector: own_form(house.engine, respondent=house.of(sector)[0], round_id=house.round.id).group_change
        for sector in ("government", "business")
    }


def shown(engine, *, away=0):
    """A revealed round of ten and eight; the last *away* of government did not answer."""
    house = open_house(engine, sectors={"government": 10, "business": 8}, questions=RATED)
    for who in [*house.of("government")[: 10 - away], *house.of("business")]:
        finished(house, who, {"R1": 1})
    return revealed(house)


def without(house, people):
    """The house after these were taken off its list."""
    for who in people:
        here = {"account": house.account, "partnership_id": house.partnership.id}
        remove_person(house.engine, **here, participant_id=who.participant_id, now=NOW)
    return house


def joined_by(house, rows):
    """The house after these were added, everybody with a new link."""
    here = {"partnership_id": house.partnership.id}
    add_people(house.engine, account=house.account, **here, rows=rows, now=NOW)
    people, tokens = respondents(house.engine, by=house.account, **here)
    return replace(house, people=people, tokens=tokens)


def test_in_the_first_round_and_with_the_same_people_there_is_nothing_to_tell(engine):
    house = shown(engine)

    assert changes(house) == {"government": None, "business": None}
    assert changes(next_round(house, questions=RATED)) == {"government": None, "business": None}


def test_a_convener_who_renames_all_but_one_is_seen_by_those_concerned(engine):
    house = shown(engine)
    renamed = house.of("government")[1:]
    rows = [Person(name=f"Dr {who.name}", organisation=who.organisation, sector="government") for who in renamed]

    house = next_round(joined_by(without(house, renamed), rows), questions=RATED)

    assert changes(house) == {"government": GroupChange(since="Spring", left=9, came=9), "business": None}


def test_who_did_not_answer_or_comes_again_is_no_change(engine):
    house = shown(engine, away=2)
    back = house.of("government")[0]
    row = Person(name=back.name, organisation=back.organisation, sector="government")

    house = next_round(joined_by(without(house, [back]), [row]), questions=RATED)

    assert changes(house) == {"government": None, "business": None}


def test_once_begun_it_is_not_told_any_more(engine):
    house = shown(engine)
    house = next_round(without(house, house.of("government")[8:]), questions=RATED)
    first = house.of("government")[0]
    before = own_form(engine, respondent=first, round_id=house.round.id).group_change
    finished(house, first, {"R1": 1})

    assert before == GroupChange(since="Spring", left=2, came=0)
    assert own_form(engine, respondent=first, round_id=house.round.id).group_change is None
