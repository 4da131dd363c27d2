"""Real Chromium on the running server: forms, the security policy, and who is asked for what."""

import json
import socket

import pytest

from tests.web import house

HEAVY = """
import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from xsector.ui.text import plain

st.plotly_chart(go.Figure(go.Bar(x=[1, 2], y=[3, 4])), theme=None, key="chart")
st.dataframe(pd.DataFrame({"a": [1, 2]}))
st.latex("x^2")
HOSTILE = (
    "START :smile: :material/home: :red[x] $x^2$ `a` ![a](http://evil.test/a.png) <img src=http://evil.test/b.png> "
    "[l](http://evil.test/c) https://evil.test/d www.evil.test ann@evil.test a -> b **bold** END"
)
st.markdown(plain(HOSTILE))
st.radio(plain(HOSTILE), [plain(HOSTILE), "b"], key="choice")
st.error(plain(HOSTILE))
st.expander(plain(HOSTILE)).write("inside")
if st.button("Break", key="break"):
    raise ValueError("a secret answer")
"""
pytestmark = pytest.mark.browser


@pytest.fixture
def visit(chromium):
    """A fresh browser profile, and the list of what it complained about and asked for."""
    context = chromium.new_context()
    page = context.new_page()
    heard, asked = [], []
    page.on("console", lambda message: heard.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda problem: heard.append(str(problem)))
    page.on("request", lambda request: asked.append(request.url))
    yield page, heard, asked
    context.close()


def refused(heard):
    """What the browser refused to do; on deep links Streamlit looks for itself in two places, one a 404.

    Two headers are for https alone, and browsers say so.
    """
    known = ("404", "Cross-Origin-Opener-Policy header", "Clear-Site-Data header")
    return [line for line in heard if not any(one in line for one in known)]


def foreign(asked, origin):
    return [url for url in asked if not url.startswith((origin + "/", "data:", "blob:"))]


def outside_address():
    """This computer's address as others see it: no https and not localhost, so browsers trust it less."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        one.connect(("192.0.2.1", 9))
        return one.getsockname()[0]


@pytest.mark.parametrize("by_address", [False, True])
def test_a_partner_comes_in_and_signs_out(served, visit, by_address):
    furnished, server = served
    page, heard, asked = visit
    origin = f"http://{outside_address()}:{server.port}" if by_address else server.origin

    page.goto(f"{origin}/join/{furnished.tokens['Ann']}")
    page.get_by_role("button", name="Start").click()
    page.get_by_text("Org of Ann").first.wait_for()
    assert page.url == f"{origin}/answer"
    page.reload()
    page.get_by_text("Org of Ann").first.wait_for()
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("heading", name="ign").wait_for()
    if by_address:
        page.get_by_role("button", name="Sign out").click()
    page.get_by_text("You are signed out").wait_for()
    page.goto(f"{origin}/answer")
    page.get_by_text("You are not signed in for this page").wait_for()

    cleared = 'Cleared data types: "cache", "storage"'
    # The browser says so when it is done, which may be after the next page.
    for _ in range(100):
        if by_address or any(cleared in line for line in heard):
            break
        page.wait_for_timeout(100)
    assert by_address or [line for line in heard if cleared in line]
    assert refused(heard) == []
    assert foreign(asked, origin) == []


def test_a_foreign_page_can_frame_nothing_and_opens_no_socket(served, visit, tmp_path):
    server = served[1]
    page, heard, _ = visit
    outside = tmp_path / "outside.html"
    outside.write_text(f'<iframe src="{server.origin}/sign-in"></iframe>')

    page.goto(outside.as_uri())
    page.wait_for_timeout(500)

    assert any("frame-ancestors" in line or "X-Frame-Options" in line for line in heard)
    answer = page.evaluate(
        "address => new Promise(done => { const one = new WebSocket(address);"
        "one.onopen = () => done('open'); one.onerror = () => done('refused'); })",
        f"ws://localhost:{server.port}/_stcore/stream",
    )
    assert answer == "refused"


def test_charts_tables_and_formulas_work_under_the_policy(tmp_path, visit):
    page, heard, asked = visit
    with heavy_server(tmp_path) as server:
        page.goto(server.origin)
        page.locator(".js-plotly-plot .bars").wait_for()
        page.locator("[data-testid=stDataFrame] canvas").first.wait_for()
        page.locator(".katex").wait_for()
        page.wait_for_timeout(1500)
        texts = page.locator("[data-testid=stMarkdownContainer]:has-text('START')")
        shown = [one.inner_html() for one in texts.all()]
        letters = page.evaluate("[...document.fonts].filter(one => one.status == 'loaded').map(one => one.family)")
        page.get_by_role("button", name="Break").click()
        page.get_by_text("Something went wrong (reference ").wait_for()
        whole = page.content()

    assert heard == []
    assert foreign(asked, server.origin) == []
    assert len(shown) >= 4
    assert not any(mark in one for one in shown for mark in ("<img", "<a ", "<code", "katex", "<strong", "<em"))
    assert any("Source Sans 3" in family for family in letters)
    assert "secret" not in whole


def heavy_server(folder):
    """The real doors and headers around a page with everything heavy on it."""
    (folder / "page.py").write_text(HEAVY)
    application = (house.PROJECT / "app.py").read_text()
    application = application.replace('"xsector/ui/frame.py"', json.dumps(str(folder / "page.py")))
    (folder / "app.py").write_text(application)
    (folder / ".streamlit").mkdir()
    (folder / ".streamlit" / "config.toml").write_bytes((house.PROJECT / ".streamlit" / "config.toml").read_bytes())
    return house.running_server(folder, app=folder / "app.py", PYTHONPATH=str(house.PROJECT))
