import io
import json
import re
import shutil
from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from tests.build_meetings import open_room
from tests.conftest import copied
from xsector.__main__ import main
from xsector.actions import leading_meetings
from xsector.actions.permission import OPERATOR
from xsector.actions.running import close_round
from xsector.settings import from_environment
from xsector.store import lock
from xsector.store.engine import open_engine, writing

ROWS = "group,A1,A2\n" + "x,1,2\nx,2,2\nx,5,4\ny,4,1\ny,5,5\n" * 4


@pytest.fixture(scope="module")
def demo_file(tmp_path_factory):
    """A database with the demo partnership in it, made once."""
    path = tmp_path_factory.mktemp("demo") / "xsector.sqlite3"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XSECTOR_DATABASE_URL", f"sqlite:///{path}")
        assert main(["demo", "--people", "24", "--json"]) == 0
    return path


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder for the database, the backups and everything else of one test."""
    monkeypatch.setenv("XSECTOR_DATABASE_URL", f"sqlite:///{tmp_path / 'data' / 'xsector.sqlite3'}")
    monkeypatch.setenv("XSECTOR_BACKUPS", str(tmp_path / "backups"))
    monkeypatch.setenv("XSECTOR_BASE_URL", "https://partners.example.org")
    return tmp_path


@pytest.fixture
def demo(folder, demo_file):
    """The same with a copy of the demo's database."""
    (folder / "data").mkdir()
    shutil.copy(demo_file, folder / "data" / "xsector.sqlite3")
    return folder


@pytest.fixture
def run(capsys):
    """Run a command: exit code, standard output, standard error."""

    def command(*arguments):
        capsys.readouterr()
        code = main([str(one) for one in arguments])
        return code, *capsys.readouterr()

    return command


def document(result):
    """The one JSON document on standard output."""
    code, out, _ = result
    assert code == 0
    assert out.endswith("\n")
    assert out.count("\n") == 1
    return json.loads(out)


def refused(result, *, json_too=False):
    """The one sentence (with its remedy) of a command that failed."""
    code, out, said = result
    assert code == 1
    assert json_too or out == ""
    assert "Traceback" not in said
    assert said.count("\n") == 1
    assert said.rstrip().endswith((".", ")"))
    return said


def test_the_demo_prints_its_rounds_and_links(folder, run):
    made = document(run("demo", "--people", 20, "--seed", 3, "--rounds", 2, "--json"))

    assert set(made) == {"partnership", "rounds", "links"}
    assert made["rounds"] == [{"id": 1, "state": "revealed"}, {"id": 2, "state": "open"}]
    assert made["links"]["wall"].startswith("https://partners.example.org/wall/")
    assert all(link.startswith("https://partners.example.org/join/") for link in made["links"]["partners"].values())
    assert len(made["links"]["room_code"]) == 8


def test_the_same_seed_gives_the_same_answers(folder, run, monkeypatch):
    reports = []
    for name in ("one", "two"):
        monkeypatch.setenv("XSECTOR_DATABASE_URL", f"sqlite:///{folder / name}.sqlite3")
        run("demo", "--people", 15, "--seed", 5, "--json")
        reports.append(document(run("report", 1, "--json")))

    assert reports[0] == reports[1]


@pytest.mark.parametrize("rounds", [1, 3])
def test_a_demo_of_several_rounds(folder, run, rounds):
    made = document(run("demo", "--people", 12, "--rounds", rounds, "--json"))

    states = [one["state"] for one in made["rounds"]]
    assert states == (["revealed"] if rounds == 1 else ["revealed", "revealed", "open"])


def test_the_demo_for_people_says_what_it_made(folder, run):
    code, out, said = run("demo", "--people", 12)

    assert code == 0
    assert "with 12 people" in out
    assert "Round 1, “Spring check-up”, is revealed." in out
    assert said == "Links work once the app runs.\n"


