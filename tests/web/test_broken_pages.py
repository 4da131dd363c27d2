"""A mistake of ours, on any page and behind any door, shows a number to quote and nothing of itself."""

import json
import re
import shutil

import pytest

from tests.web import house
from tests.web.test_hijack import browser, one_run

SECRET = "postgresql://xsector:hunter2@db.example/answers of Ann"
RAISE = f"raise ValueError({SECRET!r})\n"
WHERE = {
    "at once": RAISE,
    "in a part of the page": f"import streamlit as st\n@st.fragment\ndef part():\n    {RAISE}part()\n",
    "in a dialog": f"import streamlit as st\n@st.dialog('Sure?')\ndef ask():\n    {RAISE}ask()\n",
    "because of another": f"try:\n    {RAISE}except ValueError as error:\n    raise LookupError('row 7') from error\n",
    "while reading itself": f"def (:  # {SECRET}\n",
}
PAGES = sorted((house.PROJECT / "pages").glob("*.py"))


@pytest.fixture(scope="module")
def broken(tmp_path_factory):
    """The real server and frame, with a mistake in each page."""
    folder = tmp_path_factory.mktemp("broken")
    frame = folder / "xsector" / "ui" / "frame.py"
    frame.parent.mkdir(parents=True)
    shutil.copy(house.PROJECT / "xsector" / "ui" / "frame.py", frame)
    (folder / "pages").mkdir()
    for path in PAGES:
        (folder / "pages" / path.name).write_text(RAISE, encoding="utf-8")
    application = (house.PROJECT / "app.py").read_text(encoding="utf-8")
    application = application.replace('"xsector/ui/frame.py"', json.dumps(str(frame)))
    (folder / "app.py").write_text(application, encoding="utf-8")
    (folder / ".streamlit").mkdir()
    shutil.copy(house.PROJECT / ".streamlit" / "config.toml", folder / ".streamlit" / "config.toml")
    house.empty_database(folder / "xsector.sqlite3").dispose()
    with house.running_server(folder, app=folder / "app.py", PYTHONPATH=str(house.PROJECT)) as server:
        yield folder, server


def told(broken, *, file, source):
    """What leaves the server when *file* holds *source*, and what its log then says."""
    folder, server = broken
    (folder / "pages" / file).write_text(source, encoding="utf-8")
    address = re.search(rf'"(\w+)": "{file}"', (folder / "xsector" / "ui" / "frame.py").read_text()).group(1)
    before = len(server.logs())
    with browser(server, cookie="") as socket:
        _, seen = one_run(socket, page=address)
    return seen, server.logs()[before:]


def hidden(text):
    """Whether nothing of the mistake is in the text."""
    return not [word for word in ("hunter2", "db.example", "of Ann", "row 7", "Traceback", "/pages/") if word in text]


@pytest.mark.parametrize("file", [path.name for path in PAGES])
def test_a_page_that_breaks_shows_a_reference_and_nothing_of_the_mistake(broken, file):
    seen, log = told(broken, file=file, source=RAISE)

    reference = re.search(rb"Something went wrong \(reference ([0-9a-f]{6})\)", seen).group(1).decode()
    assert hidden(seen.decode("utf-8", "replace"))
    assert f"Reference {reference}: ValueError" in log
    assert "hunter2" not in log


@pytest.mark.parametrize("where", WHERE)
def test_wherever_a_page_breaks_nothing_of_the_mistake_is_shown(broken, where):
    seen, _ = told(broken, file="anyone_welcome.py", source=WHERE[where])

    assert hidden(seen.decode("utf-8", "replace"))
    assert b"ValueError" not in seen
    assert re.search(rb"Something went wrong \(reference [0-9a-f]{6}\)", seen)
