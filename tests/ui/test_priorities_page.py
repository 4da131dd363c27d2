"""The page and the wall of what comes first, without a browser."""

import pytest

from tests.build import NOW, account, entries, finished, item, open_house, revealed
from tests.ui.screens import as_account, as_wall, screen, unharmed, words
from xsector.actions.running import issue_wall_link, show_on_wall
from xsector.errors.common import NotFoundError
from xsector.model.modules.kinds import Mode, Modules, Pass, Priorities
from xsector.reports.priorities import priority_results
from xsector.reports.results import report_document
from xsector.ui import resources

SHOULD = {"government": (8, 6, 4, 2), "nonprofit": (8, 6, 4, 2), "business": (2, 3, 5, 10)}
NOW_GIVEN = (2, 2, 6, 10)


@pytest.fixture
def dana(served, monkeypatch):
    made = account(served)
    as_account(monkeypatch, made)
    return made


def shown(engine, dana, *, passes=(Pass.SHOULD, Pass.NOW)):
    """A revealed round of priorities that the business weighs the other way round."""
    module = Priorities(options=entries("O1", "O2", "O3", "O4"), passes=passes)
    house = open_house(engine, by=dana, questions=(item("R1"),), modules=Modules(priorities=module))
    for who in house.people:
        answers = {}
        for view in passes:
            given = NOW_GIVEN if view is Pass.NOW else SHOULD[who.sector]
            answers |= {f"O{place}_{view.value}": steps for place, steps in enumerate(given, start=1)}
        finished(house, who, {"R1": 1, **answers})
    return revealed(house)


def pictures():
    return [kept.result() for kept in resources._KEPT.values() if hasattr(kept.result(), "svg")]


def test_the_page_says_what_stands_out_and_shows_ranks(served, dana):
    shown(served, dana)

    app = screen("facilitator_priorities.py")

    said = words(app)
    assert "Worth a talk" in said
    assert "Words of O4" in said
    assert "points would have to move" in said
    [picture] = pictures()
    assert "comes first for" in picture.alt


def test_the_pictures_of_effort_and_of_one_option_can_be_chosen(served, dana):
    shown(served, dana)
    app = screen("facilitator_priorities.py")

    unharmed(app.segmented_control(key="priorities-picture").set_value("effort").run())
    unharmed(app.segmented_control(key="priorities-picture").set_value("spread").run())
    unharmed(app.selectbox(key="priorities-option").set_value("O2").run())

    alts = [picture.alt for picture in pictures()]
    assert "effort than we say" in alts[1]
    assert alts[2].startswith("“Words of O1”")
    assert alts[3].startswith("“Words of O2”")


def test_without_what_is_done_now_there_is_no_picture_of_effort(served, dana):
    house = shown(served, dana, passes=(Pass.SHOULD,))

    app = screen("facilitator_priorities.py")

    assert "Words and effort" not in app.segmented_control(key="priorities-picture").options
    with pytest.raises(NotFoundError):
        show_on_wall(served, account=dana, round_id=house.round.id, view="effort", item=None, dark=False, now=NOW)
    assert "Words and effort" not in [one for pill in screen("facilitator_meeting.py").pills for one in pill.options]


@pytest.mark.parametrize(("view", "said"), [("priorities", "comes first for"), ("effort", "effort than we say")])
def test_the_wall_shows_ranks_and_effort(monkeypatch, served, dana, view, said):
    house = shown(served, dana)
    of = {"account": dana, "round_id": house.round.id, "now": NOW}
    show_on_wall(served, view=view, item=None, dark=True, **of)
    as_wall(monkeypatch, issue_wall_link(served, **of))

    screen("wall_board.py")

    [picture] = pictures()
    assert said in picture.alt
    assert picture.ground == "#0E1117"


def test_the_report_holds_views_orders_and_findings(served, dana):
    house = shown(served, dana)

    told = report_document(served, account=dana, round_id=house.round.id)["priorities"]

    should = told["views"]["should"]
    first = next(option for option in should["options"] if option["code"] == "O1")
    assert (should["mode"], should["answered"]) == (Mode.POINTS.value, 18)
    assert first["everybody"]["mean"] == pytest.approx(30)
    assert {name: one["rank"] for name, one in first["groups"].items()} == {
        "Government": 1, "Non-profit": 1, "Business": 4,
    }  # fmt: skip
    assert first["one_sector_one_voice"]["mean"] == pytest.approx(30)
    assert should["orders"]["kemeny"] == [["O1", "O2", "O3", "O4"]]
    assert should["orders"]["kendall_w"] == [pytest.approx(1 / 9), pytest.approx(1 / 9)]
    found = {(one["finding"], one["option"]) for one in told["findings"]}
    assert ("split between sectors", "O1") in found
    assert ("we say one thing and do another", "O1") in found


def test_the_report_of_a_round_without_priorities_does_not_name_them(served, dana):
    house = open_house(served, by=dana, questions=(item("R1"),))
    for who in house.people:
        finished(house, who, {"R1": 1})

    told = report_document(served, account=dana, round_id=revealed(house).round.id)

    assert "priorities" not in told


def test_the_results_hold_nothing_that_leads_to_a_person(served, dana):
    house = shown(served, dana)

    said = repr(priority_results(served, account=dana, round_id=house.round.id))

    assert [who.name for who in house.people if who.name in said] == []
