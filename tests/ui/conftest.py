"""Pages share what the process holds, so each test leaves it as it found it."""

import pytest
import streamlit as st

from tests.ui import screens
from xsector.ui import resources


@pytest.fixture
def served(engine):
    """An engine that pages use, on an empty database."""
    screens.serve(engine)
    yield engine
    resources.withdraw()
    st.cache_resource.clear()