def test_a_file_goes_all_the_way_to_a_report(folder, run):
    (folder / "answers.csv").write_text(ROWS, encoding="utf-8")

    made = document(
        run(
            "import",
            folder / "answers.csv",
            "--partnership",
            "Survey",
            "--sector",
            "group",
            "--levels",
            "1..5",
            "--json",
        )
    )
    shown = document(run("reveal", made["round"]["id"], "--json"))
    report = document(run("report", made["round"]["id"], "--json"))

    assert made["round"] == {"id": 1, "state": "closed"}
    assert (made["answered"], made["skipped"]) == (20, [])
    assert shown == {"round": {"id": 1, "state": "revealed"}}
    assert report["round"]["state"] == "revealed"
    assert {item["code"]: item["counts"] for item in report["items"]} == {
        "A1": {"x": [4, 4, 0, 0, 4], "y": [0, 0, 0, 4, 4]},
        "A2": {"x": [0, 8, 0, 4, 0], "y": [4, 0, 0, 0, 4]},
    }


def test_an_import_says_what_it_skipped_and_why(folder, run):
    (folder / "answers.csv").write_text(ROWS + ",1,1\n", encoding="utf-8")

    result = run("import", folder / "answers.csv", "--partnership", "S", "--sector", "group", "--json")
    code, out, said = run("import", folder / "answers.csv", "--partnership", "S", "--sector", "group")

    assert document(result)["skipped"] == [{"row": 22, "reason": "it has no sector in column “group”"}]
    assert (code, "row 22: it has no sector" in out) == (0, True)
    assert "organisation of their own" in said


def test_commands_for_people_print_sentences(demo, run):
    assert "is revealed;" in run("report", 1)[1]
    assert "questions were released" in run("ledger", 1)[1]
    assert run("check") == (0, "The database is whole; the ledger and the audit log are unbroken.\n", "")


def test_the_report_of_an_open_round_shows_no_item(demo, run):
    report = document(run("report", 2, "--json"))

    assert (report["items"], report["blocks"], report["round"]["state"]) == ([], [], "open")


def test_a_ledger_holds_members_only_when_asked_for(demo, run):
    plain = document(run("ledger", 1, "--json"))
    full = document(run("ledger", 1, "--json", "--with-members"))

    assert set(plain) == set(full) == {"questions", "people", "releases"}
    assert plain["people"] == []
    assert not any("members" in cell for cell in plain["releases"])
    assert all(cell["members"] and set(cell) & {"counts", "at_least"} for cell in full["releases"])
    assert len(full["people"]) == 24


def test_check_prints_an_empty_list_of_problems(demo, run):
    assert document(run("check", "--json")) == {"problems": [], "warnings": []}


def test_check_fails_with_a_sentence_when_a_figure_was_changed(demo, run):
    engine = open_engine(from_environment().database_url)
    with writing(engine) as session:
        session.execute(text("UPDATE block_count SET people = people + 1"))
    engine.dispose()

    said = refused(run("check"))
    code, out, _ = run("check", "--json")

    assert said.startswith("The figures of release 1 aren't those that were released.")
    assert code == 1
    assert json.loads(out) == {
        "problems": ["The figures of release 1 aren't those that were released."],
        "warnings": [],
    }


def test_a_question_about_trust_is_printed_by_both_ends(demo, run):
    made = document(run("report", 1, "--json"))["banded"]

    lines = [line for line in run("report", 1)[1].splitlines() if line.startswith("  ~  ")]

    assert made
    assert len(lines) == len(made)
    for line, one in zip(lines, made, strict=True):
        low, high = (float(end) for end in re.search(r"  D (\d\.\d\d) to (\d\.\d\d)  ", line).groups())
        assert line.endswith(one["reading"])
        assert one["D"]["low"] - 0.01 < low <= one["D"]["low"] + 1e-9
        assert one["D"]["high"] - 1e-9 <= high < one["D"]["high"] + 0.01


