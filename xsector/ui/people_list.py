"""Who takes part: the roster, new names for it, and personal links."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from xsector.actions.roster_file import RosterDraft
from xsector.model.partner import Participant, Partnership
from xsector.model.phrases import counted
from xsector.ui import confirm, doors
from xsector.ui.attempts import attempt, doing
from xsector.ui.text import plain
from xsector.ui.vault import LinkSheet

EXAMPLE = "Name, Organisation, Sector, Email\nAnn Lee, City Hall, Government, ann@city.example"


def roster(people: Sequence[Participant], *, partnership: Partnership) -> None:
    """Everybody on the list, with how far their link is."""
    if not people:
        st.markdown("Nobody is on the list yet. Add people below: paste them from a table, or choose a file.")
        return
    organisations = len({person.organisation_id for person in people})
    organised = counted(organisations, "organisation", "organisations")
    st.markdown(plain(f"{counted(len(people), 'person', 'people')} from {organised}."))
    st.dataframe(
        {
            "Name": [person.name for person in people],
            "Organisation": [person.organisation for person in people],
            "Sector": [partnership.sector(person.sector).label for person in people],
            "Email": [person.email for person in people],
            "Link": [_link_state(person) for person in people],
        },
        hide_index=True,
        height=min(38 * (len(people) + 1) + 4, 420),
        key="roster",
    )


def offered(people: Sequence[Participant]) -> tuple[str | bytes, str] | None:
    """A list that the convener pasted or chose, with the file's name."""
    waiting = not people or bool(st.session_state.get("people-paste"))
    with st.expander("Add people", expanded=waiting, key=f"add-people-{len(people)}", icon=":material/person_add:"):
        st.caption("One person a line. The first line may name the columns: name, organisation, sector, email.")
        pasted = st.text_area("Paste a list", key="people-paste", height=140, placeholder=EXAMPLE)
        number = st.session_state.get("people-file-number", 0)
        file = st.file_uploader(
            "Or choose a file", type=["csv", "xlsx"], key=f"people-file-{number}", max_upload_size=2
        )
    if file is not None:
        return file.getvalue(), file.name
    return (pasted, "") if pasted.strip() else None


def preview(draft: RosterDraft, *, partnership: Partnership, add: Callable[[], object]) -> None:
    """What was read from a list, what is wrong with it, and the button that takes it."""
    with st.container(border=True, key="people-preview"):
        if draft.errors:
            st.warning(
                plain(f"{counted(len(draft.errors), 'row needs', 'rows need')} mending."), icon=":material/warning:"
            )
            for problem in draft.errors[:20]:
                st.markdown(plain(problem.sentence()))
        if draft.rows:
            st.dataframe(
                {
                    "Name": [row.name for row in draft.rows],
                    "Organisation": [row.organisation for row in draft.rows],
                    "Sector": [partnership.sector(row.sector).label for row in draft.rows],
                    "Email": [row.email for row in draft.rows],
                },
                hide_index=True,
                height=min(38 * (len(draft.rows) + 1) + 4, 300),
                key="people-preview-table",
            )
            label = f"Add {counted(len(draft.rows), 'person', 'people')}"
            st.button(label, key="people-add", type="primary", on_click=_add, args=(add, draft))
            if draft.errors and not draft.filename:
                st.caption("The rows that need mending stay in the box above.")


def links(
    people: Sequence[Participant], *, issue: Callable[[], object], sheet: LinkSheet | None, sheet_id: str
) -> None:
    """Make links for those who have none; fresh ones are shown once."""
    st.subheader("Personal links", anchor=False)
    st.caption(
        "Each partner answers with a link of their own. A link is shown once, here: nobody can look it up later."
    )
    without = sum(not person.has_link for person in people)
    label = f"Make links for {without:d}" if without else "Everybody has a link"
    st.button(label, key="links-issue", type="primary", disabled=not without, on_click=doing(issue))
    if sheet is not None:
        _fresh(sheet, sheet_id=sheet_id)


def one_person(
    people: Sequence[Participant],
    *,
    issue: Callable[[Sequence[int]], object],
    remove: Callable[[int], object],
) -> None:
    """A new link for one person, or taking them off the list; both after a question."""
    with st.expander("Change one person", key="one-person", icon=":material/manage_accounts:"):
        names = {person.id: f"{person.name} · {person.organisation}" for person in people}
        one = st.selectbox("Person", list(names), format_func=lambda person: names[person], key="person")
        with st.container(horizontal=True):
            if st.button("New link…", key="person-link"):
                confirm.ask(
                    "A new link?",
                    words=(
                        f"{names[one]} gets a new link, and the old one stops working.",
                        "The new link can't open what was answered with the old one: nobody can join the two. "
                        "Answers that were handed in stay counted; unfinished ones are lost to the person.",
                    ),
                    label="Make a new link",
                    act=lambda: issue([one]),
                )
            if st.button("Remove…", key="person-remove"):
                confirm.ask(
                    "Remove this person?",
                    words=(f"{names[one]} is taken off the list, and their link stops working.",),
                    label="Remove",
                    act=lambda: remove(one),
                    said="Removed",
                )


def _fresh(sheet: LinkSheet, *, sheet_id: str) -> None:
    with st.container(border=True, key="links-fresh"):
        many = counted(len(sheet.links), "fresh link", "fresh links")
        st.markdown(plain(f"{many}. Save or send them now: after a quarter of an hour they are gone from here."))
        with st.container(horizontal=True):
            doors.link("Sheet to print, with QR codes", path=f"/export/links/{sheet_id}.html", key="links-html")
            doors.link("Table (CSV)", path=f"/export/links/{sheet_id}.csv", key="links-csv")
        st.dataframe(
            {
                "Name": [link.name for link in sheet.links],
                "Organisation": [link.organisation for link in sheet.links],
                "Link": [link.address for link in sheet.links],
            },
            hide_index=True,
            height=min(38 * (len(sheet.links) + 1) + 4, 420),
            key="links-table",
        )


def _add(add: Callable[[], object], draft: RosterDraft) -> None:
    if attempt(add):
        pasted = st.session_state["people-paste"]
        st.session_state["people-paste"] = "" if draft.filename else _left(pasted, draft=draft)
        st.session_state["people-file-number"] = st.session_state.get("people-file-number", 0) + 1


def _left(pasted: str, *, draft: RosterDraft) -> str:
    """The lines of a pasted list that still need mending, with the line that names its columns."""
    taken = {row.row for row in draft.rows}
    lines = [line for number, line in enumerate(pasted.splitlines(), start=1) if number not in taken]
    return "\n".join(lines) if draft.errors else ""


def _link_state(person: Participant) -> str:
    return "opened" if person.joined else "made" if person.has_link else "none yet"
