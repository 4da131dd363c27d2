from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from tests.build import (
    NOW,
    QUESTIONS,
    answer,
    closed,
    draft_round,
    finished,
    item,
    later,
    next_round,
    open_house,
    revealed,
)
from xsector.actions.answering import begin, finish, save_answers, save_comment, save_text
from xsector.actions.joining import join, respondent_of
from xsector.actions.running import close_round, reopen_round
from xsector.actions.setting_up import issue_links
from xsector.errors.access import UnknownLinkError
from xsector.errors.common import NotAllowedError, NotFoundError, UnusableTextError, XsectorError
from xsector.errors.rounds import AnsweredBeforeError, AnswerError, RoundClosedError, SealedError
from xsector.model.sheet import Mark
from xsector.reports.own import open_rounds, own_form
from xsector.reports.released import release_of
from xsector.reports.turnout import turnout

FEW = {"government": 6}


def form(house, who):
    return own_form(house.engine, respondent=who, round_id=house.round.id)


def counts(house, code):
    release = release_of(house.engine, account=house.account, round_id=house.round.id)
    return {item.code: item for item in release.items}[code].counts


def test_saved_answers_are_there_again_with_their_marks_and_words(engine):
    house = open_house(engine, sectors=FEW)
    ann = house.people[0]
    given = {"R1": 3, "R2": Mark.SKIPPED, "U1": 2, "M1": frozenset({0, 2}), "S1": 0, "C1": 1}

    answer(house, ann, given)
    save_text(
        engine,
        respondent=ann,
        round_id=house.round.id,
        code="T1",
        text=" Who pays?\r\n ",
        may_show=True,
        now=later(minutes=1),
    )
    save_comment(engine, respondent=ann, round_id=house.round.id, code="R1", text="Ask us", may_show=True, now=NOW)
    answer(house, ann, {"R1": Mark.CANNOT_JUDGE})

    seen = form(house, ann)
    assert seen.answers == {"R1": Mark.CANNOT_JUDGE, "U1": 2, "M1": frozenset({0, 2}), "S1": 0, "C1": 1}
    assert seen.texts == {"T1": ("Who pays?", True)}
    assert seen.comments == {"R1": ("Ask us", True)}
    assert (seen.started, seen.submitted, seen.saved_at, seen.receipt) == (True, False, NOW, None)


def test_an_empty_text_takes_it_back(engine):
    house = open_house(engine, sectors=FEW)
    ann = house.people[0]
    save_text(engine, respondent=ann, round_id=house.round.id, code="T1", text="Who pays?", may_show=True, now=NOW)
    save_comment(engine, respondent=ann, round_id=house.round.id, code="R1", text="Ask us", may_show=True, now=NOW)

    save_text(engine, respondent=ann, round_id=house.round.id, code="T1", text="  ", may_show=True, now=NOW)
    save_comment(engine, respondent=ann, round_id=house.round.id, code="R1", text="", may_show=True, now=NOW)

    assert (form(house, ann).texts, form(house, ann).comments) == ({}, {})


def test_two_people_never_see_each_others_answers(engine):
    house = open_house(engine, sectors=FEW)
    ann, bob = house.people[:2]

    answer(house, ann, {"R1": 4})
    answer(house, bob, {"R1": 0})

    assert (form(house, ann).answers, form(house, bob).answers) == ({"R1": 4}, {"R1": 0})


@pytest.mark.parametrize(
    "given",
    [
        {"R1": 5}, {"R1": -1}, {"R1": True}, {"R1": frozenset({1})}, {"M1": 1}, {"M1": frozenset({3})},
        {"R2": Mark.CANNOT_JUDGE}, {"R2": Mark.NOT_APPLICABLE}, {"T1": 1}, {"X9": 1}, {"": 1}, {"R1": 250},
    ],
)  # fmt: skip
def test_an_answer_that_a_question_does_not_offer_is_refused_with_all_that_came_with_it(engine, given):
    house = open_house(engine, sectors=FEW)
    ann = house.people[0]
    answer(house, ann, {"U1": 1})

    with pytest.raises(AnswerError):
        answer(house, ann, {"U1": 2, **given})

    assert form(house, ann).answers == {"U1": 1}


