"""A few commands as people run them: in a process of their own."""

import json
import os
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
COMMANDS = {
    "sbom",
    "start",
    "test",
    "demo",
    "import",
    "reveal",
    "report",
    "agenda",
    "record",
    "ledger",
    "backup",
    "restore",
    "check",
    "user",
}


def xsector(folder, *arguments):
    environment = {
        **os.environ,
        "PYTHONPATH": str(PROJECT),
        "XSECTOR_DATABASE_URL": f"sqlite:///{folder / 'xsector.sqlite3'}",
        "XSECTOR_BACKUPS": str(folder / "backups"),
    }
    command = [sys.executable, "-W", "error", "-m", "xsector", *map(str, arguments)]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False
    )


def test_a_demo_and_its_report_leave_one_document_each_on_standard_output(tmp_path):
    demo = xsector(tmp_path, "demo", "--people", 12, "--json")
    report = xsector(tmp_path, "report", json.loads(demo.stdout)["rounds"][0]["id"], "--json")

    assert (demo.returncode, demo.stderr) == (0, "")
    assert (report.returncode, report.stderr) == (0, "")
    assert json.loads(report.stdout)["round"]["state"] == "revealed"


def test_an_unknown_round_is_one_sentence_and_exit_code_one(tmp_path):
    xsector(tmp_path, "user", "add", "Dana", "--role", "convener")

    refused = xsector(tmp_path, "report", 99, "--json")

    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr == "This round isn't here (any more). Go back to the start page and choose again.\n"


def test_help_lists_every_command(tmp_path):
    help_ = xsector(tmp_path, "--help")

    assert help_.returncode == 0
    assert all(f"\n    {command} " in help_.stdout for command in COMMANDS)


def test_a_command_that_is_not_known_is_refused(tmp_path):
    refused = xsector(tmp_path, "destroy")

    assert refused.returncode == 2
    assert "invalid choice" in refused.stderr
