"""Which of the offered choices an answer means: by its words, its number, or nearly its words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz, process

from knowledge.text import fold, marked

CLOSE: Final = 88.0  # nearly the same words; below it we ask again rather than guess
LEAD: Final = 5.0
_SHORTEST: Final = 4  # letters; what is shorter resembles everything
_DIGITS: Final = re.compile(
    r"(?:(?:chọn|số|cái|câu|mục|ý|thứ|việc|chon|so|cai|muc|thu|viec)\s+)*"
    r"0?(\d{1,2})(?:\s+(?:ạ|nhé|nha|a|nhe))?"
)
_WORDS: Final = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
# With marks only: without them "nam" may be male, "tu" may be self.
_ORDINALS: Final = (
    {word: number for number, word in enumerate(_WORDS, 1)}
    | {f"thứ {word}": number for number, word in enumerate(_WORDS, 1)}
    | {"đầu": 1, "đầu tiên": 1, "nhất": 1, "thứ nhất": 1, "thứ tư": 4}
)
_COUNTED: Final = re.compile(r"(?:cái|số|việc|mục|câu|ý|chọn)\s+")
# Marks left out: only what no name or other word looks like.
_BARE: Final = {"dau tien": 1} | {
    f"{counted} {fold(word)}": number
    for counted in ("cai", "viec", "muc")
    for word, number in _ORDINALS.items()
}
_PRESENT: Final = frozenset({"co", "xong", "lam", "chuan", "bi"})
_ABSENT: Final = frozenset({"chua", "thieu", "mat", "bo"})
_ALL: Final = frozenset({"het", "du", "tat", "ca"})
_BESIDE: Final = frozenset(
    {"da", "roi", "giay", "to", "so", "muc", "thu", "va", "a", "em", "toi", "minh", "nhe", "nha"}
)
_DIGITS_MOST: Final = 2
_LAST: Final = frozenset({"cuối", "cuối cùng", "cái cuối", "cái cuối cùng"})
_LAST_BARE: Final = frozenset({"cuoi cung", "cai cuoi", "cai cuoi cung"})


@dataclass(frozen=True, slots=True)
class Marks:
    """What was said of numbered things: these are there, or are not; no numbers: all of them."""

    there: bool
    numbers: tuple[int, ...]


def marks_in(answer: str) -> Marks | None:
    """Read «có 1, 3», «chưa có số 2», «đủ hết rồi»; None where any word says something else."""
    words = fold(answer).split()
    numbers = tuple(int(word) for word in words if word.isdecimal() and len(word) <= _DIGITS_MOST)
    rest = {word for word in words if not word.isdecimal()}
    there = not rest & _ABSENT
    if rest - _PRESENT - _ABSENT - _ALL - _BESIDE or 0 in numbers:
        return None
    if not numbers and not (there and rest & _ALL):
        return None
    return Marks(there, numbers)


def pick(answer: str, labels: Sequence[str]) -> int | None:
    """Return the index of the label that *answer* means, or None where that is not certain."""
    words = marked(answer)
    exact = [index for index, label in enumerate(labels) if marked(label) == words]
    if len(exact) == 1:
        return exact[0]
    number = _number(words, len(labels))
    if number is not None:
        return number - 1 if 1 <= number <= len(labels) else None
    folded = fold(answer)
    bare = [index for index, label in enumerate(labels) if fold(label) == folded]
    if len(bare) == 1:
        return bare[0]
    return _nearly(folded, labels)


def _number(words: str, count: int) -> int | None:
    digits = _DIGITS.fullmatch(words)
    if digits:
        return int(digits[1])
    if count == 1:  # nobody says "the first" of a single one; Nhất and Hai are also names
        return None
    if words in _LAST or words in _LAST_BARE:
        return count
    return _ORDINALS.get(_COUNTED.sub("", words)) or _BARE.get(words)


def _nearly(folded: str, labels: Sequence[str]) -> int | None:
    if len(folded) < _SHORTEST:
        return None
    found = process.extract(folded, [fold(label) for label in labels], scorer=fuzz.ratio, limit=2)
    if not found or found[0][1] < CLOSE:
        return None
    if len(found) > 1 and found[0][1] - found[1][1] < LEAD:
        return None
    return found[0][2]
