import base64
import re
import zipfile
from dataclasses import replace
from io import BytesIO
from xml.etree import ElementTree

import pytest

from tests.export.papers import NASTY, OURS, agenda, figures, nasty_agenda
from xsector.export.markdown import agenda_markdown, agenda_markdown_zip, escaped


def live(text):
    """What is left of a text once everything that a backslash disarms is taken out."""
    return re.sub(r"\\.", "", text)


@pytest.mark.parametrize("text", NASTY)
def test_nothing_that_markdown_obeys_is_left_bare(text):
    assert not re.search(r"[`*_{}\[\]<>&|~$#!]|://|www\.|^[-+]|^\d+[.)](\s|$)|@(?!\u2060)", live(escaped(text)))


@pytest.mark.parametrize("text", NASTY[:-1])
def test_a_reader_sees_the_text_unchanged(text):
    shown = re.sub(r"\\(.)", r"\1", escaped(text)).replace("\u2060", "")

    assert shown == text


def test_a_text_of_several_lines_stays_on_one():
    assert escaped("one\n\n# two\n- three") == "one \\# two - three"


def test_the_file_holds_each_chart_as_a_picture_and_as_a_table():
    content = agenda()
    drawn = figures(content)

    text = agenda_markdown(content, figures=drawn).decode()

    pictures = re.findall(r"!\[[^\n]*\]\(data:image/svg\+xml;base64,([A-Za-z0-9+/=]+)\)", text)
    assert len(pictures) == len(drawn) > 0
    assert all(ElementTree.fromstring(base64.b64decode(picture)).tag.endswith("svg") for picture in pictures)
    assert text.count("| Everyone | 24 |") >= len(drawn)


def test_the_overview_adds_up():
    text = agenda_markdown(agenda(60), figures={}).decode()

    rows = re.findall(r"^\| \d+:\d\d \| (\d+) \|", text, flags=re.MULTILINE)
    assert sum(map(int, rows)) == 60
    assert "**All steps together: 60 minutes, as planned.**" in text


def test_our_rules_stand_before_the_steps_and_our_goals_after_them():
    text = agenda_markdown(replace(agenda(), ours=OURS), figures={}).decode()

    rules = "## Our ground rules\n\nIn this partnership we will …\n\n- write down who does what by when\n- ask"
    goals = "## Our goal in our own words\n\nWhat is our goal, in one sentence?\n\n- Every child is ready for school."
    places = [text.index(part) for part in ("## Times", rules, "## Step by step", goals, "## Our promises")]
    assert places == sorted(places)
    assert "## Our g" not in agenda_markdown(agenda(), figures={}).decode()


def test_nasty_text_leaves_the_structure_as_it_is():
    text = agenda_markdown(nasty_agenda(), figures={}).decode()

    headings = [line for line in text.splitlines() if line.startswith("### ")]
    assert len(headings) == len(nasty_agenda().steps)
    assert "<" not in live(text)
    assert "](" not in live(text)


def test_the_zip_holds_the_text_and_its_pictures():
    content = agenda()
    drawn = figures(content)

    with zipfile.ZipFile(BytesIO(agenda_markdown_zip(content, figures=drawn))) as parts:
        names = parts.namelist()
        text = parts.read("agenda.md").decode()

    assert names == ["agenda.md", *[f"charts/{number}.svg" for number in range(1, len(drawn) + 1)]]
    assert all(f"]({name})" in text for name in names[1:])


def test_the_same_agenda_gives_the_same_bytes():
    content = agenda()
    drawn = figures(content)

    assert agenda_markdown(content, figures=drawn) == agenda_markdown(content, figures=drawn)
    assert agenda_markdown_zip(content, figures=drawn) == agenda_markdown_zip(content, figures=drawn)