@pytest.mark.parametrize(("code", "text"), [("R1", "words"), ("X9", "words"), ("T1", "x" * 101)])
def test_a_text_that_a_question_does_not_take_is_refused(engine, code, text):
    house = open_house(engine, sectors=FEW)

    with pytest.raises((AnswerError, UnusableTextError)):
        save_text(
            engine, respondent=house.people[0], round_id=house.round.id, code=code, text=text, may_show=True, now=NOW
        )


def everything_a_partner_does(house, who, round_id):
    engine = house.engine
    yield lambda: begin(engine, respondent=who, round_id=round_id, now=NOW)
    yield lambda: save_answers(engine, respondent=who, round_id=round_id, answers={"R1": 1}, now=NOW)
    yield lambda: save_text(engine, respondent=who, round_id=round_id, code="T1", text="x", may_show=True, now=NOW)
    yield lambda: save_comment(engine, respondent=who, round_id=round_id, code="R1", text="x", may_show=True, now=NOW)
    yield lambda: finish(engine, respondent=who, round_id=round_id, now=NOW)


def test_another_partnerships_round_takes_no_answers(engine):
    house = open_house(engine, sectors=FEW)
    other = open_house(engine, sectors=FEW, by=house.account, name="Elsewhere")

    for attempt in everything_a_partner_does(house, house.people[0], other.round.id):
        with pytest.raises(NotAllowedError):
            attempt()
    with pytest.raises(NotAllowedError):
        own_form(engine, respondent=house.people[0], round_id=other.round.id)

    assert turnout(engine, account=house.account, round_id=other.round.id).answered == 0
    assert [one.id for one in open_rounds(engine, respondent=house.people[0])] == [house.round.id]


def test_somebody_who_forges_their_partnership_is_refused(engine):
    house = open_house(engine, sectors=FEW)
    other = open_house(engine, sectors=FEW, by=house.account, name="Elsewhere")
    forged = replace(house.people[0], partnership_id=other.partnership.id)

    for attempt in everything_a_partner_does(house, forged, other.round.id):
        with pytest.raises(NotAllowedError):
            attempt()


def test_an_unknown_round_takes_no_answers(engine):
    house = open_house(engine, sectors=FEW)

    for attempt in everything_a_partner_does(house, house.people[0], 999):
        with pytest.raises(NotFoundError):
            attempt()


def test_a_draft_takes_no_answers(engine):
    house = open_house(engine, sectors=FEW)
    drafted = draft_round(engine, by=house.account, partnership_id=house.partnership.id, title="Autumn")

    for attempt in everything_a_partner_does(house, house.people[0], drafted.id):
        with pytest.raises(NotAllowedError):
            attempt()

    assert [one.id for one in open_rounds(engine, respondent=house.people[0])] == [house.round.id]


def test_a_closed_round_takes_no_answers_until_it_is_opened_again(engine):
    house = open_house(engine, sectors=FEW)
    ann = house.people[0]
    answer(house, ann, {"R1": 1})
    closed(house)

    for attempt in everything_a_partner_does(house, ann, house.round.id):
        with pytest.raises(RoundClosedError, match="is closed and takes no answers"):
            attempt()
    reopen_round(engine, account=house.account, round_id=house.round.id, now=NOW)
    answer(house, ann, {"R2": 2})

    assert form(house, ann).answers == {"R1": 1, "R2": 2}


def test_who_was_counted_changes_nothing_any_more_and_reads_their_own(engine):
    house = open_house(engine, sectors=FEW)
    for who in house.people:
        finished(house, who, {"R1": 1})
    house = revealed(house)
    before = counts(house, "R1")

    for attempt in everything_a_partner_does(house, house.people[0], house.round.id):
        with pytest.raises(SealedError):
            attempt()

    assert counts(house, "R1") == before
    assert form(house, house.people[0]).answers == {"R1": 1}


