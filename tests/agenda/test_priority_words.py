import pytest

from tests.budgets import release_of, rows
from xsector.agenda import priority_words
from xsector.analysis.priorities import views_of
from xsector.analysis.priority_findings import PriorityFinding, findings_of
from xsector.model.modules.kinds import Mode, Pass

SAME = [30, 25, 20, 15, 10]
LAST_FIRST = [10, 15, 20, 25, 30]
QUIET = {name: rows(SAME, times=6) for name in ("North", "East", "West")} | {"South": rows(LAST_FIRST, times=6)}
EVEN = {"North": rows(SAME, times=6), "South": rows(SAME, times=6)}


def told(given, **facts):
    """The views, what is found, and the first sentence of each kind."""
    views = views_of(release_of(given, **facts))
    found = findings_of(views)
    sentences = {}
    for one in found:
        sentences.setdefault(one.kind, priority_words.about(one, views=views))
    return views, found, sentences


def test_a_split_and_a_quiet_priority_are_said_with_both_numbers():
    views, found, sentences = told({"should": QUIET})

    assert sentences[PriorityFinding.SPLIT] == "North gives “Direct help” 30 points on average, South 10."
    assert sentences[PriorityFinding.QUIET] == (
        "South puts “Residents” first. For all of us it is number 5 of 5, so it is easily missed."
    )
    assert priority_words.headline(views, found) == ("“Direct help” comes first for 3 groups and is number 5 for South")
    assert priority_words.followed(views, found) == "Q1"


def test_a_gap_between_words_and_effort_is_said_with_both_numbers():
    views, found, sentences = told(
        {"should": {"North": rows([50, 30, 20], times=9)}, "now": {"North": rows([20, 30, 50], times=9)}}
    )

    assert sentences[PriorityFinding.SAY_DO] == (
        "Taken together, people say that “Direct help” should get 50 of 100 points; today it gets 20. "
        "The gap is as wide in North."
    )
    assert priority_words.effort_headline(views, found) == (
        "“Direct help” gets less effort than we say it should, “Joining up” gets more effort than we say it should"
    )


def test_where_effort_follows_words_that_is_said():
    views, found, _ = told({"should": EVEN, "now": EVEN})

    assert priority_words.effort_headline(views, found) == "Our effort goes roughly where we say it should"


def test_what_is_shared_and_what_organisations_want_are_said():
    own = {name: rows([10, 15, 20, 25, 30], times=6) for name in ("North", "South")}
    views, found, sentences = told({"should": EVEN, "own": own})

    assert sentences[PriorityFinding.SHARED] == "“Direct help” is among the first three of every group shown."
    assert sentences[PriorityFinding.OWN] == (
        "For all of us, “Direct help” should come first. For their own organisation people put “Residents” first; "
        "the shared one is number 5 there."
    )
    assert priority_words.headline(views, found) == (
        "Every group has “Direct help”, “New rules” and “Joining up” among its first three"
    )


def test_what_may_be_chance_is_a_question():
    wild = {"North": [[90, 5, 5], [0, 50, 50], [80, 10, 10]], "South": [[0, 10, 90], [60, 20, 20], [20, 40, 40]]}
    views, found, _ = told({"should": wild})

    sure = priority_words.how_sure(found[0], views=views)

    assert "With 6 answers, one person can change the picture." in sure
    assert "at random, a gap this big would turn up about" in sure
    assert sure.endswith("treat it as a question.")
    assert priority_words.headline(views, found) == "“Direct help” comes first for all of us"


def test_a_clear_split_is_said_without_that_doubt():
    views, found, _ = told({"should": QUIET})
    split = next(one for one in found if one.kind is PriorityFinding.SPLIT)

    sure = priority_words.how_sure(split, views=views)

    assert sure == (
        "If the same answers were dealt to the sectors at random, a gap this big would turn up less than once in 100."
    )


def test_both_weightings_are_told_where_they_differ():
    large = {"Large": rows([60, 30, 10], times=9), "Small": rows([10, 60, 30], times=3)}
    views, _, _ = told({"should": large})

    assert priority_words.voices_sentence(views[Pass.SHOULD]) == (
        "Counting each person once, the first three are 1 “Direct help”, 2 “New rules”, 3 “Joining up”. "
        "Counting each sector shown once, they are 1 “New rules”, 2 “Direct help”, 3 “Joining up”."
    )
    same, _, _ = told({"should": EVEN})
    assert priority_words.voices_sentence(same[Pass.SHOULD]).endswith("gives the same first three.")


def test_how_far_lists_lie_apart_is_said_in_points():
    half = {"North": rows([100, 0], times=10), "South": rows([0, 100], times=10)}
    views, _, _ = told({"should": half})

    said = priority_words.apart_sentence(views[Pass.SHOULD])

    assert said.startswith("Pick any two of us: on average 53 of 100 points would have to move")
    assert said.endswith("About 100% of that has to do with sectors; the rest lies between people of the same sector.")


def test_few_people_are_too_few_to_tell_how_much_lies_between_sectors():
    views, _, _ = told({"should": {"North": rows([60, 30, 10], times=4), "South": rows([10, 60, 30], times=4)}})

    assert priority_words.apart_sentence(views[Pass.SHOULD]).endswith(
        "We are too few to tell how much of that lies between sectors."
    )


def test_a_few_people_with_many_points_are_told_apart_from_many_with_some():
    given = rows([100, 0, 0], times=3) + rows([0, 55, 45], times=4)
    views, _, _ = told({"should": {"North": given}})

    assert priority_words.order_sentence(views[Pass.SHOULD]).startswith(
        "Counting only who puts what above what, “New rules” comes first: a few people with many points"
    )


def test_tables_hold_ranks_points_and_effort():
    views, _, _ = told({"should": QUIET, "now": EVEN})
    should, now = views[Pass.SHOULD], views[Pass.NOW]

    assert priority_words.ranks_table(should)[:2] == (
        ("Option", "All of us", "North", "East", "West", "South"), ("Direct help", "1", "1", "1", "1", "5"),
    )  # fmt: skip
    assert priority_words.values_table(should)[1] == (
        "Direct help", "25 (10–30)", "30 (30–30)", "30 (30–30)", "30 (30–30)", "10 (10–10)",
    )  # fmt: skip
    assert priority_words.effort_table(should, now)[:2] == (
        ("Option", "Should", "Now", "Gap"), ("Direct help", "25.0", "30.0", "-5.0"),
    )  # fmt: skip


def test_first_three_are_told_as_shares():
    groups = {"North": rows([3, 2, 1, 0], times=10), "South": rows([0, 3, 2, 1], times=10)}
    views, found, sentences = told({"should": groups, "now": {"North": rows([0, 3, 2, 1], times=20)}}, mode=Mode.TOP)

    assert sentences[PriorityFinding.SPLIT] == (
        "In North, 100 % put “Direct help” among their first three; in South, 0 %."
    )
    assert sentences[PriorityFinding.SAY_DO].startswith(
        "Taken together, 50 % put “Direct help” among the first three that should come; 0 % see it"
    )
    assert priority_words.values_table(views[Pass.SHOULD])[1][1] == "100 % (20 of 20)"
    assert found


@pytest.mark.parametrize("given", [{"should": {"North": rows(SAME, times=2)}}, {"now": {"North": rows(SAME, times=2)}}])
def test_too_few_answers_are_said_to_be_too_few(given):
    views, found, _ = told(given)

    assert priority_words.headline(views, found) == "Too few answers to say what comes first"
