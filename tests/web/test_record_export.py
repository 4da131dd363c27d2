"""The record of a meeting, fetched from the running server."""

from datetime import UTC, datetime

import icalendar
import pytest

from tests.build_meetings import answered_house, planned_room
from tests.build_records import ended, promised
from tests.web import house
from xsector.actions import leading_meetings, signing_in
from xsector.model.partner import Role


@pytest.fixture(scope="module")
def held(tmp_path_factory):
    """The server with a meeting that is over and one that goes on; the cookies of its convener and of a stranger."""
    folder = tmp_path_factory.mktemp("held")
    engine = house.empty_database(folder / "xsector.sqlite3")
    now = datetime.now(UTC)
    for name in ("Dana", "Eli"):
        signing_in.add_account(engine, name=name, role=Role.CONVENER, password=house.PASSWORD, now=now)
    logins = [signing_in.sign_in(engine, name=name, password=house.PASSWORD, now=now) for name in ("Dana", "Eli")]
    dana = signing_in.account_of(engine, token=logins[0], now=now)
    home = answered_house(engine, by=dana)
    over = ended(home, begin_again=True)
    promised(over, "Call the mayor")
    over.does(leading_meetings.end_meeting)
    running = planned_room(home)
    running.does(leading_meetings.begin_meeting)
    engine.dispose()
    with house.running_server(folder) as server:
        yield server, over.id, running.id, [{"xs-account": login} for login in logins]


@pytest.mark.parametrize(
    ("kind", "media", "start"),
    [
        ("docx", "application/vnd.openxmlformats", b"PK"), ("pdf", "application/pdf", b"%PDF"),
        ("md", "text/markdown", b"*Record of our meeting*"), ("ics", "text/calendar", b"BEGIN:VCALENDAR"),
    ],
)  # fmt: skip
def test_each_paper_comes_as_a_file_that_nobody_keeps(held, kind, media, start):
    server, over, _, (dana, _) = held

    reply = server.ask("GET", f"/export/record/{over}.{kind}", cookies=dana)

    assert reply.status == 200
    assert reply.headers["cache-control"] == "no-store"
    assert reply.headers["content-type"].startswith(media)
    assert reply.headers["content-disposition"] == f'attachment; filename="june-talk-record.{kind}"'
    assert reply.body.startswith(start)


def test_the_calendar_holds_the_promise(held):
    server, over, _, (dana, _) = held

    reply = server.ask("GET", f"/export/record/{over}.ics", cookies=dana)

    [event] = icalendar.Calendar.from_ical(reply.body).walk("VEVENT")
    assert str(event["summary"]) == "Government person 1: Call the mayor"


def test_who_does_not_lead_the_partnership_gets_nothing(held):
    server, over, _, (_, eli) = held

    assert server.ask("GET", f"/export/record/{over}.pdf", cookies=eli).status == 403
    assert server.ask("GET", f"/export/record/{over}.pdf").status == 403


def test_a_meeting_that_goes_on_and_a_strange_kind_are_refused(held):
    server, over, running, (dana, _) = held

    assert server.ask("GET", f"/export/record/{running}.pdf", cookies=dana).status == 400
    assert server.ask("GET", f"/export/record/{over}.exe", cookies=dana).status in {400, 404}


@pytest.mark.parametrize("number", ["0", "9" * 10, "9" * 5000, "-1", "x", "%D9%A1"])
def test_a_number_that_no_meeting_has_is_not_found(held, number):
    server, _, _, (dana, _) = held

    assert server.ask("GET", f"/export/record/{number}.pdf", cookies=dana).status == 404
