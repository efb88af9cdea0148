"""Vietnamese text as the program compares it: one normal form, folded, in syllables."""

import re
import unicodedata
from typing import Final

# đ has no decomposition in Unicode, so no normal form takes its stroke away.
_STROKE: Final = {ord("đ"): "d", ord("Đ"): "D"}


def _without_marks(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text)
    bare = "".join(mark for mark in decomposed if unicodedata.category(mark) != "Mn")
    return unicodedata.normalize("NFC", bare)


# All composed Latin letters at once: folding the words of citizens takes half of a start.
_BARE: Final = _STROKE | {
    code: _without_marks(chr(code))
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))
    if chr(code) not in "đĐ"
}
_NOT_PRINTED: Final = re.compile(
    r"[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\ud800-\udfff\ufeff]"
)
# No letter bears more than a few marks; thousands of them would take seconds to put in order.
_MARKS: Final = (
    r"[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f"
    r"\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
)
_PILED_UP: Final = re.compile(rf"({_MARKS}{{8}}){_MARKS}+")
_NOT_WORD: Final = re.compile(r"[^0-9a-z]+")
_NOT_MARKED_WORD: Final = re.compile(r"[^\w]+|_+")


def clean(text: str) -> str:
    """Bring *text* to composed, plain-width letters (NFKC) without control characters.

    Some keyboards send decomposed letters, some full-width digits; TCVN 6909:2001 asks for
    composed ones. Half a surrogate pair, which nothing can keep, goes; line breaks stay.
    """
    printed = _PILED_UP.sub(r"\1", _NOT_PRINTED.sub("", text))
    return unicodedata.normalize("NFKC", printed).strip()


def storable(text: str) -> str:
    """Leave out of *text* what no database keeps: zero bytes and halves of letters."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()


def strip_marks(text: str) -> str:
    """Take away tone and vowel marks and the stroke of đ; keep everything else."""
    bare = text.translate(_BARE)
    return bare if bare.isascii() else _without_marks(bare)


def fold(text: str) -> str:
    """Reduce *text* to lower-case syllables without marks, parted by single spaces."""
    return _NOT_WORD.sub(" ", strip_marks(clean(text)).lower()).strip()


def marked(text: str) -> str:
    """Reduce *text* to lower-case syllables that keep their marks, parted by single spaces."""
    return _NOT_MARKED_WORD.sub(" ", clean(text).lower()).strip()


def syllables(text: str) -> list[str]:
    """Give the folded syllables of *text*, in order."""
    return fold(text).split()
