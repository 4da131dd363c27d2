"""One walk through a whole round, and all that left the server meanwhile."""

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import streamlit

from tests.browser import planted
from tests.browser.planted import Pile
from tests.browser.recorder import Recorder
from tests.browser.round_walk import Walked, whole_round
from tests.browser.wire import taken_apart
from tests.web.house import running_server
from xsector.store.engine import open_engine

PROGRAM = Path(streamlit.__file__).parent


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """What the walk knows, what was asked, all that left, what the server printed, and where its database lies."""

    walked: Walked
    asked: list
    left: list
    logs: str
    port: int
    folder: Path

    def to(self, who, *, since=None, until=None):
        """What left for somebody between two steps of the walk."""
        begin = self.walked.moments[since] if since else 0
        end = self.walked.moments[until] if until else float("inf")
        return [one for one in self.left if one.who == who and begin <= one.at < end]

    @cached_property
    def everything(self):
        """All that left, to be searched."""
        return Pile(self.left)

    @cached_property
    def early(self):
        """The same before the reveal."""
        return Pile([one for one in self.left if one.at < self.revealed_at])

    @property
    def revealed_at(self):
        """The moment in which the convener said yes to the reveal."""
        return self.walked.moments["reveal"]


def gathered(chromium, folder):
    """Walk, and take apart what was recorded."""
    with running_server(folder) as server, Recorder(server.port) as recorder:
        first_link = re.search(r"http\S+/first/\S+", (folder / "out.txt").read_text()).group()
        engine = open_engine(f"sqlite:///{folder / 'xsector.sqlite3'}")
        walked = whole_round(chromium, engine, recorder, first_link=first_link)
        engine.dispose()
    asked, left = taken_apart(recorder.lines)
    left = planted.without_program(left, PROGRAM)
    logs = server.logs().replace(first_link, "")
    return Evidence(walked=walked, asked=asked, left=left, logs=logs, port=server.port, folder=folder)
