"""The boards of a meeting: everything readable, nothing cut or overlapping, words of people inert."""

import json

import pytest

from tests.charts.boxes import outside, overlapping, text_boxes
from tests.charts.rooms import BLANK, DARK, LIGHT, ROOMS, promises, promises_wall
from xsector.charts.ballots import ballot_clock
from xsector.charts.measuring import text_width
from xsector.charts.meeting import break_clock, corner_clock
from xsector.charts.theme import BOLD, SMALL

ALL = pytest.mark.parametrize("name", ROOMS)
TIMED = ("title", "lines", "question", "promises")


def of(*kinds):
    return [name for name in ROOMS if name.split("_")[0] in kinds]


def figures_of(spot, *, longest):
    """The box of the longest time a clock can show."""
    wide = text_width(longest, size=spot.size, weight=BOLD)
    left = {"start": spot.x, "middle": spot.x - wide / 2, "end": spot.x - wide}[spot.anchor]
    return (left, left + wide, spot.y - spot.size / 2, spot.y + spot.size / 2)


def under(figure, box):
    """Lines that a clock in *box* would cover."""
    return [text for text, left, right, top, bottom in text_boxes(figure)
            if left < box[1] and box[0] < right and top < box[3] and box[2] < bottom]  # fmt: skip


@ALL
def test_all_text_stays_on_the_sheet(name):
    assert outside(ROOMS[name]()) == []


@ALL
def test_no_text_touches_another(name):
    assert overlapping(ROOMS[name]()) == []


@ALL
def test_no_letter_is_too_small_for_the_room(name):
    assert min(text.font.size for text in ROOMS[name]().layout.annotations) >= SMALL


@ALL
def test_the_words_for_those_who_cannot_see_begin_with_what_stands_on_top(name):
    meta = ROOMS[name]().layout.meta

    assert meta["alt"].startswith(meta["title"].rstrip("."))


@pytest.mark.parametrize("name", [name for name in ROOMS if name.endswith("nasty")])
def test_text_of_people_never_becomes_markup(name):
    figure = json.loads(ROOMS[name]().to_json())
    texts = [text["text"].replace("<br>", "") for text in figure["layout"]["annotations"]]

    assert [text for text in texts if set(text) & set("<>$")] == []
    assert any("onerror=1&gt;" in text for text in texts)


@pytest.mark.parametrize("name", [name for name in ROOMS if "wide" not in name and "nasty" not in name])
def test_nothing_is_cut(name):
    cut = [text for text, *_ in text_boxes(ROOMS[name]()) if text.endswith("…") and text != "Counting…"]

    # The longest words there can be, as many as there can be: what they are is on everybody's own screen.
    assert [text for text in cut if name not in CUT] == []


CUT = {"title_long", "lines_long", "again_seven", "moved_seven", "fist_long", "moved_long", "vote_moved_long",
       "again_roughly_seven", "promises_one_long", "dots_twelve"}  # fmt: skip


@pytest.mark.parametrize("name", of(*TIMED))
def test_the_clock_of_a_step_covers_no_word(name):
    assert under(ROOMS[name](), figures_of(corner_clock(LIGHT), longest="120:00")) == []


@pytest.mark.parametrize("name", [name for name in of("vote") if "counting" not in name])
def test_the_clock_of_a_vote_covers_no_word(name):
    assert under(ROOMS[name](), figures_of(ballot_clock(LIGHT), longest="10:00")) == []


@pytest.mark.parametrize("name", of("break"))
def test_the_clock_of_a_break_covers_no_word_and_is_read_from_anywhere(name):
    assert under(ROOMS[name](), figures_of(break_clock(LIGHT), longest="120:00")) == []
    assert break_clock(LIGHT).size > 0.4 * LIGHT.height


def test_a_question_stays_where_it_is_when_the_room_is_asked_to_guess():
    alone, talked = ([text.to_plotly_json() for text in ROOMS[name]().layout.annotations]
                     for name in ("question", "question_talk"))  # fmt: skip

    assert talked[: len(alone)] == alone
    assert len(talked) == len(alone) + 1


@pytest.mark.parametrize("name", of("question", "vote"))
def test_answers_end_above_what_stands_at_the_foot(name):
    foot = 566
    boxes = [(top, bottom) for _, _, _, top, bottom in text_boxes(ROOMS[name]())]

    assert [box for box in boxes if box[0] < foot < box[1]] == []


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_a_blank_wall_has_no_mark_at_all(theme):
    figure = BLANK["blank_dark" if theme.dark else "blank"]()

    assert figure.layout.annotations == figure.layout.shapes == ()
    assert [len(trace.x) for trace in figure.data] == [0]
    assert figure.layout.paper_bgcolor == theme.calm not in {"#FFFFFF", "#000000", theme.background}


@pytest.mark.parametrize("many", [1, 5, 8])
def test_up_to_eight_promises_are_all_on_the_wall_in_the_order_in_which_they_were_made(many):
    texts = [text.text.replace("<br>", " ") for text in promises_wall(promises(many), theme=LIGHT).layout.annotations]
    days = [text for text in texts if text.split(" ")[0].isdigit()]

    assert days == ["20 May", "27 May", "3 Jun", "10 Jun", "17 Jun", "24 Jun", "1 Jul", "8 Jul"][:many]
    assert ("More than five is a wish list." in texts) is (many > 5)


@pytest.mark.parametrize("many", [20, 40])
def test_of_many_promises_the_newest_are_whole_and_the_others_counted(many):
    figure = promises_wall(promises(many), theme=LIGHT)
    texts = [text.text.replace("<br>", " ") for text in figure.layout.annotations]
    rows = sum(text.startswith(("Amara", "Ben", "Carmen")) for text in texts)

    assert f"and {many - rows} more, made before these" in texts
    assert rows >= 8


def test_an_empty_list_says_what_a_promise_is():
    alt = ROOMS["promises_none"]().layout.meta["alt"]

    assert "One person, by name" in alt
    assert "One day" in alt
