import json
from pathlib import Path

import pytest

from tests.agenda.releases import quiet, talkative
from xsector.agenda import editing
from xsector.agenda.build import build_agenda
from xsector.agenda.plain import from_plain, to_plain
from xsector.agenda.timing import clock, share_out, sum_sentence
from xsector.model.guide import StepKind, read_guide

GUIDE = read_guide(Path(__file__).parents[2] / "data" / "guides" / "discussion.yaml")


def agenda():
    return build_agenda(talkative(), guide=GUIDE, minutes=90)


def ids(changed):
    return [step.id for step in changed.steps]


def test_an_agenda_survives_being_stored_as_json():
    changed = editing.remove(editing.add(agenda(), title="Lunch", minutes=30), step_id="look")

    assert from_plain(json.loads(json.dumps(to_plain(changed)))) == changed
    assert from_plain(to_plain(build_agenda(quiet(), guide=GUIDE, minutes=20))).minutes == 20


@pytest.mark.parametrize(
    ("place", "value", "problem"),
    [
        (("version",), 2, "version 2"),
        (("minutes",), "90", "minutes"),
        (("minutes",), True, "minutes"),
        (("partnership",), None, "partnership"),
        (("partnership",), "x" * 2001, "partnership"),
        (("steps", 0, "kind"), "party", "party"),
        (("steps", 0, "minutes"), 0, "minutes"),
        (("steps", 0, "chart"), "pie", "pie"),
        (("steps", 0, "extra"), 1, "step"),
        (("steps", 1, "id"), "welcome", "share an id"),
        (("steps",), "none", "steps"),
        (("promise_rows",), 1000, "promise_rows"),
    ],
)
def test_a_damaged_agenda_is_refused_by_place(place, value, problem):
    plain = json.loads(json.dumps(to_plain(agenda())))
    target = plain
    for key in place[:-1]:
        target = target[key]
    target[place[-1]] = value

    with pytest.raises(ValueError, match=problem):
        from_plain(plain)


def test_what_is_no_agenda_is_refused():
    for plain in (None, [], {}, "agenda", 7):
        with pytest.raises(ValueError, match="agenda"):
            from_plain(plain)


def test_a_step_gets_another_title_and_length_and_the_sum_follows():
    changed = editing.change_minutes(agenda(), step_id="welcome", minutes=11)
    changed = editing.retitle(changed, step_id="welcome", title=" Hello ")

    assert changed.step("welcome").title == "Hello"
    assert changed.total_minutes == 95
    assert sum_sentence(changed.total_minutes, planned=changed.minutes) == (
        "All steps together: 95 minutes, 5 more than the 90 planned."
    )


def test_a_step_needs_a_title_and_at_least_a_minute():
    with pytest.raises(ValueError, match="title"):
        editing.retitle(agenda(), step_id="welcome", title="  ")
    with pytest.raises(ValueError, match="0 minutes"):
        editing.change_minutes(agenda(), step_id="welcome", minutes=0)


def test_a_step_moves_as_far_as_the_list_goes():
    before = ids(agenda())

    assert ids(editing.move(agenda(), step_id="read", places=-1)) == ["read", "welcome", *before[2:]]
    assert ids(editing.move(agenda(), step_id="read", places=99)) == [before[0], *before[2:], "read"]
    assert ids(editing.move(agenda(), step_id="welcome", places=-1)) == before


def test_a_removed_step_comes_back_where_it_was():
    removed = editing.remove(agenda(), step_id="look")

    assert "look" not in ids(removed)
    assert removed.total_minutes == 90 - agenda().step("look").minutes
    assert editing.restore(removed, step_id="look") == agenda()


def test_a_step_of_ones_own_stands_where_it_is_put_with_an_id_of_its_own():
    changed = editing.add(agenda(), title="Lunch", minutes=30, before="promises")
    changed = editing.add(changed, title="Walk", minutes=10)

    assert ids(changed)[-4:] == ["added-1", "promises", "close", "added-2"]
    assert changed.step("added-1").kind is StepKind.ADDED


def test_questions_can_be_reworded_and_empty_ones_go():
    changed = editing.change_prompts(agenda(), step_id="strength", prompts=("Why?", " ", "And now?"))

    assert changed.step("strength").prompts == ("Why?", "And now?")


def test_a_step_that_is_not_there_is_a_lookup_error():
    for change in (editing.remove, editing.restore):
        with pytest.raises(LookupError, match="nowhere"):
            change(agenda(), step_id="nowhere")


def test_no_change_touches_the_agenda_it_starts_from():
    original = agenda()

    editing.remove(editing.move(original, step_id="read", places=3), step_id="welcome")

    assert original == agenda()


def test_minutes_are_shared_out_exactly_and_everybody_gets_one():
    assert share_out(10, weights=[1, 1, 1]) == (4, 3, 3)
    assert share_out(3, weights=[100, 1, 1]) == (1, 1, 1)
    with pytest.raises(ValueError, match="2 minutes"):
        share_out(2, weights=[1, 1, 1])


def test_the_clock_counts_hours():
    assert [clock(minute) for minute in (0, 59, 60, 135)] == ["0:00", "0:59", "1:00", "2:15"]
    assert sum_sentence(85, planned=90) == "All steps together: 85 minutes, 5 fewer than the 90 planned."
