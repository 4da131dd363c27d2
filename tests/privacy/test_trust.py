"""The round robin of trust against a reader who sees everything that left, and knows who rated whom."""

import random

from sqlalchemy import select, update

from tests.build import NOW, account, newcomers, next_round, revealed
from tests.privacy.attack import attack
from tests.trust_house import ONLY_TRUST, QUESTION, asked, organisations, rate, trusting_house
from xsector.actions.demonstrating import Person
from xsector.actions.releasing import add_late
from xsector.actions.setting_up import add_people, remove_person
from xsector.model.modules import trust
from xsector.model.poles import NO_ANSWER
from xsector.model.policy import Policy, Tier
from xsector.model.released import WITHHELD, Band
from xsector.reports.own_trust import own_trust
from xsector.store import own_results, releases, rounds
from xsector.store.engine import reading, writing
from xsector.store.tables import BandRow, BlockCountRow, OwnResultRow, SheetRow

HISTORIES = 16
LEVELS = [str(level) for level in range(5)]
POLES = {"low": ["0", "1"], "middle": ["2"], "high": ["3", "4"]}
PROBLEM = {"levels": LEVELS, "poles": list(POLES.values())}


def often_alike(dice):
    """Ratings as they are in life: much the same of one organisation, and now and then no contact or no view."""
    usual = {}

    def rating(about, part):
        level = usual.setdefault((about, part), dice.randrange(5))
        return level if dice.random() < 0.7 else dice.choice([*range(5), None])

    return rating


def played(engine, *, seed, by):
    """A random round, revealed, with everything that anybody rated."""
    dice = random.Random(seed)
    k = dice.choice([3, 5, 5, 6])
    house = trusting_house(
        engine, by=by, name=f"Harbour {seed}", per_organisation=dice.randint(1, 3),
        sectors={sector: dice.randint(3, 9) for sector in dice.sample(["government", "nonprofit", "business"], 2)},
        policy=Policy(tier=Tier.SMALL if k < 5 else Tier.CONFIDENTIAL, k=k),
    )  # fmt: skip
    rating, said = often_alike(dice), {}
    for number, who in enumerate(house.people):
        if number == 0 or dice.random() < 0.9:
            strangers = {one.about for one in asked(house, who) if dice.random() < 0.15}
            rate_ = lambda about, part, strangers=strangers: None if about in strangers else rating(about, part)  # noqa: E731
            said[who.participant_id] = rate(house, who, rate_)
    return revealed(house), said