def test_a_backup_is_brought_back(demo, run):
    before = document(run("report", 1, "--json"))
    assert run("backup", demo / "copy.sqlite3")[0] == 0
    engine = open_engine(from_environment().database_url)
    with writing(engine) as session:
        session.execute(text("DELETE FROM partnership"))
    engine.dispose()
    refused(run("report", 1, "--json"))

    code, out, _ = run("restore", demo / "copy.sqlite3")

    assert code == 0
    assert out.endswith(f"Restored {demo / 'copy.sqlite3'}.\n")
    assert document(run("report", 1, "--json")) == before
    assert len(list((demo / "backups").glob("before-restore-*.sqlite3"))) == 1


def test_a_restore_and_the_check_after_it_say_which_round_had_been_shown(demo, run):
    assert run("backup", demo / "copy.sqlite3")[0] == 0
    assert run("check")[2] == ""
    engine = open_engine(from_environment().database_url)
    close_round(engine, account=OPERATOR, round_id=2, now=datetime.now(UTC))
    engine.dispose()
    assert run("reveal", 2)[0] == 0

    code, out, _ = run("restore", demo / "copy.sqlite3")

    assert code == 0
    assert "“Autumn check-up” of “Riverside Ready for School” had been shown, and this backup doesn't know" in out
    assert "Start a new round." in out
    assert "“Autumn check-up” of “Riverside Ready for School” had been shown before a backup" in run("check")[2]
    refused(run("reveal", 2))


def link_in(out):
    """The token of the link that a command printed."""
    return re.search(r"https://partners\.example\.org/password/([\w-]{43})\n", out)[1]


def test_an_account_gets_a_link_that_is_shown_once(folder, run):
    code, out, said = run("user", "add", "Dana Lee", "--role", "convener")

    assert (code, said) == (0, "")
    assert out.startswith("Made the account “Dana Lee” as convener.\nIts owner sets the password here.")
    assert link_in(out).encode() not in (folder / "data" / "xsector.sqlite3").read_bytes()
    assert "already" in refused(run("user", "add", "DANA LEE", "--role", "facilitator"))


def test_an_account_gets_a_password_that_is_typed(folder, run, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("violet harbour 71 spoons\n"))
    code, out, _ = run("user", "add", "Dana", "--role", "convener", "--password")
    monkeypatch.setattr("sys.stdin", io.StringIO("dragon123456789\n"))

    said = refused(run("user", "add", "Fay", "--role", "convener", "--password"))

    assert (code, out) == (0, "Made the account “Dana” as convener.\n")
    assert "common password" in said
    assert document(run("user", "list", "--json")) == {
        "accounts": [{"name": "Dana", "role": "convener", "browsers": 0, "has_password": True, "leads": []}]
    }


def test_accounts_are_listed_helped_signed_out_and_closed(demo, run):
    assert run("user", "list")[1] == "There is no account yet.\n"
    run("user", "add", "Dana", "--role", "convener")
    run("user", "add", "Olga", "--role", "convener")
    listed = run("user", "list")[1]

    link = run("user", "link", "dana")
    out = run("user", "sign-out", "Olga")
    needed = refused(run("user", "remove", "Dana"))
    gone = run("user", "remove", "Dana", "--heir", "Olga")

    assert listed.splitlines() == [
        "Dana, convener, without a password: signed in in 0 browsers; leads “Riverside Ready for School”",
        "Olga, convener, without a password: signed in in 0 browsers",
    ]
    assert link[1].startswith("Made a link for “Dana”.")
    assert link_in(link[1])
    assert out == (0, "Signed “Olga” out of all browsers.\n", "")
    assert needed.startswith("“Dana” is the only convener who leads “Riverside Ready for School”.")
    assert gone == (0, "Closed the account “Dana”.\n", "")
    assert [one["leads"] for one in document(run("user", "list", "--json"))["accounts"]] == [
        ["Riverside Ready for School"]
    ]


