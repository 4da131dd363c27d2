from dataclasses import replace

import pytest

from tests.build import (
    NOW,
    QUESTIONS,
    answer,
    closed,
    finished,
    item,
    newcomers,
    next_round,
    open_house,
    revealed,
)
from xsector.actions.joining import join
from xsector.actions.running import choose_keeping
from xsector.actions.setting_up import issue_links
from xsector.errors.common import NotAllowedError
from xsector.model.instrument import Kind
from xsector.model.mirror import Gap, Tally, Withheld
from xsector.model.policy import Policy, Tier
from xsector.model.released import WITHHELD, Band, Missing
from xsector.model.sheet import Mark
from xsector.reports.mirror import mirror_of

TWO = {"business": 6, "government": 6}
"""In the order of the roster: the first person is of business."""


def everybody_answers(house, **same):
    """The first person says 4 to R1, everybody else 0, and *same* to the rest."""
    for place, who in enumerate(house.people):
        finished(house, who, {"R1": 4 if place == 0 else 0, **same})
    return revealed(house)


def seen(house, who):
    return mirror_of(house.engine, respondent=who, round_id=house.round.id)


def question(mirror, code):
    return next(one for one in mirror.reflections() if one.item.code == code)


def test_own_answers_stand_beside_those_of_the_group_and_of_everybody(engine):
    house = open_house(engine, sectors=TWO)
    house = everybody_answers(house, U1=1, M1=frozenset({0, 2}), R2=Mark.SKIPPED)
    ann = house.people[0]

    mirror = seen(house, ann)

    assert (mirror.group.name, mirror.group.n, mirror.shown, mirror.invited) == ("Business", 6, 12, 12)
    assert [one.item.code for one in mirror.reflections()] == ["R1", "R2", "U1", "M1", "S1", "C1"]
    rated = question(mirror, "R1")
    assert rated.own == 4
    assert rated.group == Tally(people=6, counts=(5, 0, 0, 0, 1), missing=Missing())
    assert rated.everybody == Tally(people=12, counts=(11, 0, 0, 0, 1), missing=Missing())
    assert (question(mirror, "U1").own, question(mirror, "U1").everybody.counts) == (1, (0, 12, 0))
    assert (question(mirror, "M1").own, question(mirror, "M1").group.counts) == (frozenset({0, 2}), (6, 0, 6))
    skipped = question(mirror, "R2")
    assert (skipped.own, skipped.group.silent, skipped.everybody.answered) == (None, 6, 0)


def test_not_being_able_to_judge_is_an_own_answer(engine):
    house = open_house(engine, sectors=TWO)
    for who in house.people:
        finished(house, who, {"R1": Mark.CANNOT_JUDGE})
    house = revealed(house)

    rated = question(seen(house, house.people[0]), "R1")

    assert (rated.own, rated.group.missing.cannot_judge) == (Mark.CANNOT_JUDGE, 6)


def test_there_is_no_mirror_before_the_reveal(engine):
    house = open_house(engine, sectors=TWO)
    for who in house.people:
        finished(house, who, {"R1": 1})
    before = seen(house, house.people[0])
    closed(house)

    assert before is None
    assert seen(house, house.people[0]) is None


def test_nobody_sees_another_s_own_answer(engine):
    house = everybody_answers(open_house(engine, sectors=TWO))

    owns = [question(seen(house, who), "R1").own for who in house.people]

    assert owns == [4] + [0] * 11


def test_the_mirror_of_others_changes_with_nobody_s_single_answer(engine):
    """Everything but the own answer is the same for two people of a group, so nothing else of a sheet is in it."""
    house = everybody_answers(open_house(engine, sectors=TWO), U1=1)
    ann, bob = house.of("government")[:2]

    hers, his = seen(house, ann), seen(house, bob)

    assert hers == his


def test_a_question_about_trust_is_told_as_a_band_and_never_added_up(engine):
    house = everybody_answers(open_house(engine, sectors=TWO), S1=4)

    trust = question(seen(house, house.people[0]), "S1")

    assert trust.own == 4
    assert trust.group == Band(pole="high", at_least=4, people=6)
    assert trust.everybody is None


def test_a_question_about_trust_on_which_groups_are_mixed_is_counted(engine):
    house = open_house(engine, sectors=TWO)
    for place, who in enumerate(house.people):
        finished(house, who, {"S1": (0, 4)[place % 2]})
    house = revealed(house)

    trust = question(seen(house, house.people[0]), "S1")

    assert (trust.group.counts, trust.everybody.counts) == ((3, 0, 0, 0, 3), (6, 0, 0, 0, 6))


def test_a_band_of_which_nothing_is_kept_stays_so(engine):
    house = open_house(engine, sectors=TWO)
    everybody = house.people
    house = everybody_answers(house, S1=4)
    house = next_round(house)
    for who in [*everybody, *newcomers(house, sector="business", number=6)]:
        finished(house, who, {"S1": 4})
    house = revealed(house)

    trust = question(seen(house, house.of("business")[0]), "S1")

    assert (trust.group.pole, trust.everybody) == (WITHHELD, None)


