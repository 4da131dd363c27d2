"""What a partnership said in its own words, in the agenda of its meeting: as of now, and never kept with it."""

from dataclasses import replace

import pytest
from sqlalchemy import text

from tests.build import NOW, finished, next_round, revealed
from tests.build_cards import brought_to
from tests.described import described_house
from xsector.actions import ruling, sorting_cards
from xsector.actions.editing_agenda import save_agenda
from xsector.actions.reading_words import let_through
from xsector.agenda.document import Ours
from xsector.agenda.editing import add
from xsector.export.agenda_file import FORMATS, agenda_file
from xsector.model.profile import GOAL_LINE
from xsector.reports.agendas import agenda_of
from xsector.reports.words import words_of


@pytest.fixture
def house(engine):
    return described_house(engine, goals=9)


def of(house):
    return {"account": house.account, "round_id": house.round.id}


def ours(house):
    return agenda_of(house.engine, **of(house)).agenda.ours


def rule(house, words, *, cards=None, card=""):
    """One more rule of the house, made of a card or of none."""
    made_of = {"brainstorm_id": cards.id if cards else None, "place": cards.place(card) if cards else None}
    return ruling.add_rule(house.engine, **of(house), text=words, **made_of, now=NOW)


def goals(house):
    [written] = [one for one in words_of(house.engine, **of(house)) if one.code == GOAL_LINE]
    return written


def let(house, word, *, shown=True):
    let_through(house.engine, **of(house), word=word, shown=shown, now=NOW)


def kept(house, *, title="Lunch"):
    """The house's agenda, changed and kept."""
    view = agenda_of(house.engine, **of(house))
    changed = add(view.agenda, title=title, minutes=5)
    save_agenda(house.engine, **of(house), agenda=changed, version=view.version, now=NOW)
    with house.engine.connect() as connection:
        return str(connection.execute(text("SELECT document FROM agenda")).scalar_one())


def test_an_agenda_begins_without_words_of_our_own(house):
    assert ours(house) == Ours()


def test_rules_stand_in_it_without_the_cards_they_came_from(house):
    cards = brought_to(house, "shown")
    rule(house, "say who does what", cards=cards, card="Lots of talk and no action")
    rule(house, "ask residents first")

    assert ours(house) == Ours(rules=("say who does what", "ask residents first"))


def test_a_later_round_keeps_the_rules_until_it_has_its_own_and_an_earlier_one_never_takes_them(house):
    rule(house, "begin on time")
    autumn = next_round(house)
    autumn = replace(autumn, round=described_round(autumn))

    assert ours(autumn).rules == ("begin on time",)

    rule(autumn, "end on time")
    assert ours(autumn).rules == ("end on time",)
    assert ours(house).rules == ("begin on time",)


def described_round(house):
    """The next round, revealed with the same answers of everybody."""
    for who in house.people:
        finished(house, who, {"R1": 2})
    return revealed(house).round


def test_goals_stand_in_it_one_by_one_as_they_are_let_through(house):
    first, second, *_ = goals(house).words
    let(house, first)

    assert ours(house) == Ours(goal_question=goals(house).text, goals=(first.text,))

    let(house, second)
    let(house, first, shown=False)
    assert ours(house).goals == (second.text,)


def test_goals_that_too_few_wrote_are_not_there(engine):
    assert ours(described_house(engine, goals=7)) == Ours()


def test_a_kept_agenda_holds_no_word_of_ours_and_follows_what_is_taken_back(house):
    word = goals(house).words[0]
    made = rule(house, "begin on time")
    let(house, word)

    stored = kept(house)

    assert "begin on time" not in stored
    assert word.text not in stored
    assert (ours(house).rules, ours(house).goals) == (("begin on time",), (word.text,))
    let(house, word, shown=False)
    ruling.delete_rule(house.engine, **of(house), number=made.number, now=NOW)
    assert agenda_of(house.engine, **of(house)).edited
    assert ours(house) == Ours()


def test_a_card_that_is_hidden_later_takes_no_rule_with_it(house):
    cards = brought_to(house, "shown")
    card = "Lots of talk and no action"
    rule(house, "say who does what", cards=cards, card=card)

    sorting_cards.hide(house.engine, **cards.of, place=cards.place(card), hidden=True)

    assert ours(house).rules == ("say who does what",)


@pytest.mark.parametrize("kind", FORMATS)
def test_without_them_the_papers_have_no_such_part(house, kind):
    agenda = agenda_of(house.engine, **of(house)).agenda
    rule(house, "begin on time")
    with_rule = agenda_of(house.engine, **of(house)).agenda

    assert agenda_file(agenda, figures={}, kind=kind) != agenda_file(with_rule, figures={}, kind=kind)
    assert agenda_file(agenda, figures={}, kind=kind) == agenda_file(
        replace(with_rule, ours=Ours()), figures={}, kind=kind
    )
