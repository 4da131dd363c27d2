import numpy as np
import pytest

from tests.model.test_trust import asking, organisations
from xsector.model.sheet import Layout, Mark
from xsector.store.averaging import with_ratings_that_count
from xsector.store.settling import settled

NO_CONTACT = 0
LAYOUT = Layout.of(asking(organisations(government=3, nonprofit=3)))
CODES = [column.item.code for column in LAYOUT.counted]


def row(**answers):
    """One row of marks; what isn't named is skipped."""
    marks = np.full((1, len(LAYOUT.columns)), int(Mark.SKIPPED), dtype=np.uint8)
    for code, mark in answers.items():
        marks[0, LAYOUT.places(code)[0]] = mark
    return marks


def value(marks, code, *, home=99):
    """What is counted for *code*."""
    kept = settled(LAYOUT, with_ratings_that_count(LAYOUT, marks, organisations=[home]))
    assert kept.shape == (1, len(CODES))
    return int(kept[0, CODES.index(code)])


@pytest.mark.parametrize(
    ("given", "mean"),
    [
        ((0, 0, 0), 0),
        ((4, 4, 4), 4),
        ((0, 1, 4), 2),  # 1.67
        ((1, 1, 2), 1),  # 1.33
        ((1, 2), 1),  # 1.5, half down
        ((0, 1), 0),
        ((3, 4), 3),
        ((3,), 3),
    ],
)
def test_ratings_of_a_sector_become_their_mean_rounded_half_down(given, mean):
    answers = {f"W1_at_{place}": level for place, level in enumerate(given, 1)}

    assert value(row(**answers), "W1_of_government") == mean


def test_who_rated_nobody_of_a_sector_has_no_value_and_a_reason():
    nobody = {f"W0_at_{place}": NO_CONTACT for place in (1, 2, 3)}
    unsure = {"W1_at_2": int(Mark.CANNOT_JUDGE)}

    assert value(row(**nobody), "W1_of_government") == Mark.NOT_APPLICABLE
    assert value(row(**nobody | {"W0_at_2": 1} | unsure), "W1_of_government") == Mark.CANNOT_JUDGE
    assert value(row(), "W1_of_government") == Mark.SKIPPED
    assert value(row(**nobody), "W0_of_government") == NO_CONTACT


def test_a_rating_without_contact_does_not_count():
    answers = {"W0_at_1": NO_CONTACT, "W1_at_1": 4, "W0_at_2": 2, "W1_at_2": 1}

    assert value(row(**answers), "W1_of_government") == 1


def test_a_rating_of_ones_own_organisation_does_not_count_however_it_came_in():
    answers = {"W1_at_1": 4, "W1_at_2": 0, "W1_at_3": 1}

    assert value(row(**answers), "W1_of_government", home=1) == 0
    assert value(row(**answers), "W1_of_government", home=5) == 2


def test_a_rating_that_nobody_asked_for_does_not_count():
    there = organisations(government=8, nonprofit=8)
    layout = Layout.of(asking(there))
    (column,) = [one for one in layout.columns if one.item.code == "W1_at_3"]
    stranger = next(one.id for one in there if one.id != 3 and one.id not in column.item.raters)
    marks = np.full((2, len(layout.columns)), 3, dtype=np.uint8)

    kept = with_ratings_that_count(layout, marks, organisations=[stranger, column.item.raters[0]])

    assert kept[:, layout.places("W1_at_3")[0]].tolist() == [Mark.NOT_APPLICABLE, 3]
    assert (marks == 3).all(), "the rows that came in are as they were"