def test_the_log_is_read_out_in_utc(demo, run):
    assert run("user", "add", "Dana", "--role", "convener")[0] == 0

    found = document(run("audit", "--json"))["entries"]
    last = document(run("audit", "--json", "--last", 1))["entries"]
    lines = run("audit")[1].splitlines()

    assert [one["number"] for one in found] == list(range(1, len(found) + 1))
    assert set(found[0]) == {"number", "at", "actor", "action", "partnership", "detail"}
    assert last == found[-1:]
    assert {**last[0], "at": "", "number": 0} == {
        "number": 0, "at": "", "actor": "operator", "action": "account made", "partnership": None,
        "detail": {"role": "convener"},
    }  # fmt: skip
    assert len(lines) == len(found)
    assert all(re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ  \S", line) for line in lines)
    assert lines[-1].endswith('operator: account made  {"role": "convener"}')


def test_check_says_which_files_others_may_read(demo, run):
    path = demo / "data" / "xsector.sqlite3"
    path.chmod(0o644)

    code, out, said = run("check")
    told = json.loads(run("check", "--json")[1])

    assert (code, out) == (0, "The database is whole; the ledger and the audit log are unbroken.\n")
    assert said == f"Others on this computer may read {path}. Close it with: chmod 600 '{path}'\n"
    assert told == {"problems": [], "warnings": [said.rstrip()]}


def test_an_account_without_a_password_is_tied_by_subject_or_by_a_link(folder, run):
    known = ("--oidc-issuer", "https://login.example.org", "--oidc-subject", "1001")

    by_subject = run("user", "add", "Dana", "--role", "convener", *known)
    by_link = run("user", "add", "Eli", "--role", "facilitator", "--provider")
    again = run("user", "link", "eli", "--provider")

    assert by_subject == (0, "Made the account “Dana” as convener, without a password.\n", "")
    links = [re.findall(r"https://partners.example.org/link/[\w-]{43}\n", out) for _, out, _ in (by_link, again)]
    assert [len(found) for found in links] == [1, 1]
    assert links[0] != links[1]
    assert "already" in refused(run("user", "add", "Fay", "--role", "convener", *known))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("add", "Dana", "--role", "convener", "--oidc-subject", "1"), "issuer and subject together"),
        (("add", "Dana", "--role", "convener", "--oidc-issuer", "https://x.example"), "issuer and subject together"),
        (("add", "Dana", "--role", "convener", "--oidc-issuer", "x", "--oidc-subject", "1"), "an https address"),
        (("add", "Dana", "--role", "convener", "--oidc-issuer", "https://x", "--oidc-subject", "ä"), "no subject"),
        (("link", "Nobody", "--provider"), "no account named"),
    ],
)
def test_an_account_that_nobody_could_open_is_not_made(folder, run, arguments, said):
    assert said in refused(run("user", *arguments))


@pytest.mark.parametrize("kind", ["docx", "pdf", "md"])
def test_an_agenda_is_written_in_the_wanted_format(demo, run, kind):
    target = demo / f"agenda.{kind}"

    code, out, _ = run("agenda", 1, "--minutes", 60, "-o", target)

    assert code == 0
    assert out.startswith("Wrote an agenda of 60 minutes")
    starts = {"docx": b"PK", "pdf": b"%PDF", "md": b"#"}[kind]
    assert target.read_bytes().startswith(starts)


@pytest.mark.parametrize("kind", ["docx", "pdf", "md", "ics"])
def test_the_record_of_a_meeting_is_written_once_it_is_over(folder, run, migrated_file, kind):
    (folder / "data").mkdir()
    engine = copied(migrated_file, folder / "data")
    target = folder / f"record.{kind}"
    room = open_room(engine).on()
    engine.dispose()

    told = refused(run("record", room.id, "-o", target))
    room.does(leading_meetings.end_meeting)
    room.house.engine.dispose()
    code, out, _ = run("record", room.id, "-o", target)

    assert "the meeting goes on" in told
    assert (code, out) == (0, f"Wrote “June talk” with 0 promises to {target}.\n")
    starts = {"docx": b"PK", "pdf": b"%PDF", "md": b"*Record of our meeting*", "ics": b"BEGIN:VCALENDAR"}[kind]
    assert target.read_bytes().startswith(starts)


