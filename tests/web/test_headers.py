"""What every answer carries, ours and Streamlit's, over the wire."""

import re

import pytest
import websockets.exceptions
import websockets.sync.client

from xsector.settings import Settings
from xsector.web.headers import inline_hashes, policy
from xsector.web.origins import is_own

FIXED = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
}
PATHS = [
    "/", "/wall", "/a/deep/link", "/healthz", "/sign-in", "/sign-out", "/room", "/join/x", "/wall/x", "/first/x",
    "/room/x", "/password/x", "/account",
    "/export/agenda/1.pdf", "/export/links/a.csv", "/fonts/SourceSans3-Bold.woff2", "/fonts/x", "/favicon.png",
    "/_stcore/health", "/_stcore/host-config", "/_stcore/metrics", "/_stcore/agent/openapi.json", "/media/x.png",
    "/_stcore/upload_file/x/y", "/component/x/y", "/_stcore/bidi-components/x/y.js", "/static/none.js", "//evil",
    "/..%5cx", "/_stcore/script-health-check",
]  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "OPTIONS", "DELETE"])
def test_every_answer_has_every_header(served, method, path):
    reply = served[1].ask(method, path)

    assert {name: reply.headers[name] for name in FIXED} == FIXED
    assert "camera=()" in reply.headers["permissions-policy"]
    csp = reply.headers["content-security-policy"]
    assert "default-src 'self'" in csp or "default-src 'none'" in csp
    assert "frame-ancestors 'none'" in csp
    assert "unsafe-eval'" not in csp.replace("wasm-unsafe-eval", "")
    assert "unsafe-inline" not in csp.partition("script-src")[2].partition(";")[0]
    assert "strict-transport-security" not in reply.headers


def test_streamlits_page_may_run_its_own_scripts_and_talk_to_its_own_host(served):
    server = served[1]

    csp = server.ask("GET", "/").headers["content-security-policy"]

    assert re.search(r"script-src 'self' 'wasm-unsafe-eval' 'sha256-[A-Za-z0-9+/]{43}='; ", csp)
    assert f"connect-src 'self' ws://localhost:{server.port} wss://localhost:{server.port};" in csp


@pytest.mark.parametrize("host", ["evil.test; script-src *", "a b", "x'", "", "[::1"])
def test_a_strange_host_does_not_get_into_the_policy(host):
    assert "connect-src 'self';" in policy(hashes=(), host=host)


def test_scripts_with_a_source_need_no_hash(tmp_path):
    page = tmp_path / "index.html"
    page.write_text('<script src="a.js"></script><script>one</script><script type="module">two</script>')

    assert len(inline_hashes(page)) == 2


@pytest.mark.parametrize(
    "path",
    ["/_stcore/metrics", "/_stcore/metrics/", "/_stcore/agent", "/_stcore/agent/interact", "/_stcore/agent/mcp",
     "/_stcore/agent/openapi.json", "/_stcore/%6detrics", "/_STCORE/METRICS"],
)  # fmt: skip
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_metrics_and_the_agent_answer_nobody(served, method, path):
    assert served[1].ask(method, path).status == 404


@pytest.mark.parametrize("path", ["/", "/sign-in", "/healthz", "/_stcore/health"])
def test_trace_is_refused(served, path):
    assert served[1].ask("TRACE", path).status == 405


@pytest.mark.parametrize(
    "path",
    [
        "/sign-in",
        "/room",
        "/room/x",
        "/join/x",
        "/wall/x",
        "/first/x",
        "/password/x",
        "/account",
        "/export/agenda/1.pdf",
    ],
)
def test_our_own_pages_are_kept_by_nobody(served, path):
    reply = served[1].ask("GET", path)

    assert reply.headers["cache-control"] == "no-store"
    assert "script-src" not in reply.headers["content-security-policy"]
    assert "<script" not in reply.text


@pytest.mark.parametrize("path", ["/sign-in", "/room", f"/join/{'A' * 43}", "/healthz"])
@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_doors_have_no_other_methods(served, method, path):
    assert served[1].ask(method, path).status == 405


@pytest.mark.parametrize("origin", ["http://evil.test", "https://share.streamlit.io", "null", "http://localhost:1"])
def test_a_foreign_page_gets_no_socket(served, origin):
    with (
        pytest.raises(websockets.exceptions.InvalidStatus) as refused,
        websockets.sync.client.connect(f"ws://localhost:{served[1].port}/_stcore/stream", origin=origin),
    ):
        pass

    assert refused.value.response.status_code == 403


def test_our_own_page_gets_a_socket(served):
    server = served[1]
    address = f"ws://localhost:{server.port}/_stcore/stream"

    with websockets.sync.client.connect(address, origin=server.origin, subprotocols=["streamlit", "x"]) as socket:
        assert socket.protocol.state.name == "OPEN"


@pytest.mark.parametrize(
    ("origin", "host", "own"),
    [
        ("http://localhost:8501", "localhost:8501", True),
        ("http://192.0.2.7:8501", "192.0.2.7:8501", True),
        ("https://partners.example.org", "10.0.0.1:8501", True),
        ("HTTPS://Partners.Example.org", "10.0.0.1:8501", True),
        ("https://partners.example.org.evil.test", "10.0.0.1:8501", False),
        ("https://evil.test", "10.0.0.1:8501", False),
        ("null", "null", False),
        ("", "", False),
        ("file://", "", False),
        ("https://[", "x", False),
    ],
)
def test_whose_page_it_is(origin, host, own):
    plain = Settings(base_url="http://localhost:8501")
    public = Settings(base_url="https://partners.example.org")

    assert is_own(origin, host=host, settings=public if "artners" in origin else plain) is own


def test_where_partners_use_https_plain_pages_are_foreign():
    public = Settings(base_url="https://partners.example.org")

    assert not is_own("http://partners.example.org", host="partners.example.org", settings=public)
