"""Rounds with the round robin of trust alone, and ratings given in a few words."""

from collections import Counter

from tests.build import TRUST, finished, item, open_house
from xsector.model.modules import trust
from xsector.model.modules.kinds import Modules
from xsector.reports.own import own_form
from xsector.store import releases
from xsector.store.engine import reading

ONLY_TRUST = Modules(trust=TRUST)
QUESTION = (item("R1"),)


def trusting_house(engine, *, sectors, per_organisation=2, policy=None, by=None, name="Harbour", modules=ONLY_TRUST,
                   questions=QUESTION):  # fmt: skip
    """An open round that asks one question and how far partners rely on each other."""
    return open_house(
        engine, sectors=sectors, per_organisation=per_organisation, policy=policy, by=by, name=name,
        questions=questions, modules=modules,
    )  # fmt: skip


def organisations(house):
    """The organisations of a house by name, as its round knows them."""
    there = own_form(house.engine, respondent=house.people[-1], round_id=house.round.id).instrument
    return {one.name: one for one in there.organisations}


def asked(house, who):
    """What somebody is asked about other organisations."""
    instrument = own_form(house.engine, respondent=who, round_id=house.round.id).instrument
    return [
        one
        for one in instrument.items()
        if one.about is not None and one.is_asked_of(sector=who.sector, organisation=who.organisation_id)
    ]


def rate(house, who, rating, *, contact=2):
    """Let somebody finish: *rating* takes an organisation's id and what is asked, and gives a level or None."""
    given = {}
    for one in asked(house, who):
        level = contact if one.parts[0] == trust.CONTACT else rating(one.about, one.parts[0])
        if level is not None:
            given[one.code] = level
    finished(house, who, {"R1": 2, **given})
    return given


def band_in(house, code, *, block):
    """The band that is kept of a question in the block of this name, or None."""
    with reading(house.engine) as session:
        (row,) = releases.of_round(session, house.round.id)
        place = [one.name for one in releases.blocks_of(session, row.id)].index(block)
        return releases.bands_of(session, row.id).get((place, code))


def counts_in(house, code, *, block):
    """People by mark that are kept of a question in the block of this name."""
    with reading(house.engine) as session:
        (row,) = releases.of_round(session, house.round.id)
        place = [one.name for one in releases.blocks_of(session, row.id)].index(block)
        found = Counter()
        for (at, item_code, _, level), people in releases.counts_of(session, row.id).items():
            if (at, item_code) == (place, code):
                found[level] += people
        return dict(found)
