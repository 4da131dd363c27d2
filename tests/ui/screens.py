"""Screens without a browser: the frame run as somebody, on one page."""

from datetime import UTC, datetime
from pathlib import Path

from streamlit.testing.v1 import AppTest

from tests.ui.signed_in import browse_as
from xsector.settings import Settings
from xsector.store import accounts
from xsector.store.engine import writing
from xsector.ui import resources

FRAME = Path(__file__).resolve().parents[2] / "xsector" / "ui" / "frame.py"


def serve(engine):
    """Hand the engine to pages, as the start of the server does."""
    resources.provide(engine, Settings(base_url="https://partners.example"))


def as_account(monkeypatch, account):
    """From now on pages are asked for by somebody signed in to *account*."""
    with writing(resources.engine()) as session:
        login = accounts.sign_in(session, account_id=account.id, now=datetime.now(UTC))
    browse_as(monkeypatch, login=login)


def as_partner(monkeypatch, token):
    """From now on pages are asked for by the owner of a personal link."""
    browse_as(monkeypatch, partner=token)


def as_wall(monkeypatch, token):
    """From now on pages are asked for by the computer at the projector."""
    browse_as(monkeypatch, wall=token)


def screen(file, **query):
    """The page *file* after its first run."""
    # The first run registers the pages; only then is there one to switch to.
    app = start()
    app.query_params.clear()
    app.switch_page(f"../../pages/{file}")
    for name, value in query.items():
        app.query_params[name] = str(value)
    app.run()
    return unharmed(app)


def start():
    """Whatever page the start address leads to."""
    return unharmed(AppTest.from_file(str(FRAME), default_timeout=30).run())


def whole(app):
    """*app* after one more run: AppTest keeps only the changed parts of a fragment that ran by itself."""
    return unharmed(app.run())


def unharmed(app):
    """*app*, if its last run broke nowhere."""
    assert [problem.value for problem in app.exception] == []
    return app


def words(app):
    """Everything that is written on the screen, without the marks that keep it inert."""
    kinds = ("title", "subheader", "markdown", "caption", "info", "error", "warning", "success")
    found = [element.value for kind in kinds for element in getattr(app, kind)]
    return " ".join(found).replace("\\", "").replace("\u2060", "")
