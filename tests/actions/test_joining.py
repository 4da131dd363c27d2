import base64
import hashlib
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import event, select

from tests.build import NOW, closed, finished, later, next_round, open_house, revealed
from tests.build_meetings import open_room
from xsector.actions import leading_meetings, notices
from xsector.actions.joining import (
    Browser,
    claim_name,
    door_for_code,
    door_of,
    join,
    look_at_link,
    names_behind,
    respondent_of,
    wall_of_token,
)
from xsector.actions.running import issue_wall_link, reopen_round
from xsector.actions.setting_up import issue_links
from xsector.errors.access import NameTakenError, RoomBusyError, UnknownCodeError, UnknownDoorError, UnknownLinkError
from xsector.errors.common import XsectorError
from xsector.reports.in_the_room import own_place
from xsector.reports.rounds import roster
from xsector.store import rounds
from xsector.store.engine import reading
from xsector.store.tables import AuditRow, ParticipantRow

KEY = b"a key that signs"
WRONG = "AAAA-AAAA"


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


def typing(engine, typed, *, browser="b", held="", now=NOW):
    """The door that a typed code leads to."""
    return door_for_code(engine, typed=typed, browser=Browser(name=browser, door=held), key=KEY, now=now)


def behind(engine, door):
    """The names behind a door: participant to name."""
    return dict(names_behind(engine, door=door, key=KEY).names)


def claimed(engine, door, participant_id, *, now=NOW):
    return claim_name(engine, door=door, participant_id=participant_id, key=KEY, now=now)


def attempts(engine, number, *, browser=lambda number: "", seconds=0.0):
    """What became of so many wrong codes, one every so many seconds."""
    done = []
    for one in range(number):
        try:
            typing(engine, WRONG, browser=browser(one), now=later(seconds=one * seconds))
        except XsectorError as problem:
            done.append(type(problem))
    return done


def spellings(code):
    """How people type a code: small letters, spaces, dashes, look-alikes."""
    lookalike = code.replace("0", "O").replace("1", "l")
    return [code.lower(), f"{code[:4]}-{code[4:]}", f" {code[:4]} {code[4:]} ", lookalike, code.replace("1", "I")]


def test_a_room_code_forgives_case_spaces_and_look_alikes(engine):
    house, tokens = not_joined(engine)

    found = {typing(engine, typed) for typed in spellings(house.round.room_code)}

    assert found == {door_of(house.round, key=KEY)}
    assert len(behind(engine, found.pop())) == len(tokens)


def test_only_names_that_nobody_has_used_may_be_chosen(engine):
    house, tokens = not_joined(engine)
    taken, free = sorted(tokens)[:2]
    join(engine, token=tokens[taken])
    door = door_of(house.round, key=KEY)

    names = behind(engine, door)
    with pytest.raises(NameTakenError):
        claimed(engine, door, taken)
    token = claimed(engine, door, free)

    assert taken not in names
    assert " · " in names[free]
    assert join(engine, token=token).participant_id == free
    assert respondent_of(engine, token=tokens[free]) is None


def test_a_room_of_many_asks_the_database_no_more_than_a_room_of_few(engine):
    house = open_house(engine, sectors={"government": 40, "business": 40})
    asked = []
    event.listen(engine, "before_cursor_execute", lambda *given: asked.append(given[2]))

    behind(engine, typing(engine, house.round.room_code))

    assert len(asked) < 12


def test_the_log_of_a_room_does_not_say_who_came_in_when(engine):
    house, tokens = not_joined(engine)

    claimed(engine, door_of(house.round, key=KEY), min(tokens), now=later(minutes=7))

    with reading(engine) as session:
        entries = [row for row in session.scalars(select(AuditRow)) if row.actor == "room code"]
    assert [(row.action, row.detail) for row in entries] == [("link issued", {})]


def test_two_who_take_one_name_at_the_same_moment_get_one_link(engine):
    house, tokens = not_joined(engine)
    wanted, door = min(tokens), door_of(house.round, key=KEY)

    def attempt(_):
        try:
            return claimed(engine, door, wanted)
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
        claimed(engine, door_of(house.round, key=KEY), other.people[0].participant_id)


def test_code_and_door_work_only_while_the_round_is_open(engine):
    house, _ = not_joined(engine)
    code, door = house.round.room_code, door_of(house.round, key=KEY)

    closed(house)
    with pytest.raises(UnknownCodeError):
        typing(engine, code)
    with pytest.raises(UnknownDoorError):
        behind(engine, door)
    reopen_round(engine, account=house.account, round_id=house.round.id, now=NOW)

    assert typing(engine, code) == door
    assert behind(engine, door)


def test_a_door_ends_with_its_round_and_the_next_round_has_another(engine):
    house = open_house(engine)
    first = door_of(house.round, key=KEY)
    for who in house.people:
        finished(house, who, {"R1": 1})
    later_round = next_round(revealed(house))

    assert door_of(later_round.round, key=KEY) != first
    with pytest.raises(UnknownDoorError):
        behind(engine, first)


def test_a_door_is_a_secret_of_256_bits_that_only_the_signing_key_makes(engine):
    house, _ = not_joined(engine)
    door = door_of(house.round, key=KEY)
    number, _, secret = door.partition("-")

    assert len(base64.urlsafe_b64decode(secret + "=")) == 32
    assert house.round.room_code not in door
    for forged in (
        door[:-1] + ("A" if door[-1] != "A" else "E"),
        f"{number}-{'A' * 43}",
        f"999-{secret}",
        door_of(house.round, key=b"another key"),
        secret,
        number,
        "",
        "-",
        "9" * 400 + "-x",
        "²-x",
    ):
        with pytest.raises(UnknownDoorError):
            behind(engine, forged)


