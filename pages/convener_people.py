"""Step 2: who takes part, and their personal links."""

from functools import partial

import streamlit as st

from xsector.actions import roster_file, setting_up
from xsector.model.partner import Role
from xsector.reports import rounds
from xsector.ui import access, chosen, clock, link_sheets, messages, people_list, resources, stepper

who = partial(access.require, Role.CONVENER)
account, engine = who(), resources.engine()


def add(partnership_id, rows):
    """Add people and say how many were new."""
    added = setting_up.add_people(engine, account=who(), partnership_id=partnership_id, rows=rows, now=clock.now())
    known = f", {added.known} on the list already" if added.known else ""
    messages.toast_later(f"{added.added} added{known}")


def issue(partnership, make, **whom):
    """Make links and keep them for a few minutes."""
    tokens = make(engine, account=who(), partnership_id=partnership.id, now=clock.now(), **whom)
    people = rounds.roster(engine, account=who(), partnership_id=partnership.id)
    link_sheets.keep(tokens, partnership=partnership, people=people, account=who())


def remove(partnership_id, participant_id):
    """Take somebody off the list."""
    setting_up.remove_person(
        engine, account=who(), partnership_id=partnership_id, participant_id=participant_id, now=clock.now()
    )


with messages.guarded():
    here = chosen.here(rounds, engine=engine, account=account)
    stepper.steps(here, role=account.role)
    st.title("People", anchor=False)
    partnership = stepper.with_partnership(here).partnership
    people_list.roster(here.people, partnership=partnership)
    if offered := people_list.offered(here.people):
        draft = roster_file.read_roster(offered[0], filename=offered[1], sectors=partnership.sectors)
        people_list.preview(draft, partnership=partnership, add=lambda: add(partnership.id, draft.rows))
    if here.people:
        again = partial(issue, partnership, setting_up.issue_links)
        people_list.one_person(
            here.people, issue=lambda ids: again(participant_ids=ids), remove=partial(remove, partnership.id)
        )
        first = partial(issue, partnership, setting_up.issue_missing_links)
        people_list.links(here.people, issue=first, **link_sheets.fresh(account=account))
        stepper.onward("Questions", here=here)
