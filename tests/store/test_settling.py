"""Answers that belong together are put in order before they are counted."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.build import entries, instrument
from xsector.model.modules import priorities
from xsector.model.modules.expanding import expanded
from xsector.model.modules.kinds import Ask, Mode, Modules, Organisation, Pass, Priorities, Roles
from xsector.model.sheet import Layout, Mark
from xsector.store.settling import fitting, settled

SKIPPED = int(Mark.SKIPPED)
HOUSES = tuple(Organisation(id=place, name=f"House {place}", sector="s") for place in range(2))


def layout_of(modules):
    return Layout.of(expanded(instrument(modules=modules), organisations=HOUSES, sectors={}))


def counted(modules, *rows):
    marks = np.array(rows, dtype=np.uint8)
    before = marks.copy()
    found = settled(layout_of(modules), marks)
    assert (marks == before).all()
    return found.tolist()


def points(mode=Mode.POINTS):
    return Modules(priorities=Priorities(options=entries("A", "B", "C"), mode=mode, passes=(Pass.SHOULD,)))


def test_points_that_do_not_add_up_count_as_no_answer():
    assert counted(points(), (10, 10, 0), (10, 9, 0), (10, 11, 0), (20, SKIPPED, SKIPPED)) == [
        [10, 10, 0, 1, 2, 2],
        [SKIPPED] * 6,
        [SKIPPED] * 6,
        [SKIPPED] * 6,
    ]


def test_the_first_three_are_compared_pair_by_pair():
    first_above, second_above = 2, 0
    four = Modules(priorities=Priorities(options=entries("A", "B", "C", "D"), mode=Mode.TOP, passes=(Pass.SHOULD,)))

    [row] = counted(four, (3, 0, 1, 2))

    assert row[4:] == [first_above, first_above, first_above, second_above, second_above, second_above]
    [untouched] = counted(four, (3, 3, 1, 0))
    assert untouched == [SKIPPED] * 10
    assert counted(points(Mode.TOP), (1, 2, 3))[0][3:] == [second_above, second_above, second_above]


def test_same_as_today_is_whom_somebody_names_today():
    # Today: two houses, shared, no one. Should: two houses, same, shared, not needed.
    asked = Modules(roles=Roles(functions=entries("J"), asks=(Ask.NOW, Ask.SHOULD)))
    unsure = int(Mark.CANNOT_JUDGE)

    assert counted(asked, (1, 2), (2, 2), (3, 2), (unsure, 2), (0, 1), (SKIPPED, 2)) == [
        [1, 1], [2, 3], [3, 2], [unsure, 2], [0, 1], [SKIPPED, 2],
    ]  # fmt: skip


def test_answers_of_the_questionnaire_are_counted_as_they_are():
    marks = np.array([[0, 4], [SKIPPED, 2]], dtype=np.uint8)

    assert settled(Layout(columns=()), marks) is marks


@given(st.lists(st.integers(0, 20), min_size=3, max_size=8))
def test_rows_fit_together_as_one_row_does(levels):
    rows = np.array([levels], dtype=np.uint8)
    for mode in Mode:
        many = len(priorities.LEVELS[mode])
        shown = [level % many for level in levels]
        assert fitting(np.array([shown], dtype=np.uint8), levels=many)[0] == priorities.fits(shown, levels=many)
    assert rows.tolist() == [levels]
