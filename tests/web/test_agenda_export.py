"""The agenda of a revealed round, fetched from the running server."""

import io
import zipfile
from datetime import UTC, datetime

import pytest

from tests.web import house
from xsector.actions import signing_in
from xsector.actions.demonstrating import make_demo
from xsector.model.partner import Role


@pytest.fixture(scope="module")
def revealed(tmp_path_factory):
    """The server on the demo, with the cookies of its convener and of a stranger."""
    folder = tmp_path_factory.mktemp("demo")
    engine = house.empty_database(folder / "xsector.sqlite3")
    now = datetime.now(UTC)
    signing_in.add_account(engine, name="Dana", role=Role.CONVENER, password=house.PASSWORD, now=now)
    demo = make_demo(engine, people=40, seed=7, rounds=2, now=now)
    signing_in.add_account(engine, name="Eli", role=Role.CONVENER, password=house.PASSWORD, now=now)
    logins = [signing_in.sign_in(engine, name=name, password=house.PASSWORD, now=now) for name in ("Dana", "Eli")]
    engine.dispose()
    with house.running_server(folder) as server:
        yield server, demo.rounds, [{"xs-account": login} for login in logins]


@pytest.mark.parametrize("kind", ["docx", "pdf", "md"])
def test_each_paper_comes_as_a_file_that_nobody_keeps(revealed, kind):
    server, rounds, (dana, _) = revealed

    reply = server.ask("GET", f"/export/agenda/{rounds[0].id}.{kind}?minutes=90", cookies=dana)

    assert reply.status == 200
    assert reply.headers["cache-control"] == "no-store"
    assert reply.headers["content-disposition"] == f'attachment; filename="spring-check-up-agenda.{kind}"'
    if kind == "docx":
        assert "word/document.xml" in zipfile.ZipFile(io.BytesIO(reply.body)).namelist()
    else:
        assert reply.body.startswith(b"%PDF" if kind == "pdf" else b"#")


def test_who_does_not_lead_the_partnership_gets_nothing(revealed):
    server, rounds, (_, eli) = revealed

    assert server.ask("GET", f"/export/agenda/{rounds[0].id}.pdf", cookies=eli).status == 403


@pytest.mark.parametrize("number", ["0", "9" * 10, "9" * 25, "9" * 5000, "-1", "1.5", "x", "%D9%A1"])
def test_a_number_that_no_round_has_is_not_found(revealed, number):
    server, _, (dana, _) = revealed

    assert server.ask("GET", f"/export/agenda/{number}.pdf", cookies=dana).status == 404
    assert server.ask("GET", f"/export/agenda/{number}.pdf").status in {403, 404}
    assert "OverflowError" not in server.logs()


def test_a_round_that_is_not_revealed_has_no_agenda(revealed):
    server, rounds, (dana, _) = revealed

    assert server.ask("GET", f"/export/agenda/{rounds[1].id}.pdf", cookies=dana).status in {400, 404}


@pytest.mark.parametrize("minutes", ["0", "-5", "abc", "99999999", "1e3", "５0"])
def test_odd_numbers_of_minutes_are_refused(revealed, minutes):
    from urllib.parse import quote

    server, rounds, (dana, _) = revealed

    reply = server.ask("GET", f"/export/agenda/{rounds[0].id}.md?minutes={quote(minutes)}", cookies=dana)

    assert reply.status == 400
    assert "can&#x27;t be planned" in reply.text
