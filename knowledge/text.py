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
_NOT_WORD: Final = re.compile(r"[^0-9a-z]+")
_NOT_MARKED_WORD: Final = re.compile(r"[^\w]+|_+")


def clean(text: str) -> str:
    """Bring *text* to composed, plain-width letters (NFKC) without control characters.

    Some keyboards send decomposed letters, some full-width digits; TCVN 6909:2001 asks for
    composed ones. Half a surrogate pair, which nothing can keep, goes; line breaks stay.
    """
    return unicodedata.normalize("NFKC", _NOT_PRINTED.sub("", text)).strip()


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
