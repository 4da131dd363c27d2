"""The form that describes a partnership: its name, its shared result, its sectors."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import streamlit as st

from xsector.actions.setting_up import LONGEST_PLACE, LONGEST_RESULT
from xsector.model.names import LONGEST_NAME
from xsector.model.partner import Partnership
from xsector.model.sector import DEFAULT_SECTORS, Sector
from xsector.ui.text import plain

NEW: Final = "partnership-new"


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """What a convener typed about a partnership."""

    name: str
    place: str
    shared_result: str
    sectors: tuple[Sector, ...]
    records_notice: bool


def partnership_form(partnership: Partnership | None, *, save: Callable[[Described], bool], label: str) -> None:
    """Ask for everything about *partnership*, or about a new one."""
    slot = f"partnership-{partnership.id}" if partnership else NEW
    with st.form(slot, border=False):
        st.text_input(
            "Name",
            value=partnership.name if partnership else "",
            max_chars=LONGEST_NAME,
            key=f"{slot}-name",
            placeholder="Riverside Ready for School",
        )
        st.text_input(
            "Place (if it has one)",
            value=partnership.place if partnership else "",
            max_chars=LONGEST_PLACE,
            key=f"{slot}-place",
        )
        st.text_area(
            "The result you share, in one sentence",
            value=partnership.shared_result if partnership else "",
            max_chars=LONGEST_RESULT,
            height=80,
            key=f"{slot}-result",
            placeholder="By 2030, nine of ten children in Riverside start school ready to learn.",
        )
        st.markdown("**Sectors**")
        st.caption("Views are compared between these groups. Keep those that take part; rename them as you speak.")
        known = {sector.code: sector for sector in (partnership.sectors if partnership else DEFAULT_SECTORS)}
        for sector in DEFAULT_SECTORS:
            _sector_line(known.get(sector.code, sector), taken=sector.code in known, slot=slot)
        st.checkbox(
            "Public bodies take part, and records law may apply",
            key=f"{slot}-records",
            value=partnership.records_notice if partnership else False,
            help="Every partner is then told so before the first question.",
        )
        st.form_submit_button(label, type="primary", key=f"{slot}-save", on_click=_save, args=(slot, save))


def _sector_line(sector: Sector, *, taken: bool, slot: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"{slot}-line-{sector.code}"):
        st.checkbox(
            plain(f"Take {sector.label}"),
            value=taken,
            key=f"{slot}-has-{sector.code}",
            label_visibility="collapsed",
            width=28,
        )
        st.text_input(
            f"Name of the sector {plain(sector.code)}",
            value=sector.label,
            max_chars=40,
            width=220,
            key=f"{slot}-label-{sector.code}",
            label_visibility="collapsed",
        )
        st.caption(plain(sector.note))


def _save(slot: str, save: Callable[[Described], bool]) -> None:
    if save(_typed(slot)) and slot == NEW:
        for field in ("name", "place", "result"):
            st.session_state[f"{slot}-{field}"] = ""


def _typed(slot: str) -> Described:
    state = st.session_state
    return Described(
        name=state[f"{slot}-name"],
        place=state[f"{slot}-place"],
        shared_result=state[f"{slot}-result"],
        sectors=tuple(
            replace(sector, label=state[f"{slot}-label-{sector.code}"].strip())
            for sector in DEFAULT_SECTORS
            if state[f"{slot}-has-{sector.code}"]
        ),
        records_notice=state[f"{slot}-records"],
    )


def described(partnership: Partnership) -> None:
    """What is known about *partnership*."""
    with st.container(border=True, key="partnership-card"):
        st.subheader(plain(partnership.name), anchor=False)
        if partnership.place:
            st.caption(plain(partnership.place))
        st.markdown(plain(partnership.shared_result or "No shared result is written down yet."))
        st.caption(plain("Sectors: " + ", ".join(sector.label for sector in partnership.sectors)))