def test_ten_thousand_guesses_are_not_looked_up_but_for_a_few_and_the_room_still_comes_in(engine):
    house, tokens = not_joined(engine)
    code, door = house.round.room_code, door_of(house.round, key=KEY)
    looked = []
    event.listen(engine, "before_cursor_execute", lambda *given: looked.append("room_code =" in given[2]))

    # Fifty-five seconds, as fast as a server answers, every one under another made-up name.
    done = attempts(engine, 10_000, browser=lambda number: f"guesser {number}", seconds=0.0055)
    asked = sum(looked)
    with pytest.raises(RoomBusyError):
        typing(engine, code, browser="honest", now=later(seconds=56))
    token = claimed(engine, door, min(tokens), now=later(seconds=56))

    assert (done.count(UnknownCodeError), done.count(RoomBusyError)) == (10, 9_990)
    assert asked == 10
    assert respondent_of(engine, token=token).participant_id == min(tokens)


def test_two_hours_of_guessing_are_some_six_hundred_looked_up(engine):
    not_joined(engine)

    done = attempts(engine, 7_200, browser=lambda number: f"guesser {number}", seconds=1)

    assert 550 <= done.count(UnknownCodeError) <= 620


def test_a_plain_flood_leaves_codes_to_people_who_came_through_the_page(engine):
    house, _ = not_joined(engine)

    done = attempts(engine, 1_000)
    typo = attempts(engine, 1, browser=lambda _: "honest")
    door = typing(engine, house.round.room_code, browser="honest")

    assert done.count(UnknownCodeError) == 5
    assert typo == [UnknownCodeError]
    assert door == door_of(house.round, key=KEY)


def test_many_at_the_same_moment_are_not_looked_up_beyond_the_budget(engine):
    not_joined(engine)

    with ThreadPoolExecutor(24) as pool:
        done = list(pool.map(lambda number: attempts(engine, 1, browser=lambda _: f"g{number}")[0], range(200)))

    assert done.count(UnknownCodeError) == 10


def test_a_browser_that_found_its_room_is_not_slowed_there_and_helps_nobody_to_guess_others(engine):
    house, _ = not_joined(engine)
    other = open_house(engine, by=house.account, name="Elsewhere")
    door = typing(engine, house.round.room_code)
    attempts(engine, 50, browser=lambda number: f"g{number}")

    again = typing(engine, house.round.room_code.lower(), held=door)

    assert again == door
    for typed in (other.round.room_code, WRONG):
        with pytest.raises(RoomBusyError):
            typing(engine, typed, held=door)


def test_who_has_to_wait_is_told_to_scan_and_how_long_and_it_is_counted(engine):
    house, _ = not_joined(engine)
    attempts(engine, 10, browser=lambda _: "b")

    with pytest.raises(RoomBusyError) as refused:
        typing(engine, house.round.room_code, now=later(seconds=10))
    found = typing(engine, house.round.room_code, now=later(seconds=61))
    notices.write_down(engine, now=later(seconds=62))

    assert refused.value.wait_seconds == 50
    assert "Scan the QR code" in refused.value.sentence()
    assert "50 seconds" in refused.value.sentence()
    assert found == door_of(house.round, key=KEY)
    with reading(engine) as session:
        [entry] = [row for row in session.scalars(select(AuditRow)) if row.action == "room code not looked up"]
    assert (entry.actor, entry.partnership_id, entry.detail) == ("somebody", None, {"times": 1})


def test_right_codes_use_up_no_tries(engine):
    house, _ = not_joined(engine)

    for _ in range(100):
        typing(engine, house.round.room_code, browser="one browser")


@pytest.mark.parametrize("typed", ["", " ", "-" * 500, "A" * 100_000, "%", "00000000", "\x00"])
def test_nonsense_is_no_code(engine, typed):
    not_joined(engine)

    with pytest.raises(UnknownCodeError):
        typing(engine, typed)


def test_a_wall_link_shows_its_round_until_it_is_replaced(engine):
    house, _ = not_joined(engine)

    first = issue_wall_link(engine, account=house.account, round_id=house.round.id, now=NOW)
    second = issue_wall_link(engine, account=house.account, round_id=house.round.id, now=NOW)

    assert wall_of_token(engine, token=first) is None
    assert wall_of_token(engine, token=second).id == house.round.id
    assert respondent_of(engine, token=second) is None


def test_in_a_meeting_nobody_takes_a_name_that_is_in_use_nor_reads_what_its_owner_answered(engine):
    room = open_room(engine).at("between_sectors")
    house, (used, free, *_) = room.house, room.house.people
    of = {"account": house.account, "partnership_id": house.partnership.id, "now": NOW}
    issue_links(engine, participant_ids=[free.participant_id], **of)
    with reading(engine) as session:
        door = door_of(rounds.get(session, house.round.id), key=KEY)

    there = names_behind(engine, door=door, key=KEY)
    assert there.meeting
    assert used.participant_id not in dict(there.names)
    with pytest.raises(NameTakenError):
        claim_name(engine, door=door, participant_id=used.participant_id, key=KEY, now=NOW)
    taken = join(engine, token=claim_name(engine, door=door, participant_id=free.participant_id, key=KEY, now=NOW))
    assert own_place(engine, respondent=used, meeting_id=room.id).answer is not None
    assert own_place(engine, respondent=taken, meeting_id=room.id).answer is None

    room.does(leading_meetings.end_meeting)
    with pytest.raises(UnknownDoorError):
        names_behind(engine, door=door, key=KEY)
