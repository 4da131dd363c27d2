import hashlib
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import event, select

from tests.build import NOW, closed, later, open_house
from xsector.actions import joining
from xsector.actions.joining import claim_name, join, look_at_link, names_for_code, respondent_of, wall_of_token
from xsector.actions.running import issue_wall_link, reopen_round
from xsector.actions.setting_up import issue_links
from xsector.actions.tries import Budget
from xsector.errors import NameTakenError, TooManyTriesError, UnknownCodeError, UnknownLinkError, XsectorError
from xsector.reports.rounds import roster
from xsector.store.engine import reading
from xsector.store.tables import AuditRow, ParticipantRow


@pytest.fixture(autouse=True)
def fresh_budgets(monkeypatch):
    """Tries that other tests made don't count here."""
    monkeypatch.setattr(joining, "_PER_BROWSER", Budget(tries=10, minutes=1))
    monkeypatch.setattr(joining, "_ALL", Budget(tries=60, minutes=1))


def not_joined(engine):
    """A house whose people have links that nobody has opened."""
    house = open_house(engine)
    tokens = issue_links(
        engine, account=house.account, partnership_id=house.partnership.id, participant_ids=list(house.tokens), now=NOW
    )
    return house, tokens


def joined(house):
    people = roster(house.engine, account=house.account, partnership_id=house.partnership.id)
    return {one.id for one in people if one.joined}


def test_looking_at_a_link_changes_nothing_however_often(engine):
    house, tokens = not_joined(engine)
    token = next(iter(tokens.values()))

    names = {look_at_link(engine, token=token) for _ in range(5)}

    assert names == {"Harbour"}
    assert joined(house) == set()


def test_coming_in_by_link_tells_who_somebody_is(engine):
    house, tokens = not_joined(engine)
    who, token = next(iter(tokens.items()))

    found = join(engine, token=token)

    assert found == respondent_of(engine, token=token)
    assert (found.participant_id, found.partnership_id) == (who, house.partnership.id)
    assert joined(house) == {who}


@pytest.mark.parametrize("token", ["", "x", "A" * 43, "' OR 1=1 --", "\x00", "é"])
def test_a_link_that_was_never_issued_opens_nothing(engine, token):
    not_joined(engine)

    with pytest.raises(UnknownLinkError):
        join(engine, token=token)
    with pytest.raises(UnknownLinkError):
        look_at_link(engine, token=token)
    assert respondent_of(engine, token=token) is None
    assert wall_of_token(engine, token=token) is None


def test_links_are_long_random_and_kept_only_as_hashes(engine):
    _, tokens = not_joined(engine)

    with reading(engine) as session:
        kept = set(session.scalars(select(ParticipantRow.link_sha256)))

    assert all(len(token) == 43 for token in tokens.values())
    assert kept == {hashlib.sha256(token.encode()).hexdigest() for token in tokens.values()}


def test_the_hash_that_is_kept_is_no_link(engine):
    _, tokens = not_joined(engine)
    kept = hashlib.sha256(next(iter(tokens.values())).encode()).hexdigest()

    assert respondent_of(engine, token=kept) is None


def spellings(code):
    """How people type a code: small letters, spaces, dashes, look-alikes."""
    lookalike = code.replace("0", "O").replace("1", "l")
    return [code.lower(), f"{code[:4]}-{code[4:]}", f" {code[:4]} {code[4:]} ", lookalike, code.replace("1", "I")]


def test_a_room_code_forgives_case_spaces_and_look_alikes(engine):
    house, tokens = not_joined(engine)

    found = [
        names_for_code(engine, typed=typed, browser="b", now=NOW).code for typed in spellings(house.round.room_code)
    ]

    assert set(found) == {house.round.room_code}
    assert len(names_for_code(engine, typed=house.round.room_code, browser="b", now=NOW).names) == len(tokens)


def test_only_names_that_nobody_has_used_may_be_chosen(engine):
    house, tokens = not_joined(engine)
    taken, free = sorted(tokens)[:2]
    join(engine, token=tokens[taken])

    names = dict(names_for_code(engine, typed=house.round.room_code, browser="b", now=NOW).names)
    with pytest.raises(NameTakenError):
        claim_name(engine, typed=house.round.room_code, participant_id=taken, browser="b", now=NOW)
    token = claim_name(engine, typed=house.round.room_code, participant_id=free, browser="b", now=NOW)

    assert taken not in names
    assert names[free].endswith("· Government house 1") or " · " in names[free]
    assert join(engine, token=token).participant_id == free
    assert respondent_of(engine, token=tokens[free]) is None


def test_a_room_of_many_asks_the_database_no_more_than_a_room_of_few(engine):
    house = open_house(engine, sectors={"government": 40, "business": 40})
    asked = []
    event.listen(engine, "before_cursor_execute", lambda *given: asked.append(given[2]))

    names_for_code(engine, typed=house.round.room_code, browser="b", now=NOW)

    assert len(asked) < 12


