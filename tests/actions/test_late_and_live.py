"""Late answers after the reveal, groups that are shown while a round is open, and organisations that are named."""

from dataclasses import replace

import pytest

from tests.build import NOW, account, answer, closed, draft_round, finished, item, next_round, open_house, revealed
from xsector.actions.answering import begin, finish
from xsector.actions.keeping import problems
from xsector.actions.releasing import add_late, reveal
from xsector.actions.running import choose_live, open_round, reopen_round
from xsector.actions.setting_up import choose_policy
from xsector.errors.common import SetUpError
from xsector.errors.rounds import NothingLateError, RoundClosedError, RoundStateError, SealedError
from xsector.model.policy import Policy, Tier
from xsector.model.round import State
from xsector.reports.own import own_form
from xsector.reports.price import preview
from xsector.reports.released import release_of
from xsector.reports.results import report_document, results
from xsector.reports.shown import shown_of
from xsector.reports.wall import wall_state

TWO = {"government": 6, "business": 6}
RATED = (item("R1"), item("S1", sensitive=True))


def released(house):
    """Name to people and counts of the question R1, for each block that is shown."""
    release = release_of(house.engine, account=house.account, round_id=house.round.id)
    [asked] = [one for one in release.items if one.code == "R1"]
    return {block.name: (block.n, counts) for block, counts in zip(release.blocks, asked.counts, strict=True)}


def late_house(engine, *, answered=6):
    """A revealed round that *answered* of each sector had finished; the others of ten have not begun."""
    house = open_house(engine, sectors={"government": 12, "business": 12}, questions=RATED)
    for sector in TWO:
        for who in house.of(sector)[:answered]:
            finished(house, who, {"R1": 1, "S1": who.participant_id % 5})
    return revealed(house)


def add(house):
    """The late answers are added."""
    return add_late(house.engine, account=house.account, round_id=house.round.id, now=NOW)


def test_late_answers_wait_until_they_are_a_group_and_are_then_added(engine):
    house = late_house(engine)
    late = house.of("business")[6:]
    for who in late[:4]:
        finished(house, who, {"R1": 4})

    with pytest.raises(NothingLateError):
        add(house)
    before = released(house)
    finished(house, late[4], {"R1": 4})
    waiting = preview(engine, account=house.account, round_id=house.round.id)
    add(house)

    assert before == {"Government": (6, (0, 6, 0, 0, 0)), "Business": (6, (0, 6, 0, 0, 0))}
    assert (waiting.people, [block.n for block in waiting.blocks]) == (5, [5])
    assert released(house) == {"Government": (6, (0, 6, 0, 0, 0)), "Business": (11, (0, 6, 0, 0, 5))}
    assert problems(engine) == []


def test_the_figures_stay_until_late_answers_are_added(engine):
    house = late_house(engine)
    before = report_document(engine, account=house.account, round_id=house.round.id)
    wall = wall_state(engine, round_id=house.round.id)

    for who in house.of("business")[6:]:
        finished(house, who, {"R1": 4, "S1": 4})

    assert report_document(engine, account=house.account, round_id=house.round.id) == before
    assert wall_state(engine, round_id=house.round.id).part == wall.part


def test_who_answers_late_may_change_it_until_it_is_added_and_not_after(engine):
    house = late_house(engine)
    late = house.of("business")[6:]
    for who in late:
        finished(house, who, {"R1": 0})

    answer(house, late[0], {"R1": 4})
    add(house)

    assert released(house)["Business"] == (12, (5, 6, 0, 0, 1))
    with pytest.raises(SealedError):
        answer(house, late[0], {"R1": 2})
    with pytest.raises(SealedError):
        finish(engine, respondent=house.of("business")[0], round_id=house.round.id, now=NOW)
    assert shown_of(engine, respondent=late[0])[0].people == 6


