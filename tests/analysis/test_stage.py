from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.said_in_modules import ALL_DONE, JUMPED, STAGE, road
from xsector.analysis.stage import Agreed, Found, Place, StageFinding, place_of, stage_of
from xsector.analysis.thresholds import StageLimits
from xsector.model.modules.kinds import Road

FORM, STORM, NORM, PERFORM = Road
quick = settings(derandomize=True, max_examples=60, deadline=None)
shares = st.fixed_dictionaries({one.code: st.integers(0, 10).map(lambda tenth: tenth / 10) for one in STAGE.statements})


def kinds(release):
    return [one.kind for one in stage_of(release).findings]


def test_a_round_without_the_module_says_nothing_about_the_road():
    assert stage_of(replace(road(ALL_DONE), asked=())) is None


def test_shares_are_of_those_who_answered_and_the_middle_of_the_scale_does_not_agree():
    release = road({})
    [first, *others] = release.asked
    counts = ((1, 2, 3, 4, 5), (0, 0, 0, 0, 5))

    view = stage_of(replace(release, asked=(replace(first, counts=counts), *others)))

    assert view.said("Z01").whole == Agreed(agree=14, answered=20)
    assert view.said("Z01").by_block == (Agreed(agree=9, answered=15), Agreed(agree=5, answered=5))
    assert view.said("Z01").divergences[1] == 0.0


def test_a_stage_s_work_is_the_mean_share_of_its_statements():
    view = stage_of(road({"Z08": 0.8, "Z09": 0.3}))

    assert view.station(NORM).work.share == pytest.approx(0.55)
    assert view.station(NORM).work.answered == 20
    assert view.station(NORM).signs.share == 0.0


@pytest.mark.parametrize(
    ("done", "place"),
    [
        ({}, FORM),
        ({"Z03": 1}, STORM),
        ({"Z03": 1, "Z06": 1}, NORM),
        ({"Z03": 1, "Z06": 1, "Z08": 1, "Z09": 1}, PERFORM),
        ({"Z06": 1, "Z08": 1, "Z09": 1, "Z12": 1}, FORM),
        (ALL_DONE, PERFORM),
    ],
)
def test_the_place_is_the_latest_stage_whose_earlier_work_is_all_done(done, place):
    assert place_of(road(done)) == Place(first=place, last=place)


def test_a_share_near_the_limit_leaves_the_place_between_two_stages():
    assert place_of(road({"Z03": 0.5})) == Place(first=FORM, last=STORM)
    assert place_of(road({"Z03": 0.5, "Z06": 0.5})) == Place(first=FORM, last=NORM)
    assert place_of(road({"Z03": 0.5}, sizes=(2000, 2000))).last is STORM


def test_without_enough_answers_there_is_no_place():
    assert place_of(road(ALL_DONE, sizes=(1, 1))) is None


def test_who_does_things_without_the_work_between_has_jumped():
    assert stage_of(road(JUMPED)).findings == (Found(kind=StageFinding.FAST_START, clear=True),)
    assert kinds(road({**JUMPED, "Z06": 1, "Z08": 1})) == []
    assert kinds(road({**JUMPED, "Z12": 0.4})) == []


def test_a_jump_that_a_few_other_answers_would_undo_is_not_clear():
    small = road({"Z03": 0.8, "Z12": 0.5, "Z06": 0.25, "Z08": 0.25, "Z09": 0.25}, sizes=(4, 4))

    assert stage_of(small).findings == (Found(kind=StageFinding.FAST_START, clear=False),)


def test_who_argues_without_the_hard_talk_is_stuck():
    stuck = {**ALL_DONE, "Z04": 0.9, "Z06": 0.1}

    assert kinds(road(stuck)) == [StageFinding.STUCK_STORM]
    assert kinds(road({**stuck, "Z06": 0.9})) == []
    assert kinds(road({**stuck, "Z04": 0.2})) == []


def test_who_is_careful_and_says_nothing_is_too_quiet_unless_work_is_done_together():
    quiet = {**ALL_DONE, "Z01": 0.9, "Z05": 0.1, "Z12": 0.2}

    assert kinds(road(quiet)) == [StageFinding.TOO_QUIET]
    assert kinds(road({**quiet, "Z12": 0.9})) == []
    assert kinds(road({**quiet, "Z05": 0.9})) == []


