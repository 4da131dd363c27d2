"""Maps that speak of modules and can't be followed get a sentence that says where and what to do."""

import pytest

from tests.actions.module_files import (
    VARIED,
    as_csv,
    sheet,
    small_map,
)
from xsector.actions.survey.answers_file import inspect_survey
from xsector.actions.survey.mapping import ImportOptions
from xsector.errors.files import SurveyFileError

TRUST_OF_CITY = (
    "  trust: {organisations: {City: {contact: help, reliability: rules, truth: parks, ability: A1, strength: A2}}}"
)


@pytest.mark.parametrize(
    ("modules", "why", "remedy"),
    [
        ("  prioritys: {}", "modules → prioritys: there is no such key", "priorities, roles, stage"),
        ("  priorities: {points: {soon: {Q01: help}}}", "points → soon: there is no such point of view", "should"),
        ("  priorities: {options: {Q01: ''}}", "priorities: it needs either points or the first three", "`points:`"),
        ("  priorities: {points: {should: {Q01: help, Q02: rules}}}", "fewer than 3 options", "Keep some"),
        (
            "  priorities: {points: {should: {Q01: help, Q02: rules, X1: parks}}}",
            "options → X1: it is not in the usual list and has no wording", "Q01, Q02",
        ),
        (
            "  priorities: {points: {should: {Q01: help, Q02: rules, Q03: parks}, now: {Q01: A1, Q02: A2}}}",
            "points → now: “Q03” has no column", "Give each option a column",
        ),
        (
            "  priorities: {points: {should: {Q01: help, Q02: help, Q03: parks}}}",
            "should → Q02: the column “help” is used twice", "should → Q01 already",
        ),
        (
            "  priorities: {points: {should: {Q01: help, Q02: rules, Q03: Sector}}}",
            "Q03: the column “Sector” tells the sector or organisation", "another column",
        ),
        (
            "  priorities: {points: {should: {Q01: help, Q02: rules, Q03: park}}}",
            "no column “park” for modules → priorities → points → should → Q03 of the map map.yaml",
            "Did you mean “parks”",
        ),
        ("  priorities: {top: {should: {first: help, second: rules}}}", "should → third: this key is missing", "first"),
        (
            "  priorities: {names: {sky: moon}, top: {should: {first: help, second: rules, third: parks}}}",
            "names → sky: there is no option “moon”", "Q01",
        ),
        ("  roles: {jobs: {}}", "roles → jobs: something must stand there", "jobs (code"),
        ("  roles: {jobs: {R01: {leads: help}}}", "R01 → leads: there is no such key", "now, should, part"),
        ("  roles: {jobs: {pool: {now: help}}}", "pool: it is not in the usual list and has no wording", "R01, R02"),
        ("  roles: {jobs: {R01: {text: Lead us}}}", "jobs → R01: it has no column for “now”", "Ask the same"),
        (
            "  roles: {jobs: {R01: {now: help, should: rules}, R02: {now: parks}}}",
            "jobs → R02: it has no column for “should”", "Ask the same of each job",
        ),
        (
            "  roles: {jobs: {R01: {now: help, part: rules}}}",
            "told_by_name: what people say of their own organisation’s part is shown under its name",
            "told_by_name: true",
        ),
        (
            "  roles: {answers: {we all: Everybody}, jobs: {R01: {now: help}}}",
            "answers → we all: there is no answer “Everybody”", "No one",
        ),
        ("  stage: {statements: {Z99: help}}", "statements → Z99: there is no statement “Z99”", "Did you mean “Z0"),
        (
            "  stage: {levels: 1..4, statements: {Z01: help}}",
            "stage → levels: there are 4 levels, and this scale has 5", "Give 5",
        ),
        ("  stage: {levels: 9..1, statements: {Z01: help}}", "stage → levels: 9..1 is no scale", "lower number first"),
        ("  stage: {statements: {Z01: zero}}", "Z01: the column “zero” holds 0, and answers count from 1", "0..4"),
        ("  guesses: {items: {B7: {Business: help}}}", "B7: there is no rated question of the file", "A1"),
        ("  guesses: {items: {A1: {Busyness: help}}}", "Busyness: there is no sector “Busyness”", "Business"),
        (
            "  guesses: {items: {A1: {Business: help, Government: rules}, A2: {Business: parks}}}",
            "items → A2: it has no column for “Government”", "same sectors",
        ),
        ("  trust: {organisations: {City: {contact: help}}}", "City → reliability: this key is missing", "strength"),
        (TRUST_OF_CITY, "no sector has 3 organisations that are rated", "more organisations"),
        (TRUST_OF_CITY.replace("City", "Town"), "there is no organisation in the file called “Town”", "Acme"),
    ],
)  # fmt: skip
def test_a_map_that_cannot_be_followed_is_refused_with_file_place_and_remedy(tmp_path, modules, why, remedy):
    cells = {"help": "40", "rules": "30", "parks": "30", "zero": "0", "A1": VARIED, "A2": VARIED}
    path = as_csv(tmp_path, sheet(*cells.items()))
    map_file = tmp_path / "map.yaml"
    map_file.write_text(small_map(modules), encoding="utf-8")

    with pytest.raises(SurveyFileError) as caught:
        inspect_survey(path, options=ImportOptions(map_file=map_file))

    assert why in str(caught.value)
    assert "map.yaml" in str(caught.value)
    assert remedy in caught.value.remedy
    assert caught.value.remedy.endswith((".", "?"))


@pytest.mark.parametrize("modules", ["  roles: {jobs: {R01: {now: help}}}", TRUST_OF_CITY])
def test_what_is_said_of_organisations_needs_their_column(tmp_path, modules):
    cells = dict.fromkeys(("help", "rules", "parks", "A1", "A2"), "1")
    path, map_file = as_csv(tmp_path, sheet(*cells.items())), tmp_path / "map.yaml"
    map_file.write_text(f"sector: Sector\nmodules:\n{modules}", encoding="utf-8")

    with pytest.raises(SurveyFileError, match="no column tells people’s organisations") as caught:
        inspect_survey(path, options=ImportOptions(map_file=map_file))

    assert "--organisation" in caught.value.remedy


def test_a_question_of_the_file_and_of_a_module_cannot_have_the_same_code(tmp_path):
    path, map_file = as_csv(tmp_path, sheet(("Z01", VARIED), ("careful", VARIED))), tmp_path / "map.yaml"
    map_file.write_text(small_map("  stage: {statements: {Z01: careful}}"), encoding="utf-8")

    with pytest.raises(SurveyFileError, match="“Z01” is a question of the file and of a module"):
        inspect_survey(path, options=ImportOptions(map_file=map_file))
