"""Results on the screen: the ranked table, and everything there is to say about one question."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import pandas as pd
import streamlit as st

from xsector.model import columns
from xsector.model.instrument import Kind
from xsector.model.released import Release, ReleasedItem
from xsector.model.sector import Sector
from xsector.ui.text import plain


class ItemWords(Protocol):
    """What to say about one question."""

    @property
    def headline(self) -> str: ...
    @property
    def how_sure(self) -> str: ...
    @property
    def based_on(self) -> str: ...


class Results(Protocol):
    """A release and what it means."""

    @property
    def release(self) -> Release: ...
    @property
    def findings(self) -> pd.DataFrame: ...
    @property
    def hidden(self) -> str: ...
    @property
    def based_on(self) -> str: ...
    @property
    def weighting(self) -> str: ...
    def item(self, code: str) -> ReleasedItem: ...
    def words(self, code: str) -> ItemWords: ...
    def counts(self, code: str) -> pd.DataFrame: ...
    def rough_table(self, code: str) -> Sequence[Sequence[str]]: ...
    def ranked(self) -> Sequence[str]: ...
    @property
    def themes(self) -> pd.DataFrame: ...
    @property
    def dark(self) -> pd.DataFrame: ...


def choose_sectors(sectors: Sequence[Sector]) -> frozenset[str]:
    """The sectors to look at alone; none are all."""
    names = {sector.code: sector.label for sector in sectors}
    chosen = st.pills(
        "Only these sectors",
        list(names),
        selection_mode="multi",
        format_func=lambda code: plain(names[code]),
        key="only-sectors",
        help="Only whole groups are shown: a group of several sectors counts when all of them are chosen.",
    )
    return frozenset(chosen)


def what_is_cut(found: Results, *, sectors: frozenset[str]) -> bool:
    """Say how many of the chosen *sectors* are shown; whether anything is left."""
    if not sectors:
        return True
    if not found.release.blocks:
        st.info("No group lies wholly inside these sectors. Choose more of them.", icon=":material/visibility_off:")
        return False
    st.caption(plain(found.based_on))
    return True


def ranked_table(found: Results) -> None:
    """The same as the overview in numbers, all questions, most divided first."""
    rows = found.findings[found.findings[columns.RANK].notna()]
    items = [found.item(str(code)) for code in rows.index]
    with st.expander("The same as a table, with every question", key="ranked", icon=":material/table:"):
        st.dataframe(
            {
                "Rank": [int(rank) for rank in rows[columns.RANK]],
                "Question": [item.text for item in items],
                "Gap in steps": rows[columns.GAP_STEPS].round(1).tolist(),
                "Lowest": rows[columns.GAP_LOW].tolist(),
                "Highest": rows[columns.GAP_HIGH].tolist(),
                "Divided": (100 * rows[columns.DIVERGENCE]).round().tolist(),
                "Between sectors": (100 * rows[columns.BETWEEN_SHARE]).round().tolist(),
                "One voice each": (100 * rows[columns.SECTOR_SHARE]).round().tolist(),
                "Stands out": ["yes" if firm else "may be chance" for firm in rows[columns.FIRM]],
                "Answers": rows[columns.ANSWERS].tolist(),
            },
            hide_index=True,
            column_config={
                "Question": st.column_config.TextColumn(width="large"),
                "Gap in steps": st.column_config.NumberColumn(
                    help="Distance of the two sectors furthest apart, in steps of the scale"
                ),
                "Divided": st.column_config.NumberColumn(
                    format="%d %%", help="0: everybody gave one answer. 100: half at each end."
                ),
                "Between sectors": st.column_config.NumberColumn(
                    format="%d %%",
                    help="How much of the distance would go away if each sector spoke with one voice, beyond chance",
                ),
                "One voice each": st.column_config.NumberColumn(
                    format="%d %%", help="The same if every sector counts alike, whatever its size"
                ),
            },
            key="ranked-table",
        )


def themes_table(found: Results) -> None:
    """Questions of one theme together."""
    themes = found.themes
    if themes.empty:
        return
    with st.expander("By theme", key="themes", icon=":material/category:"):
        st.dataframe(
            {
                "Theme": themes[columns.LABEL].tolist(),
                "Questions": themes[columns.ITEMS].tolist(),
                "Divided": (100 * themes[columns.DIVERGENCE_UNBIASED]).round().tolist(),
                "Between sectors": (100 * themes[columns.BETWEEN_SHARE]).round().tolist(),
            },
            hide_index=True,
            column_config={
                name: st.column_config.NumberColumn(format="%d %%") for name in ("Divided", "Between sectors")
            },
            key="themes-table",
        )


def dark_table(found: Results) -> None:
    """Who is in the dark about what: shares of each group that can't judge, highest first."""
    dark = found.dark[(found.dark > 0).any(axis=1)]
    if dark.empty:
        return
    highest = dark.max(axis=1).sort_values(ascending=False, kind="stable").index
    table = (100 * dark.loc[highest]).round()
    # A sector may be called “Question”.
    table = table.set_axis([f"{name} " for name in table.columns], axis=1)
    table.insert(0, "Question", [found.item(str(code)).text for code in table.index])
    with st.expander("What many can't judge", key="dark", icon=":material/help:"):
        st.dataframe(
            table,
            hide_index=True,
            column_config={str(name): st.column_config.NumberColumn(format="%d %%") for name in table.columns[1:]},
            key="dark-table",
        )


