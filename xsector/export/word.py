"""Pieces of a Word file that python-docx has no function for: styles, table heads, pictures, page numbers."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from docx.document import Document
    from docx.styles.style import ParagraphStyle
    from docx.table import Table, _Cell
    from docx.text.paragraph import Paragraph

FONT: Final = "Source Sans 3"
FALLBACK_FONT: Final = "Calibri"
INK: Final = "1B1F2A"
MUTED: Final = "555B69"
ACCENT: Final = "0B5A94"
TINT: Final = "EEF2F7"
WARM: Final = "FDF3E4"
LINE: Final = "C9CED8"

BULLET: Final = "List Bullet"
LABEL: Final = "Agenda Label"
SMALL: Final = "Agenda Small"
FINDING: Final = "Agenda Finding"
QUESTION: Final = "Agenda Question"
STRONG_LINE: Final = "Agenda Strong Line"
CAUTION: Final = "Agenda Caution"
CELL: Final = "Agenda Cell"
SPACER: Final = "Agenda Spacer"

PORTRAIT_MM: Final = 170.0
LANDSCAPE_MM: Final = 267.0
CELL_MARGIN: Final = "108"
"""Twentieths of a point between a cell's edge and its text: Word's own default."""
MOST_ROWS_TOGETHER: Final = 20
"""Longer tables may break across pages."""

# Name, size in points, bold, colour, space before and after in points, kept with the next paragraph.
_OWN_STYLES: Final = (
    (LABEL, 9.5, True, ACCENT, 6, 1, True),
    (SMALL, 9.5, False, MUTED, 0, 4, False),
    (FINDING, 12.5, True, ACCENT, 4, 5, True),
    (QUESTION, 12, True, INK, 0, 3, False),
    (STRONG_LINE, 10.5, True, INK, 6, 2, False),
    (CAUTION, 10.5, False, INK, 3, 3, False),
    (CELL, 9.5, False, INK, 2, 2, False),
    (SPACER, 4, False, INK, 0, 0, False),
)
_BUILT_IN_STYLES: Final = (
    ("Normal", 10.5, False, INK, 0, 5, False),
    (BULLET, 10.5, False, INK, 0, 2, False),
    ("Title", 22, True, INK, 0, 8, True),
    ("Heading 1", 17, True, INK, 16, 6, True),
    ("Heading 2", 14, True, INK, 16, 2, True),
)
_AFTER_BORDERS: Final = ("w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")
"""Word refuses a file whose elements stand in another order than its schema says."""
_EARLIEST: Final = (1980, 1, 1, 0, 0, 0)
"""The date of every entry of the file, so that the same agenda gives the same bytes."""


def new_document(*, title: str) -> Document:
    """An empty A4 document with our styles, its title and page numbers."""
    # The library takes long to load, and most visits need no paper.
    import docx
    from docx.shared import Mm

    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin, section.bottom_margin = Mm(18), Mm(18)
    _set_properties(document, title=title)
    _set_styles(document)
    _name_fallback_font(document)
    _number_pages(section.footer.paragraphs[0], title=title, width_mm=PORTRAIT_MM)
    return document


def add_table(
    document: Document, *, heads: Sequence[str], rows: Sequence[Sequence[str]], widths_mm: Sequence[float]
) -> Table:
    """A table with shaded heads that are repeated on every page, followed by a little space."""
    from docx.shared import Mm

    table: Table = document.add_table(rows=1 + len(rows), cols=len(heads))
    table.autofit = False
    for column, width in zip(table.columns, widths_mm, strict=True):
        column.width = Mm(width)
    # Asking for single cells of a large table walks it anew each time; this reads it once.
    cells = table._cells
    for place, text in enumerate(text for row in (heads, *rows) for text in row):
        _fill(cells[place], text=text, width_mm=widths_mm[place % len(heads)], head=place < len(heads))
    _repeat_heads(table)
    if len(rows) <= MOST_ROWS_TOGETHER:
        _keep_together(cells[: -len(heads)])
    _rule_lines(table, sides=("bottom", "insideH"))
    # Without an indent of a cell's own margin a table sticks out to the left of the text.
    indent = _element("w:tblInd", w=CELL_MARGIN, type="dxa")
    table._tbl.tblPr.insert_element_before(indent, "w:tblBorders", *_AFTER_BORDERS)
    document.add_paragraph(style=SPACER)
    return table


def add_picture(document: Document, png: bytes, *, alt: str, width_mm: float) -> None:
    """A picture in a paragraph of its own, described for people who can't see it."""
    from docx.shared import Mm

    shape = document.add_picture(BytesIO(png), width=Mm(width_mm))
    shape._inline.docPr.set("descr", alt)
    document.paragraphs[-1].paragraph_format.keep_with_next = True


def add_landscape_section(document: Document, *, title: str) -> None:
    """A new page on its side; what follows stands there."""
    from docx.enum.section import WD_ORIENT, WD_SECTION
    from docx.shared import Mm

    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(15)
    section.footer.is_linked_to_previous = False
    _number_pages(section.footer.paragraphs[0], title=title, width_mm=LANDSCAPE_MM)


