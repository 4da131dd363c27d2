import pytest

from tests.said_in_modules import ALL_DONE, JUMPED, STAGE, road
from xsector.agenda import stage_words
from xsector.agenda.certainty import CLOSE
from xsector.analysis.stage import stage_of

STAND = "By the work that is done we stand"


def told(release):
    """Title, numbers and certainty of what needs talk most."""
    view = stage_of(release)
    first = stage_words.ordered(view)[0]
    return (
        stage_words.hedged(first, view=view, release=release),
        stage_words.about(first, view=view, release=release),
        stage_words.how_sure(first, view=view),
    )


def test_the_jump_is_told_with_the_work_that_it_skips():
    assert told(road(JUMPED)) == (
        "We work together already, and have skipped hard talks and ground rules",
        "90% say that we already do things together. How many say that the work before it is done: “Airing our "
        "differences” 10%, “Settling how we work” 10%. Groups like that often slow down later.",
        "",
    )


def test_what_may_be_the_few_who_answered_is_said_with_care():
    shares = {"Z03": 0.8, "Z12": 0.5, "Z06": 0.25, "Z08": 0.25, "Z09": 0.25}

    title, _, sure = told(road(shares, sizes=(2, 4)))

    assert title == "It may be that we work together already, and have skipped hard talks and ground rules"
    assert sure == f"With 6 answers, one person can change the picture. {CLOSE}"


def test_a_storm_and_a_silence_quote_the_statements_they_rest_on():
    assert told(road({**ALL_DONE, "Z04": 0.9, "Z06": 0.1}))[1] == (
        "“We argue about goals, roles or control”: 18 of 20 agree. "
        "“We have talked through our hardest disagreement”: 2 of 20 agree."
    )
    assert told(road({**ALL_DONE, "Z01": 0.9, "Z05": 0.1, "Z12": 0.2}))[1] == (
        "“We are still polite and careful with each other”: 18 of 20 agree. "
        "“Real worries get raised in the room, not in the hallway”: 2 of 20 agree."
    )


def test_a_split_names_both_sectors_and_how_often_chance_would_make_it():
    title, numbers, sure = told(road(ALL_DONE, pictures=[(9, 1, 0, 0), (0, 0, 3, 7)], chance=0.02))

    assert title == "Government leans to “Getting to know each other”, Non-profit to “Getting results together”"
    assert numbers == (
        "Government: 9 of 10 chose “Getting to know each other”. Non-profit: 7 of 10 chose “Getting results together”."
    )
    assert sure.endswith("a gap this big would turn up about 2 times in 100.")


def test_a_step_back_is_called_normal():
    before = road(ALL_DONE, title="Spring")

    title, numbers, _ = told(road({}, title="Autumn", past=(before,)))

    assert title == "We have gone back a step since last time, and that is normal"
    assert numbers == (
        "“Spring”: at “Getting results together”. Now: at “Getting to know each other”. "
        "That is normal after new people, new money or a new goal: the cycle is run again."
    )


@pytest.mark.parametrize(
    ("shares", "sizes", "sentence"),
    [
        (ALL_DONE, (10, 10), f"{STAND} at “Getting results together”"),
        (
            {"Z03": 0.5},
            (10, 10),
            f"{STAND} somewhere from “Getting to know each other” to “Airing our differences”",
        ),
        ({}, (1, 1), "Too few answers to say where we are on the road"),
    ],
)
def test_where_nothing_is_found_the_headline_says_where_we_are(shares, sizes, sentence):
    release = road(shares, sizes=sizes)

    assert stage_words.headline(stage_of(release), release=release) == sentence


def test_without_a_split_the_picture_that_most_chose_is_the_headline():
    release = road(ALL_DONE, pictures=[(1, 1, 8, 0), (0, 2, 8, 0)])
    silent = road(ALL_DONE)

    assert stage_words.choices_headline(stage_of(release), release=release) == (
        "16 of 20 of us chose “Settling how we work”"
    )
    assert stage_words.choices_headline(stage_of(silent), release=silent) == f"{STAND} at “Getting results together”"


def test_tables_hold_every_statement_and_every_group_s_pictures():
    release = road(JUMPED, pictures=[(9, 1, 0, 0), (0, 0, 0, 10)])
    view = stage_of(release)

    statements = stage_words.statements_table(view, release=release)
    pictures = stage_words.pictures_table(view, release=release)

    assert len(statements) == 1 + len(STAGE.statements)
    assert {len(row) for row in statements} == {8}
    assert statements[3] == (
        "We have learned what each partner does and needs.", "Getting to know each other", "Work", "80% of 20", "80%",
        "80%", "0", "34%",
    )  # fmt: skip
    assert pictures[1:] == (
        ("Everyone", "9", "1", "0", "10", "100%"),
        ("Government", "9", "1", "0", "0", "13%"),
        ("Non-profit", "0", "0", "0", "10", "0%"),
    )
    assert stage_words.pictures_table(stage_of(road(JUMPED)), release=release) == ()
    assert stage_words.stations_table(view, release=release)[1] == ("Getting to know each other", "0%", "80%")
