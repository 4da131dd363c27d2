"""A file's answers to modules go the way of a form's: the same sheets, the same seal, the same rule of release."""

import pytest

from tests.actions import module_files
from tests.actions.module_files import (
    PEOPLE,
    as_csv,
    as_workbook,
    asked,
    imported,
    released,
    revealed_file,
    sheet,
    small_map,
)
from tests.build import NOW, finished, partnership, revealed
from xsector.actions.importing import import_survey
from xsector.actions.permission import OPERATOR
from xsector.actions.releasing import reveal
from xsector.actions.survey.mapping import ImportOptions
from xsector.actions.survey.reading import RESCALED
from xsector.export.agenda_file import agenda_file
from xsector.export.pictures import figures_for
from xsector.model.policy import Policy, Tier
from xsector.model.sector import DEFAULT_SECTORS
from xsector.reports.agendas import agenda_of
from xsector.reports.results import report_document


def as_shown(release):
    """Everything of a release that depends neither on numbers in the database nor on the order of sectors."""
    names = {one.id: one.name for one in release.organisations}
    blocks = [block.name for block in release.blocks]
    counts = {
        (one.code, block): (one.counts[place], one.missing[place])
        for one in (*release.items, *release.asked, *release.asked_banded)
        for place, block in enumerate(blocks)
    }
    return {
        "blocks": {block.name: block.n for block in release.blocks},
        "counts": counts,
        "bands": {
            (one.code, block): one.bands[place] for one in release.asked_banded for place, block in enumerate(blocks)
        },
        "held": release.held,
        "statements": sorted((names[one.organisation], one.item, one.counts, one.unsure) for one in release.statements),
        "names": list(names.values()),
    }


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("form_of_file", [as_csv, as_workbook])
def test_the_same_answers_by_form_and_by_file_give_the_same_release(engine, tmp_path, seed, form_of_file):
    house = module_files.house(engine)
    answers = module_files.everybody(house, seed=seed)
    path = form_of_file(tmp_path, module_files.table(house, answers))
    for who in house.people:
        finished(house, who, answers[who.participant_id])
    house = revealed(house)

    made = revealed_file(engine, path, map_text=module_files.mapped(house))

    assert (made.answered, made.unread, made.skipped) == (15, (), ())
    theirs, ours = released(engine, made.round.id), released(engine, house.round.id)
    assert as_shown(theirs) == as_shown(ours)
    assert {one.code for one in (*theirs.asked, *theirs.asked_banded)} >= {"W0_of_government", "W1_of_business"}
    assert {one.code for one in theirs.asked} >= {"R01_now", "R02_should", "Q01_own", "Q01_Q02_now", "Z01", "Z13", "W7"}


POINTS = """
  priorities:
    options: {Q01: "", Q02: "", parks: Look after parks}
    points:
      should: {Q01: help, Q02: rules, parks: parks}
"""


def points(folder, **cells):
    columns = {"help": "50", "rules": "30", "parks": "20"} | cells
    return as_csv(folder, sheet(*columns.items()))


@pytest.mark.parametrize(
    ("given", "level"),
    [(("50", "30", "20"), 10), (("1", "1", "2"), 5), (("33.3", "33,3", "33.4"), 7), (("25%", "", "75 %"), 5)],
)
def test_points_that_are_not_100_are_rescaled_to_it_and_the_notes_say_for_how_many(engine, tmp_path, given, level):
    path = points(tmp_path, **dict(zip(("help", "rules", "parks"), given, strict=True)))

    made = imported(engine, path, map_text=small_map(POINTS))

    told = [note for note in made.notes if "rescaled" in note]
    exact = given in {("50", "30", "20"), ("25%", "", "75 %")}
    assert told == ([] if exact else [f"12 people {RESCALED}."])
    assert asked(engine, made, "Q01_should")[level] == 12


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("-5", "“-5” in column “rules” is below 0"),
        ("many", "“many” in column “rules” is no number"),
        ("1e9", "“1e9” in column “rules” is no number"),
        ("½", "“½” in column “rules” is no number"),
    ],
)
def test_points_that_are_none_are_not_read_and_it_is_said_why(engine, tmp_path, cell, why):
    path = points(tmp_path, rules=[cell, *["30"] * 11])

    made = imported(engine, path, map_text=small_map(POINTS))

    assert made.unread == ((2, f"priorities (should): {why}; all of them count as skipped"),)
    assert made.unread_count == 1
    assert sum(asked(engine, made, "Q01_should")) == 11


