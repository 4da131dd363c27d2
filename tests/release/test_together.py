"""Blocks of several releases of one round, added up."""

from dataclasses import replace

from tests.build import item
from xsector.model.released import WITHHELD, Band, Block, Part
from xsector.release.together import together

RATED, TRUST = item("R1"), item("S1", sensitive=True)
ITEMS = {"R1": RATED, "S1": TRUST}


def part(*sectors, n=5, counts=None, band=None, organisation=None):
    """A block with counts of R1, and a band or counts of S1."""
    kept = {("R1", 0, 1): n} if counts is None else counts
    return Part(
        block=Block(name=" and ".join(sectors), sectors=sectors, n=n, organisation=organisation),
        counts=kept,
        bands={"S1": band} if band else {},
    )


def high(at_least, people):
    """At least so many of so many at the high end."""
    return Band(pole="high", at_least=at_least, people=people)


def test_one_release_stays_as_it_is():
    parts = [part("a"), part("b")]

    assert together(parts, items=ITEMS) == tuple(parts)


def test_blocks_of_one_sector_are_added_up_and_combined_ones_stand_last():
    first, combined, more = part("a", n=5), part("b", "c", n=7), part("a", n=6)

    made = together([first, combined, more], items=ITEMS)

    assert [(one.block.name, one.block.n) for one in made] == [("a", 11), ("b and c", 7)]
    assert made[0].counts == {("R1", 0, 1): 11}


def test_an_organisation_under_its_name_is_not_added_to_its_sector():
    made = together([part("a"), part("a", organisation=3)], items=ITEMS)

    assert [one.block.n for one in made] == [5, 5]


def test_bands_of_one_pole_are_added_up():
    made = together([part("a", band=high(3, 5)), part("a", band=high(4, 6), n=6)], items=ITEMS)

    assert made[0].bands == {"S1": high(7, 11)}


def test_bands_of_different_poles_say_nothing_together():
    low = replace(high(3, 5), pole="low")

    made = together([part("a", band=high(3, 5)), part("a", band=low)], items=ITEMS)

    assert made[0].bands == {"S1": Band(pole=WITHHELD, at_least=0, people=10)}


def test_of_a_band_and_counts_what_is_sure_stays():
    counted = part("a", counts={("R1", 0, 1): 5, ("S1", 0, 4): 2, ("S1", 0, 0): 3})

    made = together([part("a", band=high(3, 5)), counted], items=ITEMS)

    assert made[0].bands == {"S1": high(5, 10)}
    assert not any(code == "S1" for code, _, _ in made[0].counts)
