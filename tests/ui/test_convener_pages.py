import pytest

from tests.build import (
    NOW,
    QUESTIONS,
    account,
    closed,
    draft_round,
    finished,
    instrument,
    item,
    open_house,
    partnership,
    revealed,
    roster_rows,
)
from tests.ui.screens import as_account, as_partner, screen, start, unharmed, whole, words
from xsector.actions import ruling
from xsector.actions.answering import save_comment
from xsector.actions.joining import door_of, respondent_of
from xsector.actions.running import take_no_more
from xsector.actions.setting_up import add_people, change_questions
from xsector.model.partner import Role
from xsector.model.policy import Policy, Tier
from xsector.model.round import State
from xsector.reports import agendas, rounds, wall
from xsector.reports.words import words_of
from xsector.store.engine import writing
from xsector.ui import resources


@pytest.fixture
def dana(served, monkeypatch):
    made = account(served)
    as_account(monkeypatch, made)
    return made


@pytest.fixture
def harbour(served, dana):
    """A partnership with people and a round in draft."""
    made = partnership(served, by=dana)
    rows = roster_rows({"government": 6, "business": 6})
    add_people(served, account=dana, partnership_id=made.id, rows=rows, now=NOW)
    draft_round(served, by=dana, partnership_id=made.id)
    return made


@pytest.fixture
def house(served, dana):
    return open_house(served, by=dana)


