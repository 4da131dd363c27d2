"""Cards: written under one's own key, dealt at random, read by nobody while few wrote, counted once."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from tests.build import NOW, draft_round, later, open_house
from tests.build_cards import SAID, brought_to, mark, open_cards, write, written
from xsector.actions import brainstorming, erasing, ruling, setting_up, sorting_cards, voting_cards, writing_cards
from xsector.actions.joining import join
from xsector.errors.cards import (
    BrainstormBusyError,
    BrainstormStageError,
    DotsError,
    ThemesError,
    TooFastError,
    TooFewVotersError,
    TooFewWritersError,
    TooManyCardsError,
    TooManyRulesError,
    VotedBeforeError,
    VotingOverError,
    WritingOverError,
)
from xsector.errors.common import NotAllowedError, NotFoundError, SetUpError, UnusableTextError
from xsector.errors.rounds import RoundStateError
from xsector.model.cards import LONGEST_CARD, MOST_CARDS, MOST_RULES, MOST_THEMES, Stage
from xsector.reports.cards import cards_on_wall, own_cards, rule_on_wall
from xsector.reports.wall import wall_state


@pytest.fixture
def house(engine):
    return open_house(engine)


def own(cards, who):
    """What one person sees."""
    return own_cards(cards.house.engine, respondent=who, brainstorm_id=cards.id)


def wall(cards):
    """What the room sees."""
    return cards_on_wall(cards.house.engine, round_id=cards.house.round.id, brainstorm_id=cards.id)


def texts(cards):
    return [card.text for card in cards.board.cards]


def rows(engine, table):
    with engine.connect() as connection:
        return connection.execute(text(f"SELECT * FROM {table}")).all()


# Opening


def test_an_opened_brainstorm_stands_on_the_wall_with_its_prompt_and_time(house):
    cards = open_cards(house, minutes=5)

    told, there = wall_state(house.engine, round_id=house.round.id), wall(cards)
    assert (told.view, told.item, told.page) == ("cards", str(cards.id), 0)
    assert (there.brainstorm.prompt, there.brainstorm.ends_at) == ("What has NOT worked?", NOW + timedelta(minutes=5))
    assert (there.written, there.took_part, there.invited, there.heaps) == (0, 0, 18, ())


def test_more_time_counts_from_now_when_the_time_was_up(house):
    cards = open_cards(house, minutes=5)

    brainstorming.give_time(house.engine, **{**cards.of, "now": later(minutes=1)}, minutes=2)
    assert cards.board.brainstorm.seconds_left(NOW) == 420
    brainstorming.give_time(house.engine, **{**cards.of, "now": later(minutes=30)}, minutes=2)
    assert cards.board.brainstorm.seconds_left(later(minutes=30)) == 120


def test_a_draft_takes_no_cards(house):
    drafted = draft_round(house.engine, by=house.account, partnership_id=house.partnership.id, title="Later")

    with pytest.raises(RoundStateError):
        open_cards(replace(house, round=drafted))


def test_a_round_of_seven_people_is_told_that_cards_could_never_be_shown(engine):
    house = open_house(engine, sectors={"government": 4, "business": 3})

    with pytest.raises(SetUpError, match="8 people from 2 organisations"):
        open_cards(house)


def test_a_room_of_one_organisation_is_told_so(engine):
    house = open_house(engine, sectors={"government": 9}, per_organisation=9)

    with pytest.raises(SetUpError):
        open_cards(house)


def test_one_brainstorm_calls_at_a_time(house):
    first = open_cards(house)
    with pytest.raises(BrainstormBusyError):
        open_cards(house)

    written(first)
    brainstorming.close_writing(house.engine, **first.of)
    open_cards(house, text="What HAS worked?")


@pytest.mark.parametrize(("asked", "minutes"), [("", 5), ("x" * 201, 5), ("Fine", 0), ("Fine", 61)])
def test_a_prompt_needs_words_and_a_time(house, asked, minutes):
    with pytest.raises((SetUpError, UnusableTextError)):
        open_cards(house, text=asked, minutes=minutes)


# Writing


def test_a_card_is_seen_by_its_author_alone_while_others_write(house):
    cards = open_cards(house)
    ann, bob = house.people[:2]

    write(cards, ann, "  Too   much talk ")

    assert [one.text for one in own(cards, ann).own] == ["Too much talk"]
    assert own(cards, bob).own == ()
    assert (cards.board.cards, cards.board.written, cards.board.took_part.people) == ((), 1, 1)
    assert (wall(cards).heaps, wall(cards).written) == ((), 1)


def test_the_same_card_twice_is_one_card(house):
    cards = open_cards(house)

    write(cards, house.people[0], "Silos")
    write(cards, house.people[0], "silos ")
    write(cards, house.people[1], "Silos")

    assert (cards.board.written, cards.board.took_part.people) == (2, 2)


def test_an_own_card_can_be_taken_back_and_nobody_elses(house):
    cards = open_cards(house)
    ann, bob = house.people[:2]
    write(cards, ann, "Mine")
    [mine] = own(cards, ann).own
    of = {"brainstorm_id": cards.id, "mark": mine.mark, "now": NOW}

    with pytest.raises(NotAllowedError):
        writing_cards.take_back_card(house.engine, respondent=bob, **of)
    assert cards.board.written == 1
    writing_cards.take_back_card(house.engine, respondent=ann, **of)
    writing_cards.take_back_card(house.engine, respondent=ann, **of)

    assert (cards.board.written, cards.board.took_part.people) == (0, 0)
    assert rows(house.engine, "card_draft") == []


def test_one_person_writes_thirty_cards_and_no_more(house):
    cards = open_cards(house)
    for number in range(MOST_CARDS):
        write(cards, house.people[0], f"Card {number}", now=later(minutes=number))

    with pytest.raises(TooManyCardsError, match="30 cards"):
        write(cards, house.people[0], "One more", now=later(minutes=99))
    assert cards.board.written == MOST_CARDS


def test_a_machine_that_writes_is_slowed_down(house):
    cards = open_cards(house)
    for number in range(30):
        write(cards, house.people[0], f"Card {number % 5}")

    with pytest.raises(TooFastError):
        write(cards, house.people[0], "Card 6")
    write(cards, house.people[1], "Another person is not held up")


@pytest.mark.parametrize("said", ["", "   ", "x" * (LONGEST_CARD + 1), "\u200b"])
def test_a_card_needs_one_to_a_hundred_and_twenty_letters(house, said):
    cards = open_cards(house)

    with pytest.raises(UnusableTextError):
        write(cards, house.people[0], said)
    assert cards.board.written == 0


def test_what_came_with_pasting_makes_one_line(house):
    cards = open_cards(house)

    write(cards, house.people[0], "Too\u200b many\nmeetings\t here")

    assert [one.text for one in own(cards, house.people[0]).own] == ["Too many meetings here"]


def test_strangers_and_replaced_links_write_nothing(house):
    cards = open_cards(house)
    elsewhere = open_house(house.engine, name="Lighthouse", by=house.account)
    stale = replace(house.people[0], link_sha256="f" * 64)

    for who in (elsewhere.people[0], stale):
        with pytest.raises(NotAllowedError):
            write(cards, who, "Hello")
    with pytest.raises(NotAllowedError):
        own(cards, elsewhere.people[0])
    assert cards.board.written == 0


def test_after_the_time_is_up_a_sentence_can_be_finished_until_the_end_of_writing(house):
    cards = open_cards(house, minutes=5)
    written(cards)

    write(cards, house.people[9], "Late but fine", now=later(minutes=6))
    brainstorming.close_writing(house.engine, **cards.of)

    with pytest.raises(WritingOverError, match="Writing is over") as problem:
        write(cards, house.people[9], "Too late", now=later(minutes=7))
    assert "still in the box" in problem.value.sentence()
    [mark_] = ["0" * 64]
    with pytest.raises(WritingOverError):
        writing_cards.take_back_card(
            house.engine, respondent=house.people[0], brainstorm_id=cards.id, mark=mark_, now=NOW
        )


def test_cards_written_while_writing_ends_are_dealt_or_refused_and_none_is_lost(house):
    cards = written(open_cards(house))
    saved, refused, begun = [], [], threading.Event()

    def several(who):
        for number in range(4):
            said = f"Card {number} of {who.participant_id}"
            try:
                write(cards, who, said)
            except WritingOverError:
                refused.append(said)
            else:
                saved.append(said)
            begun.set()

    with ThreadPoolExecutor(10) as pool:
        # Each person in two tabs, which write the same.
        done = [pool.submit(several, who) for who in house.people[:10] for _ in range(2)]
        begun.wait(20)
        brainstorming.close_writing(house.engine, **cards.of)
        for one in done:
            one.result(60)

    assert len(saved) + len(refused) == 80
    assert Counter(texts(cards)) == Counter({*saved, *SAID[:8]})
    assert rows(house.engine, "card_draft") == []


# Ending


def test_of_seven_writers_nobody_reads_any(house):
    cards = written(open_cards(house), people=7)

    with pytest.raises(TooFewWritersError, match="7 people have written"):
        brainstorming.close_writing(house.engine, **cards.of)

    assert (cards.board.cards, cards.board.brainstorm.stage, cards.board.enough) == ((), Stage.WRITING, False)
    assert cards.board.written == 7


def test_many_cards_of_few_people_are_still_of_few(house):
    cards = written(open_cards(house), people=7)
    for number in range(20):
        write(cards, house.people[0], f"And another {number}")

    with pytest.raises(TooFewWritersError):
        brainstorming.close_writing(house.engine, **cards.of)


def test_eight_writers_of_one_organisation_are_not_read(engine):
    house = open_house(engine, sectors={"government": 9, "business": 4}, per_organisation=9)
    cards = open_cards(house)
    for who, said in zip(house.of("government"), SAID, strict=False):
        write(cards, who, said)

    with pytest.raises(TooFewWritersError, match="from 2 organisations"):
        brainstorming.close_writing(house.engine, **cards.of)


def test_at_the_end_of_writing_nothing_is_kept_of_authors(house):
    cards = brought_to(house, "sorting")

    assert Counter(texts(cards)) == Counter(SAID[:8])
    assert rows(house.engine, "card_draft") == rows(house.engine, "brainstorm_part") == []
    with house.engine.connect() as connection:
        columns = set(connection.execute(text("SELECT * FROM card")).keys())
    assert columns == {"brainstorm_id", "place", "text", "theme", "under", "hidden", "dots"}
    assert own(cards, house.people[0]).own == ()
    assert cards.board.brainstorm.writers == 8


def test_a_sorted_brainstorm_shows_the_room_no_card(house):
    cards = brought_to(house, "sorting")

    assert wall(cards).heaps == ()
    assert own(cards, house.people[0]).heaps == ()


def test_a_brainstorm_is_thrown_away_with_everything_but_its_rules(house):
    cards = brought_to(house, "shown")
    ruling.add_rule(house.engine, **{**cards.of, "place": 1}, text="end on time")

    brainstorming.drop_brainstorm(house.engine, **cards.of)

    for table in ("brainstorm", "card", "card_draft", "brainstorm_part", "ballot"):
        assert rows(house.engine, table) == []
    assert wall_state(house.engine, round_id=house.round.id).view == "waiting"
    rule, _ = rule_on_wall(house.engine, round_id=house.round.id, page=0)
    assert (rule.sentence, rule.because) == ("In this partnership we will end on time.", "")


def test_who_erases_themselves_takes_their_cards_and_dots_along(house):
    cards = open_cards(house)
    written(cards, people=9)
    erasing.erase_me(house.engine, respondent=house.people[0], now=NOW)
    assert (cards.board.written, cards.board.took_part.people) == (8, 8)

    brainstorming.close_writing(house.engine, **cards.of)
    brainstorming.release_cards(house.engine, **cards.of)
    voting_cards.open_vote(house.engine, **cards.of)
    for who in house.people[1:7]:
        mark(cards, who, {1})
    erasing.erase_me(house.engine, respondent=house.people[1], now=NOW)
    voting_cards.close_vote(house.engine, **cards.of)

    assert [pile.head.dots for pile in wall(cards).top] == [5]


# Sorting


def test_cards_are_put_under_themes_and_the_largest_heap_comes_first(house):
    cards = brought_to(house, "sorting")
    place = cards.place
    sorted_ = {place(SAID[0]): 1, place(SAID[1]): 3, place(SAID[2]): 6, place(SAID[3]): 6}

    sorting_cards.assign(house.engine, **cards.of, themes=sorted_)
    brainstorming.release_cards(house.engine, **cards.of)

    heaps = wall(cards).heaps
    assert [(heap.label, heap.count) for heap in heaps] == [
        ("Heavy meetings", 2), ("Lip service", 1), ("Turf", 1), ("", 4)
    ]  # fmt: skip
    with pytest.raises(NotFoundError):
        sorting_cards.assign(house.engine, **cards.of, themes={1: 99})
    with pytest.raises(NotFoundError):
        sorting_cards.assign(house.engine, **cards.of, themes={99: 1})


def test_words_suggest_themes_and_all_suggestions_can_be_taken(house):
    cards = brought_to(house, "sorting")
    names = {theme.number: theme.label for theme in cards.board.brainstorm.themes}
    suggested = {card.text: names.get(cards.board.suggestions.get(card.place)) for card in cards.board.cards}

    moved = sorting_cards.assign_suggested(house.engine, **cards.of)

    assert suggested[SAID[0]] == "Lip service"
    assert suggested[SAID[4]] == "Suspicion"
    assert moved == sum(name is not None for name in suggested.values())
    assert {card.text: names.get(card.theme) for card in cards.board.cards} == suggested
    assert cards.board.suggestions == {}


def test_a_hidden_card_is_seen_by_nobody_in_the_room(house):
    cards = brought_to(house, "shown")
    place = cards.place(SAID[4])

    sorting_cards.hide(house.engine, **cards.of, place=place, hidden=True)

    assert SAID[4] not in repr(wall(cards).heaps) + repr(own(cards, house.people[0]).heaps)
    sorting_cards.hide(house.engine, **cards.of, place=place, hidden=False)
    assert SAID[4] in repr(wall(cards).heaps)


def test_cards_that_say_the_same_become_one_with_a_count(house):
    cards = brought_to(house, "sorting", people=9)
    were, are, silos = (cards.place(SAID[number]) for number in (2, 3, 8))
    assert [{one.place, other.place} for one, other in cards.board.pairs] == [{were, are}]

    sorting_cards.join(house.engine, **cards.of, place=are, head=were)
    assert cards.board.pairs == ()
    sorting_cards.join(house.engine, **cards.of, place=were, head=silos)

    piles = {pile.head.text: pile.count for heap in cards.board.heaps for pile in heap.piles}
    assert (piles[SAID[8]], len(piles)) == (3, 7)
    sorting_cards.take_apart(house.engine, **cards.of, place=silos)
    assert {card.under for card in cards.board.cards} == {None}


def test_joining_two_of_one_pile_changes_nothing(house):
    cards = brought_to(house, "sorting")
    sorting_cards.join(house.engine, **cards.of, place=2, head=1)

    sorting_cards.join(house.engine, **cards.of, place=1, head=2)
    sorting_cards.join(house.engine, **cards.of, place=1, head=1)

    assert {card.place: card.under for card in cards.board.cards if card.under} == {2: 1}


def test_a_deleted_card_is_gone_and_those_under_it_stand_for_themselves(house):
    cards = brought_to(house, "shown")
    sorting_cards.join(house.engine, **cards.of, place=2, head=1)
    gone = next(card.text for card in cards.board.cards if card.place == 1)

    sorting_cards.delete_card(house.engine, **cards.of, place=1)

    assert gone not in texts(cards)
    assert {card.under for card in cards.board.cards} == {None}
    with pytest.raises(NotFoundError):
        sorting_cards.delete_card(house.engine, **cards.of, place=1)


def test_themes_are_renamed_added_and_merged(house):
    cards = brought_to(house, "sorting")
    sorting_cards.assign(house.engine, **cards.of, themes={1: 1, 2: 2, 3: 2})

    sorting_cards.word_theme(house.engine, **cards.of, number=1, label="All talk", keywords=["talk", " ", "words"])
    sorting_cards.add_theme(house.engine, **cards.of, label="Money")
    sorting_cards.merge_themes(house.engine, **cards.of, number=2, into=1)

    first, *others = cards.board.brainstorm.themes
    assert (first.label, first.keywords[:2], "hidden" in first.keywords) == ("All talk", ("talk", "words"), True)
    assert [theme.label for theme in others] == ["Turf", "Poor contact", "Suspicion", "Heavy meetings", "Money"]
    assert [card.theme for card in cards.board.cards[:4]] == [1, 1, 1, None]


def test_themes_that_look_alike_or_are_too_many_are_refused(house):
    cards = brought_to(house, "sorting")
    with pytest.raises(ThemesError):
        sorting_cards.word_theme(house.engine, **cards.of, number=1, label="TURF", keywords=[])
    with pytest.raises(UnusableTextError):
        sorting_cards.word_theme(house.engine, **cards.of, number=1, label="x" * 41, keywords=[])
    for number in range(MOST_THEMES - 6):
        sorting_cards.add_theme(house.engine, **cards.of, label=f"New {number}")
    with pytest.raises(ThemesError):
        sorting_cards.add_theme(house.engine, **cards.of, label="One more")
    with pytest.raises(NotFoundError):
        sorting_cards.merge_themes(house.engine, **cards.of, number=1, into=1)


def test_nothing_is_released_when_every_card_is_hidden(house):
    cards = brought_to(house, "sorting")
    for card in cards.board.cards:
        sorting_cards.hide(house.engine, **cards.of, place=card.place, hidden=True)

    with pytest.raises(SetUpError):
        brainstorming.release_cards(house.engine, **cards.of)


def test_steps_out_of_turn_are_refused(house):
    cards = written(open_cards(house))
    early = (
        brainstorming.release_cards, brainstorming.take_off, voting_cards.open_vote, voting_cards.close_vote,
        voting_cards.cancel_vote, sorting_cards.assign_suggested,
    )  # fmt: skip
    for step in early:
        with pytest.raises(BrainstormStageError):
            step(house.engine, **cards.of)
    with pytest.raises(VotingOverError):
        mark(cards, house.people[0], {1})

    brainstorming.close_writing(house.engine, **cards.of)
    brainstorming.release_cards(house.engine, **cards.of)
    for step in (brainstorming.close_writing, brainstorming.release_cards):
        with pytest.raises(BrainstormStageError):
            step(house.engine, **cards.of)
    brainstorming.take_off(house.engine, **cards.of)
    assert wall(cards).heaps == ()


def test_a_brainstorm_of_another_round_is_not_there(house):
    cards = brought_to(house, "sorting")
    elsewhere = open_house(house.engine, name="Lighthouse", by=house.account)

    with pytest.raises(NotFoundError):
        brainstorming.release_cards(house.engine, **{**cards.of, "round_id": elsewhere.round.id})


# Voting


def test_dots_are_counted_once_and_not_told_before(house):
    cards = brought_to(house, "voting")
    for who in house.people[:5]:
        mark(cards, who, {1, 2})
    mark(cards, house.people[0], {3})

    assert (wall(cards).top, wall(cards).took_part, cards.board.took_part.people) == ((), 5, 5)
    assert {card.dots for card in cards.board.cards} == {0}
    assert own(cards, house.people[0]).marked == {3}
    voting_cards.close_vote(house.engine, **cards.of)

    assert [(pile.head.place, pile.head.dots) for pile in wall(cards).top] == [(1, 4), (2, 4), (3, 1)]
    assert rows(house.engine, "ballot") == rows(house.engine, "brainstorm_part") == []
    assert cards.board.brainstorm.voters == 5
    with pytest.raises(VotingOverError):
        mark(cards, house.people[6], {1})


def test_votes_of_fewer_than_a_group_are_not_counted(house):
    cards = brought_to(house, "voting")
    for who in house.people[:4]:
        mark(cards, who, {1})

    with pytest.raises(TooFewVotersError, match="at least 5 people from 2 organisations"):
        voting_cards.close_vote(house.engine, **cards.of)
    voting_cards.cancel_vote(house.engine, **cards.of)

    assert cards.board.brainstorm.stage is Stage.SHOWN
    assert rows(house.engine, "ballot") == []
    assert {card.dots for card in cards.board.cards} == {0}


def test_whether_votes_are_told_does_not_depend_on_where_the_dots_are(house):
    cards = brought_to(house, "voting")
    for who in house.people[:5]:
        mark(cards, who, {1})

    voting_cards.close_vote(house.engine, **cards.of)

    assert [pile.head.dots for pile in wall(cards).top] == [5]


@pytest.mark.parametrize("places", [{1, 2, 3, 4}, {99}, {0}])
def test_nobody_has_more_dots_or_puts_them_elsewhere(house, places):
    cards = brought_to(house, "voting")

    with pytest.raises(DotsError):
        mark(cards, house.people[0], places)


def test_a_hidden_or_joined_card_takes_no_dot_and_gives_its_dots_back(house):
    cards = brought_to(house, "shown")
    sorting_cards.join(house.engine, **cards.of, place=2, head=1)
    voting_cards.open_vote(house.engine, **cards.of)
    mark(cards, house.people[0], {1, 3})

    sorting_cards.hide(house.engine, **cards.of, place=3, hidden=True)

    assert own(cards, house.people[0]).marked == {1}
    for place in (2, 3):
        with pytest.raises(DotsError):
            mark(cards, house.people[0], {place})


def test_without_a_dot_nobody_has_voted(house):
    cards = brought_to(house, "voting")
    mark(cards, house.people[0], {1})

    mark(cards, house.people[0], set())

    assert (cards.board.took_part.people, own(cards, house.people[0]).voted_before) == (0, False)


def test_a_new_link_gives_no_second_vote(house):
    cards = brought_to(house, "voting")
    ann = house.people[0]
    mark(cards, ann, {1})
    of = {"account": house.account, "partnership_id": house.partnership.id, "now": NOW}
    tokens = setting_up.issue_links(house.engine, **of, participant_ids=[ann.participant_id])
    again = join(house.engine, token=tokens[ann.participant_id])

    with pytest.raises(VotedBeforeError):
        mark(cards, again, {2})
    assert own(cards, again).voted_before


# Rules


def test_the_top_card_becomes_a_rule_that_stays_with_the_round(house):
    cards = brought_to(house, "counted")
    top = wall(cards).top[0].head

    made = ruling.add_rule(
        house.engine, **{**cards.of, "place": top.place}, text="In this partnership we will … end on time."
    )

    rule, many = rule_on_wall(house.engine, round_id=house.round.id, page=0)
    assert (rule.sentence, rule.because, many) == ("In this partnership we will end on time.", top.text, 1)
    of = {"account": house.account, "round_id": house.round.id, "now": NOW}
    brainstorming.show_rules(house.engine, page=0, dark=True, **of)
    told = wall_state(house.engine, round_id=house.round.id)
    assert (told.view, told.page, told.dark) == ("rules", 0, True)
    ruling.word_rule(house.engine, number=made.number, text="start on time", **of)
    assert cards.board.rules[0].text == "start on time"
    sorting_cards.hide(house.engine, **cards.of, place=top.place, hidden=True)
    assert cards.board.rules[0].because == ""
    ruling.delete_rule(house.engine, number=made.number, **of)
    assert wall_state(house.engine, round_id=house.round.id).view == "waiting"
    with pytest.raises(NotFoundError):
        ruling.delete_rule(house.engine, number=made.number, **of)


def test_a_rule_answers_only_what_the_room_sees(house):
    cards = brought_to(house, "sorting")

    with pytest.raises(NotFoundError):
        ruling.add_rule(house.engine, **{**cards.of, "place": 1}, text="end on time")
    with pytest.raises(UnusableTextError):
        ruling.add_rule(
            house.engine, **{**cards.of, "brainstorm_id": None, "place": None}, text="In this partnership we will …"
        )


def test_there_are_few_rules(house):
    of = {"account": house.account, "round_id": house.round.id, "brainstorm_id": None, "place": None, "now": NOW}
    for number in range(MOST_RULES):
        ruling.add_rule(house.engine, text=f"keep rule {number}", **of)

    with pytest.raises(TooManyRulesError):
        ruling.add_rule(house.engine, text="keep one more", **of)
