"""Many wrong tries at once, and somebody honest among them."""

import threading
import time

from tests.web import house


def test_a_flood_of_wrong_tries_keeps_nobody_out_who_has_the_right_one(served):
    found, server = served
    until = time.monotonic() + 4

    def flood(path, form):
        while time.monotonic() < until:
            server.ask("POST", path, form=form)

    wrong = [("/sign-in", {"name": "Dana", "password": "wrong"})] * 24 + [("/room", {"code": "AAAAAAAA"})] * 6
    guessers = [threading.Thread(target=flood, args=one) for one in wrong]
    for one in guessers:
        one.start()
    time.sleep(1)

    right = {"name": "Dana", "password": house.PASSWORD}
    signed_in = [server.ask("POST", "/sign-in", form=right).status for _ in range(3)]
    room = server.ask("POST", "/room", form={"code": found.room_code})
    for one in guessers:
        one.join()

    assert signed_in == [303] * 3
    assert room.status == 200
    assert "Who are you?" in room.text
