import json
from dataclasses import replace

import pytest

from tests.build import NOW, TRUST, answer, finished, item, open_house, revealed
from tests.trust_house import ONLY_TRUST, organisations, rate, trusting_house
from xsector.actions.answering import finish
from xsector.actions.running import show_on_wall
from xsector.errors.common import NotAllowedError, NotFoundError
from xsector.model.modules import trust
from xsector.model.modules.kinds import Module
from xsector.model.own_trust import Surprise
from xsector.reports.mine import own_round
from xsector.reports.module_results import modules_of
from xsector.reports.own_trust import own_trust
from xsector.reports.results import report_document
from xsector.reports.trust import trust_results


@pytest.fixture
def one_sided(engine):
    """Non-profit trusts government not at all, government trusts non-profit fully; all of them met."""
    house = trusting_house(engine, sectors={"government": 14, "nonprofit": 14}, per_organisation=4)
    there = {one.id: one.sector for one in organisations(house).values()}
    for who in house.people:
        rate(house, who, lambda about, part, who=who: levels(who.sector, there[about]))
    return revealed(house)


def levels(rater, rated):
    return {("government", "nonprofit"): 4, ("nonprofit", "government"): 0}.get((rater, rated), 2)


def test_a_one_sided_pair_is_found_and_told(one_sided):
    found = trust_results(one_sided.engine, account=one_sided.account, round_id=one_sided.round.id)

    (first, *_) = found.findings
    assert first.finding == "asymmetry"
    assert first.text.startswith("Government trusts Non-profit more (")
    assert "than Non-profit trusts Government" in first.text
    assert "reliability, truth, ability and strength" in first.text
    assert found.sectors[0] == ("Group", "Relies on", "All four", "Reliability", "Truth", "Ability", "Strength")
    assert ("Government", "Non-profit") in [row[:2] for row in found.sectors]


def test_it_says_how_much_of_what_sectors_say_of_each_other_is_told(one_sided):
    found = trust_results(one_sided.engine, account=one_sided.account, round_id=one_sided.round.id)

    assert found.note.startswith(
        "2 views of one group on another sector: all only roughly, for nearly all of the group answered in one way. "
        "Only sectors with at least three organisations"
    )
    assert found.dimensions_note == ""


def test_the_report_names_sectors_and_never_an_organisation(one_sided):
    document = report_document(one_sided.engine, account=one_sided.account, round_id=one_sided.round.id)

    told = document["trust"]
    assert {one["finding"] for one in told["findings"]} == {"asymmetry"}
    assert told["findings"][0]["about"] == ["government", "nonprofit"]
    assert {(one["block"], one["sector"]) for one in told["between"]} == {
        (block, sector) for block in ("Government", "Non-profit") for sector in ("government", "nonprofit")
    }
    assert told["partners"] is None
    whole = json.dumps(document)
    assert not [name for name in organisations(one_sided) if name in whole]
    assert "_at_" not in whole
    assert "W6" not in whole


def test_the_check_ups_own_questions_about_trust_make_a_page_by_themselves(engine):
    house = open_house(engine, questions=tuple(item(code, sensitive=True) for code in sorted(trust.CHECK_UP)))
    for place, who in enumerate(house.people):
        finished(house, who, {code: (place + (code > "T04")) % 5 for code in trust.CHECK_UP})
    house = revealed(house)
    here = {"account": house.account, "round_id": house.round.id}

    found = trust_results(engine, **here)
    show_on_wall(engine, view="trust", item=None, dark=False, now=NOW, **here)

    assert modules_of(engine, **here) == (Module.TRUST,)
    assert found.sectors == ()
    assert [row[0] for row in found.dimensions[1:]] == ["Reliability", "Truth", "Ability", "Strength"]
    assert found.note == ""
    assert found.dimensions_note == "From 8 questions of the check-up itself, not from what partners say of each other."


