"""Ratings of organisations in a file: whose are read at all, and what the seal keeps of them."""

import pytest
from sqlalchemy import func, select

from tests.actions import module_files
from tests.actions.module_files import (
    ALL_HOUSES,
    PEOPLE,
    VARIED,
    as_csv,
    imported,
    ratings,
    released,
    revealed_file,
    sheet,
    small_map,
    trust_map,
)
from xsector.actions.permission import OPERATOR
from xsector.actions.survey.reading import OWN
from xsector.errors.common import SetUpError
from xsector.model.sheet import Mark
from xsector.store import rounds
from xsector.store.engine import reading
from xsector.store.tables import OwnResultRow, SheetRow


def test_nobody_rates_their_own_organisation_and_it_is_said(engine, tmp_path):
    path = as_csv(tmp_path, sheet(*ratings(ALL_HOUSES)))

    made = imported(engine, path, map_text=small_map(trust_map(ALL_HOUSES)))

    assert (made.unread, [note for note in made.notes if OWN in note]) == ((), [f"12 people {OWN}."])
    with reading(engine) as session:
        layout = rounds.layout_of(session, made.round.id)
        sheets_there = session.execute(select(SheetRow.organisation_id, SheetRow.marks)).all()
    own = [
        marks[place]
        for home, marks in sheets_there
        for place, column in enumerate(layout.columns)
        if column.item.about == home
    ]
    assert set(own) == {int(Mark.SKIPPED)}


def test_a_small_group_s_ratings_stay_hidden(engine, tmp_path):
    people = [*PEOPLE, *[("Funders", f"Fund {one}") for one in range(4)]]
    columns = [(name, [*VARIED, "1", "1", "1", "5"] if "reliability" in name else cell)
               for name, cell in ratings(ALL_HOUSES)]  # fmt: skip

    made = revealed_file(
        engine, as_csv(tmp_path, sheet(*columns, people=people)), map_text=small_map(trust_map(ALL_HOUSES))
    )

    release = released(engine, made.round.id)
    assert "Funders" not in {block.name for block in release.blocks}
    assert all(block.n >= 5 for block in release.blocks)
    sensitive = [one for one in (*release.asked, *release.asked_banded) if one.module == "trust"]
    assert {one.code for one in sensitive} == {
        f"W{n}_of_{sector}" for n in range(5) for sector in ("government", "business")
    }
    with reading(engine) as session:
        kept = session.execute(select(func.count()).select_from(OwnResultRow)).scalar()
    assert kept == 0


def test_where_nearly_all_say_the_same_of_others_only_that_is_kept(engine, tmp_path):
    columns = ratings(ALL_HOUSES, level=5)

    made = revealed_file(engine, as_csv(tmp_path, sheet(*columns)), map_text=small_map(trust_map(ALL_HOUSES)))

    (one,) = [one for one in released(engine, made.round.id).asked_banded if one.code == "W1_of_business"]
    assert one.counts == (None, None)
    assert {(band.pole, band.at_least, band.people) for band in one.bands} == {("high", 4, 6)}


def test_sectors_of_which_too_few_organisations_are_rated_are_not_read(engine, tmp_path):
    five = ALL_HOUSES[:5]

    made = imported(engine, as_csv(tmp_path, sheet(*ratings(five))), map_text=small_map(trust_map(five)))

    told = "Trust: ratings of Acme, Bolt are not read, because fewer than 3 organisations of their sector are rated."
    assert told in made.notes
    with reading(engine) as session:
        instrument = rounds.instrument_of(session, made.round.id)
    names = {one.id: one.name for one in instrument.organisations}
    assert {names[one.about] for one in instrument.items() if one.about} == {"City", "County", "State"}
    assert {one.parts[1] for one in instrument.compared} == {"government"}


def test_trust_is_read_once_in_a_partnership(engine, tmp_path):
    there = module_files.house(engine, by=OPERATOR)
    path, wanted = as_csv(tmp_path, sheet(*ratings(ALL_HOUSES))), small_map(trust_map(ALL_HOUSES))
    imported(engine, path, map_text=wanted)

    with pytest.raises(SetUpError, match="asked about trust already"):
        imported(engine, path, map_text=wanted)

    assert imported(engine, path, map_text=wanted, name="Another").answered == 12
    assert there.round.title == "Spring"


def test_an_organisation_stands_in_the_sector_of_most_of_its_people(engine, tmp_path):
    people = [*PEOPLE, ("Business", "City")]

    made = imported(
        engine, as_csv(tmp_path, sheet(*ratings(ALL_HOUSES), people=people)), map_text=small_map(trust_map(ALL_HOUSES))
    )

    told = "In several sectors, and counted in the one with most of their people: City."
    assert told in made.notes
    with reading(engine) as session:
        there = rounds.instrument_of(session, made.round.id).organisations
    assert {one.name: one.sector for one in there}["City"] == "government"
