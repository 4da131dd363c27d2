import pytest

from tests.build import account, partnership
from tests.ui.screens import as_account, screen, unharmed, whole, words
from xsector.actions import sharing
from xsector.model.partner import Role
from xsector.reports.leading import leaders_of
from xsector.ui import clock

PAGE = "convener_partnerships.py"


@pytest.fixture
def dana(served, monkeypatch):
    made = account(served)
    as_account(monkeypatch, made)
    return made


@pytest.fixture
def harbour(served, dana):
    return partnership(served, by=dana)


def leaders(engine, dana, harbour):
    return [one.name for one in leaders_of(engine, account=dana, partnership_id=harbour.id)]


def test_another_account_is_added_by_its_name_and_taken_off_again(served, dana, harbour):
    fay = account(served, "Fay", role=Role.FACILITATOR)
    app = screen(PAGE)

    app.text_input(key="leader-name").set_value("Fay")
    app.button(key="leader-add-button").click().run()
    added = leaders(served, dana, harbour)
    app.button(key=f"leader-off-{fay.id}").click().run()
    app.button(key="confirm-yes").click().run()

    assert added == ["Dana", "Fay"]
    assert leaders(served, dana, harbour) == ["Dana"]
    assert "Fay" not in words(whole(app))


def test_a_name_that_nobody_has_is_refused_with_a_sentence(served, dana, harbour):
    app = screen(PAGE)

    app.text_input(key="leader-name").set_value("Nobody")
    app.button(key="leader-add-button").click().run()

    assert "There is no account named “Nobody”" in words(unharmed(app))
    assert leaders(served, dana, harbour) == ["Dana"]


def test_the_last_convener_stays(served, dana, harbour):
    app = screen(PAGE)

    app.button(key=f"leader-off-{dana.id}").click().run()
    app.button(key="confirm-yes").click().run()

    assert "A partnership needs at least one convener" in words(unharmed(app))
    assert leaders(served, dana, harbour) == ["Dana"]


def test_a_link_for_a_colleague_is_shown_once_and_works(served, dana, harbour):
    app = screen(PAGE)

    app.radio(key="colleague-role").set_value(Role.CONVENER)
    app.button(key="colleague-link").click().run()
    address = unharmed(app).code[0].value
    kept = repr(app.session_state)
    app.run()

    token = address.removeprefix("https://partners.example/colleague/")
    assert sharing.look_at_invitation(served, token=token, now=clock.now()).role is Role.CONVENER
    assert token not in kept
    assert list(unharmed(app).code) == []
