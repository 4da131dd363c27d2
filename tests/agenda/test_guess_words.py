import math
from dataclasses import replace

import pytest

from tests.agenda import releases
from tests.said_in_modules import at, guessing, same
from xsector.agenda import guess_words
from xsector.analysis.guesses import guesses_of

BUS = "Business"


def guessed(actual, *, own, guess, people=8, **more):
    release = guessing(
        {"K01": [same(own, people), same(own, people), same(actual, people)]},
        {("K01", BUS): [same(guess, people), same(guess, people), same(actual, people)]},
        **more,
    )
    return release, guesses_of(release)


@pytest.mark.parametrize(
    ("gap", "words"),
    [(2.4, "2.4 too high"), (-0.5, "0.5 too low"), (0.2, "about right"), (0.0, "about right"), (math.nan, "–")],
)
def test_a_gap_is_told_in_steps(gap, words):
    assert guess_words.off(gap) == words


@pytest.mark.parametrize(
    ("actual", "own", "guess", "title", "means"),
    [
        (
            2, 4, 4, "Hidden gap: others think that Business agrees with them on “Statement K01”; it does not",
            "hidden gap: we think we agree, we do not",
        ),
        (
            4, 4, 2, "Imagined gap: others think that Business sees “Statement K01” differently; it does not",
            "imagined gap: we think we differ, we do not",
        ),
        (
            2, 4, 2, "We know each other well: every guess is about right", "real gap: we differ, and we know it",
        ),
        (5, 3, 1, "Others guess Business 4.0 too low on “Statement K01”", guess_words.WRONG_WAY),
    ],
)  # fmt: skip
def test_each_case_has_its_words(actual, own, guess, title, means):
    _, found = guessed(actual, own=own, guess=guess)

    assert guess_words.headline(found) == title
    assert guess_words.means(found[0].others) == means


def test_a_guess_on_the_far_side_is_near_but_wrong():
    release = guessing({"K01": [at(3, 3, 4, 4), at(3, 3, 4, 4), at(2, 3, 3, 3)]}, {("K01", BUS): [at(4, 4, 4, 4)] * 3})

    [found] = guesses_of(release)

    assert guess_words.means(found.others) == guess_words.NEAR


def test_numbers_people_and_how_near_the_guess_lies_to_ones_own():
    release, [found] = guessed(2, own=4, guess=4, no_idea=2)

    assert guess_words.about(found) == (
        "Business says 2.0 on average, the others guessed 4.0 and say 4.0 themselves, on a scale of 1 to 5. "
        "Hidden gap: we think we agree, we do not."
    )
    assert guess_words.based_on(found) == "8 from Business answered, 16 others guessed; 4 have no idea."
    assert guess_words.how_sure(found) == (
        "The guesses lie nearer to what the others say themselves than to what Business says."
    )
    assert guess_words.by_block(found, release=release) == (
        "By group: Government 2.0 too high; Non-profit 2.0 too high."
    )


def test_what_may_be_the_few_who_answered_is_said_with_care():
    release = guessing(
        {"K01": [at(3, 4, 4, 5), at(3, 4, 4, 5), at(1, 2, 5)]}, {("K01", BUS): [at(3, 4, 4, 4)] * 2 + [at(3, 3, 3)]}
    )
    [found] = guesses_of(release)

    assert guess_words.hedged(found).startswith("Perhaps: hidden gap: others think")
    assert guess_words.how_sure(found).startswith("With 3 answers, one person can change the picture. This is close")
    assert "perhaps" not in guess_words.headline([found]).lower()
    assert guess_words.headline([found]) == "Others guess Business 1.1 too high on “Statement K01”"


def test_hidden_gaps_come_before_imagined_ones_and_clear_before_unclear():
    release = guessing(
        {
            "K01": [same(4, 8), same(4, 8), same(4, 8)],
            "K02": [same(4, 8), same(4, 8), same(2, 8)],
            "K03": [at(3, 4, 4, 5), at(3, 4, 4, 5), at(1, 1, 4)],
        },
        {
            ("K01", BUS): [same(1, 8)] * 3,
            ("K02", BUS): [same(4, 8)] * 3,
            ("K03", BUS): [at(3, 4, 4, 4)] * 3,
        },
    )

    assert [one.item for one in guess_words.urgent(guesses_of(release))] == ["K02", "K01", "K03"]


def test_what_is_not_compared_is_said_with_its_reason():
    release, found = guessed(2, own=4, guess=4, together=(2,))

    assert guess_words.silent_note(found) == "Not compared: Business (the answers are not shown by themselves)."
    assert guess_words.headline(found) == "No guess can be laid beside an answer"
    assert guess_words.about(found[0]) == "Not compared: the answers are not shown by themselves."
    assert guess_words.table(found, release=release)[-1][-1].startswith("not compared")
    assert guess_words.short_table(found) == (guess_words.short_table(())[0],)


def test_a_long_statement_is_named_by_its_short_name():
    release = guessing({"K01": [same(4, 8), same(4, 8), same(2, 8)]}, {("K01", BUS): [same(4, 8)] * 3})
    [asked] = release.asked
    long = releases.rating(asked.code, asked.counts, text="A statement " * 12, module=asked.module, parts=asked.parts)

    [found] = guesses_of(replace(release, asked=(long,)))

    assert guess_words.quoted(found) == "“Short K01”"


def test_the_table_has_all_others_first_and_then_each_group():
    release, found = guessed(2, own=4, guess=4)

    heads, whole, *groups = guess_words.table(found, release=release)

    assert {len(row) for row in (heads, whole, *groups)} == {9}
    assert whole == (
        "Statement K01.", "Business", "2.0", "All others", "16", "4.0", "4.0", "2.0 too high",
        "hidden gap: we think we agree, we do not",
    )  # fmt: skip
    assert [row[3] for row in groups] == ["Government", "Non-profit"]
