"""Our own small browser parts, each a file of its own, for our rules forbid scripts inside pages."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING, Final

import streamlit as st
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest

if TYPE_CHECKING:
    from streamlit.components.v2.types import ComponentRenderer

FOLDER: Final = Path(__file__).resolve().parent
NAMES: Final = (
    "ballot",
    "board",
    "door",
    "live",
    "look",
    "mirror",
    "points",
    "roles",
    "sorting",
    "timer",
    "top",
    "trust",
)
DRESSED: Final = frozenset({"ballot", "mirror", "points", "roles", "sorting", "trust"})
"""Parts with a style sheet of their own."""
_REGISTERING: Final = threading.Lock()


def part(name: str) -> ComponentRenderer:
    """The part whose script is ``static/<name>.js`` (``look`` is a style sheet instead)."""
    _register()
    if name == "look":
        return st.components.v2.component("xsector.look", css="look.css", isolate_styles=False)
    css = f"{name}.css" if name in DRESSED else None
    return st.components.v2.component(f"xsector.{name}", js=f"{name}.js", css=css, isolate_styles=False)


def _register() -> None:
    """Tell Streamlit where our files are: it finds those of installed distributions only."""
    manager = get_bidi_component_manager()
    # A room opens its links in the same second: who comes second must not find half of the parts.
    with _REGISTERING:
        if manager.get_component_asset_root(f"xsector.{NAMES[-1]}") is None:
            configs = [ComponentConfig(name=known, asset_dir="static") for known in NAMES]
            manager.register_from_manifest(ComponentManifest(name="xsector", version="1", components=configs), FOLDER)


def dress() -> None:
    """Give the page our letters and the few rules of layout that Streamlit has no option for."""
    part("look")(key="look")
