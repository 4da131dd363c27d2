"""The page “Felt and real”, as a facilitator meets it, and what it puts on the wall."""

import pytest

from tests.build import NOW, account
from tests.conftest import copied, quickly
from tests.described import described_house
from tests.ui.screens import as_account, as_wall, screen, words
from xsector.actions.aiming import choose_target
from xsector.actions.reading_words import let_through
from xsector.actions.running import issue_wall_link, show_on_wall
from xsector.model.profile import GOAL_LINE
from xsector.reports import wall
from xsector.reports.felt import felt_on_wall
from xsector.reports.words import words_of
from xsector.ui import resources


@pytest.fixture
def dana(served, monkeypatch):
    made = account(served)
    as_account(monkeypatch, made)
    return made


@pytest.fixture(scope="module")
def described(migrated_file, tmp_path_factory):
    """A revealed round with nine goals, made once."""
    return described_house(quickly(copied(migrated_file, tmp_path_factory.mktemp("felt"))), goals=9)


@pytest.fixture
def house(described, lent, monkeypatch):
    """The same with its convener at the screen; what the page shows and does is tested on both databases by itself."""
    [made] = lent(described)
    as_account(monkeypatch, made.account)
    return made


def pictures(house):
    """The newest picture of each kind that was drawn and kept."""
    kept = resources._KEPT.items()
    return {view: made.result() for (_, number, _, view, *_), made in kept if number == house.round.id}


def page():
    return screen("facilitator_felt.py")


def on_wall(house):
    return wall.wall_state(house.engine, round_id=house.round.id)


def test_it_says_what_is_felt_and_what_is_real_with_a_picture_and_a_table(house):
    app = page()

    said = words(app)
    assert "Furthest apart: “" in said
    assert "Based on 17 of 17 people invited." in said
    assert list(pictures(house)) == ["felt"]
    assert pictures(house)["felt"].alt.startswith(
        "17 of 17 agree with “Other partners would describe our goal the way I do”"
    )
    table = next(one.value for one in app.dataframe if "Divided" in one.value.columns)
    assert len(table) == 7
    assert table["In words"][0] == "100% agree"


def test_the_results_lead_to_it(house):
    app = screen("facilitator_results.py")

    assert any("Felt and real" in link.proto.label for link in app.get("page_link"))


def test_only_goals_that_were_let_through_are_there(house):
    before = words(page())
    of = {"account": house.account, "round_id": house.round.id}
    [written] = [one for one in words_of(house.engine, **of) if one.code == GOAL_LINE]
    let_through(house.engine, word=written.words[0], shown=True, now=NOW, **of)

    after = words(page())

    assert "9 goals wait on the page “Comments”" in before
    assert "Goal <" not in before
    shown, *others = (word.text for word in written.words)
    assert shown in after
    assert not [text for text in others if text in after]


def test_a_target_is_chosen_and_taken_back(house):
    app = page()
    before = set(pictures(house))
    app.radio(key="target").set_value("joint_project").run()
    chosen = felt_on_wall(house.engine, round_id=house.round.id).target.code
    drawn = pictures(house)

    app.radio(key="target").set_value("").run()

    assert (before, chosen) == ({"felt"}, "joint_project")
    assert set(drawn) == {"felt", "target"}
    assert "“Run a project together”: furthest away on" in drawn["target"].alt
    assert felt_on_wall(house.engine, round_id=house.round.id).target is None


def test_no_grade_and_no_sum_stands_anywhere(house):
    choose_target(house.engine, account=house.account, round_id=house.round.id, target="collective_impact", now=NOW)

    said = words(page()).lower()

    assert "there is no sum" in said
    assert "nobody gets a grade" in said
    assert not [word for word in ("score", "overall", "rank", "total") if word in said]


def test_both_pictures_go_to_the_wall_from_here(house):
    app = page()
    app.button(key="felt-on-wall").click().run()
    first = on_wall(house).view
    app.radio(key="target").set_value("advisory_group").run()

    app.button(key="target-on-wall").click().run()

    assert (first, on_wall(house).view) == ("felt", "target")
    assert "On the wall now." in words(app)


def test_the_meeting_names_what_is_on_the_wall_and_darkens_it(house):
    show_on_wall(
        house.engine, account=house.account, round_id=house.round.id, view="felt", item=None, dark=False, now=NOW
    )
    app = screen("facilitator_meeting.py")

    app.toggle(key="wall-dark").set_value(True).run()

    assert "chosen on the page “Felt and real”" in words(app)
    assert (on_wall(house).view, on_wall(house).dark) == ("felt", True)


@pytest.mark.parametrize("view", ["felt", "target"])
def test_the_wall_draws_it(house, monkeypatch, view):
    of = {"account": house.account, "round_id": house.round.id, "now": NOW}
    choose_target(house.engine, target="joint_project", **of)
    show_on_wall(house.engine, view=view, item=None, dark=True, **of)
    as_wall(monkeypatch, issue_wall_link(house.engine, **of))

    screen("wall_board.py")

    [picture] = [kept.result() for kept in resources._KEPT.values()]
    assert picture.ground == "#0E1117"
    assert ("Run a project together" in picture.svg) is (view == "target")


def test_a_round_without_those_questions_says_so(served, dana):
    house = described_house(served, by=dana, codes=(GOAL_LINE, "M01"))

    said = words(page())

    assert "Not shown: “Same goal”, “Shared result”, “Our job”" in said
    assert "We can't tell yet whether our answers go together" in said
    assert pictures(house)["felt"].alt.startswith("This round did not ask how we describe ourselves.")
