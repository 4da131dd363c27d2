from dataclasses import replace

import pytest

from tests.agenda.releases import AGREE, release
from tests.build import FIVE
from xsector.analysis import trust
from xsector.analysis.banded import Interval
from xsector.model.instrument import Kind
from xsector.model.modules.kinds import Dimension, Module
from xsector.model.poles import NO_ANSWER
from xsector.model.released import WITHHELD, Band, BandedItem, Missing, ReleasedItem
from xsector.model.sector import Sector

SECTORS = tuple(
    Sector(code=name, label=name, look=look) for look, name in enumerate(("Government", "Non-profit", "Business"))
)
MISSING = Missing()


def counted(code, rows, *, parts=(), levels=FIVE):
    return ReleasedItem(
        code=code, text=code, short=code, kind=Kind.RATING, theme="", levels=levels, ordered=True, context=False,
        reverse=False, counts=tuple(rows), missing=(MISSING,) * len(rows), chance=None,
        module=Module.TRUST if parts else "", parts=parts,
    )  # fmt: skip


def rough(code, kept, *, parts=(), levels=FIVE):
    """An item of which each block is kept as counts or a band."""
    return BandedItem(
        code=code, text=code, short=code, theme="", levels=levels, ordered=True, reverse=False,
        counts=tuple(None if isinstance(one, Band) else one for one in kept),
        missing=tuple(None if isinstance(one, Band) else MISSING for one in kept),
        bands=tuple(one if isinstance(one, Band) else None for one in kept),
        module=Module.TRUST if parts else "", parts=parts,
    )  # fmt: skip


def high(at_least=6, people=8):
    return Band(pole="high", at_least=at_least, people=people)


def low(at_least=6, people=8):
    return Band(pole="low", at_least=at_least, people=people)


def nothing(pole):
    return Band(pole=pole, at_least=0, people=8)


def trusting(*items, plain=(), banded=()):
    """A release that shows these answers about trust."""
    made = replace(release(*plain), sectors=SECTORS, banded=tuple(banded))
    return replace(
        made,
        asked=tuple(one for one in items if isinstance(one, ReleasedItem)),
        asked_banded=tuple(one for one in items if isinstance(one, BandedItem)),
    )


def about(sector, rows, *, dimensions=trust.DIMENSIONS):
    """The same answers about a sector on every statement."""
    return [rough(f"{one}_{sector}", rows, parts=(one.value, sector)) for one in dimensions]


MIDDLE = (0, 0, 8, 0, 0)


def test_counts_give_a_mean_and_bands_its_two_ends():
    rows = [MIDDLE, high(), nothing(NO_ANSWER)]

    found = trust.cells(trusting(*about("Government", rows)))

    assert found[0, "Government"].mean == Interval(low=3, high=3)
    assert found[1, "Government"].mean == Interval(low=(6 * 4 + 2) / 8, high=5)
    assert found[2, "Government"].mean is None
    assert found[2, "Government"].why == NO_ANSWER


def test_a_withheld_block_says_so():
    rows = [MIDDLE, nothing(WITHHELD), MIDDLE]

    assert trust.cells(trusting(*about("Government", rows)))[1, "Government"].why == WITHHELD


def test_a_round_that_did_not_ask_has_no_cells_and_no_findings():
    quiet = trusting()

    assert trust.cells(quiet) == {}
    assert trust.one_sided(quiet) == ()
    assert trust.thin_contact(quiet) == ()
    assert trust.by_dimension(quiet) is None


def one_pair(*, given, returned):
    """Government of Non-profit *given*, Non-profit of Government *returned*."""
    return trusting(
        *about("Government", [MIDDLE, returned, MIDDLE]),
        *about("Non-profit", [given, MIDDLE, MIDDLE]),
    )


def test_a_step_apart_for_sure_is_one_sided():
    (pair,) = trust.one_sided(one_pair(given=(0, 0, 0, 8, 0), returned=MIDDLE))

    assert (pair.high, pair.low, pair.surely, pair.clear) == ("Government", "Non-profit", 1.0, True)


def test_less_than_a_step_is_not():
    assert trust.one_sided(one_pair(given=(0, 0, 1, 7, 0), returned=MIDDLE)) == ()


def test_bands_on_opposite_sides_are_one_sided_but_not_by_a_sure_step():
    (pair,) = trust.one_sided(one_pair(given=high(), returned=low()))

    assert not pair.clear
    assert pair.surely == pytest.approx(3.25 - 2.75)
    assert pair.opposite == trust.DIMENSIONS


def test_in_groups_of_five_two_statements_with_opposite_sides_are_one_sided():
    """There bands leave 2.8 to 5 against 1 to 3.2, so means never lie apart for sure."""
    (pair,) = trust.one_sided(one_pair(given=high(3, 5), returned=low(3, 5)))

    assert pair.surely == pytest.approx(-0.4)
    assert not pair.clear
    assert (pair.opposite, pair.people) == (trust.DIMENSIONS, 5)


def test_one_statement_with_opposite_sides_is_not():
    truth = (Dimension.TRUTH,)
    others = [one for one in trust.DIMENSIONS if one not in truth]
    made = trusting(
        *about("Government", [MIDDLE, low(3, 5), MIDDLE], dimensions=truth),
        *about("Non-profit", [high(3, 5), MIDDLE, MIDDLE], dimensions=truth),
        *about("Government", [MIDDLE] * 3, dimensions=others),
        *about("Non-profit", [MIDDLE] * 3, dimensions=others),
    )

    assert trust.one_sided(made) == ()