def texts(found: Results) -> tuple[dict[str, str], dict[str, str]]:
    """Texts by code: of questions on ordered scales, most divided first, and of the others."""
    ranked = list(found.ranked())
    items = {item.code: item for item in found.release.items}
    rest = [code for code in items if code not in set(ranked)]
    scales = [code for code in rest if items[code].ordered and items[code].kind is not Kind.CHOICES]
    ordered = {code: items[code].text for code in (*ranked, *scales)}
    others = {code: items[code].text for code in rest if code not in ordered}
    return ordered, others | {item.code: item.text for item in found.release.banded}


def choose_item(found: Results) -> str:
    """The question that is looked at: ranked ones first, then the others."""
    ordered, others = texts(found)
    known = {**ordered, **others}
    code: str = st.selectbox("One question", list(known), format_func=known.__getitem__, key="result-item")
    return code


def said(words: ItemWords) -> None:
    """How sure a question's finding is, and on how many answers it rests."""
    for sentence in (words.how_sure, words.based_on):
        if sentence:
            st.markdown(plain(sentence))


def counts_table(found: Results, *, code: str) -> None:
    """One question's counts, a row per group; of a question that is told only roughly, what is kept."""
    if code in {item.code for item in found.release.banded}:
        _rough_table(found.rough_table(code))
        return
    with st.expander("The same as a table", key="counts", icon=":material/table:"):
        counts = found.counts(code)
        missing = found.item(code).missing
        table = counts.set_axis([str(head) for head in counts.columns], axis=1)
        table.insert(0, "Group", [str(name) for name in counts.index])
        for head, name in (
            ("Can't judge", columns.CANNOT_JUDGE),
            ("Doesn't apply", columns.NOT_APPLICABLE),
            ("No answer", columns.SKIPPED),
        ):
            table[head] = [getattr(one, name) for one in missing]
        st.dataframe(table, hide_index=True, key="counts-table")


def _rough_table(rows: Sequence[Sequence[str]]) -> None:
    heads, *body = rows
    with st.expander("The same as a table", key="rough", icon=":material/table:"):
        st.dataframe(pd.DataFrame(body, columns=list(heads)), hide_index=True, key="rough-table")


def notes(found: Results) -> None:
    """Who isn't shown by name and why, what is sealed, and how sectors are weighed."""
    with st.container(border=True, key="result-notes"):
        st.markdown("**How to read this**")
        for sentence in (found.hidden, found.weighting):
            if sentence:
                st.markdown(plain(sentence))
