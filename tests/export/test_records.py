"""The record of a meeting as papers and as a calendar, opened again with other libraries."""

import re
from datetime import UTC, date, datetime
from io import BytesIO

import docx
import icalendar
import pypdf
import pytest

from tests.agenda.releases import talkative
from tests.export.papers import NASTY
from tests.export.test_docx import PICTURE, W, texts_of, xml_of
from tests.export.test_pdf import tags_of, text_of
from xsector.agenda.record import Promised, Record, RecordStep, Shown, Voted
from xsector.errors.common import UnknownFormatError
from xsector.export.record_file import FORMATS, record_file
from xsector.model.commitment import Status

BEGAN = datetime(2030, 5, 6, 18, 30, tzinfo=UTC)
RELEASE = talkative()
ITEM = RELEASE.items[0].code


def promise(number=1, **facts):
    usual = {
        "version": 1, "who": "Ann Lee", "what": "Call the mayor", "with_whom": "Bo", "by_when": date(2030, 8, 4),
        "seen_by": "A date is set", "first_step": "Ask for a slot", "questions": ("Do we share a goal?",),
        "status": Status.OPEN, "remark": "",
    }  # fmt: skip
    return Promised(id=number, **{**usual, **facts})


def record(text="Talk", **facts):
    """A record in which every text that people write is *text*."""
    vote = Voted(title="Fist to five", question=text, said=("Carried: all 9 votes are 3 or more.",),
                 tables=((("Choice", "Dots"), (text, "4")),), note="9 of 9 people invited voted.")  # fmt: skip
    step = RecordStep(
        id="one", title=text, planned=10, seconds=700, question=text, finding=text, how_sure=text, note=text,
        shown=(Shown(view="people", item=ITEM), Shown(view="item", item=ITEM)), heard=f"{text}\n{text}", votes=(vote,),
    )  # fmt: skip
    usual = {
        "partnership": text, "round_title": text, "title": text, "began": BEGAN, "minutes": 60, "seconds": 3000,
        "led_by": (text,), "based_on": "Based on 9 of 9.", "steps": (step,), "skipped": (text,), "not_reached": (text,),
        "other_votes": (vote,), "parked": ((text, True),), "promises": (promise(), promise(2, who=text, what=text)),
    }  # fmt: skip
    return Record(**{**usual, **facts})


def file(kind, content=None):
    return record_file(content or record(), release=RELEASE, kind=kind)


def events(content):
    return icalendar.Calendar.from_ical(content).walk("VEVENT")


def test_the_word_file_has_headings_tables_and_described_pictures():
    content = file("docx")
    document = docx.Document(BytesIO(content))

    heads = [entry.text for entry in document.paragraphs if entry.style.name.startswith("Heading")]
    pictures = list(xml_of(content).iter(PICTURE))

    assert heads == [
        "What took place", "Step by step", "Talk", "Other votes", "Kept for later", "Our promises"
    ]  # fmt: skip
    assert [cell.text for cell in document.tables[-1].rows[1].cells] == [
        "Ann Lee", "Call the mayor", "Bo", "4 August 2030", "A date is set", "Ask for a slot", "Do we share a goal?"
    ]  # fmt: skip
    assert len(pictures) == 2
    assert all("Government" in one.get("descr") or "answers" in one.get("descr") for one in pictures)
    assert document.sections[-1].page_width > document.sections[-1].page_height
    assert all(table.find(f"{W}tr/{W}trPr/{W}tblHeader") is not None for table in xml_of(content).iter(f"{W}tbl"))


def test_the_pdf_is_tagged_and_holds_the_same():
    content = file("pdf")

    tags, alts = tags_of(content)
    text = text_of(content)

    assert {"/H1", "/H2", "/Table", "/TH", "/L", "/Figure"} <= set(tags) | {"/L"}
    assert len(alts) == 2
    assert b"pdfuaid" in content
    assert "Planned: 60 minutes. It took 50 minutes." in text
    assert "Carried: all 9 votes are 3 or more." in text
    assert all(word in text for word in ("Call the mayor", "Ask for a slot", "Do we share a goal?"))
    assert pypdf.PdfReader(BytesIO(content)).metadata.title == "Talk – Talk"


