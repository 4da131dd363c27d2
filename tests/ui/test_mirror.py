import pytest

from tests import build
from tests.build import NOW, closed, finished, item, next_round, open_house, revealed
from tests.ui.screens import as_partner, screen, unharmed, words
from xsector.actions.answering import save_comment
from xsector.actions.running import choose_keeping, open_round
from xsector.actions.setting_up import add_people, change_questions, issue_links
from xsector.model.instrument import Instrument, Kind, Section
from xsector.reports.mirror import mirror_of
from xsector.ui import reflecting

QUESTIONS = (
    item("R1", text="We have a plan."),
    item("M1", kind=Kind.CHOICES, ordered=False, levels=("Time", "Money")),
    item("S1", sensitive=True),
)


@pytest.fixture
def house(served):
    """The first person says “Fully” to R1, everybody else “Not at all”; about trust all say “Fully”."""
    made = open_house(served, sectors={"business": 6, "government": 6}, questions=QUESTIONS)
    for place, who in enumerate(made.people):
        finished(made, who, {"R1": 4 if place == 0 else 0, "M1": frozenset({0}), "S1": 4})
    return made


def page_of(monkeypatch, house, place=0, **query):
    as_partner(monkeypatch, house.tokens[house.people[place].participant_id])
    return screen("partner_answer.py", **query)


def folded(app):
    return [box.label for box in app.expander]


def test_after_the_reveal_a_partner_reads_where_they_stand(monkeypatch, house):
    app = page_of(monkeypatch, revealed(house))

    said = words(app)
    assert "On **1 of 2** questions you are on the same side as most of your group." in said
    assert "“We have a plan.”" in said
    assert "You: “Fully”" in said
    assert "Most: “Not at all” or “A little”, 11 of 12 who answered" in said
    assert "Based on 12 of 12 people invited; you are one of 6 in “Business”." in said
    assert "What I answered" not in folded(app)


def test_before_the_reveal_only_own_answers_are_there(monkeypatch, house):
    closed(house)

    app = page_of(monkeypatch, house)

    assert "What I answered" in folded(app)
    assert "Where I" not in words(app)
    assert not app.pills


def two_sections(engine):
    """A revealed round with questions about the person, and about the plan."""
    parts = (
        Section(code="me", title="About you", items=(item("C1", context=True),)),
        Section(code="plan", title="Our plan", items=(item("R1"),)),
    )
    leader = build.account(engine)
    made = build.partnership(engine, by=leader)
    rows = build.roster_rows({"business": 6})
    add_people(engine, account=leader, partnership_id=made.id, rows=rows, now=NOW)
    people, tokens = build.respondents(engine, by=leader, partnership_id=made.id)
    drafted = build.draft_round(engine, by=leader, partnership_id=made.id)
    asked = Instrument(code="two", title="Two", version="1", sections=parts)
    change_questions(engine, account=leader, round_id=drafted.id, change=lambda _: asked, now=NOW)
    opened = open_round(engine, account=leader, round_id=drafted.id, now=NOW)
    house = build.House(engine=engine, account=leader, partnership=made, round=opened, people=people, tokens=tokens)
    for who in people:
        finished(house, who, {"C1": 1, "R1": 2})
    return revealed(house)


def test_one_section_is_shown_at_a_time_and_the_first_is_not_about_the_person(monkeypatch, served):
    house = two_sections(served)

    app = page_of(monkeypatch, house)

    chosen = app.pills(key=f"mirror-page-{house.round.id}")
    assert (chosen.options, chosen.value) == (["About you", "Our plan"], 1)
    assert unharmed(chosen.set_value(0).run()).pills(key=f"mirror-page-{house.round.id}").value == 0


def test_what_the_browser_draws_is_released_counts_and_the_own_answer(house):
    shown = revealed(house)
    mirror = mirror_of(shown.engine, respondent=shown.people[0], round_id=shown.round.id)

    rated, ticked, trust = reflecting.questions(mirror.pages[0], mirror=mirror)

    assert rated["you"] == "You: Fully"
    assert rated["own"] == [4]
    assert [(row["name"], row["counts"], row["words"]) for row in rated["rows"]] == [
        ("My group", [5, 0, 0, 0, 1], "6 people"),
        ("Everybody", [11, 0, 0, 0, 1], "12 people"),
    ]
    assert (ticked["scale"], ticked["own"]) == (False, [0])
    assert [(row["counts"], row["words"]) for row in trust["rows"]] == [
        ([], "at least 4 of 6 say “Mostly” or “Fully”"),
        ([], "not added up"),
    ]


def test_a_round_that_keeps_no_answers_says_so_kindly(monkeypatch, served):
    house = open_house(served, sectors={"business": 6}, questions=QUESTIONS)
    choose_keeping(served, account=house.account, round_id=house.round.id, keep=False, now=NOW)
    for who in house.people:
        finished(house, who, {"R1": 4})

    said = words(page_of(monkeypatch, revealed(house)))

    assert "Your answers are counted, and were deleted when the results were shown" in said
    assert "furthest" not in said


def test_a_newer_link_shows_the_counts_and_says_why_nothing_is_marked(monkeypatch, house):
    shown = revealed(house)
    who = shown.people[0].participant_id
    fresh = issue_links(
        shown.engine, account=shown.account, partnership_id=shown.partnership.id, participant_ids=[who], now=NOW
    )
    shown.tokens.update(fresh)

    assert "You answered with an earlier link." in words(page_of(monkeypatch, shown))


def test_own_words_stay_to_be_read_after_the_reveal(monkeypatch, house):
    save_comment(
        house.engine, respondent=house.people[0], round_id=house.round.id, code="R1", text="Nobody told us.",
        may_show=False, now=NOW,
    )  # fmt: skip

    app = page_of(monkeypatch, revealed(house))

    assert "What I wrote" in folded(app)
    assert "Nobody told us." in words(app)


def test_of_several_rounds_a_partner_chooses_and_the_open_one_comes_first(monkeypatch, house):
    spring = revealed(house)
    autumn = next_round(spring, questions=QUESTIONS)

    first = page_of(monkeypatch, autumn)
    asked = page_of(monkeypatch, autumn, round=spring.round.id)
    foreign = page_of(monkeypatch, autumn, round=999)

    assert first.selectbox(key="pick-round").options == ["Autumn: open for answers", "Spring: results shown"]
    assert "Who will see what" in " ".join(one.value for one in first.subheader)
    assert "Where I" in words(asked)
    assert "Where I" not in words(foreign)
