"""Documents as candidates bring them, made anew for each test."""

import io
import zipfile
import zlib

from docx import Document
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TXT = "text/plain"


def pdf(*pages: str, password: str | None = None) -> bytes:
    """Return a PDF with these pages; a line of a page is a line of text."""
    writer = PdfWriter()
    for text in pages:
        page = writer.add_blank_page(612, 792)
        font = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Font"),
                NameObject("/Subtype"): NameObject("/Type1"),
                NameObject("/BaseFont"): NameObject("/Helvetica"),
            }
        )
        fonts = DictionaryObject({NameObject("/F1"): writer._add_object(font)})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        shown = "".join(f"({line}) Tj T* " for line in text.split("\n")) if text else ""
        content = DecodedStreamObject()
        content.set_data(f"BT /F1 11 Tf 14 TL 50 740 Td {shown}ET".encode("latin-1"))
        page[NameObject("/Contents")] = writer._add_object(content.flate_encode())
    if password is not None:
        writer.encrypt(password, algorithm="AES-256")
    return _written(writer)


def _written(document: PdfWriter) -> bytes:
    file = io.BytesIO()
    document.write(file)
    return file.getvalue()


def docx(*paragraphs: str, table: tuple[tuple[str, ...], ...] = ()) -> bytes:
    """Return a Word file with these paragraphs and a table at the end."""
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if table:
        grid = document.add_table(rows=0, cols=len(table[0]))
        for row in table:
            for cell, text in zip(grid.add_row().cells, row, strict=True):
                cell.text = text
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def docx_bomb(megabytes: int = 200) -> bytes:
    """Return a small Word file that unpacks to far more than it shows."""
    file = io.BytesIO(docx("Harmless."))
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("word/media/a.xml", "w") as entry:
        for _ in range(megabytes):
            entry.write(b" " * 1024 * 1024)
    return file.getvalue()


def pdf_bomb() -> bytes:
    """Return a small PDF with a page that unpacks to 2 GiB."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b" " * 1024 * 1024) for _ in range(2048)) + packer.flush()
    writer = PdfWriter()
    page = writer.add_blank_page(612, 792)
    content = DecodedStreamObject()
    content.set_data(b" ")
    stream = content.flate_encode()
    stream._data = packed
    page[NameObject("/Contents")] = writer._add_object(stream)
    return _written(writer)
