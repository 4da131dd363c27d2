"""Pages share what the process holds, so each test leaves it as it found it."""

import contextlib
from dataclasses import replace

import pytest
import streamlit as st

from tests.conftest import copied, quickly
from tests.ui import screens
from xsector.store.engine import sqlite_path
from xsector.ui import resources


@contextlib.contextmanager
def serving(engine):
    """An engine that pages use."""
    screens.serve(engine)
    yield engine
    resources.withdraw()
    st.cache_resource.clear()


@pytest.fixture
def served(engine):
    """An engine that pages use, on an empty database."""
    with serving(engine):
        yield engine


@pytest.fixture
def lent(tmp_path):
    """Houses that were made once for a file, on a copy of their database that pages use and a test may change.

    Such a database is SQLite. Use this for pages whose report and actions are tested on both kinds by themselves:
    a page reaches a database through nothing else, as `tests/test_layers.py` sees to.
    """
    with contextlib.ExitStack() as end:

        def lend(*houses):
            kept = sqlite_path(houses[0].engine)
            houses[0].engine.dispose()  # The last one who leaves writes the log into the file.
            engine = quickly(copied(kept, tmp_path))
            end.callback(engine.dispose)
            end.enter_context(serving(engine))
            return [replace(house, engine=engine) for house in houses]

        yield lend
