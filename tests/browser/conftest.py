import re
from pathlib import Path

import pytest

from tests.browser.evidence import gathered
from tests.web.house import running_server


@pytest.fixture
def server(tmp_path):
    """The real server on a database of its own."""
    with running_server(tmp_path) as running:
        yield running


@pytest.fixture
def first_link(server):
    """The one-time link that the server printed at its start."""
    printed = Path(server.folder / "out.txt").read_text(encoding="utf-8")
    return re.search(r"http\S+/first/\S+", printed).group()


@pytest.fixture(scope="session")
def evidence(chromium, tmp_path_factory):
    """All that left the server in one walk, for every test that looks at it."""
    return gathered(chromium, tmp_path_factory.mktemp("walked"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Keep what every open page of a failed browser test showed."""
    report = yield
    if report.failed and "chromium" in item.fixturenames:
        folder = Path(__file__).parent / "pictures"
        folder.mkdir(exist_ok=True)
        for number, context in enumerate(item.funcargs["chromium"].contexts if "chromium" in item.funcargs else []):
            for page in context.pages:
                page.screenshot(path=folder / f"{item.name}-{number}.png")
    return report