def test_where_bands_leave_it_open_nothing_is_said():
    assert trust.one_sided(one_pair(given=high(3, 6), returned=MIDDLE)) == ()
    assert trust.one_sided(one_pair(given=high(), returned=nothing(NO_ANSWER))) == ()


def test_the_more_one_sided_pair_comes_first():
    found = trust.one_sided(
        trusting(
            *about("Government", [MIDDLE, MIDDLE, (8, 0, 0, 0, 0)]),
            *about("Non-profit", [(0, 0, 0, 8, 0), MIDDLE, MIDDLE]),
            *about("Business", [MIDDLE, MIDDLE, MIDDLE]),
        )
    )

    assert [(one.high, one.low) for one in found] == [("Government", "Business"), ("Government", "Non-profit")]


def test_received_leaves_the_sectors_own_view_of_itself_out():
    made = trusting(*about("Government", [(0, 0, 0, 0, 8), (8, 0, 0, 0, 0), (0, 0, 8, 0, 0)]))

    assert trust.received(made, sector="Government", dimension=Dimension.TRUTH) == Interval(low=2, high=2)


def test_given_leaves_the_own_sector_out():
    made = trusting(*about("Government", [(0, 0, 0, 0, 8)] * 3), *about("Business", [(0, 8, 0, 0, 0)] * 3))

    found = trust.given(trust.cells(made), block=0, own=("Government",))

    assert found == Interval(low=2, high=2)


def means(**ends):
    return {Dimension(name): Interval(low=low, high=high) for name, (low, high) in ends.items()}


def test_a_dimension_far_below_the_others_is_weak():
    others = {"reliability": (4, 4), "truth": (4, 4), "ability": (4, 4)}

    assert trust.weak_dimension(means(**others, strength=(3, 3.2))) is Dimension.STRENGTH
    assert trust.weak_dimension(means(**others, strength=(3, 3.3))) is None
    assert trust.weak_dimension(means(**others)) is None, "one that isn't known may be weaker still"


def check_up(partners, partnership):
    rows = [(code, partners) for code in trust.PARTNERS.values()]
    rows += [(code, partnership) for code in trust.PARTNERSHIP.values()]
    return trusting(plain=[counted(code, [row] * 3, levels=AGREE) for code, row in rows])


def test_trust_in_the_partnership_is_set_against_trust_in_partners():
    found = trust.by_dimension(check_up((0, 0, 0, 8, 0), MIDDLE))

    gap = trust.self_gap(found)
    assert found.partners[Dimension.TRUTH] == Interval(low=4, high=4)
    assert gap is not None
    assert not gap.higher
    assert trust.self_gap(trust.by_dimension(check_up(MIDDLE, (0, 0, 0, 8, 0)))).higher
    assert trust.self_gap(trust.by_dimension(check_up(MIDDLE, (0, 0, 3, 5, 0)))) is None


def test_a_gap_that_bands_leave_open_is_not_told():
    banded = [rough(code, [high(), high(), high()], levels=AGREE) for code in trust.PARTNERS.values()]
    plain = [counted(code, [MIDDLE] * 3, levels=AGREE) for code in trust.PARTNERSHIP.values()]

    found = trust.by_dimension(trusting(plain=plain, banded=banded))

    assert found.partners[Dimension.TRUTH] == Interval(low=3.25, high=5)
    assert trust.self_gap(found) is None


def contact(rows):
    return rough("W0_of_Business", rows, parts=("W0", "Business"), levels=("None", "A little", "Some", "A lot"))


def test_little_contact_is_found_where_half_surely_have_none_or_little():
    made = trusting(contact([(2, 2, 4, 0), low(), (8, 0, 0, 0)]))

    assert [(one.block, one.sector) for one in trust.thin_contact(made)] == [(0, "Business"), (1, "Business")]
    assert trust.thin_contact(trusting(contact([(1, 2, 5, 0), high(), MIDDLE[:4]]))) == ()


def test_a_pair_of_which_one_hardly_meets_the_other_says_so():
    given, back = about("Business", [(0, 0, 0, 8, 0)] * 3), about("Government", [MIDDLE, MIDDLE, (8, 0, 0, 0, 0)])

    (pair,) = trust.one_sided(trusting(*given, *back, contact([(2, 2, 4, 0), (0, 0, 8, 0), (0, 0, 8, 0)])))

    assert (pair.high, pair.low, pair.thin, pair.people) == ("Government", "Business", True, 8)


def test_little_contact_is_common_from_a_quarter_of_groups_and_sectors_on():
    one = [(8, 0, 0, 0), (0, 0, 8, 0), (0, 0, 8, 0)]
    other = [replace(contact([(0, 0, 8, 0)] * 3), parts=("W0", sector)) for sector in ("Government", "Non-profit")]

    assert trust.is_often_thin(trusting(contact(one)))
    assert not trust.is_often_thin(trusting(contact(one), *other))
    assert not trust.is_often_thin(trusting())


def test_items_that_came_in_are_as_they_were():
    made = trusting(*about("Government", [MIDDLE, high(), low()]))
    before = repr(made)

    trust.cells(made), trust.one_sided(made), trust.received_by_dimension(made, sector="Government")

    assert repr(made) == before