def test_late_answers_that_were_never_added_are_the_first_ones_of_the_next_round(engine):
    house = late_house(engine)
    late, counted = house.of("business")[6], house.of("business")[0]
    finished(house, late, {"R1": 3, "S1": 2})

    house = next_round(house, questions=(item("R1"), item("R9")))
    carried = begin(engine, respondent=late, round_id=house.round.id, now=NOW)
    fresh = begin(engine, respondent=counted, round_id=house.round.id, now=NOW)

    assert (carried, fresh) == (1, 0)
    assert own_form(engine, respondent=late, round_id=house.round.id).answers == {"R1": 3}


def test_a_question_in_other_words_takes_no_answer_from_last_time(engine):
    house = late_house(engine)
    late = house.of("business")[6]
    finished(house, late, {"R1": 3})

    house = next_round(house, questions=(item("R1", text="Something else"),))

    assert begin(engine, respondent=late, round_id=house.round.id, now=NOW) == 0


def test_with_the_next_round_the_one_before_takes_no_late_answers(engine):
    house = late_house(engine)
    earlier = house.round.id
    later = next_round(house)

    with pytest.raises(RoundClosedError):
        begin(engine, respondent=house.of("business")[6], round_id=earlier, now=NOW)
    with pytest.raises(RoundStateError):
        add_late(engine, account=house.account, round_id=earlier, now=NOW)
    assert later.round.state is State.OPEN
    assert wall_state(engine, round_id=earlier).view == "overview"


def test_late_answers_of_a_later_round_keep_to_those_they_were_counted_with(engine):
    house = late_house(engine, answered=12)
    house = next_round(house, questions=RATED)
    government = house.of("government")
    for who in [*government[:6], *house.of("business")]:
        finished(house, who, {"R1": 2})
    house = revealed(house)
    for who in government[6:10]:
        finished(house, who, {"R1": 3})

    with pytest.raises(NothingLateError):
        add(house)
    for who in government[10:]:
        finished(house, who, {"R1": 3})
    add(house)

    assert released(house)["Government"] == (12, (0, 0, 6, 6, 0))
    assert problems(engine) == []


def live_house(engine, *, sectors=TWO):
    """A live round, open, with nobody's answers."""
    house = open_house(engine, sectors=sectors, questions=RATED)
    drafted = draft_round(engine, by=house.account, partnership_id=house.partnership.id, questions=RATED, title="Live")
    choose_live(engine, account=house.account, round_id=drafted.id, live=True, now=NOW)
    closed(house)
    return replace(house, round=open_round(engine, account=house.account, round_id=drafted.id, now=NOW))


def test_a_live_round_shows_a_group_once_enough_of_it_have_finished(engine):
    house = live_house(engine)
    government, business = house.of("government"), house.of("business")
    for who in government[:4]:
        finished(house, who, {"R1": 1})
    assert release_of(engine, account=house.account, round_id=house.round.id) is None

    finished(house, government[4], {"R1": 1})
    assert released(house) == {"Government": (5, (0, 5, 0, 0, 0))}

    for who in business[:4]:
        finished(house, who, {"R1": 3})
    assert released(house) == {"Government": (5, (0, 5, 0, 0, 0))}

    finished(house, business[4], {"R1": 3})
    assert released(house) == {"Government": (5, (0, 5, 0, 0, 0)), "Business": (5, (0, 0, 0, 5, 0))}
    assert wall_state(engine, round_id=house.round.id).state is State.OPEN


def test_who_was_counted_live_can_change_nothing_and_the_others_can(engine):
    house = live_house(engine)
    people = house.of("government")
    for who in people[:5]:
        finished(house, who, {"R1": 1})
    answer(house, people[5], {"R1": 4})

    with pytest.raises(SealedError):
        answer(house, people[0], {"R1": 4})
    answer(house, people[5], {"R1": 2})

    assert own_form(engine, respondent=people[0], round_id=house.round.id).sealed
    assert not own_form(engine, respondent=people[5], round_id=house.round.id).sealed


def test_a_live_round_waits_while_too_few_others_would_be_left_over(engine):
    house = live_house(engine)
    finished(house, house.of("business")[0], {"R1": 3})
    for who in house.of("government"):
        finished(house, who, {"R1": 1})

    assert release_of(engine, account=house.account, round_id=house.round.id) is None


