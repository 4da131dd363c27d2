"""Every page, asked for by everybody; a page without a line in the table fails the first test."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.conftest import copied, quickly
from tests.roles import ACTORS, PARTNERS, at_stage, logins, open_town
from tests.ui import screens
from tests.ui.signed_in import browse_as
from xsector.ui import resources

PAGES = Path(__file__).resolve().parents[2] / "pages"
EVERYBODY = frozenset(ACTORS)
CONVENERS = frozenset({"convener", "convener stranger"})
LEADERS = CONVENERS | {"facilitator", "facilitator stranger"}
OPEN_TO = {
    "anyone_welcome.py": EVERYBODY,
    "convener_agenda.py": LEADERS,
    "convener_partnerships.py": CONVENERS,
    "convener_people.py": CONVENERS,
    "convener_promises.py": LEADERS,
    "convener_questions.py": CONVENERS,
    "convener_round.py": CONVENERS,
    "facilitator_felt.py": LEADERS,
    "facilitator_cards.py": LEADERS,
    "facilitator_guesses.py": LEADERS,
    "facilitator_lead.py": LEADERS,
    "facilitator_meeting.py": LEADERS,
    "facilitator_results.py": LEADERS,
    "facilitator_priorities.py": LEADERS,
    "facilitator_roles.py": LEADERS,
    "facilitator_stage.py": LEADERS,
    "facilitator_trust.py": LEADERS,
    "facilitator_words.py": LEADERS,
    "partner_answer.py": frozenset(PARTNERS),
    "partner_cards.py": frozenset(PARTNERS),
    "partner_follow.py": frozenset(PARTNERS),
    "wall_board.py": frozenset({"wall"}),
}
PARTNERS_PAGES = {file for file in OPEN_TO if file.startswith("partner_")}
REFUSED = "not signed in for this page"


@pytest.fixture(scope="module")
def town(migrated_file, tmp_path_factory):
    """Two partnerships whose first rounds are revealed, and what each role's browser brings."""
    engine = quickly(copied(migrated_file, tmp_path_factory.mktemp("pages")))
    made = at_stage(open_town(engine), "revealed")
    brought = {actor: {"login": token} for actor, token in logins(made, now=datetime.now(UTC)).items()}
    brought |= {actor: {"partner": made.token(actor)} for actor in PARTNERS}
    brought |= {"wall": {"wall": made.wall}, "nobody": {}}
    screens.serve(engine)
    yield made, brought
    resources.withdraw()
    engine.dispose()


def shown(town, monkeypatch, *, actor, file, place="elsewhere"):
    """Everything on the page that *actor* gets whose address names the things of *place*."""
    made, brought = town
    browse_as(monkeypatch, **brought[actor])
    house = made.place(place)
    app = screens.screen(file, p=house.partnership.id, r=house.round.id)
    boxes = " ".join(str(one) for box in app.selectbox for one in box.options)
    fields = " ".join(str(one.value) for one in (*app.text_input, *app.text_area))
    tables = " ".join(frame.value.to_csv() for frame in app.dataframe)
    return " ".join((screens.words(app), boxes, fields, tables))


def test_every_page_stands_in_the_table_and_in_the_frame():
    files = {path.name for path in PAGES.glob("*.py")}
    frame = screens.FRAME.read_text(encoding="utf-8")

    assert files == set(OPEN_TO) == set(re.findall(r'"(\w+\.py)"', frame))


@pytest.mark.parametrize("file", OPEN_TO)
@pytest.mark.parametrize("actor", ACTORS)
def test_a_page_opens_for_whom_it_is_and_shows_nothing_of_others(town, monkeypatch, actor, file):
    said = shown(town, monkeypatch, actor=actor, file=file)

    assert (REFUSED in said) == (actor not in OPEN_TO[file])
    names = {"partner elsewhere": "Harbour"}
    assert names.get(actor, "Lighthouse") not in said
    if "stranger" in actor or actor == "nobody":
        assert "Harbour" not in said
    if actor not in {"convener", "facilitator"}:
        people = {one.name for house in (town[0].here, town[0].elsewhere) for one in house.people}
        assert not {name for name in people if name in said and actor not in PARTNERS}


@pytest.mark.parametrize("file", sorted(set(OPEN_TO) - {"anyone_welcome.py", "wall_board.py", *PARTNERS_PAGES}))
def test_who_leads_here_finds_it_on_every_page(town, monkeypatch, file):
    assert "Harbour" in shown(town, monkeypatch, actor="convener", file=file, place="here")
