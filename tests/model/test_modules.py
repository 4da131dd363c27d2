"""Modules of a round: their starting lists, what a convener may choose, and the questions that come of it."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.build import QUESTIONS, entries, every_module, instrument, item
from xsector.errors.common import EditRefusedError, UnusableTextError
from xsector.errors.files import InstrumentFileError
from xsector.model.instrument import Kind
from xsector.model.instrument_file import (
    TAXONOMY_FILE,
    instrument_from_plain,
    instrument_to_plain,
    load_form,
    read_taxonomy,
)
from xsector.model.modules import choosing, priorities, roles
from xsector.model.modules.expanding import expanded
from xsector.model.modules.kinds import Ask, Guesses, Mode, Module, Modules, Organisation, Pass, Priorities, Roles
from xsector.model.modules.starting import read_starting
from xsector.settings import INSTRUMENTS, MODULES

TAXONOMY = read_taxonomy(INSTRUMENTS / TAXONOMY_FILE)
START = read_starting(MODULES, taxonomy=TAXONOMY)
ORGANISATIONS = tuple(Organisation(id=place + 7, name=f"House {place}", sector="government") for place in range(3))
SECTORS = {"government": "Government", "business": "Business"}


def whole(modules, *questions):
    asked = instrument(*(questions or QUESTIONS), modules=modules)
    return expanded(asked, organisations=ORGANISATIONS, sectors=SECTORS)


def test_the_shipped_lists_are_whole():
    assert (len(START.functions), START.usual_functions) == (14, 8)
    assert (len(START.options), START.usual_options) == (8, 8)
    assert len(START.stage.statements) == 12
    assert all(entry.source for entry in (*START.functions, *START.options))


def test_a_faulty_list_is_refused_with_its_line(tmp_path):
    for name in ("roles.yaml", "priorities.yaml", "stage.yaml"):
        (tmp_path / name).write_text((MODULES / name).read_text(encoding="utf-8"), encoding="utf-8")
    broken = (MODULES / "roles.yaml").read_text(encoding="utf-8").replace("usual: 8", "usual: many")
    (tmp_path / "roles.yaml").write_text(broken, encoding="utf-8")

    with pytest.raises(InstrumentFileError, match="whole number"):
        read_starting(tmp_path, taxonomy=TAXONOMY)


def test_a_job_is_asked_about_every_organisation_and_the_answers_beside_them():
    made = whole(Modules(roles=Roles(functions=entries("J1"), asks=tuple(Ask))))

    now, should, helps, part = (made.item(f"J1_{ask}") for ask in ("now", "should", "helps", "part"))
    assert now.levels == ("House 0", "House 1", "House 2", roles.SHARED, roles.NOBODY)
    assert should.levels[3:] == (roles.SAME, roles.SHOULD_SHARE, roles.NOT_NEEDED)
    assert (helps.kind, helps.levels) == (Kind.CHOICES, ("House 0", "House 1", "House 2"))
    assert [one.by_name for one in (now, should, helps, part)] == [False, False, False, True]
    assert made.organisations == ORGANISATIONS


def test_nobody_is_asked_who_leads_where_there_is_one_organisation():
    asked = instrument(*QUESTIONS, modules=Modules(roles=Roles(functions=entries("J1"))))

    assert not expanded(asked, organisations=ORGANISATIONS[:1], sectors=SECTORS).is_by_name


def test_priorities_ask_each_option_once_a_view_and_compare_each_pair():
    made = whole(Modules(priorities=Priorities(options=entries("O1", "O2", "O3"), passes=(Pass.SHOULD, Pass.OWN))))

    assert [one.code for one in made.items() if one.module == Module.PRIORITIES] == [
        "O1_should", "O2_should", "O3_should", "O1_own", "O2_own", "O3_own",
    ]  # fmt: skip
    assert [one.compares for one in made.compared][:3] == [
        ("O1_should", "O2_should"), ("O1_should", "O3_should"), ("O2_should", "O3_should"),
    ]  # fmt: skip
    assert made.item("O1_should").levels[0] == "0"
    assert made.item("O1_should").levels[-1] == "100"


def test_guesses_are_about_what_everybody_rates_in_the_open():
    questions = (item("R1"), item("S1", sensitive=True), item("W1", who=("business",)))
    chosen = Guesses(items=("R1", "S1", "W1", "gone"), sectors=("business", "nowhere"))

    made = whole(Modules(guesses=chosen), *questions)

    guessed = [one for one in made.items() if one.module == Module.GUESSES]
    assert [one.code for one in guessed] == ["R1_of_business"]
    assert guessed[0].levels == item("R1").levels


def test_the_road_shows_its_pictures_unless_the_questionnaire_does():
    with_pictures = whole(every_module())
    without = whole(every_module(), item("R1"), item("G01"))

    assert with_pictures.item("Z13").levels == ("A", "B", "C", "D")
    with pytest.raises(LookupError):
        without.item("Z13")


def test_expanding_again_replaces_what_was_there_and_everything_survives_as_plain_data():
    once = whole(every_module())
    twice = expanded(once, organisations=ORGANISATIONS[:2], sectors=SECTORS)

    assert len({one.code for one in twice.counted()}) == len(list(twice.counted()))
    assert twice.item("J1_now").levels[:3] == ("House 0", "House 1", roles.SHARED)
    assert instrument_from_plain(instrument_to_plain(once)) == once


def test_no_code_of_a_module_is_one_of_the_check_up_s():
    full = load_form(INSTRUMENTS, "full")
    modules = Modules(
        roles=Roles(functions=START.functions, asks=tuple(Ask)),
        priorities=Priorities(options=START.options, passes=tuple(Pass)),
        stage=START.stage,
        guesses=Guesses(items=("K03", "F02"), sectors=tuple(SECTORS)),
    )

    made = expanded(replace(full, modules=modules), organisations=ORGANISATIONS, sectors=SECTORS)

    codes = [one.code for one in made.counted()]
    assert len(set(codes)) == len(codes)


@pytest.mark.parametrize(
    ("module", "chosen"),
    [
        (Module.ROLES, Roles(functions=())),
        (Module.ROLES, Roles(functions=entries("J1"), asks=())),
        (Module.PRIORITIES, Priorities(options=entries("O1", "O2"))),
        (Module.PRIORITIES, Priorities(options=entries("O1", "O2", "O3"), passes=())),
        (Module.PRIORITIES, Priorities(options=entries(*(f"O{place}" for place in range(13))))),
        (Module.GUESSES, Guesses(items=(), sectors=("business",))),
        (Module.GUESSES, Guesses(items=("S1",), sectors=("business",))),
    ],
)
def test_a_choice_that_would_ask_nothing_or_too_much_is_refused(module, chosen):
    with pytest.raises(EditRefusedError):
        choosing.with_module(instrument(*QUESTIONS), module, chosen=chosen)


def test_a_module_is_switched_on_and_off_without_touching_the_rest():
    before = instrument(*QUESTIONS)
    chosen = Roles(functions=entries("J1"))

    on = choosing.with_module(before, Module.ROLES, chosen=chosen)

    assert on.modules == Modules(roles=chosen)
    assert choosing.with_module(on, Module.ROLES, chosen=None) == before


def test_an_own_job_gets_a_code_of_its_own_and_words_can_be_changed():
    listed = choosing.with_own_entry(entries("R01"), text="  Bake the cake ", prefix="RX")
    listed = choosing.with_own_entry(listed, text="Wash up", prefix="RX")
    listed = choosing.reworded(listed, "RX1", text="Bake the big cake", short="Cake")

    assert [(one.code, one.text, one.short, one.own) for one in listed[1:]] == [
        ("RX1", "Bake the big cake", "Cake", True),
        ("RX2", "Wash up", "Wash up", True),
    ]
    with pytest.raises(UnusableTextError):
        choosing.with_own_entry(listed, text=" ", prefix="RX")


@given(st.integers(3, 12))
def test_an_even_split_gives_all_points(options):
    assert priorities.fits(priorities.even_split(options), levels=len(priorities.LEVELS[Mode.POINTS]))


@pytest.mark.parametrize(
    ("given_", "whole_"),
    [((3, 2, 1, 0), True), ((3, 2, 0, 0), False), ((3, 3, 1, 0), False), ((0, 1, 2, 3), True), ((0, 0, 0, 0), False)],
)
def test_the_first_three_are_a_first_a_second_and_a_third(given_, whole_):
    assert priorities.fits(given_, levels=len(priorities.LEVELS[Mode.TOP])) is whole_


@given(st.lists(st.fractions(0, 1000), min_size=3, max_size=12).filter(any))
def test_shares_become_steps_that_are_all_given_and_less_than_one_step_off(numbers):
    found = priorities.in_steps(numbers)

    assert sum(found) == 20
    assert all(abs(level - number * 20 / sum(numbers)) < 1 for level, number in zip(found, numbers, strict=True))


def test_of_equal_remainders_the_earlier_gets_the_step_that_is_left():
    assert priorities.in_steps([Fraction(1)] * 3) == priorities.even_split(3) == (7, 7, 6)
    assert priorities.in_steps([Fraction(50), Fraction(30), Fraction(20)]) == (10, 6, 4)


@pytest.mark.parametrize("numbers", [(0, 0, 0), (-1, 50, 51)])
def test_nothing_and_less_share_nothing_out(numbers):
    with pytest.raises(ValueError, match="share nothing out"):
        priorities.in_steps([Fraction(one) for one in numbers])
