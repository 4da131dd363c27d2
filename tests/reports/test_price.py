"""What those who lead are told before a reveal: it must not move with anybody's no."""

import pytest
from sqlalchemy import text

from tests.build import NOW, closed, finished, item, next_round, open_house, revealed
from xsector.actions.answering import begin
from xsector.actions.releasing import add_late
from xsector.actions.running import reopen_round
from xsector.errors.rounds import NothingLateError
from xsector.model.policy import Policy, Tier
from xsector.reports.price import preview
from xsector.reports.released import release_of

BY_NAME = Policy(tier=Tier.BY_ORGANISATION, k=3, m=2)


def named_house(engine, *, people=4):
    """Two organisations of one sector each, of which all may be named if all agree."""
    sectors = {"government": people, "business": people}
    return open_house(engine, sectors=sectors, policy=BY_NAME, per_organisation=people, questions=(item("R1"),))


def says(house, who, *, agrees):
    """One person finishes, having agreed or not."""
    begin(house.engine, respondent=who, round_id=house.round.id, now=NOW, agrees=agrees)
    finished(house, who, {"R1": 1})


def looked(house):
    return preview(house.engine, account=house.account, round_id=house.round.id)


def shown(house):
    release = release_of(house.engine, account=house.account, round_id=house.round.id)
    return [(block.name, block.n) for block in release.blocks]


def consents(house):
    """The ids of those of whom it is kept that they agreed."""
    with house.engine.connect() as connection:
        return set(connection.execute(text("SELECT participant_id FROM invitation WHERE agreed")).scalars())


def seen_as_they_finish(house, *, naysayer):
    """What is seen after each one has finished, by whoever closes, looks and opens again."""
    looks = []
    for who in house.people:
        says(house, who, agrees=who.participant_id != naysayer)
        closed(house)
        looks.append(looked(house))
        reopen_round(house.engine, account=house.account, round_id=house.round.id, now=NOW)
    return looks


def test_closing_and_looking_after_each_answer_tells_nobody_whose_no_it_was(engine):
    house = named_house(engine)
    other = named_house_beside(house)

    all_agree = seen_as_they_finish(house, naysayer=None)
    one_says_no = seen_as_they_finish(other, naysayer=other.people[5].participant_id)

    def told(looks):
        return [(look.people, look.sentence, [block.name for block in look.blocks], look.hidden) for look in looks]

    assert told(all_agree) == told(one_says_no)
    assert all_agree[-1].if_all_agree
    assert "if all agree" in all_agree[-1].sentence


def named_house_beside(house):
    """The same house once more in the same database."""
    sectors = {"government": 4, "business": 4}
    return open_house(
        house.engine, sectors=sectors, policy=BY_NAME, per_organisation=4, questions=(item("R1"),), by=house.account,
        name="Hill",
    )  # fmt: skip


def test_looking_after_each_late_answer_tells_nobody_whose_no_it_was(engine):
    house = named_house(engine, people=8)
    government, business = house.of("government"), house.of("business")
    for who in [*government[:4], *business[:4]]:
        says(house, who, agrees=True)
    house = revealed(house)
    for who in government[4:7]:
        says(house, who, agrees=True)
    before = looked(house)
    says(house, government[7], agrees=False)
    after = looked(house)

    assert [(block.name, block.n) for block in before.blocks] == [("Government house 1", 3)]
    assert [(block.name, block.n) for block in after.blocks] == [("Government house 1", 4)]
    with pytest.raises(NothingLateError):
        add_late(engine, account=house.account, round_id=house.round.id, now=NOW)


def test_one_no_counts_at_the_reveal(engine):
    house = named_house(engine)
    for who in house.people:
        says(house, who, agrees=who is not house.people[5])
    closed(house)
    assert [block.name for block in looked(house).blocks] == ["Government house 1", "Business house 1"]

    reopen_round(engine, account=house.account, round_id=house.round.id, now=NOW)

    assert shown(revealed(house)) == [("Combined: Government and Business", 8)]


def test_nobodys_consent_is_kept_once_it_was_heeded(engine):
    house = named_house(engine, people=8)
    government, business = house.of("government"), house.of("business")
    early = [*government[:4], *business[:4]]
    for who in early:
        says(house, who, agrees=who is not early[5])
    assert consents(house) == {who.participant_id for who in early} - {early[5].participant_id}

    house = revealed(house)
    assert consents(house) == set()
    for who in [*government[4:6], *business[4:7]]:
        says(house, who, agrees=True)
    waiting = consents(house)
    add_late(engine, account=house.account, round_id=house.round.id, now=NOW)
    rest = consents(house)

    assert (len(waiting), rest) == (5, set())


def test_consents_of_those_who_never_finished_go_with_the_next_round(engine):
    house = named_house(engine, people=8)
    for who in house.people[:12]:
        says(house, who, agrees=True)
    begin(engine, respondent=house.people[13], round_id=house.round.id, now=NOW, agrees=True)
    house = revealed(house)
    assert consents(house) == {house.people[13].participant_id}

    next_round(house, questions=(item("R1"),))

    assert consents(house) == set()


def test_a_round_in_groups_of_sectors_asks_for_nobodys_agreement(engine):
    house = open_house(engine, questions=(item("R1"),))
    for who in house.people:
        finished(house, who, {"R1": 1})
    closed(house)

    assert not looked(house).if_all_agree
