"""How many, in a citizen's own words: one whole number, in digits or spelt, or not to be told.

Half a number, a range, a number below nothing, or one of several is none: a sum is never reckoned
with a figure that nobody said.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from knowledge.text import clean, fold

MOST: Final = 1000  # of anything; larger numbers are years, codes or sums of money

_DIGITS_MOST: Final = 9
DASHES: Final = r"\-~\u2013\u2212"  # within a character class
_TOKEN: Final = re.compile(rf"[{DASHES}](?=\s*\d)|\d+(?:[.,/]\d+)*|\w+")
_PLAIN: Final = re.compile(r"\d+|\d{1,3}(?:\.\d{3})+")
_UNITS: Final = {"một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5,
                 "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9}  # fmt: skip
_TENS: Final = frozenset({"mươi", "chục"})
_TEN: Final = "mười"
_HUNDRED: Final = "trăm"
_AND: Final = frozenset({"linh", "lẻ"})
_SPELT: Final = frozenset({*_UNITS, *_TENS, _TEN, _HUNDRED, *_AND})
# With these no whole number is said, or not which one.
_VAGUE: Final = frozenset(
    {"vài", "mấy", "nửa", "rưỡi", "nghìn", "ngàn", "vạn", "triệu", "hàng", "đến", "tới", "hoặc",
     "hay", "hơn", "trên", "dưới", "gần", "-", "~", "\u2013", "\u2212"}
)  # fmt: skip
_IN_A_NUMBER: Final = _SPELT | _VAGUE
_BARE: Final = frozenset(map(fold, _IN_A_NUMBER)) - {""}
_BARE_SPELT: Final = frozenset(map(fold, _SPELT))
_HALF: Final = "rưỡi"
_PAPERS: Final = "ho so"  # "2 bộ hồ sơ": no sets of devices


@dataclass(frozen=True, slots=True)
class Unclear:
    """Words that speak of a quantity, and do not name one."""

    said: str


def quantity_in(text: str, nouns: Sequence[str]) -> int | Unclear | None:
    """Read how many of *nouns* the text speaks of; None where it tells none."""
    told = list(_told(_TOKEN.findall(clean(text).lower()), [one.split() for one in nouns]))
    if not told:
        return None
    numbers = {_number(before) for before, _ in told}
    number = numbers.pop() if len(numbers) == 1 else None
    if number is not None and 1 <= number <= MOST:
        return number
    return Unclear(", ".join(dict.fromkeys(_written(before, noun) for before, noun in told)))


def number_of(words: Sequence[str]) -> int | None:
    """Read words that are one whole number and nothing else: "12", "mười hai", "ba chục"."""
    return _number([token for word in words for token in _TOKEN.findall(word)])


def speaks_of_number(text: str, nouns: Sequence[str]) -> bool:
    """Say whether *text* holds nothing but a number, however odd, and what is counted."""
    counted = {fold(word) for noun in nouns for word in noun.split()}
    words = _TOKEN.findall(clean(text).lower())
    numeric = [word for word in words if word[0].isdecimal() or fold(word) in _BARE]
    named = any(word[0].isdecimal() or fold(word) in _BARE_SPELT for word in numeric)
    return named and all(
        word in numeric or word in _VAGUE or fold(word) in counted for word in words
    )


def _told(tokens: list[str], nouns: list[list[str]]) -> Iterator[tuple[list[str], str]]:
    """Give what stands as a number before each of the counted things."""
    for index in range(1, len(tokens)):
        noun = next((one for one in nouns if _stands(one, tokens[index:])), None)
        if noun is None or " ".join(map(fold, tokens[index + len(noun) :][:2])) == _PAPERS:
            continue
        start = index
        while start and (tokens[start - 1][0].isdecimal() or tokens[start - 1] in _IN_A_NUMBER):
            start -= 1
        before = tokens[start:index]
        if (_SPELT | {"mấy"}).issuperset(before) and _number(before) is None:
            continue  # "mấy máy" asks how many
        before += [_HALF] if tokens[index + len(noun) :][:1] == [_HALF] else []
        yield before, " ".join(noun)


def _stands(noun: list[str], tokens: list[str]) -> bool:
    here = tokens[: len(noun)]
    return here in (noun, [fold(word) for word in noun])


def _written(number: list[str], noun: str) -> str:
    said = " ".join([*number, noun])
    return re.sub(rf"(?:(?<=\d) )?([{DASHES}]) ", r"\1", said)


def _number(words: Sequence[str]) -> int | None:
    if len(words) == 1 and _PLAIN.fullmatch(words[0]):
        return int(words[0].replace(".", "")[:_DIGITS_MOST])
    return _spelt(list(words)) if _SPELT.issuperset(words) and words else None


def _spelt(words: list[str]) -> int | None:
    """Read a spelt number below a thousand."""
    if _HUNDRED in words:
        place = words.index(_HUNDRED)
        hundreds = _UNITS.get(words[0]) if place == 1 else None
        rest = words[place + 1 :]
        below = _below_ten(rest[1:]) if rest and rest[0] in _AND else _below_hundred(rest)
        return None if hundreds is None or below is None else 100 * hundreds + below
    return _below_hundred(words) if words else None


def _below_hundred(words: list[str]) -> int | None:
    match words:
        case []:
            return 0
        case [str(ten), *rest] if ten == _TEN:
            tens = 1
        case [str(unit), str(ten), *rest] if unit in _UNITS and ten in _TENS:
            tens = _UNITS[unit]
        case _:
            return _below_ten(words)
    units = _below_ten(rest) if rest else 0
    return None if units is None else 10 * tens + units


def _below_ten(words: list[str]) -> int | None:
    return _UNITS.get(words[0]) if len(words) == 1 else None
