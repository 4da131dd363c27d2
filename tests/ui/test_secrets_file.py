"""What is refused of secrets.toml before the server opens, on the real process and on the check itself."""

import subprocess

import pytest
from streamlit import config
from streamlit.runtime.secrets import secrets_singleton

from tests.web import house
from tests.web.provider import write_secrets
from xsector.errors.access import SecretsFileError
from xsector.settings import Settings
from xsector.ui import providers, secrets_file

RIGHT = """
[auth]
redirect_uri = "http://localhost:8501/oauth2callback"
cookie_secret = "12345678901234567890123456789012"

[auth.city]
client_id = "a"
client_secret = "b"
server_metadata_url = "https://login.city.example/.well-known/openid-configuration"
"""
ALONE = """
[auth]
redirect_uri = "http://localhost:8501/oauth2callback"
cookie_secret = "12345678901234567890123456789012"
client_id = "a"
client_secret = "b"
server_metadata_url = "https://login.city.example/v2/.well-known/openid-configuration"
"""


@pytest.fixture
def written(tmp_path):
    """A function that puts a text where Streamlit looks for secrets."""
    before = config.get_option("secrets.files")

    def write(text):
        path = write_secrets(tmp_path, text)
        config.set_option("secrets.files", [str(tmp_path / "absent" / "secrets.toml"), str(path)])
        secrets_singleton._reset()
        return path

    yield write
    config.set_option("secrets.files", before)
    secrets_singleton._reset()


@pytest.mark.parametrize("text", ["", "[other]\nname = 1\n", RIGHT, ALONE])
def test_what_is_fit_or_not_about_signing_in_is_let_through(written, text):
    written(text)

    secrets_file.check(Settings())


def test_providers_are_told_apart_by_key_and_name(written):
    more = '\n[auth.town]\nclient_id = "a"\nclient_secret = "b"\nlabel = "Our town"\nissuer = "https://x.example/1"\n'
    written(RIGHT + more + 'server_metadata_url = "https://x.example/2/"\nsecond_factor = ["mfa"]\n')

    found = [(one.key, one.label, one.issuer, one.factors) for one in providers.providers()]

    secrets_file.check(Settings())
    assert found == [
        ("city", "City", "https://login.city.example", frozenset()),
        ("town", "Our town", "https://x.example/1", {"mfa"}),
    ]


def test_a_provider_without_a_name_is_called_by_its_host(written):
    written(ALONE)

    [found] = providers.providers()

    assert (found.key, found.label, found.issuer) == ("default", "login.city.example", "https://login.city.example/v2")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("12345678901234567890123456789012", "1234567890123456789012345678901", "cookie_secret of at least 32 bytes"),
        ("cookie_secret", "other", "cookie_secret of at least 32 bytes"),
        ("localhost:8501", "localhost:8502", 'needs redirect_uri = "http://localhost:8501/oauth2callback"'),
        ("oauth2callback", "back", 'needs redirect_uri = "http://localhost:8501/oauth2callback"'),
        ("redirect_uri", "other", "needs redirect_uri"),
        ("client_secret", "other", "lacks client_secret for the provider “city”"),
        ('client_id = "a"', 'client_id = ""', "lacks client_id for the provider “city”"),
        ("server_metadata_url", "other", "lacks server_metadata_url for the provider “city”"),
        ("https://login", "http://login", "asks the provider “city” without https"),
        ("/.well-known/openid-configuration", "/config", "doesn't say who the provider “city” is"),
        ("auth.city", "auth.my_city", "names a provider “my_city”"),
        ("[auth.city]", "[other]", "names no provider"),
        ("[auth]", "[auth", "is not valid TOML"),
    ],
)
def test_what_cannot_work_or_is_not_safe_is_named(written, old, new, said):
    path = written(RIGHT.replace(old, new))

    with pytest.raises(SecretsFileError) as caught:
        secrets_file.check(Settings())

    assert str(caught.value).startswith(f"{path} ")
    assert said in str(caught.value)
    assert caught.value.remedy


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o602, 0o644])
def test_a_file_that_others_can_read_or_change_is_refused(written, mode):
    written(RIGHT).chmod(mode)

    with pytest.raises(SecretsFileError, match="can be read or changed by other users") as caught:
        secrets_file.check(Settings())

    assert "chmod 600" in caught.value.remedy


def test_a_file_in_git_is_refused_and_one_beside_it_is_not(written):
    path = written(RIGHT)
    folder = path.parent.parent
    subprocess.run(["git", "init", "-q", folder], check=True)
    secrets_file.check(Settings())

    subprocess.run(["git", "-C", folder, "add", "-f", path], check=True)

    with pytest.raises(SecretsFileError, match="is tracked by git") as caught:
        secrets_file.check(Settings())
    assert "git rm --cached" in caught.value.remedy


@pytest.mark.parametrize(
    ("text", "mode", "said"),
    [
        (RIGHT, 0o644, "can be read or changed by other users"),
        (RIGHT.replace("8501", "{port}").replace("12345678901", ""), 0o600, "at least 32 bytes"),
        ("[auth", 0o600, "is not valid TOML"),
    ],
)
def test_the_start_is_refused_with_one_sentence(tmp_path, text, mode, said):
    write_secrets(tmp_path, text).chmod(mode)
    surroundings = house.environment(tmp_path, STREAMLIT_SERVER_PORT=str(house.free_port()))

    ended = subprocess.run(
        house.command(), cwd=tmp_path, env=surroundings, capture_output=True, text=True, timeout=60, check=False
    )

    assert ended.returncode == 1
    assert said in ended.stderr
    assert "Traceback" not in ended.stderr + ended.stdout
    assert "1234567890" not in ended.stderr + ended.stdout
    assert not (tmp_path / "xsector.sqlite3").exists()
