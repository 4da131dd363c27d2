from dataclasses import replace

import pytest

from tests.build import FIVE, NOW, closed, finished, instrument, item, next_round, open_house, revealed
from tests.ui.screens import as_partner, screen, start, unharmed, whole, words
from xsector.actions import answering
from xsector.actions.demonstrating import Person
from xsector.actions.setting_up import add_people, issue_links, remove_person
from xsector.model.sheet import Mark
from xsector.reports.own import own_form
from xsector.ui.form_parts import form_parts

LONG_WHEN_COMPOSED = "\u0958" * 60
"""Sixty letters as they are typed, and twice as many once Unicode has put them in order."""
MANY = tuple(item(f"Q{number}") for number in range(1, 11))


@pytest.fixture
def house(served):
    return open_house(served)


def come_in(monkeypatch, house, place=0):
    who = house.people[place]
    as_partner(monkeypatch, house.tokens[who.participant_id])
    return who


def begun(monkeypatch, house, place=0):
    who = come_in(monkeypatch, house, place)
    answering.begin(house.engine, respondent=who, round_id=house.round.id, now=NOW)
    return who


def saved(house, who):
    return own_form(house.engine, respondent=who, round_id=house.round.id)


def asked(app, house, code):
    start = f"answer-{house.round.id}-{code}-"
    return next(control for control in app.segmented_control if control.key.startswith(start))


def at_part(number):
    """The form at its part *number*; after the last part comes the last page."""
    app = screen("partner_answer.py")
    app.session_state["form_place"] = number - 1
    return unharmed(app.run())


def test_the_start_address_leads_a_partner_to_their_form(monkeypatch, house):
    come_in(monkeypatch, house)

    assert "Who will see what" in words(start())


def test_the_promise_comes_before_the_first_question_with_the_numbers_of_ones_group(monkeypatch, house):
    come_in(monkeypatch, house)

    app = screen("partner_answer.py")

    assert "Your group: 6 people, 3 organisations." in words(app)
    assert "Your answers are confidential." in words(app)
    assert not app.segmented_control


def test_in_a_later_round_the_promise_says_how_many_left_and_came(monkeypatch, house):
    for who in house.people:
        finished(house, who, {"R1": 1})
    house = revealed(house)
    here = {"account": house.account, "partnership_id": house.partnership.id, "now": NOW}
    sector = house.people[0].sector
    new = Person(name="Eve", organisation="Eve's house", sector=sector)
    remove_person(house.engine, participant_id=house.of(sector)[1].participant_id, **here)
    add_people(house.engine, rows=[new, replace(new, name="Ed")], **here)
    house = next_round(house)
    come_in(monkeypatch, house)

    said = words(screen("partner_answer.py"))

    assert (
        "Since “Spring” your group on the list has changed: 1 person who was counted then is off the list now" in said
    )
    assert "and 2 people are new on it." in said


def test_beginning_shows_the_first_questions(monkeypatch, house):
    who = come_in(monkeypatch, house)

    app = unharmed(screen("partner_answer.py").button(key="form-begin").click().run())

    assert asked(app, house, "R1").options == [*FIVE, "I can\\'t judge", "Doesn\\'t apply"]
    assert saved(house, who).started


def test_only_questions_that_are_told_roughly_are_marked_as_being_about_trust(monkeypatch, house):
    who = begun(monkeypatch, house)

    app = whole(screen("partner_answer.py"))

    assert [one.label for one in app.segmented_control if one.label.endswith(" :gray[· about trust]")] == [
        asked(app, house, "S1").label
    ]
    assert "Only questions that are marked as being about trust are treated so." in saved(house, who).promise


def test_one_tap_is_saved_and_shown_from_what_is_saved(monkeypatch, house):
    who = begun(monkeypatch, house)
    app = screen("partner_answer.py")

    asked(app, house, "R1").set_value(3).run()

    assert saved(house, who).answers == {"R1": 3}
    assert asked(whole(app), house, "R1").value == 3


def test_a_second_tap_takes_the_answer_back(monkeypatch, house):
    who = begun(monkeypatch, house)
    app = screen("partner_answer.py")
    asked(app, house, "R1").set_value(3).run()

    asked(whole(app), house, "R1").set_value(None).run()

    assert saved(house, who).answers == {}


def test_not_being_able_to_judge_is_an_answer(monkeypatch, house):
    who = begun(monkeypatch, house)
    app = screen("partner_answer.py")

    asked(app, house, "R1").set_value(int(Mark.CANNOT_JUDGE)).run()

    assert saved(house, who).answers == {"R1": Mark.CANNOT_JUDGE}


def test_several_options_can_be_ticked(monkeypatch, house):
    who = begun(monkeypatch, house)
    app = screen("partner_answer.py")

    app.pills(key=f"answer-{house.round.id}-M1-ticks").set_value([0, 2]).run()

    assert saved(house, who).answers == {"M1": frozenset({0, 2})}


def test_own_words_are_saved(monkeypatch, house):
    who = begun(monkeypatch, house)
    app = screen("partner_answer.py")

    app.text_area(key=f"answer-{house.round.id}-T1").set_value("Every child ready").run()

    assert saved(house, who).texts == {"T1": ("Every child ready", False)}


