"""Vietnamese text as the program compares it: one normal form, folded, in syllables."""

import re
import unicodedata
from typing import Final

# đ has no decomposition in Unicode, so no normal form takes its stroke away.
_STROKE: Final = str.maketrans({"đ": "d", "Đ": "D"})
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
    decomposed = unicodedata.normalize("NFD", text.translate(_STROKE))
    bare = "".join(mark for mark in decomposed if unicodedata.category(mark) != "Mn")
    return unicodedata.normalize("NFC", bare)


def fold(text: str) -> str:
    """Reduce *text* to lower-case syllables without marks, parted by single spaces."""
    return _NOT_WORD.sub(" ", strip_marks(clean(text)).lower()).strip()


def marked(text: str) -> str:
    """Reduce *text* to lower-case syllables that keep their marks, parted by single spaces."""
    return _NOT_MARKED_WORD.sub(" ", clean(text).lower()).strip()


def syllables(text: str) -> list[str]:
    """Give the folded syllables of *text*, in order."""
    return fold(text).split()
