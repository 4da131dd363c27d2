"""A session's id brings a session back to whoever knows it; it must not bring a person back."""

import contextlib
from datetime import UTC, datetime

import websockets.sync.client
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from xsector.ui.identity import sealed


@contextlib.contextmanager
def browser(server, *, cookie, session_id=""):
    """A socket as Streamlit's own page opens it."""
    with websockets.sync.client.connect(
        f"ws://localhost:{server.port}/_stcore/stream",
        origin=server.origin,
        subprotocols=["streamlit", "PLACEHOLDER_AUTH_TOKEN", *([session_id] if session_id else [])],
        additional_headers={"Cookie": cookie} if cookie else {},
        max_size=None,
    ) as socket:
        yield socket


def one_run(socket, *, page=""):
    """Run the page; returns the session's id and all bytes that came."""
    message = BackMsg()
    message.rerun_script.query_string = ""
    message.rerun_script.page_name = page
    socket.send(message.SerializeToString())
    session_id, seen = "", b""
    while True:
        data = socket.recv(timeout=30)
        seen += data
        forward = ForwardMsg()
        forward.ParseFromString(data)
        kind = forward.WhichOneof("type")
        if kind == "new_session":
            session_id = forward.new_session.initialize.session_id or session_id
        if kind == "script_finished" and forward.script_finished in {0, 1}:
            return session_id, seen


def test_a_stolen_session_shows_nothing_of_its_owner(served):
    house, server = served
    ann = "xs-partner=" + sealed(house.tokens["Ann"], key=house.key, now=datetime.now(UTC))
    with browser(server, cookie=ann) as socket:
        session_id, seen = one_run(socket, page="answer")
    assert b"Org of Ann" in seen

    with browser(server, cookie="", session_id=session_id) as socket:
        same, stolen = one_run(socket, page="answer")

    assert same == session_id
    assert b"Ann" not in stolen
    assert b"not signed in" in stolen