def test_words_that_can_t_be_saved_stay_in_their_box(monkeypatch, house):
    who = begun(monkeypatch, house)
    app = screen("partner_answer.py")

    app.text_area(key=f"answer-{house.round.id}-T1").set_value(LONG_WHEN_COMPOSED).run()

    assert saved(house, who).texts == {}
    assert app.error
    assert whole(app).text_area(key=f"answer-{house.round.id}-T1").value == LONG_WHEN_COMPOSED


def test_another_device_or_a_refresh_shows_what_was_saved(monkeypatch, house):
    who = begun(monkeypatch, house)
    answering.save_answers(house.engine, respondent=who, round_id=house.round.id, answers={"R1": 4}, now=NOW)

    assert asked(screen("partner_answer.py"), house, "R1").value == 4


def test_an_older_tab_sees_the_newest_answers_at_its_next_run(monkeypatch, house):
    begun(monkeypatch, house)
    older, newer = screen("partner_answer.py"), screen("partner_answer.py")
    asked(newer, house, "R1").set_value(1).run()

    asked(older, house, "R2").set_value(0).run()

    assert asked(whole(older), house, "R1").value == 1


def test_a_comment_is_saved_with_and_without_consent(monkeypatch, house):
    who = begun(monkeypatch, house)
    app = screen("partner_answer.py")
    app.session_state[f"comments-{house.round.id}-1"] = True
    app.run()
    app.text_area(key=f"comment-{house.round.id}-R1").set_value("Nobody knows").run()
    assert saved(house, who).comments == {"R1": ("Nobody knows", False)}

    whole(app).checkbox(key=f"consent-{house.round.id}-R1").check().run()

    assert saved(house, who).comments == {"R1": ("Nobody knows", True)}


def test_at_most_eight_questions_stand_on_one_screen(monkeypatch, served):
    house = open_house(served, questions=MANY)
    begun(monkeypatch, house)
    app = screen("partner_answer.py")
    first = len(app.segmented_control)

    app.button(key="form-next").click().run()

    assert (first, len(whole(app).segmented_control)) == (5, 5)


def test_a_question_for_other_sectors_is_not_asked():
    parts = form_parts(instrument(item("A"), item("B", who=("business",))), sector="government")

    assert [one.code for part in parts for one in part.items] == ["A"]


def test_the_last_page_leads_back_to_what_is_not_answered(monkeypatch, served):
    house = open_house(served, questions=MANY)
    begun(monkeypatch, house)
    app = at_part(3)
    assert app.button(key="form-left-1").label == "All \\(continued\\) · 5 questions"

    app.button(key="form-left-1").click().run()

    assert asked(whole(app), house, "Q6")


def test_finishing_gives_a_receipt_and_a_second_click_the_same(monkeypatch, house):
    who = begun(monkeypatch, house)
    app = at_part(2)

    app.button(key="form-finish").click().run()

    receipt = saved(house, who).receipt
    assert receipt in words(whole(app))
    answering.finish(house.engine, respondent=who, round_id=house.round.id, now=NOW)
    assert receipt in words(at_part(2))


def test_a_closed_round_says_so_and_asks_nothing(monkeypatch, house):
    who = come_in(monkeypatch, house)
    finished(house, who, {"R1": 2})
    closed(house)

    app = screen("partner_answer.py")

    assert "This round is closed" in words(app)
    assert "Handed in" in words(app)
    assert not app.segmented_control


def test_a_round_that_closes_in_between_keeps_the_answer_out_and_says_why(monkeypatch, house):
    who = begun(monkeypatch, house)
    app = screen("partner_answer.py")
    closed(house)

    asked(app, house, "R1").set_value(3).run()

    assert saved(house, who).answers == {}
    assert "takes no answers" in words(whole(app))


def test_after_the_reveal_answers_can_t_be_changed(monkeypatch, house):
    for who in house.people:
        finished(house, who, {"R1": 2})
    revealed(house)
    come_in(monkeypatch, house)

    app = screen("partner_answer.py")

    assert "The results have been shown" in words(app)
    assert "You handed in your answers" in words(app)
    assert "did not press" not in words(app)


def test_a_replaced_link_says_that_the_answers_stay_counted(monkeypatch, house):
    who = house.people[0]
    finished(house, who, {"R1": 2})
    fresh = issue_links(
        house.engine, account=house.account, partnership_id=house.partnership.id,
        participant_ids=[who.participant_id], now=NOW,
    )  # fmt: skip
    as_partner(monkeypatch, fresh[who.participant_id])

    app = screen("partner_answer.py")

    assert "handed in your answers with an earlier link" in words(app)
    assert not app.segmented_control


def test_an_unknown_link_gets_no_form(monkeypatch, house):
    as_partner(monkeypatch, "x" * 43)

    app = screen("partner_answer.py")

    assert "not signed in for this page" in words(app)
    assert not app.segmented_control


def test_words_of_others_are_shown_as_they_are(monkeypatch, served):
    house = open_house(served, questions=(item("R1", text="![x](http://evil.example/p.png) **bold** $x$ :joy:"),))
    begun(monkeypatch, house)

    label = asked(screen("partner_answer.py"), house, "R1").label

    assert "](" not in label.replace("\\]\\(", "")
    assert "**" not in label.replace("\\*", "")


def test_after_the_reveal_a_partner_reads_what_was_shown_of_their_group(monkeypatch, house):
    for who in house.people:
        finished(house, who, {"R1": 1})
    come_in(monkeypatch, house)
    revealed(house)

    said = words(unharmed(screen("partner_answer.py")))

    assert "What has been shown of my group" in said or "You are one of" in said
    assert "Nothing else was ever shown." in said
