"""The page “Promises”, as those who lead meet it, and what partners see of it."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.build import account, open_house
from tests.build_meetings import answered_house, planned_room
from tests.build_records import DAY, draft, promised
from tests.ui.screens import as_account, as_partner, screen, words
from xsector.actions import committing, leading_meetings
from xsector.model.commitment import Status
from xsector.store import commitments
from xsector.store.engine import reading, writing


@pytest.fixture
def room(served, monkeypatch):
    """A meeting that goes on, with two promises."""
    dana = account(served)
    as_account(monkeypatch, dana)
    made = planned_room(answered_house(served, by=dana))
    made.does(leading_meetings.begin_meeting)
    promised(made.on(), "Call the mayor", items=("R1",), seen_by="A date is set", with_whom="Ann")
    promised(made, "Send **the** :smile: minutes", who="Bo", by_when=DAY + timedelta(days=9))
    return made


def page(room):
    return screen("convener_promises.py", p=room.house.partnership.id)


def promises(room):
    with reading(room.house.engine) as session:
        return commitments.of_partnership(session, room.house.partnership.id)


def keep(app, form, **typed):
    """Fill in a form of the page and hand it in."""
    for name, value in typed.items():
        next(box for box in (*app.text_input, *app.selectbox) if box.key == f"{form}-{name}").set_value(value)
    return next(one for one in app.button if one.key == f"{form}-keep").click().run()


def test_without_promises_it_says_how_they_come_about(served, monkeypatch):
    dana = account(served)
    as_account(monkeypatch, dana)
    house = open_house(served, by=dana)

    said = words(screen("convener_promises.py", p=house.partnership.id))

    assert "There is no promise yet. Promises are written down in a meeting" in said


def test_each_promise_stands_with_its_question_and_its_meeting(room):
    said = words(page(room))

    assert "Government person 1: Call the mayor" in said
    assert "By 5 June 2030" in said
    assert "“Wording of R1”" in said
    assert "June talk" in said
    assert "Bo: Send **the** :smile: minutes" in said


def test_what_became_of_a_promise_is_kept_with_what_was_said(room):
    app = keep(page(room), "settle-1-1", status=Status.PART, remark="Half of it")

    assert (promises(room)[0].status, promises(room)[0].remark) == (Status.PART, "Half of it")
    assert "Partly done" in words(app)
    assert "Half of it" in words(app)


def test_a_promise_is_changed_in_its_form(room):
    app = page(room)
    soon = datetime.now(UTC).date() + timedelta(days=30)
    next(box for box in app.date_input if box.key == "change-1-1-day").set_value(soon)
    keep(app, "change-1-1", what="Call the mayor twice")

    changed = promises(room)[0].draft
    assert (changed.what, changed.who, changed.by_when) == ("Call the mayor twice", "Government person 1", soon)
    assert (changed.items, changed.with_whom) == (("R1",), "Ann")


def test_of_two_tabs_the_second_is_told(room):
    old = page(room)
    keep(page(room), "settle-1-1", status=Status.DONE)

    told = keep(old, "settle-1-1", status=Status.DROPPED)

    assert "This promise was changed or taken out meanwhile" in words(told)
    assert promises(room)[0].status is Status.DONE


def test_a_promise_is_taken_out_only_after_a_question(room):
    app = next(one for one in page(room).button if one.key == "withdraw-1-1").click().run()

    assert len(promises(room)) == 2
    assert "also from the record of its meeting" in words(app)
    next(one for one in app.button if one.key == "confirm-yes").click().run()
    assert [one.id for one in promises(room)] == [2]


def test_overdue_ones_are_marked_and_can_be_chosen(room):
    with writing(room.house.engine) as session:
        past = draft("Call the mayor", by_when=datetime.now(UTC).date() - timedelta(days=1))
        commitments.rewrite(session, 1, draft=past, version=1)

    app = page(room)
    choice = next(one for one in app.segmented_control if one.key == "promises-shown")
    said = words(choice.set_value("overdue").run())

    assert "Overdue · Open" in said
    assert "Call the mayor" in said
    assert "minutes" not in said


def test_records_are_offered_once_the_meeting_is_over(room):
    before = words(page(room))
    room.does(leading_meetings.end_meeting)

    assert "June talk, 6 May 2030" not in before
    assert "June talk, 6 May 2030" in words(page(room))


def test_partners_see_open_promises_below_their_answers(room, monkeypatch):
    of = {"account": room.house.account, "now": datetime.now(UTC)}
    committing.settle_promise(room.house.engine, commitment_id=2, status=Status.DONE, remark="", version=1, **of)
    as_partner(monkeypatch, next(iter(room.house.tokens.values())))

    said = words(screen("partner_answer.py"))

    assert "What we promised each other" in said
    assert "Call the mayor" in said
    assert "minutes" not in said
