from datetime import UTC, datetime, timedelta

import pytest

from tests.ui.signed_in import browse_as, page
from tests.web import house
from xsector.actions import setting_up, signing_in
from xsector.model.partner import Role
from xsector.settings import Settings
from xsector.ui import access, resources
from xsector.ui.identity import sealed


@pytest.fixture
def furnished(tmp_path):
    engine = house.empty_database(tmp_path / "xsector.sqlite3")
    made = house.furnish(engine)
    resources.provide(engine, Settings())
    yield made
    resources.withdraw()
    engine.dispose()


def login(name="Dana"):
    return signing_in.sign_in(resources.engine(), name=name, password=house.PASSWORD, now=datetime.now(UTC))


def for_partners():
    import streamlit as st

    from xsector.model.partner import Role
    from xsector.ui import access

    st.write("Hello " + access.require(Role.PARTNER).name)


def for_leaders():
    import streamlit as st

    from xsector.model.partner import Role
    from xsector.ui import access

    st.write("Hello " + access.require(Role.CONVENER, Role.FACILITATOR).name)


def for_conveners():
    import streamlit as st

    from xsector.model.partner import Role
    from xsector.ui import access

    st.write("Hello " + access.require(Role.CONVENER).name)


def for_the_wall():
    import streamlit as st

    from xsector.model.partner import Role
    from xsector.ui import access

    st.write("Hello " + access.require(Role.WALL).title)


def with_a_memory():
    import streamlit as st

    from xsector.ui import access

    here = access.who()
    if here.respondent is not None and here.respondent.name == "Ann":
        st.session_state["draft"] = "Ann's words"
    st.write("Kept: " + st.session_state.get("draft", "nothing"))


def said(app):
    assert not app.exception
    return [one.value for one in (*app.title, *app.markdown)]


@pytest.mark.parametrize(
    ("script", "who"),
    [(for_partners, "partner"), (for_leaders, "login"), (for_conveners, "login"), (for_the_wall, "wall")],
)
def test_each_page_opens_for_its_own_role_only(furnished, monkeypatch, script, who):
    tokens = {"partner": furnished.tokens["Ann"], "wall": furnished.wall, "login": login()}

    for role, token in tokens.items():
        browse_as(monkeypatch, **{role: token})
        words = said(page(script).run())
        if role == who:
            assert words[0].startswith("Hello ")
        else:
            assert words[0] == "You are not signed in for this page"
            assert not any(word.startswith("Hello") for word in words)


def test_nobody_is_told_where_to_go(furnished, monkeypatch):
    browse_as(monkeypatch)

    assert "This page is for conveners." in said(page(for_conveners).run())
    assert "Open your personal link again, or type the code that is on the screen in the room." in said(
        page(for_partners).run()
    )


def test_a_facilitator_is_no_convener(furnished, monkeypatch):
    now = datetime.now(UTC)
    signing_in.add_account(resources.engine(), name="Fred", role=Role.FACILITATOR, password=house.PASSWORD, now=now)
    browse_as(monkeypatch, login=login("Fred"))

    assert said(page(for_leaders).run()) == ["Hello Fred"]
    assert said(page(for_conveners).run())[0] == "You are not signed in for this page"


def test_a_session_that_comes_back_with_other_cookies_is_emptied(furnished, monkeypatch):
    browse_as(monkeypatch, partner=furnished.tokens["Ann"])
    app = page(with_a_memory).run()
    assert said(app) == ["Kept: Ann's words"]
    assert said(app.run()) == ["Kept: Ann's words"]

    browse_as(monkeypatch, partner=furnished.tokens["Bob"])
    assert said(app.run()) == ["Kept: nothing"]

    browse_as(monkeypatch)
    assert said(app.run()) == ["Kept: nothing"]


def test_a_replaced_link_a_forged_and_an_old_cookie_are_nobody(furnished, monkeypatch):
    token, now = furnished.tokens["Ann"], datetime.now(UTC)
    names = access.cookie_names(secure=False)
    worthless = [
        token,
        sealed(token, key=b"another", now=now),
        sealed(token, key=furnished.key, now=now - timedelta(hours=13)),
        sealed("A" * 43, key=furnished.key, now=now),
    ]
    for value in worthless:
        monkeypatch.setattr(access, "_cookies", lambda value=value: {names.partner: value})
        assert said(page(for_partners).run())[0] == "You are not signed in for this page"

    setting_up.issue_links(
        resources.engine(), account=furnished.account, partnership_id=furnished.partnership_id,
        participant_ids=[furnished.people["Ann"]], now=now,
    )  # fmt: skip
    browse_as(monkeypatch, partner=token)
    assert said(page(for_partners).run())[0] == "You are not signed in for this page"


def test_signing_out_ends_at_once(furnished, monkeypatch):
    token = login()
    browse_as(monkeypatch, login=token)
    app = page(for_conveners).run()
    assert said(app) == ["Hello Dana"]

    signing_in.sign_out(resources.engine(), token=token)

    assert said(app.run())[0] == "You are not signed in for this page"
