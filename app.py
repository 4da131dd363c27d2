"""Starts the server: ``streamlit run app.py`` or ``python app.py``."""

import os
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from xsector.errors.common import XsectorError
from xsector.ui import messages
from xsector.web import problems
from xsector.web.headers import SafeHeaders
from xsector.web.lifespan import lifespan
from xsector.web.routes import routes
from xsector.web.uploads import AccountsUploads

INDEX = Path(st.__file__).parent / "static" / "index.html"

app = st.App(
    "xsector/ui/frame.py",
    lifespan=lifespan,
    routes=routes(),
    middleware=[Middleware(SafeHeaders, index=INDEX), Middleware(AccountsUploads)],
    exception_handlers={XsectorError: problems.told, Exception: problems.hushed},
    on_script_error=messages.own_mistake,
)

if __name__ == "__main__":
    # Streamlit reads these from the environment only under `streamlit run`.
    given = {"server.port": "STREAMLIT_SERVER_PORT", "server.address": "STREAMLIT_SERVER_ADDRESS"}
    app.run(config={option: os.environ[name] for option, name in given.items() if os.environ.get(name)})