def test_nobody_s_points_are_skipped_and_points_that_are_all_0_are_not_read(engine, tmp_path):
    first = {name: ["", "0", *["50"] * 10] for name in ("help", "rules", "parks")}

    made = imported(engine, points(tmp_path, **first), map_text=small_map(POINTS))

    assert made.unread == ((3, "priorities (should): all points are 0; all of them count as skipped"),)
    assert sum(asked(engine, made, "parks_should")) == 10


TOP = """
  priorities:
    options: {Q01: "", Q02: "", parks: Look after parks, Q05: ""}
    top: {should: {first: one, second: two, third: three}}
    names: {the green: parks}
"""


def test_a_ranking_names_options_by_code_wording_short_name_or_other_spelling(engine, tmp_path):
    path = as_workbook(tmp_path, sheet(("one", "the  GREEN"), ("two", "Changing rules and policies"), ("three", "q01")))

    made = imported(engine, path, map_text=small_map(TOP))

    assert (made.unread, asked(engine, made, "parks_should")) == ((), [0, 0, 0, 12])
    found = {one.code: one.counts for one in released(engine, made.round.id).asked}
    assert [found[code][0] for code in ("Q02_should", "Q01_should", "Q05_should")] == [
        (0, 0, 6, 0), (0, 6, 0, 0), (6, 0, 0, 0)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (("Q01", "Q02", "moon"), "“moon” is none of the options"),
        (("Q01", "Q02", "Q01"), "“Q01” is named twice"),
        (("Q01", "", "Q02"), "nothing is named second"),
    ],
)
def test_a_ranking_that_is_none_is_not_read_and_it_is_said_why(engine, tmp_path, row, why):
    usual = {"one": "Q01", "two": "Q02", "three": "Q05"}
    columns = [(name, [odd, *[usual[name]] * 11]) for name, odd in zip(usual, row, strict=True)]

    made = imported(engine, as_csv(tmp_path, sheet(*columns)), map_text=small_map(TOP))

    assert made.unread == ((2, f"priorities (should): {why}; all of them count as skipped"),)
    assert sum(asked(engine, made, "Q01_should")) == 11


ROLES = """
  roles:
    told_by_name: true
    answers: {both of us: Two or more share it}
    jobs:
      R01: {now: leads, should: ought, part: ours}
      pool: {text: Run the pool, now: p1, should: p2, part: p3}
"""
NAMES = "organisations: {City Hall: City, the county: County}\n"


def test_organisations_are_named_by_any_spelling_that_the_map_knows(engine, tmp_path):
    people = [(sector, {"City": "City Hall"}.get(house, house)) for sector, house in PEOPLE]
    columns = [
        ("leads", ["city hall", "CITY", "The County", "No one", "Don't know", "both of us", *[""] * 6]),
        ("ought", "same as today"), ("ours", "We help"), ("p1", "NA"), ("p2", "Acme"), ("p3", "4"),
    ]  # fmt: skip

    made = imported(engine, as_csv(tmp_path, sheet(*columns, people=people)), map_text=small_map(ROLES, before=NAMES))

    assert made.unread == ()
    # Acme, Bolt, City, Core, County, State; shared, no one.
    assert asked(engine, made, "R01_now") == [0, 0, 2, 0, 1, 0, 1, 1]
    release = released(engine, made.round.id)
    assert [one.name for one in release.organisations] == ["Acme", "Bolt", "City", "Core", "County", "State"]
    counted = {one.code: [sum(people) for people in zip(*one.counts, strict=True)] for one in release.asked}
    # Same as today: who was named today; the rest stays “same” or nobody's.
    assert counted["R01_should"] == [0, 0, 2, 0, 1, 0, 8, 1, 0]
    assert counted["pool_should"][0] == 12
    assert {(one.item, one.counts) for one in release.statements} == {
        ("R01_part", (0, 2, 0, 0)), ("pool_part", (0, 0, 0, 2))
    }  # fmt: skip


def test_an_organisation_that_is_not_in_the_file_is_not_read_and_it_is_said_how_to_mend_it(engine, tmp_path):
    columns = [("leads", ["Moon", *["City"] * 11]), ("ought", "City"), ("ours", "We lead"), ("p1", ""), ("p2", ""),
               ("p3", "")]  # fmt: skip

    made = imported(engine, as_csv(tmp_path, sheet(*columns)), map_text=small_map(ROLES))

    assert made.unread == (
        (2, "leads: “Moon” is none of the organisations; if it is one, name it in the map under `organisations:`; "
            "it counts as skipped"),
    )  # fmt: skip
    assert sum(asked(engine, made, "R01_now")) == 11


