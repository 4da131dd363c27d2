import re
from dataclasses import replace
from io import BytesIO

import pypdf
import pytest

from tests.export.papers import NASTY, OURS, agenda, figures, nasty_agenda
from xsector.export.pdf import agenda_pdf


def reader_of(content):
    return pypdf.PdfReader(BytesIO(content))


def text_of(content):
    pages = " ".join(page.extract_text() for page in reader_of(content).pages)
    return re.sub(r"\s+", " ", pages)


def tags_of(content):
    """The names of all structure elements, and the alternative texts."""
    tags, alts = [], []

    def walk(node):
        node = node.get_object()
        if isinstance(node, list):
            for child in node:
                walk(child)
        elif isinstance(node, dict):
            if "/S" in node:
                tags.append(str(node["/S"]))
            if "/Alt" in node:
                alts.append(str(node["/Alt"]))
            if "/K" in node and not isinstance(node["/K"], int):
                walk(node["/K"])

    walk(reader_of(content).trailer["/Root"]["/StructTreeRoot"])
    return tags, alts


def test_the_pdf_holds_every_step_with_its_time_finding_and_questions():
    content = agenda()

    text = text_of(agenda_pdf(content, figures=figures(content)))

    for step in content.steps:
        assert step.title in text
        for part in (step.finding, *step.prompts):
            assert part is None or part in text
    assert "All steps together: 90 minutes, as planned." in text
    assert all(column in text for column in content.promise_columns)
    assert all(caution in text for caution in content.cautions)


def test_our_rules_stand_before_the_steps_and_our_goals_after_them():
    paper = agenda_pdf(replace(agenda(), ours=OURS), figures={})

    text = text_of(paper)
    words = (
        "Times", "Our ground rules", "In this partnership we will …", *OURS.rules, "Step by step",
        "Our goal in our own words", OURS.goal_question, *OURS.goals, "Before the meeting",
    )  # fmt: skip
    places = [text.index(part) for part in words]
    assert places == sorted(places)
    assert tags_of(paper)[0].count("/H1") == 1 + tags_of(agenda_pdf(agenda(), figures={}))[0].count("/H1")


def test_the_pdf_is_tagged_and_its_pictures_are_described():
    content = agenda()
    drawn = figures(content)

    paper = agenda_pdf(content, figures=drawn)

    tags, alts = tags_of(paper)
    assert {"/H1", "/H2", "/Table", "/TH", "/L", "/Figure"} <= set(tags)
    assert len(alts) >= len(drawn) > 0
    assert any("Government" in alt for alt in alts)
    assert b"pdfuaid" in paper
    assert reader_of(paper).metadata.title == "Harbour Town – Spring check-up"


def test_without_a_figure_the_table_stands_in_its_place():
    content = agenda()

    text = text_of(agenda_pdf(content, figures={}))

    assert "Strongly disagree" in text
    assert text.count("Everyone") >= 3


def test_the_same_agenda_gives_the_same_bytes():
    content = agenda()
    drawn = figures(content)

    assert agenda_pdf(content, figures=drawn) == agenda_pdf(content, figures=drawn)


def test_text_is_printed_letter_by_letter_and_never_obeyed():
    text = text_of(agenda_pdf(nasty_agenda(), figures={}))

    for nasty in NASTY[:-1]:
        assert nasty in text
    assert "bellnullescape surrogate turned" in text


def test_no_text_becomes_a_link():
    reader = reader_of(agenda_pdf(nasty_agenda(), figures={}))

    assert [page.get("/Annots") for page in reader.pages] == [None] * len(reader.pages)


@pytest.mark.parametrize("minutes", [20, 30, 60, 150, 240])
def test_every_length_makes_a_paper(minutes):
    content = agenda(minutes)

    assert agenda_pdf(content, figures=figures(content)).startswith(b"%PDF")
