import time
import unicodedata
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xsector.errors.common import UnusableTextError
from xsector.model.names import LONGEST_KEY, clean_line, clean_name, clean_text, name_key


def test_spaces_are_tidied_and_letters_composed():
    assert clean_line("  Cafe\u0301 \u00a0 de\u2003la  Paix ", longest=40) == "Café de la Paix"


@pytest.mark.parametrize(
    "text",
    [
        "two\nlines",
        "bell\x07",
        "turned\u202eround",
        "zero\u200bwidth",
        "joined\u200dup",
        "soft\u00adhyphen",
        "mark\ufeffed",
        "half\ud800",
        "isolated\u2067",
        "filler\u3164",
        "line\u2028break",
    ],
)
def test_a_character_that_cannot_be_seen_is_refused(text):
    with pytest.raises(UnusableTextError, match="can't be seen"):
        clean_line(text, longest=40)


@pytest.mark.parametrize("text", ["", "   ", "\u00a0\u2003"])
def test_nothing_is_refused(text):
    with pytest.raises(UnusableTextError, match="is missing"):
        clean_line(text, longest=40)


def test_a_line_of_the_greatest_length_is_taken_and_one_longer_refused():
    assert clean_line("é" * 200, longest=200) == "é" * 200
    with pytest.raises(UnusableTextError, match="201 characters; 200 is the most"):
        clean_line("é" * 201, longest=200)


def test_stacked_accents_are_refused():
    with pytest.raises(UnusableTextError, match="accents"):
        clean_name("Z" + "\u0335\u0336\u0337\u0338" * 5)


@pytest.mark.parametrize("name", ["Nguyễn Thị Hồng", "محمد", "東京都", "संस्था", "O'Brien & Sons (North)", "3M", "שָׁלוֹם"])
def test_names_of_many_scripts_are_taken(name):
    assert clean_name(name) == unicodedata.normalize("NFC", name)


def test_a_name_needs_a_letter_or_a_number():
    with pytest.raises(UnusableTextError, match="a letter or a number"):
        clean_name("!!!")


def test_a_name_that_unfolds_beyond_its_key_is_refused():
    with pytest.raises(UnusableTextError, match="compared"):
        clean_name("\ufdfa" * 80)


def test_the_sentence_ends_with_the_remedy():
    with pytest.raises(UnusableTextError) as caught:
        clean_name("x" * 81)

    assert caught.value.sentence() == "The text has 81 characters; 80 is the most. Make it shorter."


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Café Río", "CAFE  rio"),
        ("Straße", "STRASSE"),
        ("ﬁnance", "Finance"),
        ("Ａｃｍｅ", "acme"),
        ("İzmir", "izmir"),
        ("Işık", "IŞIK"),
    ],
)
def test_names_that_look_alike_are_the_same(a, b):
    assert name_key(a) == name_key(b)


@pytest.mark.parametrize(("a", "b"), [("Acme", "Acne"), ("が", "か"), ("कु", "कि"), ("North 1", "North 2")])
def test_names_that_read_differently_are_not_the_same(a, b):
    assert name_key(a) != name_key(b)


@given(st.text(max_size=90))
def test_a_clean_name_stays_as_it_is_and_its_key_fits_the_table(text):
    try:
        name = clean_name(text)
    except UnusableTextError:
        return

    assert clean_name(name) == name
    assert unicodedata.is_normalized("NFC", name)
    assert len(name_key(name)) <= LONGEST_KEY
    assert name_key(name) == name_key(name.upper())


@given(st.text(max_size=60))
def test_the_key_of_a_key_is_itself(text):
    assert name_key(name_key(text)) == name_key(text)


@pytest.mark.parametrize("clean", [partial(clean_text, longest=500), partial(clean_line, longest=500), clean_name])
def test_a_row_of_a_hundred_thousand_accents_is_refused_at_once(clean):
    began = time.process_time()

    with pytest.raises(UnusableTextError):
        clean("e" + "\u0301\u0316" * 50_000)

    assert time.process_time() - began < 0.5


def test_what_is_far_too_long_for_a_name_is_compared_by_its_start():
    began = time.process_time()

    key = name_key("e" + "\u0301\u0316" * 50_000)

    assert len(key) < 2_000
    assert time.process_time() - began < 0.5
