from dataclasses import replace

from tests.build import finished, item, open_house, revealed
from xsector.model.instrument import Kind
from xsector.model.mirror import Far
from xsector.model.sheet import Mark
from xsector.reports.mirror import mirror_of
from xsector.reports.standing import stand_of

TWO = {"government": 6, "business": 6}
RATED = tuple(item(f"R{number}") for number in range(1, 6))


def stand(engine, questions, *, mine, theirs, business=None):
    """Where the first person of government stands who says *mine* among five who say *theirs*."""
    house = open_house(engine, sectors=TWO, questions=questions)
    ann = house.of("government")[0]
    for who in house.people:
        others = theirs if who.sector == "government" else business or theirs
        finished(house, who, mine if who is ann else others)
    house = revealed(house)
    mirror = mirror_of(engine, respondent=ann, round_id=house.round.id)
    return mirror, stand_of(mirror)


def test_same_side_is_together_and_another_side_is_not(engine):
    _, found = stand(engine, RATED[:3], mine={"R1": 4, "R2": 0, "R3": 2}, theirs={"R1": 3, "R2": 3, "R3": 2})

    assert (found.together, found.compared, found.open, found.by_group) == (2, 3, 0, True)


def test_a_group_without_a_side_is_not_held_against_anybody(engine):
    house = open_house(engine, sectors=TWO, questions=RATED[:1])
    for place, who in enumerate(house.people):
        finished(house, who, {"R1": (0, 0, 0, 4, 4, 4)[place % 6]})
    house = revealed(house)

    found = stand_of(mirror_of(engine, respondent=house.people[0], round_id=house.round.id))

    assert (found.together, found.compared, found.open, found.furthest) == (0, 0, 1, ())


def test_the_three_furthest_are_named_with_numbers_the_furthest_first(engine):
    mine = {"R1": 4, "R2": 4, "R3": 4, "R4": 4, "R5": 4}
    theirs = {"R1": 1, "R2": 0, "R3": 2, "R4": 4, "R5": 1}

    _, found = stand(engine, RATED, mine=mine, theirs=theirs)

    assert [far.text for far in found.furthest] == ["Wording of R2", "Wording of R1", "Wording of R5"]
    assert found.furthest[0] == Far(
        text="Wording of R2", own="Fully", most=("Not at all", "A little"), people=11, answered=12
    )


def test_no_question_is_far_where_most_stand_beside(engine):
    _, found = stand(engine, RATED[:1], mine={"R1": 4}, theirs={"R1": 3})

    assert (found.together, found.furthest) == (1, ())


def test_questions_about_the_person_ticks_and_marks_are_not_compared(engine):
    questions = (
        item("C1", context=True),
        item("M1", kind=Kind.CHOICES, ordered=False),
        item("R1", cannot_judge="Can't say"),
        item("R2"),
    )
    mine = {"C1": 4, "M1": frozenset({1}), "R1": Mark.CANNOT_JUDGE}
    theirs = {"C1": 0, "M1": frozenset({2}), "R1": 0, "R2": 0}

    _, found = stand(engine, questions, mine=mine, theirs=theirs)

    assert (found.together, found.compared, found.open, found.furthest) == (0, 0, 0, ())


def test_choices_without_an_order_are_compared_but_never_far(engine):
    questions = (item("U1", kind=Kind.CHOICE, ordered=False, levels=("Red", "Green", "Blue")),)

    _, found = stand(engine, questions, mine={"U1": 0}, theirs={"U1": 2})

    assert (found.together, found.compared, found.furthest) == (0, 1, ())


def test_a_band_tells_the_side_of_the_group_and_nothing_of_everybody(engine):
    questions = (item("S1", sensitive=True),)

    mirror, found = stand(engine, questions, mine={"S1": 4}, theirs={"S1": 4})

    assert next(mirror.reflections()).everybody is None
    assert (found.together, found.compared, found.furthest) == (1, 1, ())


def test_without_a_group_everybody_is_compared_with(engine):
    mirror, _ = stand(engine, RATED[:1], mine={"R1": 4}, theirs={"R1": 4}, business={"R1": 0})

    alone = stand_of(replace(mirror, group=None))

    assert (alone.by_group, alone.compared, alone.open) == (False, 0, 1)
