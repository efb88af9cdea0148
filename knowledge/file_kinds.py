"""What a file is, told by its content, and a name for it that does no harm."""

import re
import unicodedata
from enum import StrEnum
from typing import Final

_LONGEST_NAME: Final = 60  # letters
_BRANDS: Final = (b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1")
_WORD: Final = (b"[Content_Types].xml", b"word/document.xml")
_MACROS: Final = b"vbaProject.bin"
_ENDING: Final = re.compile(r"\.[^.\s]{1,5}$")
_UNSAFE: Final = re.compile(r'[<>:"|?*]')


class FileKind(StrEnum):
    """The kinds that are taken; the value is the ending of a file's name."""

    JPEG = "jpg"
    PNG = "png"
    WEBP = "webp"
    HEIC = "heic"
    PDF = "pdf"
    DOCX = "docx"


def kind_of(content: bytes) -> FileKind | None:  # noqa: PLR0911 - a line for every kind
    """Tell the kind by what stands in *content*; None for all that is not taken."""
    if content.startswith(b"\xff\xd8\xff"):
        return FileKind.JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return FileKind.PNG
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return FileKind.WEBP
    if content[4:8] == b"ftyp" and content[8:12] in _BRANDS:
        return FileKind.HEIC
    if content.startswith(b"%PDF-"):
        return FileKind.PDF
    # A document is an archive; the names in it are written plainly, so nothing is unpacked here.
    if content.startswith(b"PK\x03\x04") and all(name in content for name in _WORD):
        return None if _MACROS in content else FileKind.DOCX
    return None


def safe_name(name: str) -> str:
    """Leave of *name* what cannot mislead a person or a file system; the ending goes too."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    seen = "".join(letter for letter in last if not unicodedata.category(letter).startswith("C"))
    plain = " ".join(_UNSAFE.sub(" ", _ENDING.sub("", seen)).split())
    return plain[:_LONGEST_NAME].strip(" .")
