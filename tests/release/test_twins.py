from xsector.release.twins import Counted, Lonely, lonely


def people(*groups):
    return [
        Counted(blocks=frozenset(blocks), organisation=organisation)
        for blocks, organisations in groups
        for organisation in organisations
    ]


def test_five_from_two_organisations_are_enough():
    assert lonely(people(({1}, [7, 7, 7, 8, 8])), promised={1: (5, 2)}) == []


def test_whoever_was_in_one_block_and_not_in_the_next_is_found():
    counted = people(({1, 2}, [7, 7, 8, 8, 8]), ({1}, [7]))

    found = lonely(counted, promised={1: (5, 2), 2: (5, 2)})

    assert found == [Lonely(people=1, organisations=1, blocks=frozenset({1}))]


def test_one_organisation_is_not_enough():
    found = lonely(people(({1}, [7] * 9)), promised={1: (5, 2)})

    assert [(one.people, one.organisations) for one in found] == [(9, 1)]


def test_people_are_owed_the_weakest_of_their_promises():
    counted = people(({1, 2}, [7, 7, 8, 8]), ({2}, [7, 8, 9, 9, 9]))

    assert lonely(counted, promised={1: (3, 2), 2: (5, 2)}) == []
