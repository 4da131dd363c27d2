from pathlib import Path

import pytest

from xsector.errors.files import GuideFileError
from xsector.model.guide import PROMPTED_KINDS, read_guide

SHIPPED = Path(__file__).parents[2] / "data" / "guides" / "discussion.yaml"


def written(folder, *, old, new):
    """The shipped guide with one passage changed."""
    text = SHIPPED.read_text(encoding="utf-8")
    assert old in text
    path = folder / "mine.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


def test_the_shipped_plans_last_as_long_as_their_names_say():
    guide = read_guide(SHIPPED)

    assert {plan.id: plan.minutes for plan in guide.plans} == {"a30": 30, "a60": 60, "a90": 90, "a150": 150}
    assert set(guide.prompts) == set(PROMPTED_KINDS)


@pytest.mark.parametrize(
    ("minutes", "plan"), [(20, "a30"), (45, "a30"), (46, "a60"), (75, "a60"), (110, "a90"), (240, "a150")]
)
def test_the_plan_nearest_in_length_is_taken(minutes, plan):
    assert read_guide(SHIPPED).plan_for(minutes).id == plan


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("minutes: 3,", "minutes: three,", "mine.yaml, plans › no. 1 › steps › no. 1 › minutes"),
        ("kind: welcome", "kind: hello", "plans › no. 1 › steps › no. 1 › kind"),
        ("purpose:", "porpoise:", "purpose: is missing. Add it."),
        ("after:", "afterwards: []\nafter:", "afterwards: is not a name this file may hold. Take it out"),
        ("  foggy:\n", "  close:\n", "prompts: foggy is missing. Add its questions."),
        ('title: "Welcome", do', "do", "plans › a30 › no. 1: the step has no title. Add a title."),
        ("purpose: ", "purpose: [", "isn't valid YAML. Check the indents"),
        ("xsector.guide/1", "xsector.guide/9", "schema"),
    ],
)
def test_a_faulty_guide_is_refused_with_file_place_and_remedy(tmp_path, old, new, sentence):
    path = written(tmp_path, old=old, new=new)

    with pytest.raises(GuideFileError) as caught:
        read_guide(path)

    assert sentence in caught.value.sentence()
    assert caught.value.sentence().startswith("mine.yaml")


def test_a_guide_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(GuideFileError, match="can't be read"):
        read_guide(tmp_path / "none.yaml")
