import pytest

from tests.build import NOW, finished, item, open_house, revealed
from tests.conftest import copied, quickly
from tests.roads_and_guesses import two_rounds
from tests.ui.screens import as_account, as_wall, screen, words
from tests.ui.test_wall_and_welcome import pictures
from xsector.actions.running import issue_wall_link, show_on_wall
from xsector.errors.common import NotFoundError
from xsector.ui import resources


@pytest.fixture(scope="module")
def both(migrated_file, tmp_path_factory):
    """Spring and autumn, made once."""
    return two_rounds(quickly(copied(migrated_file, tmp_path_factory.mktemp("both"))))


@pytest.fixture
def rounds(both, lent, monkeypatch):
    """Spring and autumn, and the convener at the screen; `tests/reports` has their reports on both databases."""
    made = lent(*both)
    as_account(monkeypatch, made[0].account)
    return made


def page(file, house):
    return screen(file, p=house.partnership.id, r=house.round.id)


def test_the_page_of_the_road_says_what_was_found_and_where_each_round_stood(rounds):
    _, autumn = rounds

    app = page("facilitator_stage.py", autumn)

    said = words(app)
    assert "We are careful with each other, and worries stay outside the room" in said
    assert "That is normal after new people, new money or a new goal" in said
    assert "By the work that is done we stand at “Getting to know each other”." in said
    assert [len(table.value) for table in app.dataframe] == [12, 4]
    assert {"Spring: Airing our differences" in one.alt for one in pictures(autumn)} == {True, False}
    assert len({one.svg for one in pictures(autumn)}) == 3


def test_a_first_round_has_no_picture_of_rounds(rounds):
    spring, autumn = rounds
    later = "From the second round on that asks this"

    assert later in words(page("facilitator_stage.py", spring))
    assert later not in words(page("facilitator_stage.py", autumn))


def test_the_page_of_the_guesses_has_what_needs_talk_first_and_says_how_it_is_counted(rounds):
    spring, _ = rounds

    app = page("facilitator_guesses.py", spring)

    said = words(app)
    assert [one.value for one in app.subheader] == ["Worth a talk", "The other guesses"]
    assert said.index("Hidden gap: others think that Business agrees") < said.index("Others guess Government")
    assert "By group: Government 2.0 too high; Non-profit 2.0 too high." in said
    assert "nobody can tell who guessed their own answer" in said
    assert list(app.dataframe[0].value["Guessed by"][:3]) == ["All others", "Government", "Non-profit"]


def test_results_of_a_round_link_to_its_modules(rounds):
    _, autumn = rounds

    for file in ("facilitator_results.py", "facilitator_stage.py", "facilitator_guesses.py"):
        labels = [link.proto.label for link in page(file, autumn).get("page_link")]
        at = labels.index("Questionnaire")
        assert labels[at : at + 3] == ["Questionnaire", "Stage", "Guesses"]


@pytest.mark.parametrize(
    ("view", "told"),
    [
        ("stage", "signs"),
        ("stage_choices", "on the upper"),
        ("stage_cycle", "Spring: Airing our differences"),
        ("guesses", "others guess 4.0"),
    ],
)
def test_each_picture_can_be_put_on_the_wall(rounds, monkeypatch, view, told):
    _, autumn = rounds
    of = {"account": autumn.account, "round_id": autumn.round.id, "now": NOW}
    show_on_wall(autumn.engine, **of, view=view, item=None, dark=True)

    as_wall(monkeypatch, issue_wall_link(autumn.engine, **of))
    screen("wall_board.py")

    assert told in pictures(autumn)[-1].alt


def test_what_a_round_did_not_ask_can_t_be_put_on_the_wall(served):
    house = open_house(served, questions=(item("R1"),))
    for who in house.people:
        finished(house, who, {"R1": 1})
    shown = revealed(house)

    for view in ("stage", "stage_choices", "stage_cycle", "guesses"):
        with pytest.raises(NotFoundError):
            show_on_wall(
                served, account=shown.account, round_id=shown.round.id, view=view, item=None, dark=False, now=NOW
            )


def test_the_facilitator_chooses_among_the_pictures_that_the_round_has(rounds):
    _, autumn = rounds

    app = page("facilitator_meeting.py", autumn)
    app.pills(key="wall-view").set_value("guesses").run()

    assert "Our road: round after round" in str(app.pills(key="wall-view").options)
    assert "Who does what" not in str(app.pills(key="wall-view").options)
    assert any(
        "others guess 4.0" in kept.result().alt for kept in resources._KEPT.values() if hasattr(kept.result(), "alt")
    )
