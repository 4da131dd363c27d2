"""Themes by keywords, near-duplicates, heaps, and the file of prompts."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xsector.errors.files import InstrumentFileError
from xsector.model.cards import Card, Rule, Theme, ballot_mark, card_marks, heaps_of, piles_of, top_piles
from xsector.model.cards_file import read_prompts
from xsector.model.theming import near_pairs, suggested
from xsector.settings import DATA

PROMPTS = read_prompts(DATA / "guides" / "cards.yaml")
LABELLED = {
    "Lip service": ("Lots of talk and no action", "They signed and never showed up", "A plan on a shelf",
                    "Commitments without follow through"),
    "Hidden aims": ("Hidden agendas", "Deals behind closed doors", "Each had their own interest first"),
    "Turf": ("Everybody fought over the credit", "Silos", "Turf wars", "Competing for the same funding"),
    "Poor contact": ("We never got any information", "Nobody answered my emails", "Bad communication",
                     "Nobody listened to residents"),
    "Suspicion": ("No trust", "They blamed each other", "Afraid to speak up", "Mistrust from the last project"),
    "Heavy meetings": ("Meetings were too long", "Endless reports", "Two hours of slides", "Boring"),
}  # fmt: skip
"""Cards as people write them, by the theme that a person would choose."""


def card(place, **facts):
    return Card(place=place, text=f"Card {place}", **facts)


def test_every_prompt_is_there_with_its_themes():
    assert [(one.code, one.short, len(one.themes)) for one in PROMPTS] == [
        ("V1", "Has not worked", 6), ("V2", "Has worked", 6), ("V3", "How we arrive", 3)
    ]  # fmt: skip
    assert PROMPTS[0].text == "What has NOT worked in partnerships you were part of before?"
    assert [theme.label for theme in PROMPTS[0].themes] == list(LABELLED)


def test_words_suggest_the_theme_that_a_person_would_choose():
    names = {theme.number: theme.label for theme in PROMPTS[0].themes}
    found = [
        (label, names.get(suggested(text, PROMPTS[0].themes))) for label, texts in LABELLED.items() for text in texts
    ]

    right = sum(label == name for label, name in found)
    assert right / len(found) >= 0.8, [pair for pair in found if pair[0] != pair[1]]


@pytest.mark.parametrize(
    ("text", "keyword", "found"),
    [
        ("Too many meetings", "meeting", True),
        ("TOO MANY MEETINGS!", "meeting", True),
        ("We met", "meeting", False),
        ("An ego here", "ego", True),
        ("Egon left", "ego", False),
        ("No follow-through at all", "follow through", True),
        ("Follow the river through", "follow through", False),
        ("Nobody’s fault", "nobodys", True),
        ("", "meeting", False),
        ("Meetings", "!?", False),
    ],
)
def test_a_keyword_is_a_word_or_its_beginning(text, keyword, found):
    assert suggested(text, [Theme(number=7, label="T", keywords=(keyword,))]) == (7 if found else None)


def test_the_theme_with_more_keywords_wins_and_of_equals_the_first():
    one, two = Theme(number=1, label="A", keywords=("red",)), Theme(number=2, label="B", keywords=("green", "blue"))

    assert suggested("red green blue", [one, two]) == 2
    assert suggested("red green", [one, two]) == 1


def test_texts_that_say_nearly_the_same_are_found():
    texts = ["Meetings were too long", "No trust", "The meetings are too long", "Too long meetings!", "No trust at all",
             "Silos", "Nobody came"]  # fmt: skip

    assert {frozenset(pair) for pair in near_pairs(texts)} == {
        frozenset({0, 2}), frozenset({0, 3}), frozenset({2, 3}), frozenset({1, 4})
    }  # fmt: skip


@given(st.lists(st.text(max_size=30), max_size=8))
def test_any_texts_can_be_compared_and_equal_ones_are_pairs(texts):
    pairs = near_pairs(texts)

    assert all(first < second for first, second in pairs)
    words = [[word for word in text.split() if word.isascii() and word.isalpha()] for text in texts]
    for second, text in enumerate(texts):
        for first in range(second):
            if text == texts[first] and words[second]:
                assert (first, second) in pairs


def test_piles_leave_out_what_is_hidden_and_count_what_lies_under():
    cards = [card(1), card(2, under=1), card(3, under=1, hidden=True), card(4, hidden=True), card(5, under=4)]

    assert [(pile.head.place, pile.count) for pile in piles_of(cards)] == [(1, 2)]


def test_the_largest_heap_comes_first_and_what_has_no_theme_last():
    themes = [Theme(number=1, label="A"), Theme(number=2, label="B"), Theme(number=3, label="C")]
    cards = [card(1, theme=1), card(2, theme=2), card(3, theme=2), card(4), card(5), card(6), card(7, theme=99)]

    assert [(heap.label, heap.count) for heap in heaps_of(themes, cards)] == [("B", 2), ("A", 1), ("", 4)]


def test_the_most_dots_come_first():
    assert [pile.head.place for pile in top_piles([card(1, dots=1), card(2), card(3, dots=4)])] == [3, 1]


def test_a_rule_is_one_sentence():
    assert Rule(number=1, text="listen first.").sentence == "In this partnership we will listen first."


def test_marks_differ_by_person_card_and_brainstorm():
    marks = [*card_marks("a", brainstorm_id=1), *card_marks("a", brainstorm_id=2), *card_marks("b", brainstorm_id=1),
             ballot_mark("a", brainstorm_id=1), ballot_mark("b", brainstorm_id=1)]  # fmt: skip

    assert len(set(marks)) == len(marks)
    assert card_marks("a", brainstorm_id=1) == card_marks("a", brainstorm_id=1)


def test_cards_under_a_card_that_is_not_shown_are_not_shown_either():
    one = card(1, hidden=True)

    assert piles_of([one, card(2, under=1)]) == []
    assert len(piles_of([replace(one, hidden=False), card(2, under=1)])) == 1


GOOD = """schema: xsector.cards/1
version: 1.0.0
prompts:
  - {code: A, text: "What?", short: What, vote: "Which?", source: us, themes: [{label: One, keywords: [one]}]}
"""


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("cards/1", "cards/2"), "schema"),
        (('"What?"', '""'), "text"),
        (("[{label: One, keywords: [one]}]", "[]"), "themes"),
        (("keywords", "words"), "words"),
        (("code: A", "code: A, extra: 1"), "extra"),
    ],
)
def test_a_broken_file_is_refused_with_its_place(tmp_path: Path, change, said):
    path = tmp_path / "cards.yaml"
    path.write_text(GOOD.replace(*change), encoding="utf-8")

    with pytest.raises(InstrumentFileError, match=said):
        read_prompts(path)


def test_a_code_that_stands_twice_is_refused(tmp_path: Path):
    path = tmp_path / "cards.yaml"
    path.write_text(GOOD + GOOD.splitlines()[-1] + "\n", encoding="utf-8")

    with pytest.raises(InstrumentFileError, match="twice"):
        read_prompts(path)
