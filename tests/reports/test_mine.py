import pytest

from tests.build import NOW, finished, later, newcomers, open_house, revealed
from xsector.actions.answering import save_comment, save_text
from xsector.actions.joining import join
from xsector.actions.running import choose_keeping
from xsector.actions.setting_up import issue_links
from xsector.errors.common import NotAllowedError
from xsector.model.sheet import Mark
from xsector.reports.mine import Line, everything_of, own_round

TWO = {"government": 6, "business": 6}


def mine(house, who):
    return own_round(house.engine, respondent=who, round_id=house.round.id)


def written(house, who):
    """Somebody's answers of every kind, with words and a comment."""
    finished(house, who, {"R1": Mark.CANNOT_JUDGE, "R2": 3, "M1": frozenset({0, 2}), "S1": 4})
    of = {"respondent": who, "round_id": house.round.id, "now": later(minutes=1)}
    save_text(house.engine, code="T1", text="Every child ready", may_show=False, **of)
    save_comment(house.engine, code="R2", text="=1+1", may_show=True, **of)


def test_before_the_reveal_everything_that_was_answered_is_there_with_its_times(engine):
    house = open_house(engine, sectors=TWO)
    written(house, house.people[0])

    found = mine(house, house.people[0])

    assert {line.code: line.answer for line in found.lines} == {
        "R1": "I can't judge", "R2": "Mostly", "U1": "", "M1": "Time · People", "S1": "Fully", "C1": "",
        "T1": "Every child ready",
    }  # fmt: skip
    assert found.lines[1] == Line(
        code="R2",
        question="Wording of R2",
        answer="Mostly",
        comment="=1+1",
        in_words=True,
        may_show=True,
        shown="not yet",
    )
    assert (found.finished, found.submitted_at, found.saved_at) == (True, NOW, later(minutes=1))
    assert (found.group, found.note) == (None, "")


def test_after_the_reveal_it_says_how_each_question_was_shown_and_no_time_is_left(engine):
    house = open_house(engine, sectors=TWO)
    written(house, house.people[0])
    for who in house.people[1:]:
        finished(house, who, {"R2": 3, "S1": 4})
    house = revealed(house)

    found = mine(house, house.people[0])

    shown = {line.code: line.shown for line in found.lines}
    assert shown["R2"] == "the counts of “Business” (6 people)"
    assert shown["S1"] == "of your group only “at least so many”"
    assert shown["T1"] == "own words are not counted"
    assert (found.saved_at, found.submitted_at, found.group, found.group_people) == (None, None, "Business", 6)
    assert next(line.comment for line in found.lines if line.code == "R2") == "=1+1"


def test_everything_holds_the_person_and_each_round_and_nobody_else(engine):
    house = open_house(engine, sectors=TWO)
    written(house, house.people[0])
    finished(house, house.people[1], {"R2": 0})
    ann = house.people[0]

    found = everything_of(engine, respondent=ann)

    assert (found.person.name, found.person.organisation) == (ann.name, ann.organisation)
    assert [one.round.title for one in found.rounds] == ["Spring"]
    assert "Not kept" in found.not_kept
    said = repr(found)
    assert not [one.name for one in house.people[1:] if one.name in said]
    assert house.tokens[ann.participant_id] not in said
    assert ann.key not in said


def test_who_came_later_reads_that_they_did(engine):
    house = open_house(engine, sectors=TWO)
    late = newcomers(house, sector="business", number=1)[0]

    assert (mine(house, late).late, mine(house, house.people[0]).late) == (True, False)
    assert mine(house, late).note == "You have not begun this round."


def test_what_is_not_there_is_explained(engine):
    house = open_house(engine, sectors=TWO)
    choose_keeping(engine, account=house.account, round_id=house.round.id, keep=False, now=NOW)
    for who in house.people:
        finished(house, who, {"R2": 3})
    house = revealed(house)

    found = mine(house, house.people[0])

    assert (found.lines, found.finished, found.group) == ((), True, "Business")
    assert "were deleted" in found.note


def test_a_replaced_link_opens_nothing_and_the_new_one_says_why_answers_are_missing(engine):
    house = open_house(engine, sectors=TWO)
    ann = house.people[0]
    written(house, ann)
    fresh = issue_links(
        engine, account=house.account, partnership_id=house.partnership.id, participant_ids=[ann.participant_id],
        now=NOW,
    )  # fmt: skip

    found = mine(house, join(engine, token=fresh[ann.participant_id]))

    assert (found.lines, found.finished) == ((), True)
    assert "earlier link" in found.note
    with pytest.raises(NotAllowedError):
        mine(house, ann)
    with pytest.raises(NotAllowedError):
        everything_of(engine, respondent=ann)
