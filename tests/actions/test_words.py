"""Comments and texts: nobody reads one of a few, and the room only what was agreed to and let through."""

import pytest
from scipy.stats import spearmanr
from sqlalchemy import text

from tests.build import NOW, account, finished, open_house, revealed
from xsector.actions.answering import save_comment, save_text
from xsector.actions.reading_words import delete_word, let_through
from xsector.actions.releasing import add_late
from xsector.actions.running import show_on_wall
from xsector.errors.common import NotFoundError
from xsector.errors.rounds import TooFewWordsError
from xsector.model.released import Word
from xsector.reports.wall import wall_state, words_on_wall
from xsector.reports.words import words_of


def spoken_house(engine, *, writers, agreeing=100, said="Comment {}", per_organisation=2):
    """A revealed round in which the first *writers* people commented on R1 and answered T1."""
    house = open_house(engine, sectors={"government": 8, "business": 8}, per_organisation=per_organisation)
    for place, who in enumerate(house.people):
        of = {"respondent": who, "round_id": house.round.id, "may_show": place < agreeing, "now": NOW}
        if place < writers:
            save_comment(engine, code="R1", text=said.format(place), **of)
            save_text(engine, code="T1", text=f"Text {place}", **of)
        finished(house, who, {"R1": 1})
    return revealed(house)


def found(house):
    """What can be read, by question."""
    return {one.code: one for one in words_of(house.engine, account=house.account, round_id=house.round.id)}


def let(house, word, *, shown=True):
    """Let the room see it."""
    let_through(house.engine, account=house.account, round_id=house.round.id, word=word, shown=shown, now=NOW)


def test_of_seven_nobody_reads_any(engine):
    assert found(spoken_house(engine, writers=7)) == {}


def test_eight_are_read_in_their_own_words_and_nothing_else_is_kept_of_them(engine):
    house = spoken_house(engine, writers=8)

    read = found(house)

    assert {one.text for one in read["R1"].words} == {f"Comment {place}" for place in range(8)}
    assert {one.text for one in read["T1"].words} == {f"Text {place}" for place in range(8)}
    with engine.connect() as connection:
        columns = connection.execute(text("SELECT * FROM word")).keys()
    assert set(columns) == {"release_id", "item", "place", "text", "may_show", "let_through"}


def test_words_from_one_organisation_alone_are_not_read(engine):
    assert found(spoken_house(engine, writers=8, per_organisation=8)) == {}


def test_the_room_sees_what_was_agreed_to_and_let_through(engine):
    house = spoken_house(engine, writers=10, agreeing=9)
    words = found(house)["R1"].words
    agreed, refused = [word for word in words if word.may_show], [word for word in words if not word.may_show]

    assert words_on_wall(engine, round_id=house.round.id, item="R1") == ("Wording of R1", ())
    let(house, agreed[0])
    with pytest.raises(TooFewWordsError):
        let(house, refused[0])

    assert words_on_wall(engine, round_id=house.round.id, item="R1")[1] == (agreed[0].text,)
    let(house, agreed[0], shown=False)
    assert words_on_wall(engine, round_id=house.round.id, item="R1")[1] == ()


def test_the_room_sees_none_where_fewer_than_eight_agreed(engine):
    house = spoken_house(engine, writers=10, agreeing=7)
    question = found(house)["R1"]

    with pytest.raises(TooFewWordsError):
        let(house, next(word for word in question.words if word.may_show))
    assert not question.for_room


def test_the_wall_shows_comments_only_where_some_were_let_through(engine):
    house = spoken_house(engine, writers=8)
    of = {"account": house.account, "round_id": house.round.id, "view": "words", "dark": False, "now": NOW}

    with pytest.raises(NotFoundError):
        show_on_wall(engine, item="R1", **of)
    let(house, found(house)["R1"].words[0])
    show_on_wall(engine, item="R1", page=1, **of)

    state = wall_state(engine, round_id=house.round.id)
    assert (state.view, state.item, state.page) == ("words", "R1", 1)


def test_a_deleted_comment_is_gone_for_good(engine):
    house = spoken_house(engine, writers=8)
    word = found(house)["R1"].words[0]

    delete_word(engine, account=house.account, round_id=house.round.id, word=word, now=NOW)

    assert word.text not in {one.text for one in found(house)["R1"].words}
    with pytest.raises(NotFoundError):
        let(house, word)


def test_a_comment_of_another_round_cannot_be_let_through(engine):
    house = spoken_house(engine, writers=8)

    with pytest.raises(NotFoundError):
        let(house, Word(release_id=99, item="R1", place=0, text="", may_show=True, let_through=False))


def test_the_order_of_words_tells_nothing_of_the_order_of_people(quick_engine):
    """Each of 12 rounds deals anew: place and person are no more related than chance allows."""
    dana, related = account(quick_engine), []
    for number in range(12):
        house = open_house(quick_engine, sectors={"government": 8, "business": 8}, name=f"Town {number}", by=dana)
        for place, who in enumerate(house.people):
            of = {"respondent": who, "round_id": house.round.id, "may_show": True, "now": NOW}
            save_comment(quick_engine, code="R1", text=str(place), **of)
            finished(house, who, {"R1": 1})
        words = found(revealed(house))["R1"].words
        related.append(spearmanr([int(word.text) for word in words], range(len(words))).statistic)

    assert abs(sum(related) / len(related)) < 0.35


def added_late(engine):
    """A revealed round with eight comments, and eight more that came with late answers."""
    house = open_house(engine, sectors={"government": 16})
    for number, who in enumerate(house.people):
        if number == 8:
            house = revealed(house)
        of = {"respondent": who, "round_id": house.round.id, "may_show": True, "now": NOW}
        save_comment(engine, code="R1", text="early" if number < 8 else "late", **of)
        finished(house, who, {"R1": 1})
    add_late(engine, account=house.account, round_id=house.round.id, now=NOW)
    return house


def test_comments_of_late_answers_stand_among_the_others(engine):
    words = found(added_late(engine))["R1"].words

    order = [word.text for word in words]
    assert sorted(order) == ["early"] * 8 + ["late"] * 8
    # By chance one of 6,435 orders is one of these two.
    assert order not in (["early"] * 8 + ["late"] * 8, ["late"] * 8 + ["early"] * 8)


def test_no_two_comments_on_a_question_have_one_place(engine):
    words = found(added_late(engine))["R1"].words

    places = [word.place for word in words]
    assert len(set(places)) == len(places) == 16
    assert max(places) > 1000