@pytest.fixture
def shown(house):
    for place, who in enumerate(house.people):
        finished(house, who, {"R1": place % 5, "R2": place // 6})
    return revealed(house)


def newest(engine, account):
    found = rounds.partnerships_of(engine, account=account)[0]
    return rounds.rounds(engine, account=account, partnership_id=found.id)[0]


def confirmed(app, key):
    app.button(key=key).click().run()
    app.button(key="confirm-yes").click().run()
    return whole(app)


def test_the_start_address_leads_a_convener_to_the_first_step(dana):
    app = start()

    assert [title.value for title in app.title] == ["Partnership"]
    assert "Describe it first" in words(app)


def test_a_partnership_is_made_from_the_form(served, dana):
    app = screen("convener_partnerships.py")
    app.text_input(key="partnership-new-name").set_value("Harbour Housing")
    app.text_input(key="partnership-new-label-education").set_value("Schools")
    app.checkbox(key="partnership-new-has-philanthropy").uncheck()

    app.button(key="partnership-new-save").click().run()

    made = rounds.partnerships_of(served, account=dana)[0]
    assert made.name == "Harbour Housing"
    assert [one.label for one in made.sectors] == ["Government", "Non-profit", "Business", "Community", "Schools"]
    assert "Harbour Housing" in words(unharmed(app))


def test_a_partnership_without_a_name_is_refused_with_a_sentence(served, dana):
    app = screen("convener_partnerships.py")

    app.button(key="partnership-new-save").click().run()

    assert rounds.partnerships_of(served, account=dana) == []
    assert "The name is missing" in words(unharmed(app))


@pytest.mark.parametrize("file", ["convener_people.py", "convener_questions.py", "convener_round.py"])
def test_pages_without_a_partnership_say_what_comes_first(dana, file):
    assert "There is no partnership yet" in words(screen(file))


@pytest.mark.parametrize("file", ["facilitator_results.py", "convener_agenda.py"])
def test_pages_of_results_say_that_the_reveal_comes_first(house, file):
    assert "has no results yet" in words(screen(file))


def test_a_pasted_list_is_previewed_with_its_errors_and_then_taken(served, dana):
    made = partnership(served, by=dana)
    app = screen("convener_people.py")
    app.text_area(key="people-paste").set_value("Ann, City Hall, Government\nBen, Shop, Circus").run()
    assert "1 row needs mending" in words(app)
    assert app.button(key="people-add").label == "Add 1 person"

    app.button(key="people-add").click().run()

    assert [one.name for one in rounds.roster(served, account=dana, partnership_id=made.id)] == ["Ann"]
    assert unharmed(app).text_area(key="people-paste").value == "Ben, Shop, Circus"


def test_links_are_made_for_those_without_and_shown_once(served, harbour):
    app = screen("convener_people.py")
    assert app.button(key="links-issue").label == "Make links for 12"

    app.button(key="links-issue").click().run()

    table = next(one.value for one in unharmed(app).dataframe if "https" in str(one.value.iloc[0].tolist()))
    assert table["Link"].str.startswith("https://partners.example/join/").all()
    assert "fresh links" not in words(screen("convener_people.py"))


def test_two_tabs_that_make_links_leave_those_of_the_first(served, harbour):
    first, second = screen("convener_people.py"), screen("convener_people.py")
    first.button(key="links-issue").click().run()

    second.button(key="links-issue").click().run()

    assert unharmed(second).button(key="links-issue").label == "Everybody has a link"
    assert "fresh links" not in words(second)
    first.run()
    table = next(one.value for one in unharmed(first).dataframe if "https" in str(one.value.iloc[0].tolist()))
    for address in table["Link"]:
        assert respondent_of(served, token=address.rpartition("/")[2]) is not None


def test_a_person_is_removed_only_after_a_question(served, dana, harbour):
    app = screen("convener_people.py")
    app.button(key="person-remove").click().run()
    before = len(rounds.roster(served, account=dana, partnership_id=harbour.id))

    app.button(key="confirm-yes").click().run()

    assert (before, len(rounds.roster(served, account=dana, partnership_id=harbour.id))) == (12, 11)


def test_somebody_invited_can_t_be_removed(house):
    app = screen("convener_people.py")
    app.button(key="person-remove").click().run()

    app.button(key="confirm-yes").click().run()

    assert len(rounds.roster(house.engine, account=house.account, partnership_id=house.partnership.id)) == 18
    assert "is invited to" in words(app)


def test_a_question_is_switched_off(served, dana, harbour):
    app = screen("convener_questions.py")

    app.toggle(key="asked-R2").set_value(False).run()

    asked = rounds.questions(served, account=dana, round_id=newest(served, dana).id).instrument.items()
    assert "R2" not in [item.code for item in asked]


def test_a_question_of_one_s_own_is_added(served, dana, harbour):
    app = screen("convener_questions.py")
    app.text_area(key="own-text").set_value("We celebrate small wins.")

    app.button(key="own-add").click().run()

    asked = rounds.questions(served, account=dana, round_id=newest(served, dana).id).instrument.items()
    assert "We celebrate small wins." in [item.text for item in asked]


@pytest.mark.parametrize("ticked", [False, True])
def test_an_own_question_is_told_roughly_if_the_convener_ticks_that_it_is_about_trust(served, dana, harbour, ticked):
    change_questions(
        served, account=dana, round_id=newest(served, dana).id, change=lambda _: instrument(item("R1")), now=NOW
    )
    app = screen("convener_questions.py")
    app.text_area(key="own-text").set_value("I trust the others to keep their word.")
    if ticked:
        app.checkbox(key="own-sensitive").check()

    app.button(key="own-add").click().run()

    asked = rounds.questions(served, account=dana, round_id=newest(served, dana).id).instrument
    assert [one.sensitive for one in asked.items() if one.code == "OWN1"] == [ticked]
    assert not whole(app).checkbox or not app.checkbox(key="own-sensitive").value


def test_a_section_about_trust_asks_for_no_tick(served, dana, harbour):
    app = screen("convener_questions.py")

    assert "own-sensitive" not in {box.key for box in app.checkbox}
    assert "yours is told only roughly too" in words(app)


def test_after_the_first_answer_the_questions_are_locked_with_a_sentence(house):
    finished(house, house.people[0], {"R1": 1})

    app = screen("convener_questions.py")

    assert "can't be changed now" in words(app)
    assert all(toggle.disabled for toggle in app.toggle)


def test_a_round_is_made_from_a_form_with_its_length(served, dana):
    partnership(served, by=dana)
    app = screen("convener_round.py")
    assert all(" about " in option and " minutes" in option for option in app.radio(key="round-form").options)
    app.text_input(key="round-title").set_value("Spring")

    app.button(key="round-make").click().run()

    assert newest(served, dana).title == "Spring"
    assert "This round is a draft" in words(unharmed(app))


def test_the_price_of_a_tier_follows_the_choice(harbour):
    app = screen("convener_round.py")
    before = words(app)

    app.radio(key="tier").set_value(Tier.SMALL).run()

    assert "groups of at least 5" in before
    assert "groups of at least 4" in words(unharmed(app))


def test_a_round_is_opened_after_a_question_and_shows_its_room_code(served, dana, harbour):
    app = confirmed(screen("convener_round.py"), "round-open")

    opened = newest(served, dana)
    assert opened.state is State.OPEN
    assert f"{opened.room_code[:4]} {opened.room_code[4:]}" in words(app)
    assert app.code[0].value == f"https://partners.example/room/{door_of(opened, key=resources.signing_key())}"


def test_the_meeting_counts_and_names_who_has_not_answered(house):
    finished(house, house.people[0], {"R1": 1})

    app = screen("facilitator_meeting.py")
    app.session_state["turnout-people"] = True

    waiting = list(whole(app).dataframe[0].value["Name"])

    assert sorted(waiting) == sorted(one.name for one in house.people[1:])


def test_closing_and_revealing_both_ask_first_and_say_what_will_be_shown(house):
    for who in house.people:
        finished(house, who, {"R1": 1, "R2": 2})
    app = confirmed(screen("facilitator_meeting.py"), "round-close")
    assert newest(house.engine, house.account).state is State.CLOSED
    app.button(key="reveal-ask").click().run()
    assert "These groups are shown: " in words(app)
    assert "This can't be undone" in words(app)

    app.button(key="confirm-yes").click().run()

    assert newest(house.engine, house.account).state is State.REVEALED
    assert "On the wall" in words(whole(app))


@pytest.mark.parametrize("page", ["facilitator_meeting.py", "convener_round.py"])
def test_a_round_that_a_restore_has_ended_says_why_and_can_neither_be_opened_nor_revealed(house, page):
    finished(house, house.people[0], {"R1": 1})
    closed(house)
    with writing(house.engine) as session:
        take_no_more(session, house.round.id)

    app = whole(screen(page))

    assert "brought back from an older backup" in words(app)
    assert not {"reveal-ask", "round-reopen"} & {button.key for button in app.button}
    assert not app.error


def test_before_the_reveal_organisations_are_named_only_if_everybody_agrees(served, dana):
    policy = Policy(tier=Tier.BY_ORGANISATION, k=3)
    house = open_house(served, by=dana, sectors={"government": 4, "business": 4}, policy=policy, per_organisation=4)
    for who in house.people:
        finished(house, who, {"R1": 1})
    app = confirmed(screen("facilitator_meeting.py"), "round-close")
    seen = words(app)
    app.button(key="reveal-ask").click().run()

    assert "Government house 1" in seen
    assert "if everybody agrees" in seen
    assert words(app).count("nobody is told whose no it was") == 2
    assert "Combined" not in words(app)


def test_what_the_facilitator_picks_is_on_the_wall(shown):
    app = screen("facilitator_meeting.py")

    app.pills(key="wall-view").set_value("people").run()
    app.toggle(key="wall-dark").set_value(True).run()

    state = wall.wall_state(shown.engine, round_id=shown.round.id)
    assert (state.view, state.item, state.dark) == ("people", "R2", True)


def test_the_switches_of_comments_do_not_say_with_which_release_they_came(house):
    for who in house.people:
        of = {"respondent": who, "round_id": house.round.id, "may_show": True, "now": NOW}
        save_comment(house.engine, code="R1", text=f"Comment {who.participant_id}", **of)
        finished(house, who, {"R1": 1})
    revealed(house)

    app = whole(screen("facilitator_words.py"))

    [question] = words_of(house.engine, account=house.account, round_id=house.round.id)
    keys = [toggle.key for toggle in app.toggle]
    assert keys == [f"word-shown-R1-{word.place}" for word in question.words]
    assert len(keys) == len(house.people)


def test_results_have_a_table_twin_and_say_what_is_held_back(shown):
    app = screen("facilitator_results.py")

    assert list(app.dataframe[0].value["Question"])[:1] == ["Wording of R2"]
    assert "about trust is told only roughly" in words(app)


def test_results_are_also_shown_by_theme_and_with_both_weightings(shown):
    app = screen("facilitator_results.py")

    tables = [list(table.value.columns) for table in app.dataframe]
    assert {"Between sectors", "One voice each"} <= set(tables[0])
    assert ["Theme", "Questions", "Divided", "Between sectors"] in tables


def test_an_agenda_step_is_changed_and_kept(shown):
    app = screen("convener_agenda.py")
    first = agendas.agenda_of(shown.engine, account=shown.account, round_id=shown.round.id).agenda.steps[0]
    app.session_state[f"open-{first.id}"] = True
    app.run()

    app.number_input(key=f"minutes-{first.id}").set_value(first.minutes + 4).run()

    kept = agendas.agenda_of(shown.engine, account=shown.account, round_id=shown.round.id)
    assert kept.agenda.steps[0].minutes == first.minutes + 4
    assert "94 minutes, 4 more than planned" in words(unharmed(app))


def test_the_agenda_shows_the_rules_that_the_partnership_gave_itself(shown):
    here = {"account": shown.account, "round_id": shown.round.id, "brainstorm_id": None, "place": None, "now": NOW}
    before = words(screen("convener_agenda.py"))
    ruling.add_rule(shown.engine, text="say *who* does what", **here)

    after = words(unharmed(screen("convener_agenda.py")))

    assert "Our ground rules" not in before
    assert "Our ground rules" in after
    assert "In this partnership we will" in after
    assert "say *who* does what" in after.replace("\\", "")


def test_a_step_of_one_s_own_is_added_at_the_end(shown):
    app = screen("convener_agenda.py")
    app.text_input(key="step-title").set_value("Coffee")

    app.button(key="step-add").click().run()

    kept = agendas.agenda_of(shown.engine, account=shown.account, round_id=shown.round.id)
    assert kept.agenda.steps[-1].title == "Coffee"


def test_an_agenda_changed_in_another_tab_isn_t_overwritten(shown):
    older, newer = screen("convener_agenda.py"), screen("convener_agenda.py")
    newer.text_input(key="step-title").set_value("Coffee")
    newer.button(key="step-add").click().run()
    older.text_input(key="step-title").set_value("Tea")

    older.button(key="step-add").click().run()

    kept = agendas.agenda_of(shown.engine, account=shown.account, round_id=shown.round.id)
    assert kept.agenda.steps[-1].title == "Coffee"
    assert "another tab" in words(unharmed(older))


def test_a_facilitator_sees_the_meeting_and_not_the_set_up(served, monkeypatch, house):
    ezra = account(served, "Ezra", role=Role.FACILITATOR)
    as_account(monkeypatch, ezra)

    assert "not signed in for this page" in words(screen("convener_people.py"))
    assert "There is no partnership yet" in words(screen("facilitator_meeting.py"))


@pytest.mark.parametrize(
    "file",
    [
        "convener_partnerships.py", "convener_people.py", "convener_questions.py", "convener_round.py",
        "convener_agenda.py", "facilitator_meeting.py", "facilitator_results.py", "wall_board.py",
    ],
)  # fmt: skip
def test_a_partner_who_knows_the_address_of_another_page_is_turned_away(monkeypatch, house, file):
    as_partner(monkeypatch, next(iter(house.tokens.values())))

    app = screen(file)

    assert "not signed in for this page" in words(app)
    assert not app.dataframe


def test_another_convener_s_partnership_can_t_be_chosen_by_its_number(served, monkeypatch, house):
    as_account(monkeypatch, account(served, "Eve"))

    app = screen("convener_people.py", p=house.partnership.id, r=house.round.id)

    assert "There is no partnership yet" in words(app)
    assert QUESTIONS[0].text not in words(app)


def test_a_question_about_trust_is_looked_at_roughly(shown):
    app = screen("facilitator_results.py")

    said = words(unharmed(app.selectbox(key="result-item").set_value("S1").run()))

    assert "This question is about trust" in said
    assert "How far apart we are: too roughly known to tell." in said
    assert "How each sector answered" not in said
    table = app.dataframe[-1].value
    assert list(table["Group"]) == ["All together", "Government", "Non-profit", "Business"]
    assert set(table["How far apart"]) == {"too roughly known to tell"}
