"""Files that can't be imported as they are, each made in a folder of the test."""

import io
import zipfile

import openpyxl

GOOD = b"group,A1,A2\nx,1,2\ny,5,4\nx,3,1\ny,2,5\n"
MAP = b"items: {A1: {text: How well}}\n"


def csv_of(*, rows=40, items=4, header=None):
    """A small table: two groups, items on 1..5 that all use the whole scale."""
    lines = [header or ",".join(["group", *(f"A{i}" for i in range(1, items + 1))])]
    for row in range(rows):
        marks = ",".join(str((row + item) % 5 + 1) for item in range(items))
        lines.append(f"{'xy'[row % 2]},{marks}")
    return "\n".join(lines).encode() + b"\n"


def workbook_of(rows, *, title="Sheet1"):
    """The bytes of an XLSX file with these rows."""
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def zip_of(**members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def rezipped(data, *, without="", **changes):
    """The workbook with members changed (named by the end of their path) or left out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            stem = name.rpartition("/")[2].partition(".")[0].strip("[]")
            if stem != without:
                new.writestr(name, changes.get(stem, old.read(name)))
    return out.getvalue()


def bad_files():
    """Name, content of the file, and options, of files and requests that can't be met."""
    good = {"sector": "group"}
    book = workbook_of([["group", "A1"], ["x", 1], ["y", 2]])
    sheet = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'
    many_sectors = b"group,A1\n" + b"".join(b"g%d,%d\n" % (n % 30, n % 5 + 1) for n in range(300))
    people = b"group,A1\n" + b"".join(b"g%d,%d\n" % (n, n % 5 + 1) for n in range(1500))
    yield "empty.csv", b"", good
    yield "blank.csv", b"\n\n  \n", good
    yield "only_a_mark.csv", b"\xef\xbb\xbf", good
    yield "only_header.csv", b"group,A1\n", good
    yield "only_header_and_blank_rows.csv", b"group,A1\n,\n\n,\n", good
    yield "one_column.csv", b"group\nx\ny\n", good
    yield "picture.csv", b"\x89PNG\r\n\x1a\n" + bytes(50), good
    yield "photo.csv", b"\xff\xd8\xff\xe0" + bytes(50), good
    yield "paper.csv", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", good
    yield "old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), good
    yield "locked.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"EncryptedPackage" * 40, good
    yield "archive.gz", b"\x1f\x8b\x08\x00" + bytes(30), good
    yield "data.parquet", b"PAR1" + bytes(30), good
    yield "data.sav", b"$FL2@(#) SPSS DATA FILE", good
    yield "page.csv", b"<!DOCTYPE html><html><table></table></html>", good
    yield "data.xml", b"<?xml version='1.0'?><a/>", good
    yield "data.json", b'[{"group": "x", "A1": 1}]', good
    yield "zero_bytes.csv", b"group,A1\nx,1\ny,\x002\n", good
    yield "noise.csv", bytes(range(1, 32)) * 20, good
    yield "no_encoding.csv", b"group,A1\nx,1\ny\x81\x8d,2\n", good
    yield "false_utf8_mark.csv", b"\xef\xbb\xbfgroup,A1\nx,1\n\xff,2\n", good
    yield "half_utf16.csv", b"\xff\xfe" + "group,A1\nx,1\ny,2".encode("utf-16-le") + b"\x31", good
    yield "zero_in_utf16.csv", "group,A1\nx,1\ny,\0\n".encode("utf-16"), good
    yield "ten_million_letters.csv", b"group,A1\nx,1\ny," + b"a" * 10_000_000 + b"\n", good
    yield "long_cell.csv", b'group,A1\nx,1\ny,"' + b"a\n" * 100_000 + b'"\n', good
    yield "open_quote.csv", b'group,A1\nx,1\ny,"2\nx,3\n', good
    yield "text_behind_quote.csv", b'group,A1\nx,"1"2\ny,3\n', good
    yield "numbers_on_top.csv", b"1,2,3\n4,5,1\n2,2,2\n", {"sector": "1"}
    yield "same_names.csv", b"group,A1,A1\nx,1,2\ny,2,3\n", good
    yield "too_many_columns.csv", ",".join(["group", *(f"c{n}" for n in range(2100))]).encode() + b"\nx\n", good
    yield "uneven.csv", b"group,A1\nx,1,2\ny,2,3\nx,1\ny,2,2\n", good
    yield "title_on_top.csv", b"Our survey\ngroup,A1\nx,1\ny,2\n", {"sector": "Our survey"}
    yield "no_sector_named.csv", GOOD, {}
    yield "unknown_sector.csv", GOOD, {"sector": "gruop"}
    yield "unknown_organisation.csv", GOOD, {"sector": "group", "organisation": "firm"}
    yield "sector_is_organisation.csv", GOOD, {"sector": "group", "organisation": "group"}
    yield "unknown_item.csv", GOOD, {"sector": "group", "items": ("A9",)}
    yield "backward_range.csv", GOOD, {"sector": "group", "items": ("A2..A1",)}
    yield "broken_range.csv", GOOD, {"sector": "group", "items": ("A1..B7",)}
    yield "sector_as_item.csv", GOOD, {"sector": "group", "items": ("group", "A1")}
    yield "one_sector.csv", b"group,A1\nx,1\nx,2\n", good
    yield "sectors_missing.csv", b"group,A1\nNA,1\n,2\n", good
    yield "thirty_sectors.csv", many_sectors, good
    yield "people_as_sectors.csv", people, good
    yield "no_items.csv", b"group,words\nx,one\ny,two\n", good
    yield "only_ages.csv", b"group,years lived\n" + b"".join(b"x,%d\ny,%d\n" % (n, n) for n in range(18, 90)), good
    yield (
        "age_as_item.csv",
        b"group,q\n" + b"".join(b"x,%d\ny,%d\n" % (n, n) for n in range(18, 90)),
        {
            "sector": "group",
            "items": ("q",),
        },
    )
    yield "half_out_of_range.csv", GOOD, {"sector": "group", "items": ("A1",), "levels": "7..9"}
    yield "one_answer_only.csv", b"group,A1\nx,3\ny,3\n", {"sector": "group", "items": ("A1",)}
    yield (
        "free_text_as_item.csv",
        b"group,A1\n" + b"".join(b"%s,t%d\n" % (b"xy"[n % 2 :][:1], n) for n in range(90)),
        {
            "sector": "group",
            "items": ("A1",),
        },
    )
    yield "backward_levels.csv", GOOD, {"sector": "group", "levels": "5..1"}
    yield "huge_levels.csv", GOOD, {"sector": "group", "levels": "1..500"}
    yield "one_level.csv", GOOD, {"sector": "group", "levels": ("good",)}
    yield "same_levels.csv", GOOD, {"sector": "group", "levels": ("good", "Good")}
    yield "sheet_of_csv.csv", GOOD, {"sector": "group", "sheet": "Sheet1"}
    yield "unknown_sheet.xlsx", book, {"sector": "group", "sheet": "Answers"}
    yield "empty_sheet.xlsx", workbook_of([]), good
    yield "plain_zip.xlsx", zip_of(a="1"), good
    yield "open_document.ods", zip_of(mimetype="application/vnd.oasis.opendocument.spreadsheet"), good
    yield "cut_off.xlsx", book[: len(book) // 2], good
    yield "no_workbook.xlsx", rezipped(book, without="workbook"), good
    yield "no_sheet.xlsx", rezipped(book, without="sheet1"), good
    yield "broken_xml.xlsx", rezipped(book, sheet1=sheet[:90]), good
    yield "odd_cell.xlsx", rezipped(book, sheet1=sheet % b'<row r="1"><c r="A1" t="n"><v>one</v></c></row>'), good
    yield "odd_text.xlsx", rezipped(book, sheet1=sheet % b'<row r="1"><c r="A1" t="s"><v>9999</v></c></row>'), good
    yield "odd_place.xlsx", rezipped(book, sheet1=sheet % b'<row r="1"><c r="??"><v>1</v></c></row>'), good
    yield "far_row.xlsx", rezipped(book, sheet1=sheet % b'<row r="99999999"><c r="A99999999"><v>1</v></c></row>'), good
    yield "bomb.xlsx", rezipped(book, sheet1=sheet % (b" " * 10_000_000)), good
    yield "entities.xlsx", rezipped(book, sheet1=_many_laughs()), good


def bad_maps():
    """Maps that can't be used."""
    yield b"items: [1, 2"
    yield b"items: {A9: {text: x}}"
    yield b"- 1\n- 2\n"
    yield b"just text"
    yield b"wording: {A1: x}"
    yield b"items: {A1: {txt: x}}"
    yield b"items: {A1: {text: ''}}"
    yield b"items: {A1: {levels: 5..1}}"
    yield b"items: {A1: {reverse: perhaps}}"
    yield b"levels: [one]"
    yield b"levels: {1: {a: b}}"
    yield b"missing: 99"
    yield b"sectors: [a, b]"
    yield b"\xff\xfe\xff"
    yield b"[" * 5000
    yield b"a: &a [x]\nb: *c\n"
    yield b"items: !!python/object/apply:os.system ['true']"


def _many_laughs():
    entities = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))
    return b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">' + entities + b"]><worksheet>&l9;</worksheet>"
