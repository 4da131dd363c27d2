"""A partnership of any size behind the real server, what the server used, and what it kept."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime

from tests.web import house
from xsector.actions import joining, running, setting_up, signing_in
from xsector.actions.demonstrating import Person
from xsector.model.partner import Role
from xsector.model.policy import Policy
from xsector.model.sector import DEFAULT_SECTORS
from xsector.model.sheet import Mark
from xsector.reports import own
from xsector.ui.text import plain

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, kw_only=True)
class Room:
    """A partnership with an open round, and the link of everybody in it."""

    account: object
    partnership_id: int
    round_id: int
    tokens: tuple[str, ...]
    wall: str


@dataclass(frozen=True, kw_only=True)
class Used:
    """What a server has used so far, in seconds and MiB."""

    user: float
    system: float
    memory: float

    @property
    def together(self):
        """Seconds of processor time."""
        return self.user + self.system


def furnish(engine, *, people, form="standard"):
    """A convener and *people* partners in all sectors, two or so to an organisation."""
    now = datetime.now(UTC)
    dana = signing_in.add_account(engine, name="Dana", role=Role.CONVENER, password=house.PASSWORD, now=now)
    partnership = setting_up.create_partnership(
        engine, account=dana, name="Bridges", place="Here", shared_result="Fewer falls", sectors=DEFAULT_SECTORS,
        policy=Policy(), now=now,
    )  # fmt: skip
    rows = [
        Person(
            name=f"Partner {number}",
            organisation=f"Organisation {number // 12 * 6 + number % 6}",
            sector=DEFAULT_SECTORS[number % 6].code,
        )
        for number in range(people)
    ]
    here = {"account": dana, "partnership_id": partnership.id}
    setting_up.add_people(engine, **here, rows=rows, now=now)
    round_ = setting_up.create_round(engine, **here, title="Spring", form=form, now=now)
    running.open_round(engine, account=dana, round_id=round_.id, now=now)
    everybody = range(1, people + 1)
    links = setting_up.issue_links(engine, **here, participant_ids=everybody, now=now)
    wall = running.issue_wall_link(engine, account=dana, round_id=round_.id, now=now)
    tokens = tuple(links[person] for person in everybody)
    return Room(**here, round_id=round_.id, tokens=tokens, wall=wall)


@contextlib.contextmanager
def real_server(folder, *, people, form="standard", **more):
    """The real app on a new database with *people* partners: (room, server)."""
    engine = house.empty_database(folder / "xsector.sqlite3")
    room = furnish(engine, people=people, form=form)
    engine.dispose()
    # Streamlit reads its configuration from the working directory only.
    shutil.copytree(house.PROJECT / ".streamlit", folder / ".streamlit")
    with house.running_server(folder, **more) as server:
        yield room, server


@contextlib.contextmanager
def plain_server(folder, script, **environment):
    """A plain Streamlit script with our configuration and nothing of ours: its process and port."""
    shutil.copytree(house.PROJECT / ".streamlit", folder / ".streamlit")
    copied = shutil.copy(script, folder)
    port = house.free_port()
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("XSECTOR_", "STREAMLIT_"))}
    command = [sys.executable, "-m", "streamlit", "run", copied, "--server.port", str(port)]
    with (folder / "out.txt").open("w") as out:
        process = subprocess.Popen(
            command, cwd=folder, env={**kept, "HOME": str(folder), **environment}, stdout=out, stderr=out
        )
        server = house.Server(port=port, folder=folder, process=process)
        try:
            _wait_for(server)
            yield server
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=20)


def _wait_for(server):
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with contextlib.suppress(OSError):
            if server.ask("GET", "/_stcore/health").status == 200:
                return
        time.sleep(0.05)
    raise RuntimeError("the plain server did not start in a minute")


def used_by(process_id):
    """What a process has used."""
    with open(f"/proc/{process_id}/stat") as file:
        numbers = file.read().rpartition(")")[2].split()
    with open(f"/proc/{process_id}/status") as file:
        memory = next(int(line.split()[1]) for line in file if line.startswith("VmRSS"))
    return Used(user=int(numbers[11]) / TICKS, system=int(numbers[12]) / TICKS, memory=memory / 1024)


def kept_answers(engine, room, *, token):
    """What the database holds of one partner: item code to the words that were chosen, and the receipt."""
    respondent = joining.respondent_of(engine, token=token)
    form = own.own_form(engine, respondent=respondent, round_id=room.round_id)
    items = {item.code: item for item in form.instrument.items()}
    return {code: _said(items[code], answer) for code, answer in form.answers.items()} | {
        code: text for code, (text, _) in form.texts.items()
    }, form.receipt


def _said(item, answer):
    if answer is Mark.CANNOT_JUDGE:
        return plain(item.cannot_judge)
    return plain(item.not_applicable if answer is Mark.NOT_APPLICABLE else item.levels[answer])
