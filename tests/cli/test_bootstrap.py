import subprocess
import sys

import pytest

from xsector import bootstrap


@pytest.mark.parametrize(
    ("arguments", "address"),
    [
        ([], "http://localhost:8501"),
        (["--server.port", "8700"], "http://localhost:8700"),
        (["--server.port=8701", "--server.address", "0.0.0.0"], "http://localhost:8701"),
    ],
)
def test_the_demo_links_lead_to_the_port_that_is_used(monkeypatch, arguments, address):
    monkeypatch.delenv("STREAMLIT_SERVER_PORT", raising=False)

    assert bootstrap._local_address(arguments) == address


def test_an_old_python_is_refused_in_a_sentence(monkeypatch, capsys):
    monkeypatch.setattr(bootstrap, "OLDEST", (99, 0))

    assert bootstrap.start([]) == 1
    assert "xsector needs Python 99.0 or newer" in capsys.readouterr().err


def test_an_environment_that_fits_is_used_as_it_is(monkeypatch, tmp_path):
    wanted = tmp_path / "requirements.txt"
    wanted.write_text("nothing\n")
    environment = tmp_path / "environment"
    python = environment / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.symlink_to(sys.executable)
    monkeypatch.setattr(bootstrap, "ENVIRONMENT", environment)
    stamp = environment / f"installed-{tmp_path.name}"
    stamp.write_text(bootstrap._fingerprint(wanted))

    assert bootstrap._prepared(wanted) == str(python)


def test_commands_say_what_to_do_where_packages_are_missing():
    code = "import sys; sys.path.insert(0, '.'); from xsector import bootstrap, __main__;" \
        "bootstrap.has_packages = lambda: False; raise SystemExit(__main__.main(['report', '1']))"  # fmt: skip

    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert ended.returncode == 1
    assert ended.stderr.strip().endswith("python3 -m xsector start")
