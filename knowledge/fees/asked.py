"""What a citizen's own words say of the case: how many, and which of several lines."""

import re
from typing import Final

from knowledge.fees.case import Case
from knowledge.fees.columns import alternatives
from knowledge.fees.reading import read_fee
from knowledge.fees.rules import PerUnit
from knowledge.procedures.procedure import Procedure
from knowledge.text import fold, marked

MOST: Final = 1000  # of anything; larger numbers are years, codes or sums of money
_CLEAR: Final = 2  # words that only one line has
# Whoever asks what a licence costs says these, whatever his case.
_OF_EVERY_CASE: Final = frozenset(fold("cấp giấy phép thủ tục phí lệ phí thẩm định").split())

# What people count when the source counts these units.
_NOUNS: Final = {
    "thiết bị": ("thiet bi", "may", "cai", "chiec", "con", "nguon", "bo"),
    "nguồn": ("nguon", "thiet bi", "may"),
    "chứng chỉ": ("chung chi", "nguoi"),
    "bản kế hoạch": ("ban ke hoach", "ban", "ke hoach"),
    "cơ sở": ("co so",),
    "dịch vụ": ("dich vu",),
    "giấy phép": ("giay phep", "giay"),
    "môn": ("mon",),
}
_COUNTED: Final = frozenset({"", *(noun for nouns in _NOUNS.values() for noun in nouns)})
_COURTESIES: Final = frozenset({"ạ", "dạ", "nhé", "nha", "em", "có", "khoảng", "chừng", "thôi"})
_NUMBER_WORDS: Final = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7,
                        "tám": 8, "chín": 9, "mười": 10}  # fmt: skip


def case_in(text: str, procedure: Procedure) -> Case:
    """Read from *text* what it says of the case; what it does not say stays open."""
    return Case(quantity=_quantity(text, procedure), alternative=_alternative(text, procedure))


def number_in(text: str) -> int | None:
    """Read *text* as a number and nothing else, but for what is counted and a courtesy.

    "3", "ba cái", "12 máy ạ"; not "hai mươi", not "năm ngoái": half-read numbers make wrong fees.
    """
    words = [word for word in marked(text).split() if word not in _COURTESIES]
    if not words or " ".join(map(fold, words[1:])) not in _COUNTED:
        return None
    digits = words[0] if words[0].isascii() and words[0].isdecimal() else ""
    number = int(digits[:9]) if digits else _NUMBER_WORDS.get(words[0], 0)
    return number if 1 <= number <= MOST else None


def _quantity(text: str, procedure: Procedure) -> int | None:
    units = {
        rule.unit
        for rule in (read_fee(fee).rule for fee in procedure.fees)
        if isinstance(rule, PerUnit)
    }
    nouns = "|".join(noun for unit in units for noun in _NOUNS.get(unit, (fold(unit),)))
    found = re.search(rf"\b0?(\d{{1,4}}) (?:{nouns})\b", fold(text)) if nouns else None
    return int(found[1]) if found and 1 <= int(found[1]) <= MOST else None


def _alternative(text: str, procedure: Procedure) -> int | None:
    """Choose the line of which the text says words that no other line has."""
    said = set(fold(text).split()) - _OF_EVERY_CASE
    lines = [set(fold(one.fee.words or "").split()) for one in alternatives(procedure)]
    own = [
        len(said & words - set().union(*(other for other in lines if other is not words)))
        for words in lines
    ]
    best = max(own, default=0)
    clear = best >= _CLEAR and sum(count > 0 for count in own) == 1
    return own.index(best) if clear else None
