"""A database with a partnership to knock at, and the server on it as its own process."""

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode

from xsector.actions import joining, running, setting_up, signing_in
from xsector.actions.demonstrating import Person
from xsector.model.partner import Role
from xsector.model.policy import Policy
from xsector.model.sector import DEFAULT_SECTORS
from xsector.store import facts, migrate
from xsector.store.engine import open_engine, writing

PROJECT = Path(__file__).resolve().parents[2]
NOW = datetime(2030, 5, 6, 12, 0, tzinfo=UTC)
PASSWORD = "violet harbour 71 spoons"


@dataclass(frozen=True, kw_only=True)
class House:
    """One partnership <Bridges & Co>, its convener Dana, six people, an open round and its wall."""

    url: str
    account: object
    partnership_id: int
    round_id: int
    room_code: str
    door: str
    people: dict[str, int]
    tokens: dict[str, str]
    wall: str
    key: bytes


def empty_database(path):
    """A database with all tables and nobody in it."""
    engine = open_engine(f"sqlite:///{path}")
    migrate.upgrade(engine, backup_folder=path.parent / "backups", now=NOW)
    return engine


def furnish(engine):
    """Fill a database; Ann and Bob get a link, Eve, Fay, Gus and Hal come in by room code."""
    now = datetime.now(UTC)
    dana = signing_in.add_account(engine, name="Dana", role=Role.CONVENER, password=PASSWORD, now=now)
    partnership = setting_up.create_partnership(
        engine, account=dana, name="<Bridges & Co>", place="Here", shared_result="Fewer falls",
        sectors=DEFAULT_SECTORS, policy=Policy(), now=now,
    )  # fmt: skip
    names = ("Ann", "Bob", "Eve", "Fay", "Gus", "Hal")
    rows = [Person(name=name, organisation=f"Org of {name}", sector="government") for name in names]
    setting_up.add_people(engine, account=dana, partnership_id=partnership.id, rows=rows, now=now)
    round_ = setting_up.create_round(
        engine, account=dana, partnership_id=partnership.id, title="Spring <b>", form="pulse", now=now
    )
    round_ = running.open_round(engine, account=dana, round_id=round_.id, now=now)
    with writing(engine) as session:
        key = facts.signing_key(session)
    door = joining.door_of(round_, key=key)
    people = {said.split(" ·")[0]: number for number, said in joining.names_behind(engine, door=door, key=key).names}
    chosen = [people["Ann"], people["Bob"]]
    links = setting_up.issue_links(engine, account=dana, partnership_id=partnership.id, participant_ids=chosen, now=now)
    return House(
        url=str(engine.url), account=dana, partnership_id=partnership.id, round_id=round_.id,
        room_code=round_.room_code, door=door, people=people, key=key,
        tokens={"Ann": links[people["Ann"]], "Bob": links[people["Bob"]]},
        wall=running.issue_wall_link(engine, account=dana, round_id=round_.id, now=now),
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What came back."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self):
        return self.body.decode()

    @property
    def cookies(self):
        pairs = [one.partition(";")[0].partition("=") for one in self.headers.get_all("set-cookie") or []]
        return {name: value for name, _, value in pairs}


@dataclass(frozen=True, kw_only=True)
class Server:
    """A running server."""

    port: int
    folder: Path
    process: subprocess.Popen = field(repr=False)

    @property
    def origin(self):
        return f"http://localhost:{self.port}"

    def logs(self):
        return (self.folder / "out.txt").read_text() + (self.folder / "err.txt").read_text()

    def ask(self, method, path, *, form=None, body=None, cookies=None, headers=None):
        """One request, with what a browser on our own page would send unless *headers* say otherwise."""
        sent = {"Host": f"localhost:{self.port}"}
        if method == "POST":
            sent |= {"Origin": self.origin, "Content-Type": "application/x-www-form-urlencoded"}
        if cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in cookies.items())
        sent |= headers or {}
        sent = {name: value for name, value in sent.items() if value is not None}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        with contextlib.closing(connection):
            connection.request(method, path, body=urlencode(form) if form is not None else body, headers=sent)
            answer = connection.getresponse()
            return Reply(status=answer.status, headers=answer.headers, body=answer.read())


def command(launcher="streamlit", *, app=PROJECT / "app.py"):
    """How the server is started: both ways of the documentation."""
    streamlit = ["-m", "streamlit", "run"] if launcher == "streamlit" else []
    return [sys.executable, *streamlit, str(app)]


def environment(folder, **more):
    """The process's surroundings: our database, backups beside it, nothing of the developer's."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("XSECTOR_", "STREAMLIT_"))}
    return {
        **kept,
        "HOME": str(folder),
        "XSECTOR_DATABASE_URL": f"sqlite:///{folder / 'xsector.sqlite3'}",
        "XSECTOR_BACKUPS": str(folder / "backups"),
        **more,
    }


@contextlib.contextmanager
def running_server(folder, *, launcher="streamlit", app=PROJECT / "app.py", port=None, **more):
    """The server on the database in *folder*, until the block ends; on a free port unless one is given."""
    port = port or free_port()
    surroundings = environment(folder, STREAMLIT_SERVER_PORT=str(port), **more)
    with (folder / "out.txt").open("w") as out, (folder / "err.txt").open("w") as err:
        process = subprocess.Popen(command(launcher, app=app), cwd=folder, env=surroundings, stdout=out, stderr=err)
        server = Server(port=port, folder=folder, process=process)
        try:
            _wait_for(server)
            yield server
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
            process.wait(timeout=20)


def free_port():
    """A port that nobody uses now."""
    with contextlib.closing(socket.socket()) as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def _wait_for(server):
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if server.process.poll() is not None:
            raise RuntimeError(f"the server ended at once: {server.logs()}")
        with contextlib.suppress(OSError):
            if server.ask("GET", "/healthz").status == 200:
                return
        time.sleep(0.05)
    raise RuntimeError(f"the server did not start in a minute: {server.logs()}")