def test_a_withheld_question_is_named_with_the_reason_and_the_own_answer(engine):
    questions = (
        item("R1"),
        item("W1", who=("government",)),
        item("S2", sensitive=True, kind=Kind.CHOICES, ordered=False),
    )
    house = open_house(engine, sectors={"government": 3, "business": 3}, questions=questions)
    for who in house.people:
        asked = {"W1": 2} if who.sector == "government" else {}
        finished(house, who, {"R1": 1, "S2": frozenset({1}), **asked})
    house = revealed(house)

    mirror = seen(house, house.of("business")[0])

    assert question(mirror, "W1").withheld is Withheld.SOME_ASKED
    assert question(mirror, "S2").withheld is Withheld.SEVERAL
    assert question(mirror, "S2").own == frozenset({1})
    assert [one.group for one in mirror.reflections() if one.withheld] == [None, None]
    assert not question(mirror, "W1").asked


def test_a_question_of_other_sectors_is_not_asked_and_its_sum_counts_only_who_was(engine):
    house = open_house(engine, sectors=TWO, questions=(item("R1"), item("W1", who=("government",))))
    for who in house.people:
        finished(house, who, {"R1": 1, **({"W1": 2} if who.sector == "government" else {})})
    house = revealed(house)

    theirs, ours = (question(seen(house, house.of(sector)[0]), "W1") for sector in ("business", "government"))

    assert (theirs.asked, theirs.own) == (False, None)
    assert (ours.asked, ours.own) == (True, 2)
    assert ours.everybody == theirs.everybody == Tally(people=6, counts=(0, 0, 6, 0, 0), missing=Missing())


def test_where_single_answers_are_deleted_there_are_counts_and_no_own_answer(engine):
    house = open_house(engine, sectors=TWO)
    choose_keeping(engine, account=house.account, round_id=house.round.id, keep=False, now=NOW)
    house = everybody_answers(house)

    mirror = seen(house, house.people[0])

    assert (mirror.own_gap, mirror.group.name, question(mirror, "R1").own) == (Gap.NOT_KEPT, "Business", None)
    assert question(mirror, "R1").group.counts == (5, 0, 0, 0, 1)


def test_a_newer_link_shows_the_counts_and_no_own_answer_and_the_older_one_nothing(engine):
    house = everybody_answers(open_house(engine, sectors=TWO))
    ann = house.people[0]
    fresh = issue_links(
        engine, account=house.account, partnership_id=house.partnership.id, participant_ids=[ann.participant_id],
        now=NOW,
    )  # fmt: skip

    mirror = seen(house, join(engine, token=fresh[ann.participant_id]))

    assert (mirror.own_gap, mirror.group.n, question(mirror, "R1").own) == (Gap.OTHER_LINK, 6, None)
    with pytest.raises(NotAllowedError):
        seen(house, ann)


def test_whoever_did_not_finish_is_in_no_group_and_has_no_own_answer(engine):
    house = open_house(engine, sectors={"government": 7, "business": 6})
    ann, *others = house.people
    answer(house, ann, {"R1": 4})
    for who in others:
        finished(house, who, {"R1": 0})
    house = revealed(house)

    mirror = seen(house, ann)

    assert (mirror.group, mirror.group_gap, mirror.own_gap) == (None, Gap.NOT_FINISHED, Gap.NOT_FINISHED)
    assert (question(mirror, "R1").group, question(mirror, "R1").own) == (None, None)
    assert question(mirror, "R1").everybody.counts == (12, 0, 0, 0, 0)
    assert (mirror.answered, mirror.shown, mirror.invited) == (12, 12, 13)


def test_a_group_that_waits_says_so_and_keeps_the_own_answer(engine):
    house = open_house(engine, sectors={"government": 3, "business": 3})
    for who in house.people[:4]:
        finished(house, who, {"R1": 4})
    house = revealed(house)

    mirror = seen(house, house.people[0])

    assert (mirror.group, mirror.group_gap, mirror.own_gap, mirror.shown) == (None, Gap.WAITING, None, 0)
    assert (question(mirror, "R1").own, question(mirror, "R1").everybody) == (4, None)


def test_a_pretended_key_or_another_partnership_opens_nothing(engine):
    house = everybody_answers(open_house(engine, sectors=TWO))
    other = open_house(engine, sectors=TWO, by=house.account, name="Lighthouse")
    pretended = replace(house.people[0], key="f" * 64, link_sha256="f" * 64)

    for who in (pretended, other.people[0]):
        with pytest.raises(NotAllowedError):
            seen(house, who)


def test_own_words_and_what_is_not_counted_stay_out(engine):
    assert "T1" in {one.code for one in QUESTIONS}
    house = everybody_answers(open_house(engine, sectors=TWO))

    assert "T1" not in {one.item.code for one in seen(house, house.people[0]).reflections()}


def test_a_question_about_trust_is_withheld_where_a_group_is_too_small_for_it(engine):
    small = Policy(tier=Tier.SMALL, k=3)
    sectors = {"business": 3, "government": 6}
    house = everybody_answers(open_house(engine, sectors=sectors, policy=small), S1=4)

    trust = question(seen(house, house.people[0]), "S1")

    assert (trust.withheld, trust.own, trust.group, trust.everybody) == (Withheld.TOO_FEW, 4, None, None)