def test_two_sectors_two_pictures_apart_see_different_places():
    pictures = [(0, 1, 7, 2), (9, 1, 0, 0), (0, 0, 4, 4)]

    view = stage_of(road(ALL_DONE, sizes=(10, 10, 8), pictures=pictures))

    assert view.pictures.picks == (NORM, FORM, None)
    assert view.findings == (Found(kind=StageFinding.SPLIT_VIEW, clear=True, about=(1, 0)),)


def test_pictures_next_to_each_other_are_no_split_and_chance_makes_one_unclear():
    near, far = [(9, 1, 0, 0), (1, 9, 0, 0)], [(9, 1, 0, 0), (0, 0, 0, 10)]

    assert kinds(road(ALL_DONE, pictures=near)) == []
    assert [one.clear for one in stage_of(road(ALL_DONE, pictures=far, chance=0.4)).findings] == [False]
    assert [one.clear for one in stage_of(road(ALL_DONE, pictures=far, chance=None)).findings] == [False]


def test_a_combined_group_has_no_picture_of_its_own():
    release = road(ALL_DONE, pictures=[(9, 1, 0, 0), (0, 0, 0, 10)])
    both = replace(release.blocks[1], sectors=("a", "b"))

    assert kinds(replace(release, blocks=(release.blocks[0], both))) == []


def test_the_check_up_s_own_question_serves_where_the_pictures_are_not_asked_twice():
    pictures = [(9, 1, 0, 0), (0, 0, 0, 10)]

    asked = stage_of(road(ALL_DONE, pictures=pictures, asked_before=True))

    assert asked.pictures.item.code == "G01"
    assert [one.kind for one in asked.findings] == [StageFinding.SPLIT_VIEW]
    assert stage_of(road(ALL_DONE)).pictures is None


def test_an_earlier_place_than_last_time_is_a_round_back():
    spring = road(ALL_DONE, title="Spring")
    autumn = road({"Z03": 1}, title="Autumn", number=2, past=(spring,))

    view = stage_of(autumn)

    assert [(one.title, one.place.first) for one in view.standings] == [("Spring", PERFORM), ("Autumn", STORM)]
    assert view.findings == (Found(kind=StageFinding.BACK_ROUND, clear=True),)
    assert kinds(road(ALL_DONE, past=(road({"Z03": 1}),))) == []
    assert kinds(road(ALL_DONE, past=(spring,))) == []


def test_a_step_back_to_where_both_rounds_may_have_stood_is_not_clear():
    before = road({"Z03": 1})

    assert [one.clear for one in stage_of(road({"Z03": 0.5}, past=(before,))).findings] == [False]


def test_limits_are_settings():
    with pytest.raises(ValueError, match="must rise"):
        StageLimits(done=0.2, undone=0.4)

    assert stage_of(road(JUMPED), limits=StageLimits(done=0.95)).findings == ()


@quick
@given(shares, st.integers(2, 6))
def test_more_people_with_the_same_shares_change_no_finding_but_only_how_sure_it_is(agreeing, factor):
    few, many = stage_of(road(agreeing)), stage_of(road(agreeing, sizes=(10 * factor, 10 * factor)))

    assert [one.kind for one in few.findings] == [one.kind for one in many.findings]
    assert {one.kind for one in few.findings if one.clear} <= {one.kind for one in many.findings if one.clear}
    assert list(Road).index(few.place.first) <= list(Road).index(many.place.first)
    assert list(Road).index(many.place.last) <= list(Road).index(few.place.last)


@quick
@given(shares)
def test_the_place_never_lies_after_work_that_is_surely_undone(agreeing):
    place = place_of(road({**agreeing, "Z06": 0.0}))

    assert place.last in (FORM, STORM)
    assert place.first in (FORM, place.last)


@quick
@given(shares)
def test_the_order_of_the_groups_does_not_matter(agreeing):
    release = road(agreeing, sizes=(10, 20))
    turned = replace(
        release,
        blocks=release.blocks[::-1],
        asked=tuple(replace(one, counts=one.counts[::-1], missing=one.missing[::-1]) for one in release.asked),
    )

    assert stage_of(turned).findings == stage_of(release).findings
    assert stage_of(turned).place == stage_of(release).place