def test_the_log_of_a_room_does_not_say_who_came_in_when(engine):
    house, tokens = not_joined(engine)

    claim_name(engine, typed=house.round.room_code, participant_id=min(tokens), browser="b", now=later(minutes=7))

    with reading(engine) as session:
        entries = [row for row in session.scalars(select(AuditRow)) if row.actor == "room code"]
    assert [(row.action, row.detail) for row in entries] == [("link issued", {})]


def test_two_who_take_one_name_at_the_same_moment_get_one_link(engine):
    house, tokens = not_joined(engine)
    wanted = min(tokens)

    def attempt(browser):
        try:
            return claim_name(
                engine, typed=house.round.room_code, participant_id=wanted, browser=f"b{browser}", now=NOW
            )
        except XsectorError as problem:
            return problem

    with ThreadPoolExecutor(6) as pool:
        done = list(pool.map(attempt, range(6)))

    links = [one for one in done if isinstance(one, str)]
    assert len(links) == 1
    assert respondent_of(engine, token=links[0]).participant_id == wanted
    assert sum(isinstance(one, NameTakenError) for one in done) == 5


def test_a_name_of_another_partnership_cannot_be_taken(engine):
    house, _ = not_joined(engine)
    other = open_house(engine, by=house.account, name="Elsewhere")

    with pytest.raises(NameTakenError):
        claim_name(
            engine, typed=house.round.room_code, participant_id=other.people[0].participant_id, browser="b", now=NOW
        )


def test_a_room_code_works_only_while_the_round_is_open(engine):
    house, _ = not_joined(engine)
    code = house.round.room_code

    closed(house)
    with pytest.raises(UnknownCodeError):
        names_for_code(engine, typed=code, browser="b", now=NOW)
    reopen_round(engine, account=house.account, round_id=house.round.id, now=NOW)

    assert names_for_code(engine, typed=code, browser="b", now=NOW).code == code


def wrong(engine, *, browser, now=NOW):
    with pytest.raises(UnknownCodeError):
        names_for_code(engine, typed="AAAA-AAAA", browser=browser, now=now)


def test_a_browser_that_guesses_must_wait_with_wrong_codes_only(engine):
    house, _ = not_joined(engine)
    for second in range(10):
        wrong(engine, browser="guesser", now=later(seconds=second))

    with pytest.raises(TooManyTriesError) as refused:
        names_for_code(engine, typed="AAAA-AAAA", browser="guesser", now=later(seconds=10))
    mended = names_for_code(engine, typed=house.round.room_code, browser="guesser", now=later(seconds=10))
    wrong(engine, browser="guesser", now=later(seconds=61))

    assert refused.value.wait_seconds == 50
    assert mended.code == house.round.room_code


def test_a_flood_of_guesses_keeps_nobody_out_who_has_the_code(engine):
    house, tokens = not_joined(engine)
    for number in range(200):
        with pytest.raises((UnknownCodeError, TooManyTriesError)):
            names_for_code(engine, typed="AAAAAAAA", browser=f"b{number}" if number % 2 else "", now=NOW)

    found = names_for_code(engine, typed=house.round.room_code, browser="", now=NOW)
    token = claim_name(engine, typed=found.code, participant_id=min(tokens), browser="", now=NOW)

    assert respondent_of(engine, token=token).participant_id == min(tokens)


def test_guesses_from_many_browsers_are_limited_together(engine):
    not_joined(engine)
    checked = 0
    for number in range(2_000):
        try:
            names_for_code(engine, typed="AAAAAAAA", browser=f"b{number}", now=later(milliseconds=number * 30))
        except UnknownCodeError:
            checked += 1
        except TooManyTriesError:
            continue

    assert checked == 60


def test_right_codes_use_up_no_tries(engine):
    house, _ = not_joined(engine)

    for _ in range(100):
        names_for_code(engine, typed=house.round.room_code, browser="one browser", now=NOW)


@pytest.mark.parametrize("typed", ["", " ", "-" * 500, "A" * 100_000, "%", "00000000", "\x00"])
def test_nonsense_is_no_code(engine, typed):
    not_joined(engine)

    with pytest.raises(UnknownCodeError):
        names_for_code(engine, typed=typed, browser="b", now=NOW)


def test_a_wall_link_shows_its_round_until_it_is_replaced(engine):
    house, _ = not_joined(engine)

    first = issue_wall_link(engine, account=house.account, round_id=house.round.id, now=NOW)
    second = issue_wall_link(engine, account=house.account, round_id=house.round.id, now=NOW)

    assert wall_of_token(engine, token=first) is None
    assert wall_of_token(engine, token=second).id == house.round.id
    assert respondent_of(engine, token=second) is None
