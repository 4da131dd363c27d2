from xml.etree import ElementTree as ET

import pytest

from tests.build import NOW, closed, finished, open_house, revealed
from tests.ui.screens import as_wall, screen, start, unharmed, words
from tests.ui.signed_in import browse_as
from xsector.actions.joining import door_of
from xsector.actions.running import issue_wall_link, show_on_wall
from xsector.ui import resources
from xsector.ui.qr import qr_code
from xsector.ui.wall import invitation


@pytest.fixture
def house(served):
    return open_house(served)


def open_wall(monkeypatch, house):
    token = issue_wall_link(house.engine, account=house.account, round_id=house.round.id, now=NOW)
    as_wall(monkeypatch, token)


def pictures(house):
    """Everything that was drawn and kept so far."""
    return [kept.result() for kept in resources._KEPT.values() if hasattr(kept.result(), "svg")]


def test_somebody_unknown_finds_the_two_doors(monkeypatch, served):
    browse_as(monkeypatch)

    app = start()

    assert [one.value for one in app.subheader] == ["I was asked to answer", "I convene or facilitate"]


def test_the_start_address_leads_the_wall_to_its_picture(monkeypatch, house):
    open_wall(monkeypatch, house)

    unharmed(start())

    assert len(pictures(house)) == 1


def test_before_the_reveal_the_wall_shows_a_number_and_no_name(monkeypatch, house):
    who = house.people[0]
    finished(house, who, {"R1": 1})
    open_wall(monkeypatch, house)

    app = screen("wall_board.py")

    [picture] = {one.svg: one for one in pictures(house)}.values()
    assert "1 of 18 have answered" in picture.alt
    assert who.name not in picture.svg + words(app)
    assert who.organisation not in picture.svg


def test_while_the_round_is_open_the_wall_holds_the_room_s_code_and_afterwards_none(monkeypatch, house):
    open_wall(monkeypatch, house)
    screen("wall_board.py")
    address = f"https://partners.example/room/{door_of(house.round, key=resources.signing_key())}"
    [shown] = pictures(house)

    closed(house)
    screen("wall_board.py")
    after = pictures(house)[-1]

    assert ET.fromstring(shown.svg).tag.endswith("svg")
    assert qr_code(address).svg.partition("viewBox")[2] in shown.svg
    assert address not in shown.svg + shown.alt
    assert "Scan to come in" in shown.svg
    assert "Scan to come in" not in after.svg


def test_after_the_reveal_it_shows_what_the_facilitator_chose(monkeypatch, house):
    for place, who in enumerate(house.people):
        finished(house, who, {"R1": place % 5, "R2": place // 6})
    shown = revealed(house)
    of = {"account": house.account, "round_id": house.round.id, "now": NOW}
    show_on_wall(house.engine, view="item", item="R2", dark=True, **of)
    open_wall(monkeypatch, shown)

    screen("wall_board.py")

    [picture] = pictures(house)
    assert "Wording of R2" in picture.svg
    assert picture.ground == "#0E1117"


def test_a_replaced_wall_link_shows_nothing(monkeypatch, house):
    open_wall(monkeypatch, house)
    issue_wall_link(house.engine, account=house.account, round_id=house.round.id, now=NOW)

    assert "not signed in for this page" in words(screen("wall_board.py"))
    assert pictures(house) == []


def test_the_invitation_names_the_address_and_the_code_in_two_halves(served):
    said = invitation("Harbour", room_code="GKGD72AP")

    assert said == "Scan to come in, or type GKGD 72AP at partners.example/room, or use your personal link."