def test_markdown_is_one_file_with_its_pictures():
    text = file("md").decode()

    assert text.count("](data:image/svg+xml;base64,") == 2
    assert "## What took place" in text
    assert "| Talk | 10 minutes | 12 minutes |" in text
    assert "| Ann Lee | Call the mayor | Bo | 4 August 2030 | A date is set |" in text


@pytest.mark.parametrize("kind", FORMATS)
def test_the_same_record_gives_the_same_bytes(kind):
    assert file(kind) == file(kind)


@pytest.mark.parametrize("nasty", NASTY)
def test_no_text_becomes_markup_link_or_formula_in_any_paper(nasty):
    bad = record(nasty)
    shown = nasty if nasty != NASTY[-1] else "bellnullescape surrogate turned"

    word, pdf, text = file("docx", bad), file("pdf", bad), file("md", bad).decode()

    assert shown in texts_of(word)
    assert list(xml_of(word).iter(f"{W}hyperlink")) == []
    assert re.sub(r"\s+", "", shown) in re.sub(r"\s+", "", text_of(pdf))
    assert {page.get("/Annots") for page in pypdf.PdfReader(BytesIO(pdf)).pages} == {None}
    unescaped = re.sub(r"\\.", "", text)
    assert "<" not in unescaped
    assert re.findall(r"\]\((?!data:image)", unescaped) == []


def test_each_promise_is_a_day_and_each_first_step_a_reminder_within_two_weeks():
    made = events(file("ics", record(promises=(promise(), promise(2, first_step="")))))

    assert [(str(one["summary"]), one["dtstart"].dt, one["dtend"].dt) for one in made] == [
        ("Ann Lee: Call the mayor", date(2030, 8, 4), date(2030, 8, 5)),
        ("Ann Lee: First step: Ask for a slot", date(2030, 5, 20), date(2030, 5, 21)),
        ("Ann Lee: Call the mayor", date(2030, 8, 4), date(2030, 8, 5)),
    ]
    assert "How we will know: A date is set" in made[0]["description"]
    assert len({str(one["uid"]) for one in made}) == 3


def test_a_first_step_is_due_before_its_promise():
    made = events(file("ics", record(promises=(promise(by_when=date(2030, 5, 10)),))))

    assert [one["dtstart"].dt for one in made] == [date(2030, 5, 10), date(2030, 5, 10)]


def test_a_changed_promise_takes_the_place_of_the_old_one_and_a_dropped_one_goes():
    [old, _], [new, _] = (
        events(file("ics", record(promises=(one,)))) for one in (promise(), promise(version=3, status=Status.DROPPED))
    )

    assert old["uid"] == new["uid"]
    assert (old["sequence"], new["sequence"]) == (0, 2)
    assert (old["status"], new["status"]) == ("CONFIRMED", "CANCELLED")


@pytest.mark.parametrize("nasty", [*NASTY, "x\r\nBEGIN:VALARM\r\nEND:VALARM", "a;b,c:d\\n"])
def test_no_text_becomes_a_line_of_its_own_in_the_calendar(nasty):
    content = file("ics", record(title=nasty, partnership=nasty, promises=(promise(what=nasty, who=nasty),)))

    lines = re.sub(rb"\r\n[ \t]", b"", content).decode().split("\r\n")
    assert sum(line.startswith("BEGIN:") for line in lines) == 3
    assert {line.split(":")[0].split(";")[0] for line in lines if line} == {
        "BEGIN", "END", "VERSION", "PRODID", "X-WR-CALNAME", "UID", "DTSTAMP", "SEQUENCE", "DTSTART", "DTEND", "TRANSP",
        "SUMMARY", "DESCRIPTION", "STATUS",
    }  # fmt: skip


def test_a_meeting_without_promises_says_so_and_has_an_empty_calendar():
    none = record(promises=())

    assert "No promise was written down." in file("md", none).decode()
    assert events(file("ics", none)) == []


def test_another_format_is_refused_with_those_there_are():
    with pytest.raises(UnknownFormatError, match="no format of a record") as refused:
        file("exe")

    assert refused.value.remedy == "Choose docx, ics, md or pdf."
