"""Starting and stopping the real process."""

import fcntl
import gc
import re
import signal
import socket
import subprocess

import pytest

from tests.web import house
from tests.web.house import PASSWORD
from xsector.web.lifespan import listening_sockets, send_at_once


def start_in_vain(folder, **more):
    surroundings = house.environment(folder, STREAMLIT_SERVER_PORT=str(house.free_port()), **more)
    return subprocess.run(
        house.command(), cwd=folder, env=surroundings, capture_output=True, text=True, timeout=60, check=False
    )


@pytest.mark.parametrize("launcher", ["streamlit", "python"])
def test_both_ways_of_starting_print_a_link_for_the_first_account(tmp_path, launcher):
    with house.running_server(tmp_path, launcher=launcher) as server:
        said = (tmp_path / "out.txt").read_text()
        path = re.search(rf"http://localhost:{server.port}(/first/[\w-]{{43}})\n", said)[1]
        assert server.ask("GET", path).status == 200
        differ = server.ask("POST", path, form={"name": "Ann <b>", "password": PASSWORD, "again": "other"})
        weak = server.ask("POST", path, form={"name": "Ann <b>", "password": "short", "again": "short"})
        made = server.ask("POST", path, form={"name": "Ann", "password": PASSWORD, "again": PASSWORD})
        second = server.ask("POST", path, form={"name": "Eve", "password": PASSWORD, "again": PASSWORD})
        gone = server.ask("GET", path).status
        page = server.ask("GET", "/")

    assert (differ.status, weak.status) == (400, 400)
    assert "are not the same" in differ.text
    assert "fewer than 15 characters" in weak.text
    assert all('value="Ann &lt;b&gt;"' in one.text and PASSWORD not in one.text for one in (differ, weak))
    assert (made.status, list(made.cookies)) == (303, ["xs-account"])
    assert (second.status, gone) == (404, 404)
    assert page.status == 200
    assert path.rpartition("/")[2] not in (tmp_path / "err.txt").read_text()
    assert PASSWORD not in server.logs()
    assert server.process.returncode in {0, -signal.SIGTERM}


def test_with_an_account_no_link_is_printed_and_each_start_makes_a_new_one(tmp_path):
    with house.running_server(tmp_path) as server:
        first = re.search(r"/first/\S+", (tmp_path / "out.txt").read_text())[0]
    with house.running_server(tmp_path) as server:
        second = re.search(r"/first/\S+", (tmp_path / "out.txt").read_text())[0]
        assert server.ask("GET", first).status == 404
        form = {"name": "Ann", "password": PASSWORD, "again": PASSWORD}
        assert server.ask("POST", second, form=form).status == 303
    with house.running_server(tmp_path):
        assert "/first/" not in (tmp_path / "out.txt").read_text()


def test_a_second_process_is_turned_away_with_one_sentence(tmp_path):
    with house.running_server(tmp_path) as server:
        second = start_in_vain(tmp_path)
        assert server.ask("GET", "/healthz").status == 200

    assert second.returncode == 1
    assert "has the database" in second.stderr
    assert f"(number {server.process.pid})" in second.stderr
    assert "Traceback" not in second.stderr + second.stdout
    assert len(second.stderr.strip().splitlines()) == 1


def test_a_damaged_a_vanished_and_a_misnamed_database_stop_the_start(tmp_path):
    damaged, vanished = tmp_path / "damaged", tmp_path / "vanished"
    damaged.mkdir()
    vanished.mkdir()
    (damaged / "xsector.sqlite3").write_bytes(b"not a database at all " * 500)
    house.empty_database(vanished / "xsector.sqlite3").dispose()
    for one in vanished.glob("xsector.sqlite3*"):
        if not one.name.endswith("was-here"):
            one.unlink()

    ends = [start_in_vain(damaged), start_in_vain(vanished), start_in_vain(tmp_path, XSECTOR_BASE_URL="ftp://x")]

    for one, word in zip(ends, ["can't be read", "was here and is gone", "XSECTOR_BASE_URL must"], strict=True):
        assert one.returncode == 1
        assert word in one.stderr
        assert "Traceback" not in one.stderr + one.stdout
    assert not (vanished / "xsector.sqlite3").exists()


def test_stopping_gives_the_database_back(tmp_path):
    with house.running_server(tmp_path):
        pass

    with (tmp_path / "xsector.sqlite3.lock").open("a+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    assert not (tmp_path / "xsector.sqlite3-wal").exists()


def test_behind_https_cookies_and_headers_demand_it(tmp_path):
    house.empty_database(tmp_path / "xsector.sqlite3").dispose()
    with house.running_server(tmp_path, XSECTOR_BASE_URL="https://partners.example.org") as server:
        said = (tmp_path / "out.txt").read_text()
        path = re.search(r"https://partners.example.org(/first/[\w-]{43})\n", said)[1]
        form = {"name": "Ann", "password": PASSWORD, "again": PASSWORD}
        plain = server.ask("POST", path, form=form)
        made = server.ask("POST", path, form=form, headers={"Origin": "https://partners.example.org"})
        page = server.ask("GET", "/")

    assert plain.status == 403
    assert list(made.cookies) == ["__Host-xs-account"]
    assert "secure" in made.headers["set-cookie"].lower()
    assert "max-age" in page.headers["strict-transport-security"]


def test_connections_inherit_that_small_packets_go_at_once():
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM, 0) as listening, socket.socket() as client:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        gc.collect()
        found = [one for one in listening_sockets() if one is listening]

        send_at_once(found)

        client.connect(listening.getsockname())
        accepted, _ = listening.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) == 1
    assert found == [listening]
