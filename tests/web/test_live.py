"""The socket by which pages hear that something is new: it says that, to whom it may, and nothing else."""

import contextlib
import re
import time
from datetime import UTC, datetime

import pytest
import websockets.exceptions
import websockets.sync.client

from tests.build_meetings import answered_house, planned_room
from tests.web import house as web_house
from xsector.actions import joining, leading_meetings, running
from xsector.actions.setting_up import issue_links
from xsector.store import accounts, facts, rounds
from xsector.store.engine import reading, writing
from xsector.ui.identity import sealed
from xsector.web import live

WORD = re.compile(r"[0-9a-f]{16}")


@pytest.fixture(scope="module")
def hall(tmp_path_factory):
    """A meeting that goes on, its server, and the cookie of each role's browser."""
    folder = tmp_path_factory.mktemp("live")
    engine = web_house.empty_database(folder / "xsector.sqlite3")
    room = planned_room(answered_house(engine))
    room.does(leading_meetings.begin_meeting)
    now = datetime.now(UTC)
    with writing(engine) as session:
        key = facts.signing_key(session)
        login = accounts.sign_in(session, account_id=room.house.account.id, now=now)
    wall = running.issue_wall_link(engine, account=room.house.account, round_id=room.house.round.id, now=now)
    token = next(iter(room.house.tokens.values()))
    cookies = {
        "room": f"xs-partner={sealed(token, key=key, now=now)}",
        "wall": f"xs-wall={wall}",
        str(room.id): f"xs-account={login}",
    }
    with web_house.running_server(folder) as server:
        yield room, server, cookies
    engine.dispose()


@contextlib.contextmanager
def listening(server, where, *, cookie="", origin=None):
    with websockets.sync.client.connect(
        f"ws://localhost:{server.port}/live/{where}",
        origin=origin or server.origin,
        additional_headers={"Cookie": cookie} if cookie else {},
    ) as socket:
        yield socket


@pytest.mark.parametrize("who", [0, 1, 2])
def test_whoever_follows_hears_at_once_and_again_when_the_meeting_moves(hall, who):
    room, server, cookies = hall
    where, cookie = list(cookies.items())[who]

    with listening(server, where, cookie=cookie) as socket:
        first = socket.recv(timeout=10)
        with pytest.raises(TimeoutError):
            socket.recv(timeout=1)
        start = time.monotonic()
        room.does(leading_meetings.blank_wall, blank=not room.meeting.blank)
        second = socket.recv(timeout=10)

    assert time.monotonic() - start < 5
    assert first != second
    assert WORD.fullmatch(first)
    assert WORD.fullmatch(second)


@pytest.mark.parametrize(("where", "whose"), [
    ("room", ""), ("wall", ""), ("1", ""), ("room", "wall"), ("wall", "room"), ("1", "room"), ("2", "1"), ("x", "1"),
    ("room", "1"), ("99999999999", "1"),
])  # fmt: skip
def test_nobody_else_hears_anything(hall, where, whose):
    _, server, cookies = hall

    with (
        pytest.raises(websockets.exceptions.InvalidStatus) as refused,
        listening(server, where, cookie=cookies.get(whose, "")),
    ):
        pass
    assert refused.value.response.status_code == 403


def test_a_page_of_another_site_opens_no_socket(hall):
    _, server, cookies = hall

    with (
        pytest.raises(websockets.exceptions.InvalidStatus),
        listening(server, "room", cookie=cookies["room"], origin="https://evil.example"),
    ):
        pass


def test_one_browser_opens_so_many_sockets_and_others_still_hear(hall):
    _, server, cookies = hall

    with contextlib.ExitStack() as opened:
        for _ in range(live.MOST):
            opened.enter_context(listening(server, "room", cookie=cookies["room"])).recv(timeout=10)
        with pytest.raises(websockets.exceptions.InvalidStatus):
            opened.enter_context(listening(server, "room", cookie=f"{cookies['room']}; more=1"))
        opened.enter_context(listening(server, "wall", cookie=cookies["wall"])).recv(timeout=10)

    with listening(server, "room", cookie=cookies["room"]) as socket:
        assert WORD.fullmatch(socket.recv(timeout=10))


def test_whoever_comes_in_by_the_code_while_a_meeting_goes_on_is_led_into_it(hall):
    room, server, _ = hall
    house, late = room.house, room.house.people[5]
    of = {"account": house.account, "partnership_id": house.partnership.id, "now": datetime.now(UTC)}
    issue_links(house.engine, participant_ids=[late.participant_id], **of)
    with reading(house.engine) as session:
        door = joining.door_of(rounds.get(session, house.round.id), key=facts.signing_key(session))
    chosen = {"participant": str(late.participant_id), "confirmed": "yes"}

    welcome = server.ask("POST", f"/room/{door}", form=chosen)

    assert welcome.status == 200
    assert 'href="/follow"' in welcome.text


def test_an_open_socket_does_not_keep_the_server_from_stopping(tmp_path):
    engine = web_house.empty_database(tmp_path / "xsector.sqlite3")
    room = planned_room(answered_house(engine))
    wall = running.issue_wall_link(
        engine, account=room.house.account, round_id=room.house.round.id, now=datetime.now(UTC)
    )
    engine.dispose()
    with web_house.running_server(tmp_path) as server, listening(server, "wall", cookie=f"xs-wall={wall}") as socket:
        socket.recv(timeout=10)
        start = time.monotonic()
        server.process.terminate()
        server.process.wait(timeout=20)
        assert time.monotonic() - start < 15