def values_of(said, codes):
    """Each person's one value for a sector, worked out anew: the mean, rounded half down."""
    found = {}
    for who, given in said.items():
        there = [given[code] for code in codes if code in given]
        if there:
            found[who] = -(-(2 * sum(there) - len(there)) // (2 * len(there)))
    return found


def shown_as(kept, values):
    """What a reader learns of a cell, checked against what was said."""
    if isinstance(kept, Band):
        assert kept.pole in POLES
        assert sum(str(level) in POLES[kept.pole] for level in values) >= kept.at_least
        return {"at_least": {"levels": POLES[kept.pole], "n": kept.at_least}}
    assert [values.count(level) for level in range(5)] == list(kept)
    return {"counts": {str(level): number for level, number in enumerate(kept) if number}}


def everything_that_left(house, said):
    """All that left of one round as questions and releases, members being those who rated."""
    made = []
    with reading(house.engine) as session:
        layout = rounds.layout_of(session, house.round.id)
        for row in releases.of_round(session, house.round.id):
            members, bands = releases.members_of(session, row.id), releases.bands_of(session, row.id)
            counts = releases.counts_of(session, row.id)
            for column in layout.compared:
                if column.item.code in row.held or column.item.parts[0] == trust.CONTACT:
                    continue
                for place, there in members.items():
                    values = values_of({who: said[who] for who in there}, column.item.averages)
                    kept = bands.get((place, column.item.code)) or tuple(
                        counts.get((place, column.item.code, 0, level), 0) for level in range(5)
                    )
                    if not (isinstance(kept, Band) and kept.pole in {WITHHELD, NO_ANSWER}):
                        made.append((column.item.code, values, kept))
            everybody = {who: home for there in members.values() for who, home in there.items()}
        for about in {column.item.about for column in layout.columns if column.item.about is not None}:
            for code, kept in own_results.of_organisation(session, round_id=house.round.id, organisation_id=about):
                values = {
                    who: said[who][code] for who, home in everybody.items() if home != about and code in said[who]
                }
                if not (isinstance(kept, Band) and kept.pole in {WITHHELD, NO_ANSWER}):
                    made.append((code, values, kept))
    shown = [
        {"q": code, "members": [f"p{who}" for who in values], **shown_as(kept, list(values.values()))}
        for code, values, kept in made
    ]
    return {"questions": {code: PROBLEM for code, _, _ in made}, "releases": shown}, made


def test_nothing_certain_is_left_of_anybody_with_or_without_an_insider(engine):
    by = account(engine)
    looked_at = 0
    for seed in range(HISTORIES):
        house, said = played(engine, seed=seed, by=by)
        problem, made = everything_that_left(house, said)
        for insider in [None, *random.Random(seed).sample(sorted(said), 3)]:
            known = {code: str(values[insider]) for code, values, _ in made if insider in values}
            told = problem | ({"insiders": {f"p{insider}": known}} if insider else {})
            found = [row for row in attack(told) if row["members"] != [f"p{insider}"]]
            assert {row["verdict"] for row in found} <= {"ok"}, (seed, insider)
            looked_at += len(found)
    assert looked_at > 200


def test_what_is_shown_of_a_sector_and_of_its_organisations_never_comes_from_the_same_ratings(engine):
    house, said = played(engine, seed=3, by=account(engine))

    _, made = everything_that_left(house, said)
    with reading(engine) as session:
        layout = rounds.layout_of(session, house.round.id)
    averages = {code: set(column.item.averages) for column in layout.compared for code in [column.item.code]}
    used = [averages.get(code, {code}) for code, _, _ in made]
    by_question = {frozenset(one) for one in used}

    assert sum(map(len, by_question)) == len(set().union(*by_question))


def test_two_results_from_the_same_ratings_would_give_a_band_away():
    """Why each rating feeds one result only: both of these keep to the rule, and together they don't."""
    business, nonprofit = [f"b{one}" for one in range(6)], [f"n{one}" for one in range(5)]
    sector = {"q": "q", "members": business, "counts": {"0": 3, "4": 3}}
    rough = {"q": "q", "members": nonprofit, "at_least": {"levels": ["0", "1"], "n": 3}}
    whole = {"q": "q", "members": business + nonprofit, "counts": {"0": 8, "4": 3}}

    verdicts = {
        row["verdict"]
        for row in attack({"questions": {"q": PROBLEM}, "releases": [sector, rough, whole]})
        if set(row["members"]) == set(nonprofit)
    }
    alone = attack({"questions": {"q": PROBLEM}, "releases": [sector, rough]})

    assert verdicts == {"EXACT"}
    assert {row["verdict"] for row in alone} == {"ok"}


def own_cells(house, about):
    """The people whose answers are in each own result of an organisation, and what is kept of “all in all”."""
    with reading(house.engine) as session:
        cells = own_results.cells_before(session, partnership_id=house.partnership.id).get(about, [])
        kept = own_results.of_organisation(session, round_id=house.round.id, organisation_id=about)
    return cells, [one for code, one in kept if code.startswith("W5")]


def steady(about, part):
    return (about + len(part)) % 5


def test_late_answers_are_a_cell_of_their_own(engine):
    house = trusting_house(engine, sectors={"government": 6, "nonprofit": 6})
    for who in house.people:
        rate(house, who, steady)
    (about, *_) = sorted(one.id for one in organisations(house).values())
    late = newcomers(house, sector="business", number=6)
    house = revealed(house)
    for who in late:
        rate(house, who, steady)

    add_late(engine, account=house.account, round_id=house.round.id, now=NOW)

    cells, kept = own_cells(house, about)
    assert len(cells) == len(kept) == 2
    assert not cells[0] & cells[1]


def again(house, *, but=(), modules=ONLY_TRUST):
    """Another round in which everybody rates but those named."""
    house = next_round(house, questions=QUESTION, modules=modules)
    for who in house.people:
        if who.participant_id not in but:
            rate(house, who, steady)
    return revealed(house)


def test_with_the_same_people_again_an_organisation_hears_again(engine):
    house = trusting_house(engine, sectors={"government": 6, "nonprofit": 6})
    for who in house.people:
        rate(house, who, steady)
    (about, *_) = sorted(one.id for one in organisations(house).values())

    house = again(revealed(house))

    cells, kept = own_cells(house, about)
    assert len(kept) == 1
    assert cells[0] == cells[1]


def test_when_somebody_is_missing_an_organisation_hears_nothing_more(engine):
    house = trusting_house(engine, sectors={"government": 12, "nonprofit": 12})
    for who in house.people:
        rate(house, who, steady)
    (about, *_) = sorted(one.id for one in organisations(house).values())

    # Five of a sector stay away, enough for everything else: but two of them are of one organisation.
    away = [who.participant_id for who in house.of("nonprofit")[:5]]
    house = again(revealed(house), but=away)

    cells, kept = own_cells(house, about)
    assert kept == []
    assert len(cells) == 1


def test_a_sector_that_consists_of_other_organisations_is_held_back_in_the_next_round(engine):
    house = trusting_house(engine, sectors={"government": 6, "nonprofit": 6})
    for who in house.people:
        rate(house, who, steady)
    house = revealed(house)
    add_people(house.engine, rows=[Person(name="New", organisation="Newly made", sector="government")], **led(house))
    house = again(house)

    with reading(engine) as session:
        (row,) = releases.of_round(session, house.round.id)
    assert set(row.held) == {f"W{number}_of_government" for number in range(5)}


def test_what_once_went_to_an_organisation_alone_is_never_counted_by_sector(engine):
    house = trusting_house(engine, sectors={"government": 6, "nonprofit": 6, "business": 4})
    for who in house.people:
        rate(house, who, steady)
    house = revealed(house)

    add_people(house.engine, rows=[Person(name="New", organisation="Third", sector="business")], **led(house))
    house = again(house)

    with reading(engine) as session:
        (row,) = releases.of_round(session, house.round.id)
    assert set(row.held) == {f"W{number}_of_business" for number in range(1, 5)}


def test_what_once_was_counted_by_sector_never_goes_to_an_organisation_alone(engine):
    house = trusting_house(engine, sectors={"government": 6, "nonprofit": 12})
    for who in house.people:
        rate(house, who, steady)
    house = revealed(house)

    gone = [who.participant_id for who in house.of("government")[:2]]
    for one in gone:
        remove_person(house.engine, participant_id=one, **led(house))
    house = again(house, but=gone)

    with reading(engine) as session:
        layout = rounds.layout_of(session, house.round.id)
    stays = organisations(house)["Government house 2"].id
    assert layout.item(f"W1_at_{stays}").parts[1] == trust.ALONE
    _, kept = own_cells(house, stays)
    assert kept == []


def led(house):
    """Whose partnership it is, for actions."""
    return {"account": house.account, "partnership_id": house.partnership.id, "now": NOW}


def test_only_those_of_an_organisation_who_were_counted_read_its_result(engine):
    house = trusting_house(engine, sectors={"government": 6, "nonprofit": 6})
    silent = house.people[1]
    for who in house.people:
        if who != silent:
            rate(house, who, steady)
    house = revealed(house)

    for who in house.people:
        found = own_trust(engine, respondent=who, round_id=house.round.id)
        if who == silent:
            assert found is None
        else:
            assert found.organisation == who.organisation
            (rating,) = found.ratings
            assert rating.code == f"W5_at_{who.organisation_id}"
            own_people = sum(one.organisation == who.organisation for one in house.people)
            assert rating.band.people == 12 - own_people - (who.organisation != silent.organisation)


def test_no_table_holds_a_rating_of_an_organisation_by_its_rater(engine):
    house, _ = played(engine, seed=11, by=account(engine))

    with reading(engine) as session:
        assert {len(row.marks) for row in session.scalars(select(SheetRow)) if row.round_id == house.round.id} <= {0}
        counted = {row.item for row in session.scalars(select(BlockCountRow))}
        banded = {row.item for row in session.scalars(select(BandRow))}

    assert not {code for code in counted | banded if "_at_" in code}


def test_a_changed_result_of_an_organisation_is_found(engine):
    house, _ = played(engine, seed=11, by=account(engine))
    with reading(engine) as session:
        assert releases.first_broken(session) is None

    with writing(engine) as session:
        session.execute(update(OwnResultRow).values(people=OwnResultRow.people + 1))

    with reading(engine) as session:
        assert releases.first_broken(session) == releases.of_round(session, house.round.id)[0].id
