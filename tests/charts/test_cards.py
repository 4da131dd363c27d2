"""Brainstorms on the wall: everything readable, everything there once, and the words of people inert."""

import json
from dataclasses import replace

import pytest

from tests.charts import samples
from tests.charts.boxes import outside, overlapping
from xsector.charts.cards import (
    card_wall,
    clock_place,
    page_count,
    rule_wall,
    top_wall,
    waiting_cards,
    writing_wall,
)
from xsector.charts.theme import SMALL
from xsector.charts.theme import Theme as Sheet
from xsector.model.cards import LONGEST_CARD, LONGEST_PROMPT, LONGEST_RULE, Card, Rule, Theme, heaps_of, top_piles

PROMPT = "What has NOT worked in partnerships you were part of before?"
LONG = ("word " * 60)[: LONGEST_PROMPT - 1].strip() + "?"
THEMES = [Theme(number=number, label=label) for number, label in enumerate(
    ("Lip service", "Hidden aims", "Turf", "Poor contact", "Suspicion", "Heavy meetings"), start=1
)]  # fmt: skip
LIGHT, DARK = Sheet(), Sheet(dark=True)


def cards(many, *, text="Card {} of a room that has something to say"):
    return [Card(place=place, text=text.format(place), theme=(None, 1, 1, 2, 3, 4, 6)[place % 7], dots=many - place)
            for place in range(1, many + 1)]  # fmt: skip


def heaps(many, **given):
    return heaps_of(THEMES, cards(many, **given))


def writing(prompt=PROMPT, theme=LIGHT, written=34):
    return writing_wall(prompt, written=written, people=21, invited=50, ask="Write alone. As many as you like.",
                        note="The room sees cards only if at least 8 people wrote. " * 2, theme=theme)  # fmt: skip


def waiting(prompt=PROMPT, theme=LIGHT):
    return waiting_cards(prompt, said="The facilitator reads them for names first.", figure=1234,
                         under="cards from 230 people", note="About: " + prompt, theme=theme)  # fmt: skip


def wall(heaps_, page=0, prompt=PROMPT, theme=LIGHT):
    return card_wall(prompt, heaps=heaps_, page=page, took_part="from 23 people", theme=theme)


def top(many, theme=LIGHT, **given):
    return top_wall("Mark the three that we must not repeat here.", top=top_piles(cards(many, **given)), voters=31,
                    theme=theme)  # fmt: skip


def rule(text, because="", theme=LIGHT, of=3):
    return rule_wall(Rule(number=1, text=text, because=because), page=1, of=of, theme=theme)


WIDEST = "W" * LONGEST_CARD
GALLERY = {
    "writing": lambda: writing(),
    "writing_dark": lambda: writing(theme=DARK, written=1),
    "writing_long": lambda: writing(LONG, written=1500),
    "writing_nasty": lambda: writing(samples.NASTY),
    "waiting": lambda: waiting(),
    "waiting_long": lambda: waiting(LONG, theme=DARK),
    "waiting_nasty": lambda: waiting(samples.NASTY),
    "cards_one": lambda: wall(heaps(1)),
    "cards_few": lambda: wall(heaps(8)),
    "cards": lambda: wall(heaps(100), theme=DARK),
    "cards_last": lambda: wall(heaps(100), page=99),
    "cards_long": lambda: wall(heaps(30, text="{} " + "long words that fill a card to its very end " * 2), page=1),
    "cards_wide": lambda: wall(heaps(9, text=WIDEST[:-2] + "{}"), prompt=LONG),
    "cards_nasty": lambda: wall(heaps(8, text=samples.NASTY + " {}"), prompt=samples.NASTY),
    "cards_none": lambda: wall([]),
    "top": lambda: top(9),
    "top_many": lambda: top(200, theme=DARK),
    "top_three": lambda: top(3),
    "top_long": lambda: top(6, text="{} " + "long words that fill a card to its very end " * 2),
    "top_nasty": lambda: top(4, text=samples.NASTY + " {}"),
    "top_none": lambda: top(0),
    "rule": lambda: rule("end every meeting with a decision, a name and a date", "Talk and no action"),
    "rule_long": lambda: rule(("say it in time " * 20)[:LONGEST_RULE], WIDEST, theme=DARK),
    "rule_short": lambda: rule("listen", of=1),
    "rule_nasty": lambda: rule(samples.NASTY, samples.NASTY),
}
ALL = pytest.mark.parametrize("name", GALLERY)


@ALL
def test_all_text_stays_on_the_sheet(name):
    assert outside(GALLERY[name]()) == []


@ALL
def test_no_text_touches_another(name):
    assert overlapping(GALLERY[name]()) == []


@ALL
def test_no_letter_is_too_small_for_the_room(name):
    assert min(text.font.size for text in GALLERY[name]().layout.annotations) >= SMALL


@pytest.mark.parametrize("name", [name for name in GALLERY if name.endswith("nasty")])
def test_text_of_people_never_becomes_markup(name):
    figure = json.loads(GALLERY[name]().to_json())
    texts = [text["text"].replace("<br>", "") for text in figure["layout"]["annotations"]]

    assert [text for text in texts if set(text) & set("<>$")] == []
    assert any("onerror=1&gt;" in text for text in texts)


@pytest.mark.parametrize("many", [1, 15, 16, 17, 40, 100])
def test_every_card_is_on_one_page_and_on_no_other(many):
    there = heaps(many)
    pages = [wall(there, page=page) for page in range(page_count(PROMPT, there, theme=LIGHT))]

    said = [text.text.replace("<br>", " ") for page in pages for text in page.layout.annotations]
    for pile in (pile for heap in there for pile in heap.piles):
        assert said.count(pile.head.text) == 1


def test_a_card_that_stands_for_others_has_their_number():
    joined = [replace(card, under=1, theme=1) if card.place in (2, 3) else card for card in cards(6)]

    figure = wall(heaps_of(THEMES, joined))

    assert "×3" in [text.text for text in figure.layout.annotations]


def test_the_clock_stands_where_nothing_else_is():
    for prompt in (PROMPT, LONG):
        place, figure = clock_place(prompt, theme=LIGHT), writing(prompt)
        tops = [text for text in figure.layout.annotations if text.x < place.x + 3 * place.size]
        near = [text for text in tops if abs(text.y - place.y) < place.size / 2 and text.yanchor == "middle"]
        assert near == []
        assert place.y + place.size / 2 < 660


def test_before_the_reading_no_card_is_in_the_words_for_those_who_cannot_see():
    assert writing().layout.meta["alt"].startswith(f"{PROMPT}. 34 cards from 21 of 50 people")
    assert "No card got a dot" in top(0).layout.meta["alt"]
