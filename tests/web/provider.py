"""A small OpenID provider on this computer: discovery, sign-in page, codes with PKCE, signed ID tokens."""

import base64
import contextlib
import hashlib
import secrets
import socket
import threading
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode

import uvicorn
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse
from starlette.routing import Route

CLIENT, SECRET = "xsector-test", "a secret between the two of them"
PEOPLE = {
    "dana": {"sub": "1001", "name": "Dana Lee", "email": "dana@city.example", "amr": ["pwd", "otp"]},
    "eli": {"sub": "1002", "name": "Eli <b>", "email": "eli@city.example", "amr": ["pwd", "otp"]},
    "twin": {"sub": "1003", "name": "Dana Lee", "email": "dana@city.example", "amr": ["pwd", "otp"]},
    "lazy": {"sub": "1004", "name": "Lou", "email": "lou@city.example", "amr": ["pwd"]},
}
KEY, FOREIGN_KEY = (RSAKey.generate_key(2048, {"kid": "1", "use": "sig"}) for _ in range(2))


@dataclass(kw_only=True)
class Provider:
    """The provider; *wrong* changes what it says next, *asked* is what it was asked."""

    port: int
    codes: dict = field(default_factory=dict)
    wrong: dict = field(default_factory=dict)
    asked: list = field(default_factory=list)
    key: RSAKey = field(default_factory=lambda: KEY)

    @property
    def issuer(self):
        return f"http://localhost:{self.port}"

    def discovery(self, request):
        if "broken" in self.wrong:
            return HTMLResponse("no", status_code=500)
        if "moved" in self.wrong and "moved" not in request.query_params:
            return RedirectResponse("/.well-known/openid-configuration?moved=1")
        return JSONResponse(
            {
                "issuer": self.wrong.get("discovered", self.issuer),
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
                "id_token_signing_alg_values_supported": ["RS256"],
                "code_challenge_methods_supported": ["S256"],
            }
        )

    def authorize(self, request):
        asked = dict(request.query_params)
        self.asked.append(asked)
        if asked["client_id"] != CLIENT or not {"state", "nonce", "code_challenge"} <= set(asked):
            return HTMLResponse("refused", status_code=400)
        links = "".join(f'<p><a href="/as/{who}?{urlencode(asked)}">{who}</a></p>' for who in [*PEOPLE, "nobody"])
        return HTMLResponse(f"<h1>Provider</h1>{links}")

    def chosen(self, request):
        asked, who = dict(request.query_params), request.path_params["who"]
        if who == "nobody":
            back = {"error": "access_denied", "state": asked["state"]}
        else:
            code = secrets.token_urlsafe(16)
            self.codes[code] = (who, asked)
            back = {"code": code, "state": asked["state"], "iss": self.wrong.get("callback", self.issuer)}
        return RedirectResponse(f"{asked['redirect_uri']}?{urlencode(back)}", status_code=302)

    async def token(self, request):
        form = await request.form()
        who, asked = self.codes.pop(form["code"], (None, None))
        given = base64.b64decode(request.headers["authorization"].partition(" ")[2]).decode()
        proof = base64.urlsafe_b64encode(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
        fits = asked and form["redirect_uri"] == asked["redirect_uri"] and given.partition(":")[0] == CLIENT
        if not fits or proof.rstrip(b"=").decode() != asked["code_challenge"]:
            return JSONResponse({"error": "invalid_grant"}, status_code=400)
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 60, "nonce": asked["nonce"]}
        claims |= PEOPLE[who] | self.wrong.get("claims", {})
        signed = jwt.encode({"alg": "RS256", "kid": "1"}, claims, self.key)
        return JSONResponse({"access_token": secrets.token_hex(8), "token_type": "Bearer", "id_token": signed})

    def keys(self, _request):
        return JSONResponse({"keys": [KEY.as_dict(private=False)]})

    def app(self):
        return Starlette(
            routes=[
                Route("/.well-known/openid-configuration", self.discovery),
                Route("/authorize", self.authorize),
                Route("/as/{who}", self.chosen),
                Route("/token", self.token, methods=["POST"]),
                Route("/keys", self.keys),
            ]
        )


@contextlib.contextmanager
def running_provider():
    """The provider in a thread of this process, until the block ends."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    made = Provider(port=listening.getsockname()[1])
    server = uvicorn.Server(uvicorn.Config(made.app(), log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    try:
        while not server.started:
            time.sleep(0.01)
        yield made
    finally:
        server.should_exit = True
        thread.join(timeout=10)
        listening.close()


def secrets_for(provider, *, more=""):
    """What an operator writes into secrets.toml."""
    return f'''
[auth]
redirect_uri = "http://localhost:{{port}}/oauth2callback"
cookie_secret = "{"s" * 32}"
client_id = "{CLIENT}"
client_secret = "{SECRET}"
server_metadata_url = "{provider.issuer}/.well-known/openid-configuration"
label = "Example City"
{more}
'''


def write_secrets(folder, text):
    """Put secrets.toml where the server looks, readable by its owner alone."""
    path = folder / ".streamlit" / "secrets.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    path.chmod(0o600)
    return path
