import unicodedata

import pytest

from tests.model.nasty_names import DIFFERENT, REFUSED, SAME, TAKEN
from xsector.actions.roster_file import read_roster
from xsector.errors.common import UnusableTextError
from xsector.model.names import LONGEST_KEY, clean_name, name_key
from xsector.model.sector import DEFAULT_SECTORS

EMOJI_LOOK = "\ufe0f"


def test_there_are_enough_of_them():
    assert len(set(TAKEN) | set(REFUSED)) >= 200


@pytest.mark.parametrize("name", TAKEN, ids=ascii)
def test_a_name_that_only_looks_dangerous_is_taken_letter_by_letter(name):
    taken = clean_name(name)

    assert taken == unicodedata.normalize("NFC", name).replace(EMOJI_LOOK, "").strip()
    assert clean_name(taken) == taken
    assert 0 < len(name_key(taken)) <= LONGEST_KEY


@pytest.mark.parametrize(("name", "reason"), REFUSED.items(), ids=range(len(REFUSED)))
def test_a_name_that_deceives_is_refused_with_a_sentence(name, reason):
    with pytest.raises(UnusableTextError) as caught:
        clean_name(name)

    assert reason in str(caught.value)
    assert caught.value.sentence().endswith(".")
    assert caught.value.sentence().isprintable()


@pytest.mark.parametrize(("a", "b"), SAME)
def test_names_that_an_eye_takes_for_one_have_one_key(a, b):
    assert name_key(a) == name_key(b)
    assert name_key(name_key(a)) == name_key(a)


@pytest.mark.parametrize(("a", "b"), DIFFERENT)
def test_names_that_an_eye_tells_apart_have_two_keys(a, b):
    assert name_key(a) != name_key(b)


def test_all_names_that_are_taken_differ():
    keys = [name_key(name) for name in TAKEN]

    assert [key for key in keys if keys.count(key) > 1] == []


def test_on_a_roster_a_lookalike_is_the_same_person_and_the_same_organisation():
    header = "Name,Organisation,Sector"
    people = ("Coco,Coop,Business", "Сосо,Соор,Business", "Ann,Соор,Business", "Bo,Соор,Government")

    draft = read_roster("\n".join((header, *people)), sectors=DEFAULT_SECTORS)

    assert [row.row for row in draft.rows] == [2, 4]
    assert [problem.row for problem in draft.errors] == [3, 5]
