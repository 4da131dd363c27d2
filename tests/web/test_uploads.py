"""Files sent past the pages."""

from datetime import UTC, datetime

from tests.web import house
from tests.web.test_hijack import browser, one_run
from xsector.actions import signing_in
from xsector.store.engine import open_engine

FILE = b'--x\r\nContent-Disposition: form-data; name="f"; filename="a.csv"\r\n\r\nAnn,City Hall\r\n--x--\r\n'


def sent(server, *, session_id, cookies):
    """The status with which a file is taken or refused."""
    xsrf = server.ask("GET", "/_stcore/health").cookies["_streamlit_xsrf"]
    return server.ask(
        "PUT", f"/_stcore/upload_file/{session_id}/file", body=FILE, cookies={"_streamlit_xsrf": xsrf, **cookies},
        headers={"Content-Type": "multipart/form-data; boundary=x", "X-Xsrftoken": xsrf},
    ).status  # fmt: skip


def test_a_file_is_taken_from_an_account_and_from_nobody_else(served):
    found, server = served
    engine = open_engine(found.url)
    login = signing_in.sign_in(engine, name="Dana", password=house.PASSWORD, now=datetime.now(UTC))
    engine.dispose()

    with browser(server, cookie="") as socket:
        session_id, _ = one_run(socket)
        statuses = [
            sent(server, session_id=session_id, cookies=cookies)
            for cookies in ({}, {"xs-account": "made-up"}, {"xs-wall": found.wall}, {"xs-account": login})
        ]

    assert statuses == [403, 403, 403, 204]
