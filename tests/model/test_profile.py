from pathlib import Path

import pytest

from tests.profiles import questions
from xsector.errors.files import InstrumentFileError
from xsector.model.instrument import Kind
from xsector.model.instrument_file import read_taxonomy
from xsector.model.profile import FELT, FELT_THEME, GOAL_LINE, PROFILE, PROFILE_THEME, read_fit_checks
from xsector.settings import INSTRUMENTS

SHIPPED = Path(__file__).parents[2] / "data" / "guides" / "fit_checks.yaml"


def written(folder, *, old, new):
    """The shipped file with one passage changed."""
    text = SHIPPED.read_text(encoding="utf-8")
    assert old in text
    path = folder / "mine.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


def test_the_questions_that_are_compared_are_those_of_the_check_up():
    asked = questions()

    assert (asked[FELT].kind, asked[FELT].theme) == (Kind.RATING, FELT_THEME)
    assert asked[GOAL_LINE].kind is Kind.TEXT
    assert {(asked[code].kind, asked[code].theme, asked[code].ordered) for code in PROFILE} == {
        (Kind.CHOICE, PROFILE_THEME, True)
    }


def test_every_shipped_check_names_answers_that_exist_and_its_source():
    checks = read_fit_checks(SHIPPED)

    assert len(checks) == 5
    for check in checks:
        assert check.source
        assert check.says.endswith(".")
        assert check.ask.endswith("?")
        for code, options in check.when.items():
            assert max(options) < len(questions()[code].levels)


def test_no_target_profile_sets_a_check_off():
    targets = read_taxonomy(INSTRUMENTS / "taxonomy.yaml").target_profiles

    clashing = [
        (target.code, check.code)
        for target in targets
        for check in read_fit_checks(SHIPPED)
        if all(target.wanted[code] in options for code, options in check.when.items())
    ]

    assert len(targets) == 4
    assert clashing == []


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("P01: [1, 2]", "P09: [1, 2]", "result_and_resources › when › P09: “P09” isn't a question of the profile"),
        ("P01: [1, 2]", "P01: []", "when › P01: No answer stands there"),
        ("P01: [1, 2]", "P01: [0]", "when › P01 › 1"),
        ("{P01: [1, 2], P02: [3]}", "{P02: [3]}", "result_and_resources › when"),
        ("code: result_and_approach", "code: result_and_resources", "is used twice"),
        ("    source: ", "    sauce: ", "There is no key “sauce”"),
        ("xsector.fit/1", "xsector.fit/2", "isn't known here"),
    ],
)
def test_a_faulty_file_is_refused_with_its_place(tmp_path, old, new, sentence):
    with pytest.raises(InstrumentFileError) as caught:
        read_fit_checks(written(tmp_path, old=old, new=new))

    assert sentence in str(caught.value)
    assert str(caught.value).startswith("mine.yaml, line ")