@pytest.mark.parametrize(
    "arguments",
    [
        ("report", 99), ("report", 99, "--json"), ("report", 0), ("report", -1), ("report", 10**30),
        ("reveal", 99), ("reveal", 1), ("reveal", 2), ("ledger", 99, "--json"),
        ("agenda", 99, "-o", "x.docx"), ("agenda", 2, "-o", "x.docx"), ("agenda", 1, "-o", "x.exe"),
        ("record", 1, "-o", "x.docx"), ("record", 99, "-o", "x.exe"), ("record", 10**30, "-o", "x.ics"),
        ("agenda", 1, "--minutes", 1, "-o", "x.docx"), ("agenda", 1, "-o", "nowhere/at/all/x.md"),
        ("backup", "."), ("backup", "nowhere\0.sqlite3"), ("restore", "nowhere.sqlite3"), ("restore", "."),
        ("import", "nowhere.csv", "--partnership", "S"), ("import", ".", "--partnership", "S"),
        ("import", "x.csv", "--partnership", "S", "--sector", "nowhere"),
        ("import", "x.csv", "--partnership", "", "--sector", "group"),
        ("import", "x.csv", "--partnership", "S", "--sector", "group", "--k", 2),
        ("import", "x.csv", "--partnership", "S", "--sector", "group", "--levels", "5..1"),
        ("import", "x.csv", "--partnership", "S", "--sector", "group", "--items", "B9"),
        ("import", "x.csv", "--partnership", "S", "--sector", "group", "--map", "nowhere.yaml"),
        ("user", "add", "\u202e", "--role", "convener"), ("user", "link", "Nobody"), ("user", "sign-out", "Nobody"),
        ("user", "remove", "Nobody"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_said_in_a_sentence(demo, run, monkeypatch, arguments):
    monkeypatch.chdir(demo)
    (demo / "x.csv").write_text(ROWS, encoding="utf-8")

    refused(run(*arguments))


@pytest.mark.parametrize(
    "command", [("report", 1), ("check",), ("ledger", 1), ("backup", "x.sqlite3"), ("audit",), ("user", "list")]
)
def test_looking_at_a_database_that_is_not_there_makes_none(folder, run, command):
    said = refused(run(*command))

    assert said.startswith("There is no database at ")
    assert not (folder / "data" / "xsector.sqlite3").exists()


@pytest.mark.parametrize("command", [("report", 1), ("check",), ("reveal", 1), ("demo",)])
def test_a_file_that_is_no_database_is_left_alone(folder, run, command):
    path = folder / "data" / "xsector.sqlite3"
    path.parent.mkdir()
    path.write_bytes(b"a letter " * 1000)

    refused(run(*command))

    assert path.read_bytes() == b"a letter " * 1000


@pytest.mark.parametrize("command", [("reveal", 1), ("demo",), ("user", "add", "Dana", "--role", "convener")])
def test_a_second_process_that_would_write_is_refused(demo, run, command):
    with lock.take(demo / "data" / "xsector.sqlite3"):
        said = refused(run(*command))

    assert said.startswith("Another xsector process")
    assert said.endswith("Stop the other one first, or use PostgreSQL, which several can share.\n")


def test_a_second_process_may_look(demo, run):
    with lock.take(demo / "data" / "xsector.sqlite3"):
        assert document(run("report", 1, "--json"))["answered"] > 0
        assert document(run("check", "--json")) == {"problems": [], "warnings": []}


def test_a_server_that_is_not_there_is_said_in_a_sentence(folder, run, monkeypatch):
    monkeypatch.setenv("XSECTOR_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/nothing")

    refused(run("report", 1))
    refused(run("demo"))


def test_a_variable_that_cannot_be_used_is_said_in_a_sentence(folder, run, monkeypatch):
    monkeypatch.setenv("XSECTOR_DATABASE_URL", "mysql://x")

    assert refused(run("report", 1)).startswith("XSECTOR_DATABASE_URL must ")