def test_two_tabs_keep_the_last_answer_to_each_question(engine):
    house = open_house(engine, sectors=FEW)
    ann = house.people[0]

    answer(house, ann, {"R1": 1, "R2": 1})
    answer(house, ann, {"R2": 4}, now=later(seconds=1))
    answer(house, ann, {"R1": 3}, now=later(seconds=2))

    assert form(house, ann).answers == {"R1": 3, "R2": 4}


def test_many_tabs_at_once_lose_no_question(engine):
    house = open_house(engine, sectors=FEW, questions=tuple(item(f"R{number}") for number in range(1, 17)))
    ann = house.people[0]

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(lambda number: answer(house, ann, {f"R{number}": number % 5}), range(1, 17)))

    assert form(house, ann).answers == {f"R{number}": number % 5 for number in range(1, 17)}


def test_finishing_twice_gives_one_receipt(engine):
    house = open_house(engine, sectors=FEW)
    ann = house.people[0]

    first = finished(house, ann, {"R1": 1})
    second = finish(engine, respondent=ann, round_id=house.round.id, now=later(minutes=5))
    with ThreadPoolExecutor(8) as pool:
        receipts = set(
            pool.map(lambda _: finish(engine, respondent=ann, round_id=house.round.id, now=later(minutes=9)), range(8))
        )

    assert first == second
    assert receipts == {first}
    assert (first.at, len(first.code)) == (NOW, 8)
    assert form(house, ann).receipt == first.code
    assert turnout(engine, account=house.account, round_id=house.round.id).answered == 1


def test_a_receipt_can_not_be_made_from_the_answers_alone(engine):
    house = open_house(engine, sectors=FEW)
    ann, bob = house.people[:2]
    mine = {"R1": 3, "S1": 0}

    codes = [finished(house, who, mine).code for who in house.people]
    answer(house, ann, {"S1": 1})
    changed = form(house, ann).receipt
    answer(house, ann, mine)

    assert form(house, ann).answers == form(house, bob).answers == mine
    assert len(set(codes)) == len(house.people)
    assert (changed != codes[0], form(house, ann).receipt) == (True, codes[0])


def test_answers_may_change_after_finishing_until_the_reveal(engine):
    house = open_house(engine, sectors=FEW)
    for who in house.people:
        finished(house, who, {"R1": 1})
    first = form(house, house.people[0]).receipt

    answer(house, house.people[0], {"R1": 4}, now=later(minutes=9))
    second = form(house, house.people[0]).receipt
    house = revealed(house)

    assert first != second
    assert counts(house, "R1") == ((0, 5, 0, 0, 1),)


def test_drafts_are_not_counted_and_may_be_finished_late(engine):
    house = open_house(engine, sectors={"government": 7})
    for who in house.people[:5]:
        finished(house, who, {"R1": 1})
    for who in house.people[5:]:
        answer(house, who, {"R1": 4})
    house = revealed(house)

    assert counts(house, "R1") == ((0, 5, 0, 0, 0),)
    finish(engine, respondent=house.people[6], round_id=house.round.id, now=NOW)
    assert form(house, house.people[6]).answers == {"R1": 4}
    assert counts(house, "R1") == ((0, 5, 0, 0, 0),)


def test_what_is_not_asked_of_a_sector_does_not_apply_to_it(engine):
    house = open_house(
        engine, sectors={"government": 6, "business": 6}, questions=(*QUESTIONS, item("B1", who=("business",)))
    )
    for who in house.people:
        finished(house, who, {"B1": 2} if who.sector == "business" else {})
    house = revealed(house)

    release = release_of(engine, account=house.account, round_id=house.round.id)
    asked = next(one for one in release.items if one.code == "B1")
    assert asked.counts == ((0, 0, 0, 0, 0), (0, 0, 6, 0, 0))
    assert [one.not_applicable for one in asked.missing] == [6, 0]


