import re
import zipfile
from dataclasses import replace
from io import BytesIO
from xml.etree import ElementTree

import docx

from tests.export.papers import NASTY, OURS, agenda, figures, nasty_agenda
from xsector.export.docx import agenda_docx

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"


def part(content, name):
    with zipfile.ZipFile(BytesIO(content)) as parts:
        return parts.read(name)


def xml_of(content):
    return ElementTree.fromstring(part(content, "word/document.xml"))


def texts_of(content):
    return ["".join(node.text or "" for node in paragraph.iter(f"{W}t")) for paragraph in xml_of(content).iter(f"{W}p")]


def test_the_word_file_holds_every_step_as_a_heading():
    content = agenda()

    document = docx.Document(BytesIO(agenda_docx(content, figures=figures(content))))

    headings = [entry.text for entry in document.paragraphs if entry.style.name == "Heading 2"]
    assert headings[-len(content.steps) :] == [step.title for step in content.steps]
    assert document.core_properties.title == "Harbour Town – Spring check-up"


def test_the_timed_overview_comes_first_and_adds_up():
    content = agenda()

    document = docx.Document(BytesIO(agenda_docx(content, figures={})))

    overview = document.tables[0]
    minutes = [int(row.cells[1].text) for row in overview.rows[1:]]
    assert [cell.text for cell in overview.rows[0].cells][:3] == ["Starts", "Minutes", "Step"]
    assert sum(minutes) == 90
    assert "All steps together: 90 minutes, as planned." in [entry.text for entry in document.paragraphs]


def test_our_rules_stand_before_the_steps_and_our_goals_after_them():
    document = docx.Document(BytesIO(agenda_docx(replace(agenda(), ours=OURS), figures={})))

    said = [(entry.style.name, entry.text) for entry in document.paragraphs]
    places = [
        said.index(part)
        for part in (
            ("Heading 1", "Times"), ("Heading 2", "Our ground rules"), ("Normal", "In this partnership we will …"),
            *(("List Bullet", rule) for rule in OURS.rules), ("Heading 1", "Step by step"),
            ("Heading 1", "Our goal in our own words"), ("Normal", OURS.goal_question),
            *(("List Bullet", goal) for goal in OURS.goals), ("Heading 1", "Before the meeting"),
        )
    ]  # fmt: skip
    assert places == sorted(places)


def test_every_table_repeats_its_heads():
    content = agenda()

    tables = list(xml_of(agenda_docx(content, figures={})).iter(f"{W}tbl"))

    assert len(tables) > 4
    assert all(table.find(f"{W}tr/{W}trPr/{W}tblHeader") is not None for table in tables)


def test_every_picture_is_described():
    content = agenda()
    drawn = figures(content)

    pictures = list(xml_of(agenda_docx(content, figures=drawn)).iter(PICTURE))

    assert len(pictures) == len(drawn) > 0
    assert all("Government" in picture.get("descr") for picture in pictures)


def test_pages_are_numbered_and_a_font_to_fall_back_on_is_named():
    content = agenda_docx(agenda(), figures={})

    with zipfile.ZipFile(BytesIO(content)) as parts:
        footers = [parts.read(name) for name in parts.namelist() if name.startswith("word/footer")]
    assert footers
    assert all(b"NUMPAGES" in footer for footer in footers)
    assert b'<w:font w:name="Source Sans 3"><w:altName w:val="Calibri"/>' in part(content, "word/fontTable.xml")


def test_the_promises_table_is_empty_and_has_a_page_on_its_side():
    content = agenda()

    document = docx.Document(BytesIO(agenda_docx(content, figures={})))

    promises = document.tables[-1]
    assert [cell.text for cell in promises.rows[0].cells] == list(content.promise_columns)
    assert {cell.text for row in promises.rows[1:] for cell in row.cells} == {""}
    assert document.sections[-1].page_width > document.sections[-1].page_height


def test_elements_of_a_table_stand_in_the_order_word_asks_for():
    order = ["tblStyle", "tblW", "jc", "tblInd", "tblBorders", "shd", "tblLayout", "tblCellMar", "tblLook"]

    properties = list(xml_of(agenda_docx(agenda(), figures={})).iter(f"{W}tblPr"))

    for entry in properties:
        places = [order.index(re.sub("{.*}", "", child.tag)) for child in entry]
        assert places == sorted(places)


def test_the_same_agenda_gives_the_same_bytes():
    content = agenda()
    drawn = figures(content)

    assert agenda_docx(content, figures=drawn) == agenda_docx(content, figures=drawn)


def test_text_is_kept_letter_by_letter_without_what_xml_forbids():
    texts = texts_of(agenda_docx(nasty_agenda(), figures={}))

    for nasty in NASTY[:-1]:
        assert nasty in texts
    assert "bellnullescape surrogate turned" in texts


def test_no_text_becomes_a_link_or_a_field():
    content = agenda_docx(nasty_agenda(), figures={})

    assert list(xml_of(content).iter(f"{W}hyperlink")) == []
    assert list(xml_of(content).iter(f"{W}instrText")) == []
    assert b"evil" not in part(content, "word/_rels/document.xml.rels")
