from tests.build import NOW, finished, item, newcomers, next_round, open_house, revealed
from tests.trust_house import organisations, rate, trusting_house
from xsector.reports.shown import Shown, shown_of

QUESTIONS = (item("R1"), item("R2"), item("S1", sensitive=True))


def test_a_partner_reads_what_was_shown_of_their_group_and_that_trust_was_told_roughly(engine):
    house = open_house(engine, sectors={"government": 6, "business": 6}, questions=QUESTIONS)
    before = shown_of(engine, respondent=house.people[0])
    for who in house.people:
        finished(house, who, {"R1": 1, "R2": who.participant_id % 5, "S1": 4})
    revealed(house)

    ann = house.of("business")[0]

    assert before == []
    assert shown_of(engine, respondent=ann) == [
        Shown(round_title="Spring", at=NOW, group="Business", people=6, questions=2, roughly=1)
    ]


def test_whoever_did_not_finish_is_told_that_nothing_of_them_was_counted(engine):
    house = open_house(engine, sectors={"government": 6, "business": 6}, questions=QUESTIONS)
    for who in house.people[1:]:
        finished(house, who, {"R1": 1})
    revealed(house)

    told = shown_of(engine, respondent=house.people[0])

    assert [(one.group, one.people, one.questions, one.roughly) for one in told] == [(None, 0, 0, 0)]


def test_statements_about_sectors_are_told_apart_from_questions_about_trust(engine):
    house = trusting_house(
        engine, sectors={"government": 8, "nonprofit": 8}, questions=(item("R1"), item("S1", sensitive=True))
    )
    there = {one.id: one.sector for one in organisations(house).values()}
    nobody = {house.of("government")[place].participant_id for place in range(4)}
    for who in house.people:
        rate(house, who, lambda about, part, who=who: rating(who, there[about], nobody=nobody))
    revealed(house)

    government, nonprofit = (shown_of(engine, respondent=house.of(one)[0])[0] for one in ("government", "nonprofit"))

    # All of Non-profit say 3 of Government and 2 of themselves; half of Government rated Non-profit, which is too few.
    assert (nonprofit.roughly, nonprofit.of_sectors) == (1, 10)
    assert (government.roughly, government.of_sectors) == (1, 6)


def rating(who, rated, *, nobody):
    """What somebody says of an organisation of a sector, the same on every statement."""
    if who.participant_id in nobody and rated == "nonprofit":
        return None
    return 2 if who.sector == rated else 3


def test_what_was_withheld_was_not_shown_roughly_either(engine):
    house = open_house(engine, sectors={"government": 6, "business": 6}, questions=QUESTIONS)
    everybody = house.people
    for who in everybody:
        finished(house, who, {"R1": 1, "R2": 2, "S1": 4})
    revealed(house)
    house = next_round(house, questions=QUESTIONS)
    for who in [*everybody, *newcomers(house, sector="business", number=6)]:
        finished(house, who, {"R1": 1, "R2": 2, "S1": 4})
    revealed(house)

    newest = shown_of(engine, respondent=house.of("business")[0])[0]

    assert (newest.group, newest.people, newest.questions, newest.roughly) == ("Business", 12, 2, 0)
