"""Where the minutes of a form go: said on the page of questions before anything is opened."""

from tests.build import NOW, account, draft_round, item, partnership, roster_rows
from tests.ui.screens import as_account, screen, words
from xsector.actions.setting_up import add_people


def questions_page(monkeypatch, served, *, questions):
    leader = account(served)
    made = partnership(served, by=leader)
    rows = roster_rows({"government": 6, "nonprofit": 4})
    add_people(served, account=leader, partnership_id=made.id, rows=rows, now=NOW)
    drafted = draft_round(served, by=leader, partnership_id=made.id, questions=questions)
    as_account(monkeypatch, leader)
    return screen("convener_questions.py", p=made.id, r=drafted.id)


def test_each_module_says_what_it_would_take_before_it_is_switched_on(monkeypatch, served):
    said = words(questions_page(monkeypatch, served, questions=(item("R1"),)))

    assert "The form takes about 1 minute." in said
    assert "Would take about 2 min." in said
    assert "Would take about 1 min." in said
    assert "Would take up to 4 min." in said


def test_the_minutes_of_the_parts_are_said_and_what_leaving_one_out_saves(monkeypatch, served):
    ten_minutes = tuple(item(f"R{number}") for number in range(75))
    app = questions_page(monkeypatch, served, questions=ten_minutes)

    app.toggle(key="module-roles-on").set_value(True).run()
    app.toggle(key="module-priorities-on").set_value(True).run()

    said = words(app)
    assert "The whole form takes about 14 minutes: the check-up 10, roles 2 and priorities 1." in said
    assert (
        "That is 2 minutes more than the 12 that we advise. Leaving out a module saves: roles 2 and priorities 1."
        in said
    )


def test_a_form_of_twelve_minutes_is_not_called_too_long(monkeypatch, served):
    app = questions_page(monkeypatch, served, questions=tuple(item(f"R{number}") for number in range(75)))

    app.toggle(key="module-roles-on").set_value(True).run()

    assert "The whole form takes about 12 minutes: the check-up 10 and roles 2." in words(app)
    assert "that we advise" not in words(app)
