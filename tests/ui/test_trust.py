"""The pages that show trust, and its door on the page of questions."""

from tests.build import (
    NOW,
    account,
    answer,
    draft_round,
    item,
    open_house,
    partnership,
    revealed,
    roster_rows,
)
from tests.trust_house import rate, trusting_house
from tests.ui.screens import as_account, as_partner, screen, words
from xsector.actions.setting_up import add_people
from xsector.model.modules import trust


def all_rated(served, *, level):
    house = trusting_house(served, sectors={"government": 8, "nonprofit": 8})
    answer(house, house.people[0], {trust.GUESS: 4})
    for place, who in enumerate(house.people):
        rate(house, who, lambda about, part, place=place: level(place))
    return revealed(house)


def test_a_partner_reads_how_others_see_their_organisation(monkeypatch, served):
    house = all_rated(served, level=lambda place: 0 if place else 1)
    as_partner(monkeypatch, house.tokens[house.people[0].participant_id])

    app = screen("partner_answer.py")

    assert "How others see Government house 1" in words(app)
    assert "Of 10 statements about sectors it was shown only that “at least so many” gave one kind of answer." in words(
        app
    )
    assert "Neither the convener nor anybody else does" in words(app)


def test_facilitators_read_findings_and_nothing_about_an_organisation(monkeypatch, served):
    house = all_rated(served, level=lambda place: 4 if place < 8 else 0)
    as_account(monkeypatch, house.account)

    app = screen("facilitator_trust.py", p=house.partnership.id, r=house.round.id)

    assert "Government trusts Non-profit more" in words(app)
    assert "house" not in words(app)


def test_the_switch_says_how_long_it_takes_and_who_sees_what(monkeypatch, served):
    leader = account(served)
    made = partnership(served, by=leader)
    rows = roster_rows({"government": 6, "nonprofit": 4})
    add_people(served, account=leader, partnership_id=made.id, rows=rows, now=NOW)
    drafted = draft_round(served, by=leader, partnership_id=made.id, questions=(item("R1"),))
    as_account(monkeypatch, leader)
    app = screen("convener_questions.py", p=made.id, r=drafted.id)

    app.toggle(key="module-trust-on").set_value(True).run()

    said = words(app)
    assert "Takes about 1½ min." in said
    assert "The room sees Government, as sectors" in said
    assert "“All in all” goes to each organisation alone" in said
    assert "Each person rates up to 4 organisations" in said


def test_the_promise_tells_who_sees_ratings_before_the_first_question(monkeypatch, served):
    house = trusting_house(served, sectors={"government": 6, "nonprofit": 6})
    as_partner(monkeypatch, house.tokens[house.people[0].participant_id])

    assert "You are asked how far you rely on other organisations." in words(screen("partner_answer.py"))

    plain = open_house(served, questions=(item("R1"),), by=house.account, name="Lighthouse")
    as_partner(monkeypatch, plain.tokens[plain.people[0].participant_id])
    assert "rely on other organisations" not in words(screen("partner_answer.py"))
