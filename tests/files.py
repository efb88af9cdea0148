"""Small files of every kind that is taken, and of some that are not."""

from io import BytesIO
from typing import Final
from zipfile import ZipFile

from knowledge.file_kinds import FileKind


def archive(*names: str) -> bytes:
    """Give an archive that holds files of these names."""
    written = BytesIO()
    with ZipFile(written, "w") as file:
        for name in names:
            file.writestr(name, "<xml/>")
    return written.getvalue()


JPEG: Final = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00 a picture"
TAKEN: Final = {
    FileKind.JPEG: JPEG,
    FileKind.PNG: b"\x89PNG\r\n\x1a\n a picture",
    FileKind.WEBP: b"RIFF\x10\x00\x00\x00WEBPVP8 a picture",
    FileKind.HEIC: b"\x00\x00\x00\x18ftypheic a picture",
    FileKind.PDF: b"%PDF-1.7\n a letter",
    FileKind.DOCX: archive("[Content_Types].xml", "word/document.xml"),
}
NOT_TAKEN: Final = {
    "nothing": b"",
    "words": "Kính gửi Sở".encode(),
    "a page": b"<!doctype html><script>alert(1)</script>",
    "a drawing": b'<svg xmlns="http://www.w3.org/2000/svg"/>',
    "a program": b"MZ\x90\x00",
    "an archive": archive("a.txt"),
    "a spreadsheet": archive("[Content_Types].xml", "xl/workbook.xml"),
    "macros": archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
    "an old document": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    "a film": b"\x00\x00\x00\x18ftypmp42",
}