def test_the_reveal_of_a_live_round_adds_those_who_waited(engine):
    house = live_house(engine, sectors={"government": 11, "business": 5})
    for who in house.people:
        finished(house, who, {"R1": 1})
    house = revealed(house)

    found = released(house)
    release = release_of(engine, account=house.account, round_id=house.round.id)

    assert {name: n for name, (n, _) in found.items()} == {"Government": 10, "Business": 5}
    assert [one.label for one in release.hidden] == ["Government, the rest"]
    assert release.answered == 16
    assert problems(engine) == []


def test_a_live_round_may_be_closed_and_opened_again(engine):
    house = live_house(engine)
    for who in house.of("government")[:5]:
        finished(house, who, {"R1": 1})
    closed(house)

    reopen_round(engine, account=house.account, round_id=house.round.id, now=NOW)
    for who in house.of("business"):
        finished(house, who, {"R1": 1})

    assert set(released(house)) == {"Government", "Business"}


def test_whether_a_round_is_live_is_settled_before_it_opens(engine):
    house = open_house(engine, sectors=TWO)

    with pytest.raises(RoundStateError):
        choose_live(engine, account=house.account, round_id=house.round.id, live=True, now=NOW)


def named_house(engine, *, agreeing):
    """Two organisations of six and three of two; those who agree are a function of the person's place."""
    house = open_house(
        engine,
        sectors={"government": 12, "business": 6},
        questions=RATED,
        policy=Policy(tier=Tier.BY_ORGANISATION, k=5),
        per_organisation=6,
    )
    for place, who in enumerate(house.people):
        begin(engine, respondent=who, round_id=house.round.id, now=NOW, agrees=agreeing(place))
        finished(house, who, {"R1": place % 5, "S1": place % 5})
    return revealed(house)


def test_organisations_are_named_when_everybody_agrees(engine):
    house = named_house(engine, agreeing=lambda _: True)

    names = {name: n for name, (n, _) in released(house).items()}
    assert names == {"Government house 1": 6, "Government house 2": 6, "Business house 1": 6}
    assert problems(engine) == []


def test_one_no_and_only_sectors_are_shown(engine):
    house = named_house(engine, agreeing=lambda place: place != 7)

    # Those of business are from one organisation, and nobody agreed to be known by it.
    assert {name: n for name, (n, _) in released(house).items()} == {"Combined: Government and Business": 18}


def test_a_live_round_cannot_name_organisations(engine):
    dana = account(engine)
    house = open_house(engine, sectors=TWO, by=dana)
    drafted = draft_round(engine, by=dana, partnership_id=house.partnership.id, title="Live")
    choose_live(engine, account=dana, round_id=drafted.id, live=True, now=NOW)
    choose_policy(
        engine, account=dana, partnership_id=house.partnership.id, policy=Policy(tier=Tier.BY_ORGANISATION), now=NOW
    )

    with pytest.raises(SetUpError, match="can't name organisations"):
        open_round(engine, account=dana, round_id=drafted.id, now=NOW)


def test_a_filter_takes_whole_blocks_only(engine):
    house = open_house(engine, sectors={"government": 6, "business": 6, "nonprofit": 3, "community": 3})
    for who in house.people:
        finished(house, who, {"R1": 1})
    house = revealed(house)

    def look(*sectors):
        found = results(engine, account=house.account, round_id=house.round.id, sectors=frozenset(sectors))
        return [block.name for block in found.release.blocks], found.based_on

    assert look("government", "community") == (["Government"], "Based on 6 of 9 who answered.")
    assert look("community") == ([], "Based on 0 of 3 who answered.")
    assert look("nonprofit", "community") == (
        ["Combined: Non-profit and Community"],
        "Based on 6 of 6 who answered.",
    )


def test_nobody_is_revealed_twice(engine):
    house = late_house(engine)

    with pytest.raises(RoundStateError):
        reveal(engine, account=house.account, round_id=house.round.id, now=NOW)
