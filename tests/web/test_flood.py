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
    browser = server.ask("GET", "/room").cookies
    scanned = server.ask("GET", f"/room/{found.door}")
    typed = server.ask("POST", "/room", form={"code": found.room_code}, cookies=browser)
    nameless = server.ask("POST", "/room", form={"code": found.room_code})
    for one in guessers:
        one.join()

    assert signed_in == [303] * 3
    assert (scanned.status, typed.status) == (200, 200)
    assert "Who are you?" in scanned.text
    assert "Who are you?" in typed.text
    assert nameless.status == 429
    assert "Scan the QR code" in nameless.text
    assert 0 < int(nameless.headers["retry-after"]) <= 120


def test_a_browser_that_guesses_waits_and_its_neighbour_does_not(served):
    found, server = served
    guesser, neighbour = (server.ask("GET", "/room").cookies for _ in range(2))

    known = server.ask("POST", "/room", form={"code": found.room_code}, cookies=neighbour).cookies
    guesses = [server.ask("POST", "/room", form={"code": f"0000000{n}"}, cookies=guesser).status for n in range(9)]
    after = server.ask("POST", "/room", form={"code": found.room_code}, cookies={**neighbour, **known})

    assert set(guesses) == {400, 429}
    assert guesses == sorted(guesses)
    assert after.status == 200