def test_whoever_has_no_organisation_says_nothing_for_one(engine, tmp_path):
    people = [*PEOPLE, ("Business", ""), ("Business", "")]
    columns = [("leads", "City"), ("ought", "City"), ("ours", "We lead"), ("p1", ""), ("p2", ""), ("p3", "")]

    made = imported(engine, as_csv(tmp_path, sheet(*columns, people=people)), map_text=small_map(ROLES))

    assert [row for row, _ in made.unread] == [14, 15]
    assert {why for _, why in made.unread} == {
        "no organisation is given, so what is said of its part, or of other organisations, is not read"
    }
    assert asked(engine, made, "R01_now")[2] == 14
    release = released(engine, made.round.id)
    assert sum(sum(one.counts) for one in release.statements) == 12
    assert "No organisation given" not in {one.name for one in release.organisations}


STAGE = """
  stage:
    statements: {Z01: careful, Z06: talked}
    levels: 0..4
    picture: picture
"""


def test_stage_takes_the_values_that_the_map_gives_and_the_labels(engine, tmp_path):
    columns = [("careful", ["0", "4", "Agree", "I can't judge", *["2"] * 8]), ("talked", "5"),
               ("picture", "3")]  # fmt: skip

    made = imported(engine, as_csv(tmp_path, sheet(*columns)), map_text=small_map(STAGE))

    assert made.unread_count == 12
    assert made.unread[0] == (2, "talked: “5” is none of 0 to 4; it counts as skipped")
    assert asked(engine, made, "Z01") == [1, 0, 8, 1, 1]
    (picture,) = [one for one in released(engine, made.round.id).asked if one.code == "Z13"]
    assert picture.counts == ((0, 0, 6, 0), (0, 0, 6, 0))


GUESSES = """
  guesses:
    items: {A1: {Business: guess b, Government: guess g}}
"""


def test_guesses_are_read_by_the_values_of_the_question_itself(engine, tmp_path):
    levels = "items: {A1: {levels: [bad, fair, good]}}\n"
    columns = [("A1", ["bad", "fair", "good"] * 4), ("guess b", "Good"), ("guess g", ["awful", *["fair"] * 11])]

    made = imported(engine, as_workbook(tmp_path, sheet(*columns)), map_text=small_map(GUESSES, before=levels))

    assert made.unread == ((2, "guess g: “awful” is none of bad to good; it counts as skipped"),)
    assert asked(engine, made, "A1_of_business") == [0, 0, 12]
    found = {one.code: one.counts for one in released(engine, made.round.id).asked}
    assert sorted(found["A1_of_government"]) == [(0, 5, 0), (0, 6, 0)]


def test_nobody_in_a_file_is_shown_by_organisation(engine, tmp_path):
    path = tmp_path / "answers.csv"
    rows = [f"{sector.code},{sector.label} house,{n % 5 + 1}" for sector in DEFAULT_SECTORS for n in range(6)]
    path.write_text("\n".join(["group,house,A1", *rows]) + "\n", encoding="utf-8")
    by_name = Policy(tier=Tier.BY_ORGANISATION)
    partnership(engine, by=OPERATOR, name="Harbour", policy=by_name)

    made = import_survey(
        engine, account=OPERATOR, path=path, partnership="Harbour", now=NOW,
        options=ImportOptions(sector="group", organisation="house", items=("A1",)),
    )  # fmt: skip

    assert made.round.policy == Policy()
    reveal_it = reveal(engine, account=OPERATOR, round_id=made.round.id, now=NOW)
    assert all(block.organisation is None for block in released(engine, reveal_it.id).blocks)


def test_the_report_has_a_key_for_each_module_of_the_file(engine, tmp_path):
    house = module_files.house(engine)
    path = as_csv(tmp_path, module_files.table(house, module_files.everybody(house, seed=1)))

    made = revealed_file(engine, path, map_text=module_files.mapped(house))

    document = report_document(engine, account=OPERATOR, round_id=made.round.id)
    assert {"roles", "priorities", "stage", "guesses", "trust"} <= set(document)
    assert len(document["roles"]["jobs"]) == 2
    view = agenda_of(engine, account=OPERATOR, round_id=made.round.id, minutes=120)
    assert view.agenda.steps
    assert agenda_file(view.agenda, figures=figures_for(view.agenda, release=view.release), kind="md")


def test_a_file_of_modules_alone_is_a_round(engine, tmp_path):
    made = revealed_file(engine, points(tmp_path), map_text=small_map(POINTS))

    document = report_document(engine, account=OPERATOR, round_id=made.round.id)
    assert document["items"] == []
    assert document["priorities"]
    assert agenda_of(engine, account=OPERATOR, round_id=made.round.id, minutes=60).agenda.steps
