"""What is to be done with a paper: issue, renew, amend, re-issue, exchange, end.

Near-equal titles differ in just this, so it is read apart from the words of the object:
from titles by the official terms, from questions by the cues of the vocabulary.
"""

import re
from enum import StrEnum
from typing import Final


class Operation(StrEnum):
    """An operation in the life of a licence or certificate."""

    ISSUE = "issue"
    RENEW = "renew"
    AMEND = "amend"
    RENAME = "rename"
    """To amend no more than a name or an address."""
    ADD = "add"
    """To amend by adding devices, sources, fields."""
    REISSUE = "reissue"
    """Cấp lại, for whatever reason."""
    LOST = "lost"
    """Because the paper is lost, torn or spoilt."""
    EXCHANGE = "exchange"
    END = "end"
    SETTLE = "settle"
    """To have a dispute settled."""


_Terms = tuple[tuple[re.Pattern[str], Operation], ...]

# Official terms, folded, as titles use them: "cấp lại … khi hết hạn" is a renewal in all but
# name; "cấp đổi" replaces a lost or worn paper; a title that names none of them issues one.
_TERMS: Final = (
    (re.compile(r"\bcap lai\b.*\bkhi het han\b"), (Operation.RENEW, Operation.REISSUE)),
    (re.compile(r"\bgia han\b"), (Operation.RENEW,)),
    (re.compile(r"\bcap doi\b"), (Operation.EXCHANGE, Operation.LOST, Operation.REISSUE)),
    (
        re.compile(r"\bcap lai\b(?!.*\bkhi het han\b)|\bcap pho ban\b"),
        (Operation.REISSUE, Operation.LOST),
    ),
    (
        re.compile(r"\bsua doi\b|\bbo sung\b|\bthay doi\b|\bdieu chinh\b"),
        (Operation.AMEND,),
    ),
    (
        re.compile(r"\bthu hoi\b|\bcham dut\b|\bhuy bo\b|\bxoa\b|\bhoan tra\b|\bthanh ly\b"),
        (Operation.END,),
    ),
    (re.compile(r"\bgiai quyet tranh chap\b|\bhoa giai\b"), (Operation.SETTLE,)),
)
# What an applicability sentence ("Áp dụng khi …") says beyond the title.
_OCCASIONS: Final[_Terms] = (
    (re.compile(r"\bbi mat\b|\bhu hong\b"), Operation.LOST),
    (re.compile(r"\bdoi ten\b|\bdia chi\b|\bthay doi\b|\bsua doi\b"), Operation.AMEND),
    (re.compile(r"\bhoan tra\b"), Operation.END),
)
# Which amendment in particular; NĐ 163/2024 Đ.36 k.1 is on name and address, k.2 on scope.
_SPECIALITIES: Final[_Terms] = (
    (re.compile(r"\bdoi ten\b|\bkhoan 1 dieu 36\b"), Operation.RENAME),
    (
        re.compile(r"\bbo sung giay phep\b(?!.*\bkhoan 1 dieu 36\b)|\bcap bo sung\b"),
        Operation.ADD,
    ),
)
_SPECIAL: Final = (Operation.RENAME, Operation.ADD)
_ALLOWED: Final = 0.5  # an operation that only the applicability sentence allows
_AT_A_PINCH: Final = 0.3  # an amendment, for more time
_GENERAL: Final = 0.6  # a title that amends in general, for an amendment in particular
_GIVES_ANOTHER: Final = frozenset({Operation.AMEND, Operation.REISSUE})
_NO_EXCHANGE: Final = 0.5  # another paper, for one that is to be exchanged
_HEAD: Final = 60  # letters: an operation is named early; later words describe the object


def served(title: str, occasion: str) -> dict[Operation, float]:
    """Tell how well a folded title with its applicability sentence serves operations, 0 to 1."""
    named = of_title(title)
    serves = dict.fromkeys(_found(_OCCASIONS, occasion), _ALLOWED) | dict.fromkeys(named, 1.0)
    if Operation.AMEND in named:
        serves = dict.fromkeys(_SPECIAL, _GENERAL) | {Operation.RENEW: _AT_A_PINCH} | serves
    if named & _GIVES_ANOTHER:
        serves = {Operation.EXCHANGE: _NO_EXCHANGE} | serves
    return serves | dict.fromkeys(_found(_SPECIALITIES, f"{title} {occasion}"), 1.0)


def of_title(folded: str) -> frozenset[Operation]:
    """Read the operations that a folded title names."""
    found: set[Operation] = set()
    for term, operations in _TERMS:
        at = term.search(folded)
        if at is not None and at.start() <= _HEAD:
            found.update(operations)
    return frozenset(found or {Operation.ISSUE})


def _found(terms: _Terms, folded: str) -> list[Operation]:
    return [operation for term, operation in terms if term.search(folded)]