def new_link(house, who):
    tokens = issue_links(
        house.engine, account=house.account, partnership_id=house.partnership.id,
        participant_ids=[who.participant_id], now=NOW,
    )  # fmt: skip
    return tokens[who.participant_id]


def test_a_new_link_ends_the_old_one_and_starts_empty(engine):
    house = open_house(engine, sectors=FEW)
    ann = house.people[0]
    answer(house, ann, {"R1": 3})

    token = new_link(house, ann)
    again = join(engine, token=token)

    assert respondent_of(engine, token=house.tokens[ann.participant_id]) is None
    with pytest.raises(UnknownLinkError):
        join(engine, token=house.tokens[ann.participant_id])
    assert again.key != ann.key
    assert form(house, again).answers == {}
    finished(house, again, {"R1": 0})
    assert turnout(engine, account=house.account, round_id=house.round.id).answered == 1


def test_nobody_is_counted_twice_by_way_of_a_new_link(engine):
    house = open_house(engine, sectors=FEW)
    for who in house.people:
        finished(house, who, {"R1": 3})

    again = join(engine, token=new_link(house, house.people[0]))
    for attempt in everything_a_partner_does(house, again, house.round.id):
        with pytest.raises(AnsweredBeforeError):
            attempt()

    assert form(house, again).finished_before
    assert counts(revealed(house), "R1") == ((0, 0, 0, 6, 0),)


def test_an_old_tab_cannot_hand_in_beside_the_new_link(engine):
    house = open_house(engine, sectors=FEW)
    ann = house.people[0]
    answer(house, ann, {"R1": 0})
    again = join(engine, token=new_link(house, ann))
    for who in (again, *house.people[1:]):
        finished(house, who, {"R1": 4})

    with pytest.raises(AnsweredBeforeError):
        finish(engine, respondent=ann, round_id=house.round.id, now=NOW)

    assert form(house, ann).finished_before
    assert counts(revealed(house), "R1") == ((0, 0, 0, 0, 6),)


def test_both_links_of_one_person_at_the_same_moment_count_once(engine):
    house = open_house(engine, sectors=FEW)
    ann = house.people[0]
    answer(house, ann, {"R1": 0})
    again = join(engine, token=new_link(house, ann))
    answer(house, again, {"R1": 0})

    def attempt(who):
        try:
            return finish(engine, respondent=who, round_id=house.round.id, now=NOW)
        except XsectorError as problem:
            return problem

    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(attempt, [ann, again]))
    for who in house.people[1:]:
        finished(house, who, {"R1": 4})

    assert sum(isinstance(one, AnsweredBeforeError | NotAllowedError) for one in done) == 1
    assert counts(revealed(house), "R1") == ((1, 0, 0, 0, 5),)


def test_a_whole_room_may_finish_while_the_round_is_closed(engine):
    house = open_house(engine, sectors={"government": 20, "business": 20})
    for who in house.people:
        answer(house, who, {"R1": 1})

    def attempt(who):
        try:
            if who is house.people[20]:
                close_round(engine, account=house.account, round_id=house.round.id, now=NOW)
            return bool(finish(engine, respondent=who, round_id=house.round.id, now=NOW))
        except RoundClosedError:
            return False

    with ThreadPoolExecutor(12) as pool:
        done = list(pool.map(attempt, house.people))

    seen = turnout(engine, account=house.account, round_id=house.round.id)
    assert seen.answered == sum(done)
    assert {one.participant_id for one in seen.people if one.answered} == {
        who.participant_id for who, counted in zip(house.people, done, strict=True) if counted
    }


def tap(house, who, answers, seen):
    return save_answers(house.engine, respondent=who, round_id=house.round.id, answers=answers, now=NOW, seen=seen)


