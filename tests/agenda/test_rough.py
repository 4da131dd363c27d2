import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.agenda.releases import AGREE, release
from xsector.agenda.build import build_agenda
from xsector.agenda.rough import TOO_ROUGH, apart_caption, apart_reading, apart_sentences, rough_note, rough_table
from xsector.analysis.banded import Interval, Reach, reach_of_everybody
from xsector.model.guide import read_guide
from xsector.model.released import WITHHELD, Band, BandedItem, Missing
from xsector.settings import DATA

GUIDE = read_guide(DATA / "guides" / "discussion.yaml")


def trust(*kept, code="S1", text="Partners do what they say.", levels=AGREE, ordered=True):
    """A question about trust, each block kept as counts or as a pole with at least so many of so many people."""
    return BandedItem(
        code=code, text=text, short=f"Short {code}", theme="trust", levels=levels, ordered=ordered, reverse=False,
        counts=tuple(None if isinstance(one[0], str) else tuple(one) for one in kept),
        missing=tuple(None if isinstance(one[0], str) else Missing() for one in kept),
        bands=tuple(
            Band(pole=one[0], at_least=one[1], people=one[2]) if isinstance(one[0], str) else None for one in kept
        ),
    )  # fmt: skip


def told(*items, sizes=(20, 22, 24)):
    return replace(release(sizes=sizes), banded=tuple(items))


def between(low, high):
    return Reach(divergence=Interval(low=low, high=high), mean=None)


NARROW = trust(("high", 18, 20), ("high", 20, 22), ("high", 22, 24))
WIDE = trust(("high", 3, 5), ("high", 4, 6), (WITHHELD, 0, 6), code="S2", text="Partners keep secrets.")


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (0.0, 0.2, "aligned"),
        (0.0, 0.25, "between aligned and some spread"),
        (0.3, 0.6, "between some spread and divided"),
        (0.3, 0.65, "between some spread and divided"),
        (0.3, 0.66, "between some spread and strongly divided"),
        (0.7, 1.0, "strongly divided"),
        (0.0, 0.65, "between aligned and divided"),
        (0.0, 0.66, TOO_ROUGH),
        (0.249, 1.0, TOO_ROUGH),
        (0.25 - 1e-16, 0.65 + 1e-16, "between some spread and divided"),
    ],
)
def test_the_words_of_both_ends_are_said_or_that_nothing_can_be_told(low, high, words):
    assert apart_reading(between(low, high)) == words


def test_where_nobody_can_have_answered_nothing_can_be_told():
    assert apart_reading(Reach(divergence=None, mean=None)) == TOO_ROUGH


def test_the_caption_is_one_sentence_on_distance_and_one_on_the_average():
    assert apart_caption(NARROW) == (
        "How far apart we are: between aligned and some spread. Average answer: 3.7 to 5.0 on the scale of 1 to 5."
    )


def test_the_page_also_has_both_ends_in_percent_and_what_they_mean():
    assert apart_sentences(NARROW) == (
        "How far apart we are: between aligned and some spread (0% to 50%, where 100% is half of us at each end). "
        "Average answer: 3.7 to 5.0 on the scale of 1 to 5."
    )


def test_what_is_too_roughly_known_has_no_percents():
    said = apart_sentences(trust(("high", 3, 5), ("high", 3, 5), ("high", 3, 5)))

    assert said.startswith("How far apart we are: too roughly known to tell. Average answer: 2.8")
    assert "%" not in said


def test_an_average_that_may_be_anything_is_not_spoken_of():
    assert apart_caption(trust((WITHHELD, 0, 9))) == "How far apart we are: too roughly known to tell."


def test_yes_and_no_have_no_average():
    said = apart_caption(trust(("high", 90, 92), levels=("No", "Yes")))

    assert said == "How far apart we are: aligned."


def test_answers_without_an_order_are_apart_but_have_no_average():
    said = apart_sentences(trust(("answer 1", 98, 100), levels=("Red", "Green", "Blue"), ordered=False))

    assert said == "How far apart we are: aligned (0% to 6%, where 100% is every answer chosen equally often)."


def test_the_table_tells_of_each_group_what_is_kept_and_what_follows():
    mixed = trust(("high", 18, 20), (WITHHELD, 0, 22), (3, 0, 1, 1, 2))

    heads, everybody, *groups = rough_table(mixed, release=told(mixed))

    assert heads == ("Group", "What is kept", "How far apart", "Average answer")
    assert everybody == ("All together", "", TOO_ROUGH, "2.3 to 4.7")
    assert groups == [
        ("Government", "at least 18 of 20 say “Agree” or “Strongly agree”", "between aligned and divided (0% to 52%)",
         "3.7 to 5.0"),
        ("Non-profit", "not shown: people have come or gone since an earlier round", TOO_ROUGH, "–"),
        ("Business", "3 say “Strongly disagree” or “Disagree”, 1 says “Neither”, 3 say “Agree” or “Strongly agree”",
         "strongly divided (94%)", "2.9"),
    ]  # fmt: skip


@settings(derandomize=True, max_examples=80, deadline=None)
@given(st.integers(5, 400), st.integers(5, 400), st.sampled_from(["low", "middle", "high"]))
def test_the_ends_that_are_printed_never_leave_out_what_is_possible(people, others, pole):
    item = trust((pole, people - 2, people), ("high", others - 2, others))
    reach = reach_of_everybody(item)

    said = apart_sentences(item)

    for found, known, one in (
        (re.search(r"\((\d+)% to (\d+)%", said), reach.divergence, 100),
        (re.search(r"([\d.]+) to ([\d.]+) on", said), reach.mean, 1),
    ):
        if found:
            low, high = (float(end) / one for end in found.groups())
            assert low <= known.low + 1e-9
            assert high >= known.high - 1e-9


def test_the_note_names_the_questions_by_what_can_be_told_of_them():
    other = trust(("high", 18, 20), ("high", 20, 22), ("high", 22, 24), code="S3")

    assert rough_note(told(NARROW, WIDE, other)) == (
        "How far apart we are there: between aligned and some spread on “Short S1” and “Short S3”; "
        "too roughly known to tell on “Short S2”."
    )
    assert rough_note(told()) == ""


def test_the_agenda_says_how_far_apart_we_are_on_questions_about_trust():
    agenda = build_agenda(told(NARROW), guide=GUIDE, minutes=60)

    assert (
        "1 question about trust is told only roughly. How far apart we are there: between aligned and some "
        "spread on “Short S1”. Each person counts once"
    ) in agenda.based_on
