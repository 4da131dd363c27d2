"""A file's answers to modules go the way of a form's: the same sheets, the same seal, the same rule of release."""

import pytest

from tests.actions import module_files
from tests.build import NOW, finished, revealed
from xsector.actions.importing import import_survey
from xsector.actions.permission import OPERATOR
from xsector.actions.releasing import reveal
from xsector.actions.survey.mapping import ImportOptions
from xsector.reports.released import release_of


def imported(engine, path, *, map_text, partnership="From a file", **options):
    map_file = path.parent / "map.yaml"
    map_file.write_text(map_text, encoding="utf-8")
    return import_survey(
        engine, account=OPERATOR, path=path, partnership=partnership,
        options=ImportOptions(map_file=map_file, **options), now=NOW,
    )  # fmt: skip


def revealed_file(engine, path, **options):
    made = imported(engine, path, **options)
    reveal(engine, account=OPERATOR, round_id=made.round.id, now=NOW)
    return made


def released(engine, round_id):
    return release_of(engine, account=OPERATOR, round_id=round_id)


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
@pytest.mark.parametrize("form_of_file", [module_files.as_csv, module_files.as_workbook])
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