def test_taps_that_know_what_was_saved_last_follow_one_another(engine):
    house = open_house(engine, sectors=FEW)
    ann = house.people[0]

    seen = None
    for level in range(4):
        seen = tap(house, ann, {"R1": level}, seen)
        seen = tap(house, ann, {"R2": level}, seen)

    assert form(house, ann).answers == {"R1": 3, "R2": 3}
    assert form(house, ann).seen == seen


def test_a_tab_that_has_seen_less_overwrites_nothing(engine):
    house = open_house(engine, sectors=FEW)
    ann = house.people[0]
    first = second = tap(house, ann, {"R1": 0}, None)

    tap(house, ann, {"R1": 4}, first)
    tap(house, ann, {"R2": 2}, second)

    assert form(house, ann).answers == {"R1": 4, "R2": 2}


def test_what_was_seen_of_another_persons_sheet_is_not_saved(engine):
    house = open_house(engine, sectors=FEW)
    ann, bob = house.people[:2]
    hers, his = tap(house, ann, {"S1": 0}, None), tap(house, bob, {"S1": 4}, None)

    seen = tap(house, bob, {"R1": 2}, hers)

    assert hers.version == his.version
    assert form(house, bob).answers == {"S1": 4, "R1": 2}
    assert form(house, bob).seen == seen
    assert form(house, ann).answers == {"S1": 0}
    assert ann.sheet_key(house.round.id) not in repr(hers)


def test_what_was_seen_in_another_round_is_not_saved(engine):
    house = open_house(engine, sectors=FEW)
    ann = house.people[0]
    before = tap(house, ann, {"R1": 4}, None)
    for who in house.people:
        finished(house, who, {"R1": 4})
    house = next_round(revealed(house))

    tap(house, ann, {"R2": 1}, None)
    tap(house, ann, {"S1": 2}, replace(before, version=2))

    assert form(house, ann).answers == {"R2": 1, "S1": 2}


def test_whatever_a_tab_has_seen_a_closed_round_takes_nothing(engine):
    house = open_house(engine, sectors=FEW)
    ann = house.people[0]
    seen = tap(house, ann, {"R1": 0}, None)
    closed(house)

    with pytest.raises(RoundClosedError):
        tap(house, ann, {"R1": 4}, seen)

    assert form(house, ann).answers == {"R1": 0}


def test_whatever_a_tab_has_seen_a_replaced_link_changes_nothing(engine):
    house = open_house(engine, sectors=FEW)
    ann = house.people[0]
    seen = tap(house, ann, {"R1": 0}, None)
    new_link(house, ann)

    with pytest.raises(NotAllowedError):
        tap(house, ann, {"R1": 4}, seen)

    assert form(house, ann).answers == {"R1": 0}


def test_many_tabs_of_one_person_at_the_same_moment_lose_nothing(engine):
    house = open_house(engine, sectors=FEW)
    ann = house.people[0]
    seen = tap(house, ann, {"R1": 0}, None)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda one: tap(house, ann, one, seen), [{"R1": 1}, {"R2": 2}, {"U1": 0}, {"C1": 1}]))

    assert form(house, ann).answers == {"R1": 1, "R2": 2, "U1": 0, "C1": 1}


def test_a_question_takes_no_answer_from_a_sector_that_is_not_asked(engine):
    house = open_house(
        engine, sectors={"government": 6, "business": 6}, questions=(*QUESTIONS, item("B1", who=("business",)))
    )
    ann = house.of("government")[0]
    seen = tap(house, ann, {"R1": 1}, None)

    for known in (None, seen):
        with pytest.raises(AnswerError):
            tap(house, ann, {"B1": 2}, known)
    with pytest.raises(AnswerError):
        save_comment(engine, respondent=ann, round_id=house.round.id, code="B1", text="x", may_show=True, now=NOW)

    assert form(house, ann).answers == {"R1": 1, "B1": Mark.NOT_APPLICABLE}
