"""What people typed, taken away in a file and opened there by another program."""

import csv
import io
import re
import zipfile
from dataclasses import replace

import docx
import openpyxl
import pandas as pd
import pypdf
import pytest
from lxml import etree

from tests.export.papers import agenda, figures
from tests.model.nasty_names import TAKEN
from tests.ui.hostile import TEXTS
from xsector.agenda.editing import add, change_prompts, retitle
from xsector.charts.measuring import cleaned
from xsector.export.docx import agenda_docx
from xsector.export.markdown import agenda_markdown, escaped
from xsector.export.pdf import agenda_pdf
from xsector.ui.vault import LinkSheet, PersonalLink
from xsector.web import link_sheet
from xsector.web.exports import slug

FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\0", "＝", "＋", "－", "＠")
STARTS = tuple(f"{one}cmd|' /c calc'!A0" for one in FORMULAS)
CELLS = (*STARTS, *TAKEN, *TEXTS, 'say "hi"', "a;=1+1;b", "a,=1+1,b", "two\r\n=1+1", "'=1+1")
FORBIDDEN = "".join(map(chr, [*range(9), 11, 12, *range(14, 32), 127, 0xD800, 0xFFFE, 0xFFFF]))
ADDRESS = "https://partners.example/join/x"
WORDS = (
    *(text for text in TEXTS),
    *STARTS[:4],
    f"bell{FORBIDDEN}end",
    "turned\u202eround",
    "﷽" * 20,
    "e" + "\u0301" * 30,
)
"""What an agenda's own steps can be made of; nothing of it was checked when it was typed long ago."""


def sheet():
    links = tuple(PersonalLink(name=one, organisation=one[::-1] or one, address=ADDRESS) for one in CELLS)
    return LinkSheet(partnership="=1+1", links=links)


def typed(cell):
    """What somebody typed, from the cell of a file."""
    return re.sub(rf"(^|[;,\t|])'(?=[{re.escape(''.join(FORMULAS))}])", r"\1", cell)


def worded():
    """An agenda whose steps say the worst words in title and questions."""
    made = agenda()
    for step, word in zip(made.steps, WORDS, strict=False):
        made = retitle(made, step_id=step.id, title=word)
        made = change_prompts(made, step_id=step.id, prompts=(word, word, word))
    for word in WORDS[len(made.steps) :]:
        made = add(made, title=word, minutes=5)
    return made


def squeezed(text):
    return re.sub(r"\s+", "", text)


@pytest.fixture(scope="module")
def table():
    return link_sheet.as_csv(sheet()).decode("utf-8-sig")


def test_the_table_of_links_comes_back_letter_by_letter(table):
    rows = list(csv.DictReader(io.StringIO(table, newline="")))
    frame = pd.read_csv(io.StringIO(table, newline=""), dtype=str, keep_default_na=False)

    assert [typed(row["name"]) for row in rows] == [typed(one) for one in CELLS]
    assert [typed(row["organisation"]) for row in rows] == [typed(one[::-1]) for one in CELLS]
    assert frame["name"].tolist() == [row["name"] for row in rows]


def test_no_cell_of_the_table_is_a_formula_to_a_spreadsheet(table):
    book = openpyxl.Workbook()
    for row in csv.reader(io.StringIO(table, newline="")):
        for place, cell in enumerate(row):
            assert not cell.startswith(FORMULAS)
            written = book.active.cell(row=1, column=place + 1)
            written.value = openpyxl.cell.cell.ILLEGAL_CHARACTERS_RE.sub("", cell)
            assert written.data_type != "f"


@pytest.mark.parametrize(
    "text", [*CELLS, "../../x", "a\r\nSet-Cookie: b", 'x"; filename="y.exe', "CON", "\u202e", "x" * 500]
)
def test_a_file_s_name_is_of_plain_letters_only(text):
    assert re.fullmatch(r"[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?", slug(text))


def test_a_word_file_opens_in_two_other_readers_with_the_same_words():
    made = worded()
    content = agenda_docx(made, figures=figures(made))

    texts = [one.text for one in docx.Document(io.BytesIO(content)).paragraphs]
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        roots = [etree.fromstring(parts.read(name)) for name in parts.namelist() if name.endswith((".xml", ".rels"))]
        assert b"evil" not in b"".join(parts.read(name) for name in parts.namelist() if name.endswith(".rels"))
    assert len(roots) > 5
    for step in made.steps:
        assert cleaned(step.title) in texts
    kinds = {etree.QName(node).localname for root in roots for node in root.iter() if isinstance(node.tag, str)}
    assert not kinds & {"hyperlink", "fldSimple", "altChunk", "object", "oleObject", "subDoc", "control"}
    fields = {node.text for root in roots for node in root.iter("{*}instrText")}
    assert fields == {"PAGE", "NUMPAGES"}


def test_a_pdf_holds_the_words_and_nothing_that_acts():
    made = worded()
    content = agenda_pdf(made, figures=figures(made))

    reader = pypdf.PdfReader(io.BytesIO(content))
    shown = squeezed(" ".join(page.extract_text() for page in reader.pages))
    assert [one for one in WORDS[:20] if squeezed(cleaned(one)).isascii() and squeezed(cleaned(one)) not in shown] == []
    assert [page.get("/Annots") for page in reader.pages if page.get("/Annots")] == []
    root = reader.trailer["/Root"]
    assert not {"/OpenAction", "/AA", "/AcroForm", "/Names"} & set(root)
    for name in (b"/JavaScript", b"/JS", b"/Launch", b"/URI", b"/EmbeddedFile", b"/SubmitForm"):
        assert name not in content


@pytest.mark.parametrize(
    "name", ["محمد علي", "דוד בן־גוריון", "東京都庁", "서울특별시", "संस्था", "ไทย", "🏢 Offices", "ߒߞߏ"]
)
def test_names_in_letters_that_our_fonts_lack_still_give_a_pdf(name):
    made = replace(agenda(), partnership=name)

    reader = pypdf.PdfReader(io.BytesIO(agenda_pdf(made, figures=figures(made))))

    assert len(reader.pages) > 2
    assert made.steps[0].title in " ".join(page.extract_text() for page in reader.pages)


def test_markdown_holds_each_word_as_it_was_escaped_and_no_line_of_its_own():
    made = worded()

    text = agenda_markdown(made, figures={}).decode()

    heads = [line for line in text.splitlines() if line.startswith("### ")]
    assert heads == [f"### {escaped(cleaned(step.title))}" for step in made.steps]
    for line in text.splitlines():
        bare = re.sub(r"\\.", "", line)
        assert "evil" not in bare or "](" not in bare
        assert not re.search(r"<[a-z/!]|://|\$", bare, re.IGNORECASE)
    assert not set(text) & set(FORBIDDEN) - {"\n"}
