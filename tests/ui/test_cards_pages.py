"""The two pages of cards at every stage, without a browser."""

import pytest

from tests.build import NOW, draft_round, open_house
from tests.build_cards import SAID, STEPS, brought_to, open_cards, written
from tests.ui.screens import as_account, as_partner, as_wall, screen, unharmed, whole, words
from xsector.actions import brainstorming, ruling, sorting_cards
from xsector.actions.running import issue_wall_link
from xsector.model.cards import Stage
from xsector.ui import resources


@pytest.fixture
def house(served):
    return open_house(served)


def as_facilitator(monkeypatch, house):
    as_account(monkeypatch, house.account)


def as_first(monkeypatch, house):
    as_partner(monkeypatch, house.tokens[house.people[0].participant_id])


def boards():
    """The words of every picture that was drawn and kept."""
    return [kept.result().alt for kept in resources._KEPT.values() if hasattr(kept.result(), "svg")]


@pytest.mark.parametrize("stage", STEPS)
def test_the_desk_opens_at_every_stage(monkeypatch, house, stage):
    brought_to(house, stage)
    as_facilitator(monkeypatch, house)

    app = screen("facilitator_cards.py")

    assert "What has NOT worked?" in words(app) + " ".join(app.selectbox[-1].options) + str(app.selectbox)
    assert (app.button(key="cards-drop") is not None) is True


@pytest.mark.parametrize("stage", STEPS)
def test_a_partner_s_page_and_the_wall_open_at_every_stage(monkeypatch, house, stage):
    brought_to(house, stage)
    as_first(monkeypatch, house)

    screen("partner_cards.py")
    screen("partner_answer.py")
    as_wall(monkeypatch, issue_wall_link(house.engine, account=house.account, round_id=house.round.id, now=NOW))
    screen("wall_board.py")

    [alt] = [one for one in boards() if "NOT worked" in one or "must not repeat" in one]
    seen = any(said in alt for said in SAID)
    assert seen is (stage in {"shown", "counted"})


def test_a_facilitator_opens_a_brainstorm_in_their_own_words(monkeypatch, house):
    as_facilitator(monkeypatch, house)
    app = screen("facilitator_cards.py")

    app.text_area(key="cards-text-V1").set_value("What should we stop?")
    app = unharmed(app.button(key="cards-open").click().run())

    assert "What should we stop?" in words(app)
    assert app.button(key="cards-end")


def test_a_draft_sends_to_the_round_first(monkeypatch, house):
    drafted = draft_round(house.engine, by=house.account, partnership_id=house.partnership.id, title="Later")
    as_facilitator(monkeypatch, house)

    app = screen("facilitator_cards.py", r=drafted.id)

    assert "draft" in words(app)


def test_writing_that_ends_too_early_says_who_is_missing_and_loses_nothing(monkeypatch, house):
    cards = written(open_cards(house), people=3)
    as_facilitator(monkeypatch, house)
    app = screen("facilitator_cards.py")

    app = unharmed(app.button(key="cards-end").click().run())
    app = unharmed(app.button(key="confirm-yes").click().run())

    assert "3 people have written so far" in words(app)
    assert (cards.board.brainstorm.stage, cards.board.written) == (Stage.WRITING, 3)


def test_a_partner_writes_and_takes_back(monkeypatch, house):
    cards = open_cards(house)
    as_first(monkeypatch, house)
    app = screen("partner_cards.py")

    app.text_input(key=f"card-text-{cards.id}").set_value("Silos")
    app = whole(app.button(key=f"card-add-{cards.id}").click().run())

    assert "Silos" in words(app)
    assert app.text_input(key=f"card-text-{cards.id}").value == ""
    [back] = [one for one in app.button if one.key and one.key.startswith("card-back-")]
    app = whole(back.click().run())
    assert "Silos" not in words(app)
    assert cards.board.written == 0


