"""Small files that would grow without end, for the roster and for files of answers."""

import io
import os
import zipfile

from tests.actions.survey_files import rezipped, workbook_of, zip_of

BOOK = workbook_of([["Name", "Organisation", "Sector"], ["Ann", "City Hall", "Government"]])
MAIN = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
ODD_LETTERS = '<?xml version="1.0" encoding="utf-7"?><worksheet/>'


def sheet(rows):
    """A sheet of a workbook around these rows."""
    return b"<worksheet %s><sheetData>%s</sheetData></worksheet>" % (MAIN, rows)


def strings(entries):
    """The texts of a workbook."""
    return b"<sst %s>%s</sst>" % (MAIN, entries)


def padded(data, *, to=1_500_000):
    """The workbook with noise in it, so that its ratio looks harmless."""
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_STORED) as archive:
        archive.writestr("xl/media/noise.png", os.urandom(to - len(data)))
    return out.getvalue()


def with_part(data, *, name, content, packed=zipfile.ZIP_DEFLATED):
    """The workbook with one more part."""
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a", packed) as archive:
        archive.writestr(name, content)
    return out.getvalue()


def with_strings(content):
    """The workbook with these shared texts."""
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    with zipfile.ZipFile(io.BytesIO(BOOK)) as archive:
        types = archive.read("[Content_Types].xml")
    told = b'<Override PartName="/xl/sharedStrings.xml" ContentType="%s"/></Types>' % kind
    book = rezipped(BOOK, Content_Types=types.replace(b"</Types>", told))
    return padded(with_part(book, name="xl/sharedStrings.xml", content=content))


def million_cells():
    row = b"<row>" + b"<c><v>1</v></c>" * 1_000 + b"</row>"
    return padded(rezipped(BOOK, sheet1=sheet(row * 1_000)))


def entities(inside, *, uri=b"file:///etc/hostname"):
    declared = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "%s">]>' % uri
    return declared + inside


def laughs():
    """Entities of entities, small enough for the parser's own guard to let them pass."""
    declared = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 6))
    return b"<!DOCTYPE x [<!ENTITY l0 'haha'>" + declared + b"]>" + strings(b"<si><t>&l5;</t></si>")


def workbooks():
    """Name and bytes of workbooks that must be refused."""
    far = b'<row><c r="XFD%d"><v>1</v></c></row>'
    wide = b"".join(far % n for n in range(1, 20_001))
    inner = zip_of(a=b"0" * 5_000_000)
    yield "a part that is nothing but blanks", rezipped(BOOK, sheet1=sheet(b" " * 10_000_000))
    yield "blanks behind noise", padded(rezipped(BOOK, sheet1=sheet(b" " * 19_000_000)))
    yield "more than it may unpack to", padded(with_part(BOOK, name="xl/x.xml", content=b"0" * 25_000_000))
    yield "too many parts", with_parts(300)
    yield "a ratio of hundreds", with_part(BOOK, name="xl/x.bin", content=b"0" * 5_000_000)
    yield "a zip in a zip", with_part(zip_of(a=inner), name="b", content=inner)
    yield "a million cells", million_cells()
    yield "three million empty rows", padded(rezipped(BOOK, sheet1=sheet(b"<row/>" * 3_000_000)))
    yield (
        "one row of millions of cells",
        padded(rezipped(BOOK, sheet1=sheet(b"<row>" + b"<c/>" * 4_000_000 + b"</row>"))),
    )
    yield "rows that end in the last column", padded(rezipped(BOOK, sheet1=sheet(wide)))
    yield "a million empty texts", with_strings(strings(b"<si><t/></si>" * 1_000_000))
    yield "one endless text", with_strings(strings(b"<si><t>" + b"a" * 15_000_000 + b"</t></si>"))
    yield "one endless attribute", padded(rezipped(BOOK, sheet1=sheet(b'<row spans="' + b"1" * 15_000_000 + b'"/>')))
    yield "tags without end", padded(rezipped(BOOK, sheet1=b"<a>" * 4_000_000))
    yield "styles without end", padded(rezipped(BOOK, styles=b"<styleSheet>" + b"<x/>" * 3_000_000 + b"</styleSheet>"))
    yield "a file read by an entity", rezipped(BOOK, sheet1=entities(sheet(b"<row><c><v>&e;</v></c></row>")))
    yield "an address read by an entity", rezipped(BOOK, workbook=entities(b"<x>&e;</x>", uri=b"http://evil.test/x"))
    yield "an entity among the types", rezipped(BOOK, Content_Types=entities(b"<Types>&e;</Types>"))
    yield "laughs", with_strings(laughs())
    yield "laughs in two-byte letters", padded(rezipped(BOOK, styles=laughs().decode().encode("utf-16")))
    yield "letters the reader doesn't know", with_part(BOOK, name="xl/y.xml", content=ODD_LETTERS)
    yield "an unusual packing", with_part(BOOK, name="xl/x.xml", content=b"<x/>", packed=zipfile.ZIP_LZMA)


def with_parts(number):
    out = io.BytesIO(BOOK)
    with zipfile.ZipFile(out, "a") as archive:
        for one in range(number):
            archive.writestr(f"xl/media/{one}.txt", "x")
    return out.getvalue()


def tables():
    """Name and bytes of texts that must be refused."""
    yield "a zero byte", b"Name,Organisation,Sector\nAnn,City\0Hall,Government\n"
    yield "ten megabytes in one field", b"Name,Organisation,Sector\nAnn,City," + b"a" * 10_000_000
    yield "a field of a megabyte", b'Name,Organisation,Sector\nAnn,City,"' + b"a\n" * 500_000 + b'"\n'
    yield "quotes without end", b"Name,Organisation,Sector\n" + b'"' * 1_999_999
    yield "an open quote and a million lines", b'Name,Organisation,Sector\n"' + b"a,b,c\n" * 300_000
    yield "a million columns", b"a," * 1_000_000
    yield "more than two megabytes", b"Ann,City Hall,Government\n" * 100_000
