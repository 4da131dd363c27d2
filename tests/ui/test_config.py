"""Streamlit's options that we rely on still exist, hidden ones too, and have the values we need."""

import tomllib
from pathlib import Path

import pytest
from streamlit import config

FILE = Path(__file__).resolve().parents[2] / ".streamlit" / "config.toml"
SET = tomllib.loads(FILE.read_text(encoding="utf-8"))
NEEDED = {
    "runner.postScriptGC": False,
    "runner.magicEnabled": False,
    "server.fileWatcherType": "none",
    "server.maxUploadSize": 2,
    "server.maxMessageSize": 20,
    "server.maxWidgetStateSize": 1,
    "server.enableStaticServing": False,
    "server.enableAgentApi": False,
    "server.enableCORS": True,
    "server.enableXsrfProtection": True,
    "client.showErrorDetails": "none",
    "client.allowedOrigins": [],
    "client.toolbarMode": "minimal",
    "browser.gatherUsageStats": False,
    "logger.hideWelcomeMessage": True,
}


def flat(tables, prefix=""):
    for name, value in tables.items():
        if isinstance(value, dict):
            yield from flat(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value


@pytest.mark.parametrize("option", [name for name, _ in flat(SET)])
def test_streamlit_knows_the_option(option):
    assert option in config._config_options_template


def test_the_options_that_protect_people_are_set():
    options = dict(flat(SET))

    assert {name: options.get(name) for name in NEEDED} == NEEDED


def test_every_font_is_shipped():
    folder = FILE.parents[1] / "xsector" / "ui" / "static"

    for face in SET["theme"]["fontFaces"]:
        assert (folder / face["url"].lstrip("/")).is_file()