def test_a_card_that_is_refused_stays_in_the_box(monkeypatch, house):
    cards = written(open_cards(house))
    as_first(monkeypatch, house)
    app = screen("partner_cards.py")
    brainstorming.close_writing(house.engine, **cards.of)

    app.text_input(key=f"card-text-{cards.id}").set_value("Half a thought")
    app = unharmed(app.button(key=f"card-add-{cards.id}").click().run())

    assert "Writing is over" in words(app)
    assert app.text_input(key=f"card-text-{cards.id}").value == "Half a thought"
    assert "Half a thought" not in [card.text for card in cards.board.cards]


def test_the_partner_s_form_has_a_way_to_the_cards_only_while_they_call(monkeypatch, house):
    as_first(monkeypatch, house)
    assert "Cards are being written" not in words(screen("partner_answer.py"))

    cards = written(open_cards(house))
    assert "Cards are being written now" in words(screen("partner_answer.py"))
    brainstorming.close_writing(house.engine, **cards.of)
    assert "Cards are being written" not in words(screen("partner_answer.py"))
    assert "Writing is over" in words(screen("partner_cards.py"))


def test_a_partner_without_cards_is_told_to_wait(monkeypatch, house):
    as_first(monkeypatch, house)

    assert "Nobody is asked for cards yet" in words(screen("partner_cards.py"))


def test_themes_are_renamed_and_merged_on_the_page(monkeypatch, house):
    cards = brought_to(house, "sorting")
    sorting_cards.assign(house.engine, **cards.of, themes={1: 1})
    as_facilitator(monkeypatch, house)
    app = screen("facilitator_cards.py")
    app.session_state["cards-themes"] = True
    app = whole(app)

    app = unharmed(app.text_input(key="theme-label-1-Lip service").set_value("All talk").run())
    app = unharmed(app.button(key="theme-merge").click().run())
    unharmed(app.button(key="confirm-yes").click().run())

    names = [theme.label for theme in cards.board.brainstorm.themes]
    assert names == ["Hidden aims", "Turf", "Poor contact", "Suspicion", "Heavy meetings"]
    assert cards.board.cards[0].theme == 2


def test_a_rule_is_kept_shown_and_deleted(monkeypatch, house):
    cards = brought_to(house, "counted")
    as_facilitator(monkeypatch, house)
    app = screen("facilitator_cards.py")

    app.text_input(key="rule-text").set_value("end on time")
    app = unharmed(app.button(key="rule-add").click().run())
    assert "In this partnership we will end on time." in words(app)
    assert app.text_input(key="rule-text").value == ""
    app = unharmed(app.button(key="rule-show-1").click().run())
    assert "On the wall now" in words(app)
    as_first(monkeypatch, house)
    assert "In this partnership we will end on time." in words(screen("partner_cards.py"))
    as_wall(monkeypatch, issue_wall_link(house.engine, account=house.account, round_id=house.round.id, now=NOW))
    screen("wall_board.py")
    assert any(alt.startswith("In this partnership we will end on time.") for alt in boards())
    assert cards.board.rules[0].because

    as_facilitator(monkeypatch, house)
    app = screen("facilitator_cards.py")
    app = unharmed(app.button(key="rule-delete-1").click().run())
    unharmed(app.button(key="confirm-yes").click().run())
    assert cards.board.rules == ()


def test_rules_stay_when_their_round_has_no_cards_in_hand(monkeypatch, house):
    cards = brought_to(house, "shown")
    ruling.add_rule(house.engine, **{**cards.of, "place": 1}, text="listen first")
    as_facilitator(monkeypatch, house)

    assert "listen first" in words(screen("facilitator_cards.py"))


def test_the_meeting_page_says_where_cards_are_steered(monkeypatch, served):
    from tests.build import finished, revealed

    house = open_house(served)
    for who in house.people:
        finished(house, who, {"R1": 1})
    house = revealed(house)
    brought_to(house, "shown")
    as_facilitator(monkeypatch, house)

    assert "chosen on the page “Cards”" in words(screen("facilitator_meeting.py"))
