from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.build import TRUST, instrument, item
from xsector.model.instrument import Kind
from xsector.model.instrument_file import TAXONOMY_FILE, instrument_from_plain, instrument_to_plain, read_taxonomy
from xsector.model.modules import trust
from xsector.model.modules.expanding import expanded
from xsector.model.modules.kinds import Modules, Organisation
from xsector.model.modules.starting import read_starting
from xsector.model.sheet import Layout
from xsector.settings import INSTRUMENTS, MODULES

SECTORS = {"government": "Government", "nonprofit": "Non-profit", "business": "Business"}


def organisations(**number):
    """So many organisations of each sector, with ids from 1."""
    sectors = [sector for sector, many in number.items() for _ in range(many)]
    return [Organisation(id=place, name=f"House {place}", sector=sector) for place, sector in enumerate(sectors, 1)]


def asking(there, **chosen):
    """An instrument that asks the round robin about the organisations *there*."""
    plain = instrument(item("R1"), modules=Modules(trust=replace(TRUST, **chosen)))
    return expanded(plain, organisations=there, sectors=SECTORS)


def test_the_starting_statements_are_read():
    found = read_starting(MODULES, taxonomy=read_taxonomy(INSTRUMENTS / TAXONOMY_FILE)).trust

    assert [one.dimension.value for one in found.statements] == ["reliability", "truth", "ability", "strength"]
    assert found.scale == ("Not at all", "A little", "Partly", "Mostly", "Fully")
    assert found.contact == ("None", "A little", "Some", "A lot")
    assert found.cannot_judge == "Not enough contact to say"


def test_a_rating_feeds_one_result_only():
    made = asking(organisations(government=3, nonprofit=4, business=2))

    ratings = [one for one in made.items() if one.kind is Kind.ROUND_ROBIN and one.about is not None]
    averaged = {code for one in made.compared for code in one.averages}
    alone = {one.code for one in ratings if one.parts[1] == trust.ALONE}
    assert not averaged & alone
    assert averaged == {f"W{number}_at_{one}" for number in range(5) for one in range(1, 8)}, (
        "contact and the four statements about organisations of the two large sectors"
    )
    assert alone == {f"W5_at_{one}" for one in range(1, 10)} | {
        f"W{number}_at_{one}" for number in range(1, 5) for one in (8, 9)
    }


def test_only_sectors_with_three_organisations_are_rated_as_sectors():
    made = asking(organisations(government=3, nonprofit=2))

    assert {one.parts[1] for one in made.compared} == {"government"}
    assert all(one.sensitive for one in made.compared)


def test_ratings_themselves_are_never_counted():
    layout = Layout.of(asking(organisations(government=3, nonprofit=3)))

    assert any(column.item.kind is Kind.ROUND_ROBIN for column in layout.columns)
    assert not any(column.item.kind is Kind.ROUND_ROBIN for column in layout.counted)
    assert [column.item.code for column in layout.counted][:3] == ["R1", "W7", "W0_of_government"]


def test_nobody_is_asked_about_their_own_organisation():
    made = asking(organisations(government=3, nonprofit=3))

    about = {one.about for one in made.items() if one.is_asked_of(sector="government", organisation=2)}
    assert about == {None, 1, 3, 4, 5, 6}


def test_up_to_eleven_organisations_everybody_rates_all_others():
    assert trust.sample(organisations(government=6, nonprofit=5), seed=3) == {}


@given(st.integers(1, 12), st.integers(0, 12), st.integers(0, 12), st.integers(0, 2**31 - 1))
def test_a_sample_lets_each_be_rated_by_ten_others_and_each_rate_ten(government, nonprofit, business, seed):
    there = organisations(government=government, nonprofit=nonprofit, business=business)

    drawn = trust.sample(there, seed=seed)

    assert drawn == trust.sample(there[::-1], seed=seed)
    if len(there) <= 11:
        assert drawn == {}
        return
    assert {one: len(set(raters) - {one}) for one, raters in drawn.items()} == dict.fromkeys(
        range(1, len(there) + 1), 10
    )
    assert Counter(rater for raters in drawn.values() for rater in raters) == dict.fromkeys(drawn, 10)


def test_a_sample_spreads_the_sectors_evenly():
    there = organisations(government=10, nonprofit=10)

    drawn = trust.sample(there, seed=1)

    for rated in range(1, 21):
        raters = drawn[rated]
        assert abs(sum(one <= 10 for one in raters) - 5) <= 1


def test_another_seed_draws_another_sample():
    there = organisations(government=8, nonprofit=8)

    assert trust.sample(there, seed=1) != trust.sample(there, seed=2)


def test_what_one_person_is_asked_counts_an_organisation_once():
    made = asking(organisations(government=3, nonprofit=3))

    assert made.questions == 1 + 5 + 2
    assert asking(organisations(government=10, nonprofit=10)).questions == 1 + 10 + 2


def test_a_round_robin_takes_as_long_as_ten_organisations_at_most():
    # R1 takes 8 s, each tap in the table 4: ten organisations with six taps each, and two questions more.
    assert asking(organisations(government=20, nonprofit=20)).minutes == -(-(8 + 62 * 4) // 60)


def test_guess_and_importance_can_be_left_out():
    made = asking(organisations(government=2, nonprofit=2), guess=False, importance=False)

    assert not {"W6", "W7"} & {one.code for one in made.items()}


def test_one_organisation_alone_is_not_rated():
    assert [one.code for one in asking(organisations(government=1)).counted()] == ["R1"]


def test_a_round_robin_is_kept_as_plain_data():
    made = asking(organisations(government=7, nonprofit=7))

    assert instrument_from_plain(instrument_to_plain(made)) == made


@pytest.mark.parametrize("again", [1, 2])
def test_expanding_again_changes_nothing(again):
    there = organisations(government=7, nonprofit=7)
    made = asking(there)

    for _ in range(again):
        made = expanded(made, organisations=there, sectors=SECTORS)

    assert made == asking(there)


def test_a_sector_of_which_too_few_organisations_are_rated_has_no_result():
    there = organisations(government=3, business=4)
    plain = instrument(item("R1"), modules=Modules(trust=TRUST))

    made = expanded(plain, organisations=there, sectors=SECTORS, rated=there[1:])

    assert {one.parts[1] for one in made.compared} == {"business"}
    assert there[0].id not in {one.about for one in made.items()}
    assert made.organisations == tuple(there)