def test_a_round_that_asks_nothing_about_trust_has_no_such_page_and_no_such_wall(engine):
    house = open_house(engine, questions=(item("R1"),))
    for who in house.people:
        finished(house, who, {"R1": 1})
    house = revealed(house)
    here = {"account": house.account, "round_id": house.round.id}

    with pytest.raises(NotFoundError):
        trust_results(engine, **here)
    with pytest.raises(NotFoundError):
        show_on_wall(engine, view="trust", item=None, dark=False, now=NOW, **here)


def test_a_rating_of_an_organisation_is_no_question_for_the_wall(one_sided):
    some = next(iter(organisations(one_sided).values()))
    here = {"account": one_sided.account, "round_id": one_sided.round.id}

    with pytest.raises(NotFoundError):
        show_on_wall(one_sided.engine, view="item", item=f"W5_at_{some.id}", dark=False, now=NOW, **here)


@pytest.fixture
def guessing(engine):
    """All rate all organisations “Mostly”, some “Partly”; the first three people guess differently of their own."""
    house = trusting_house(engine, sectors={"government": 8, "nonprofit": 8})
    for place, who in enumerate(house.people):
        if place < 3:
            answer(house, who, {trust.GUESS: (4, 0, 2)[place]})
        rate(house, who, lambda about, part, place=place: 1 if place % 3 else 2)
    return revealed(house)


@pytest.mark.parametrize(
    ("place", "surprise"), [(0, Surprise.BLIND_SPOT), (1, Surprise.PLEASANT), (2, None), (5, None)]
)
def test_a_guess_is_set_against_what_others_say_only_where_that_is_sure(guessing, place, surprise):
    found = own_trust(guessing.engine, respondent=guessing.people[place], round_id=guessing.round.id)

    (rating,) = found.ratings
    assert rating.text == "We can count on them."
    assert rating.surprise is surprise
    assert (rating.guess is None) is (place > 2)


def test_what_is_kept_of_a_partner_holds_what_others_say_of_their_organisation(guessing):
    found = own_round(guessing.engine, respondent=guessing.people[0], round_id=guessing.round.id)

    assert found.others_say.organisation == "Government house 1"
    shown = {line.code: line.shown for line in found.lines}
    assert shown["W6"] == "to nobody"
    assert shown["W1_at_2"].startswith("by itself not at all")
    assert shown["W5_at_2"].startswith("to that organisation alone")
    assert not [code for code in shown if code.endswith("_at_1")], "nobody is asked about their own"


def test_where_a_band_leaves_it_open_no_surprise_is_told(engine):
    house = trusting_house(engine, sectors={"government": 8, "nonprofit": 8})
    for place, who in enumerate(house.people):
        answer(house, who, {trust.GUESS: (2, 0)[place % 2]})
        rate(house, who, lambda about, part: 3)
    house = revealed(house)

    found = [own_trust(engine, respondent=who, round_id=house.round.id).ratings[0] for who in house.people[:2]]

    # Twelve of fourteen surely say “Mostly” or “Fully”: the mean lies between 3.57 and 5, and the first guessed 3.
    assert [(one.band.at_least, one.band.people) for one in found] == [(12, 14)] * 2
    assert [one.surprise for one in found] == [None, Surprise.PLEASANT]


def test_nothing_is_told_before_the_reveal(engine):
    house = trusting_house(engine, sectors={"government": 6, "nonprofit": 6})
    for who in house.people:
        rate(house, who, lambda about, part: 3)
        finish(engine, respondent=who, round_id=house.round.id, now=NOW)

    assert own_trust(engine, respondent=house.people[0], round_id=house.round.id) is None


def test_who_is_not_invited_is_refused(engine):
    house = revealed_house(engine)
    with pytest.raises(NotAllowedError):
        own_trust(engine, respondent=replace(house.people[0], link_sha256="f" * 64), round_id=house.round.id)


def revealed_house(engine):
    house = trusting_house(engine, sectors={"government": 6, "nonprofit": 6}, modules=ONLY_TRUST)
    for who in house.people:
        rate(house, who, lambda about, part: 3)
    return revealed(house)


def test_the_scale_is_the_vocabularys(engine):
    house = revealed_house(engine)

    found = own_trust(engine, respondent=house.people[0], round_id=house.round.id)

    assert found.ratings[0].levels == TRUST.scale