def align_right(table: Table, *, columns: Iterable[int]) -> None:
    """Numbers stand under one another in these columns, counted from 0."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    width, right = len(table.columns), set(columns)
    for place, cell in enumerate(table._cells):
        if place % width in right:
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT


def make_form(table: Table, *, row_height_mm: float) -> None:
    """Lines around every cell and room for handwriting in every row below the heads."""
    from docx.shared import Mm

    _rule_lines(table, sides=("top", "left", "bottom", "right", "insideH", "insideV"))
    for row in list(table.rows)[1:]:
        row.height = Mm(row_height_mm)


def repacked(docx_bytes: bytes) -> bytes:
    """The same file with one fixed date on every entry."""
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(docx_bytes)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, date_time=_EARLIEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return buffer.getvalue()


def _set_properties(document: Document, *, title: str) -> None:
    properties = document.core_properties
    properties.title, properties.author, properties.comments = title[:255], "", ""
    properties.language = "en-GB"
    for date in ("created", "modified"):
        for element in properties._element.xpath(f"dcterms:{date}"):
            properties._element.remove(element)


def _set_styles(document: Document) -> None:
    from docx.enum.style import WD_STYLE_TYPE

    styles = document.styles
    for name, *looks in _BUILT_IN_STYLES:
        _set_style(styles[name], *looks)  # type: ignore[arg-type]  # a style of this name is a paragraph style
    for name, *looks in _OWN_STYLES:
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles["Normal"]
        _set_style(style, *looks)  # type: ignore[arg-type]  # the list's entries have the order of the arguments
    styles[LABEL].next_paragraph_style = styles["Normal"]
    _shade_paragraph(styles[CAUTION], fill=WARM)


def _set_style(
    style: ParagraphStyle, size: float, bold: bool, colour: str, before: float, after: float, keep: bool
) -> None:
    from docx.shared import Pt, RGBColor

    style.font.size, style.font.bold = Pt(size), bold
    style.font.color.rgb = RGBColor.from_string(colour)
    _set_font(style)
    layout = style.paragraph_format
    layout.space_before, layout.space_after = Pt(before), Pt(after)
    layout.keep_with_next = keep
    for border in style.element.xpath("w:pPr/w:pBdr"):
        border.getparent().remove(border)


def _set_font(style: ParagraphStyle) -> None:
    from docx.oxml.ns import qn

    style.font.name = FONT
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), FONT)


def _name_fallback_font(document: Document) -> None:
    """Tell Word which font to take where ours isn't installed."""
    entry = f'<w:font w:name="{FONT}"><w:altName w:val="{FALLBACK_FONT}"/><w:family w:val="swiss"/></w:font>'
    for part in document.part.package.iter_parts():
        if str(part.partname) == "/word/fontTable.xml":
            part._blob = part.blob.replace(b"</w:fonts>", entry.encode() + b"</w:fonts>")


def _shade_paragraph(style: ParagraphStyle, *, fill: str) -> None:
    """A box of one colour; lines of the same colour around it make the space at its edges."""
    from docx.shared import Mm

    style.paragraph_format.left_indent = style.paragraph_format.right_indent = Mm(2)
    borders = _element("w:pBdr")
    for side in ("top", "left", "bottom", "right"):
        borders.append(_element(f"w:{side}", val="single", sz="12", space="4", color=fill))
    properties = style.element.get_or_add_pPr()
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc")
    properties.insert_element_before(
        _element("w:shd", val="clear", color="auto", fill=fill), "w:tabs", "w:spacing", "w:ind", "w:jc"
    )


def _number_pages(paragraph: Paragraph, *, title: str, width_mm: float) -> None:
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Mm

    paragraph.style = SMALL
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(width_mm), WD_TAB_ALIGNMENT.RIGHT)
    paragraph.add_run(f"{title}\tPage ")
    _add_field(paragraph, code="PAGE")
    paragraph.add_run(" of ")
    _add_field(paragraph, code="NUMPAGES")


def _add_field(paragraph: Paragraph, *, code: str) -> None:
    run = paragraph.add_run()
    instruction = _element("w:instrText")
    instruction.text = code
    for element in (_element("w:fldChar", fldCharType="begin"), instruction, _element("w:fldChar", fldCharType="end")):
        run._r.append(element)


def _fill(cell: _Cell, *, text: str, width_mm: float, head: bool) -> None:
    from docx.shared import Mm

    cell.width = Mm(width_mm)
    paragraph = cell.paragraphs[0]
    paragraph.style = CELL
    paragraph.add_run(text).bold = head
    if head:
        cell._tc.get_or_add_tcPr().append(_element("w:shd", val="clear", color="auto", fill=TINT))


def _repeat_heads(table: Table) -> None:
    for place, row in enumerate(table.rows):
        properties = row._tr.get_or_add_trPr()
        properties.append(_element("w:cantSplit"))
        if place == 0:
            properties.append(_element("w:tblHeader"))


def _keep_together(cells: Sequence[_Cell]) -> None:
    for cell in cells:
        cell.paragraphs[0].paragraph_format.keep_with_next = True


def _rule_lines(table: Table, *, sides: Sequence[str]) -> None:
    for earlier in table._tbl.tblPr.xpath("w:tblBorders"):
        table._tbl.tblPr.remove(earlier)
    borders = _element("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        kind = "single" if side in sides else "nil"
        borders.append(_element(f"w:{side}", val=kind, sz="4", space="0", color=LINE))
    table._tbl.tblPr.insert_element_before(borders, *_AFTER_BORDERS)


# python-docx gives no type to the elements of its XML.
def _element(name: str, **attributes: str) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement(name)
    for attribute, value in attributes.items():
        element.set(qn(f"w:{attribute}"), value)
    return element
