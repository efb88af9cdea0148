"""What a citizen's own words say of the case: how many, and which of several lines."""

import re
from typing import Final

from knowledge.fees.case import Case
from knowledge.fees.columns import alternatives
from knowledge.fees.quantities import DASHES, Unclear, number_of, quantity_in, speaks_of_number
from knowledge.fees.reading import read_fee
from knowledge.fees.rules import PerUnit
from knowledge.procedures.procedure import Procedure
from knowledge.text import clean, fold, marked

_CLEAR: Final = 2  # words that only one line has
_ODD: Final = re.compile(rf"\d[.,/]\d|[{DASHES}]\s*\d")  # "1,5", "-3": whole by no reading
# Whoever asks what a licence costs says these, whatever his case.
_OF_EVERY_CASE: Final = frozenset(fold("cấp giấy phép thủ tục phí lệ phí thẩm định").split())

# What people count when the source counts these units.
_NOUNS: Final = {
    "thiết bị": ("thiết bị", "máy", "cái", "chiếc", "con", "nguồn", "bộ"),
    "nguồn": ("nguồn", "thiết bị", "máy"),
    "chứng chỉ": ("chứng chỉ", "người"),
    "bản kế hoạch": ("bản kế hoạch", "bản", "kế hoạch"),
    "cơ sở": ("cơ sở",),
    "dịch vụ": ("dịch vụ",),
    "giấy phép": ("giấy phép", "giấy"),
    "môn": ("môn",),
}
_ALL_NOUNS: Final = tuple(noun for nouns in _NOUNS.values() for noun in nouns)
_COUNTED: Final = frozenset({(), *(tuple(fold(noun).split()) for noun in _ALL_NOUNS)})
_COURTESIES: Final = frozenset({"ạ", "dạ", "nhé", "nha", "em", "có", "khoảng", "chừng", "thôi"})


def case_in(text: str, procedure: Procedure) -> Case:
    """Read from *text* what it says of the case; what it does not say stays open."""
    said = quantity_in(text, _nouns(procedure))
    return Case(
        quantity=None if isinstance(said, Unclear) else said,
        alternative=_alternative(text, procedure),
    )


def unclear_quantity_in(text: str, procedure: Procedure) -> str:
    """Return words that speak of a quantity and name none, "2-3 máy"; often there are none."""
    said = quantity_in(text, _nouns(procedure))
    return said.said if isinstance(said, Unclear) else ""


def number_in(text: str) -> int | None:
    """Read *text* as a number and nothing else, but for what is counted and a courtesy.

    "3", "ba cái", "mười hai máy ạ"; not "năm ngoái": half-read numbers make wrong fees. Whether
    so many can be reckoned with is another question: 0 is a number too.
    """
    if _ODD.search(text):
        return None
    words = [word for word in marked(text).split() if word not in _COURTESIES]
    for noun in range(len(words), 0, -1):
        if tuple(map(fold, words[noun:])) in _COUNTED:
            number = number_of(words[:noun])
            if number is not None:
                return number
    return None


def is_only_quantity(text: str) -> bool:
    """Say whether *text* is an answer to "how many", though perhaps no number to reckon with."""
    words = (word for word in clean(text).split() if word.lower() not in _COURTESIES)
    return speaks_of_number(" ".join(words), _ALL_NOUNS)


def _nouns(procedure: Procedure) -> tuple[str, ...]:
    units = {
        rule.unit
        for rule in (read_fee(fee).rule for fee in procedure.fees)
        if isinstance(rule, PerUnit)
    }
    return tuple(dict.fromkeys(noun for unit in units for noun in _NOUNS.get(unit, (unit,))))


def _alternative(text: str, procedure: Procedure) -> int | None:
    """Choose the line of which the text says words that no other line has.

    Where the title holds such words of one line only, they are said whatever the case.
    """
    own = _own_words(procedure)
    titled = set(fold(procedure.title).split())
    anyhow = titled if sum(bool(titled & words) for words in own) == 1 else set[str]()
    said = set(fold(text).split()) - _OF_EVERY_CASE - anyhow
    counts = [len(said & words) for words in own]
    best = max(counts, default=0)
    clear = best >= _CLEAR and sum(count > 0 for count in counts) == 1
    return counts.index(best) if clear else None


def _own_words(procedure: Procedure) -> list[set[str]]:
    lines = [set(fold(one.fee.words or "").split()) for one in alternatives(procedure)]
    return [
        words - set().union(*(other for other in lines if other is not words)) - _OF_EVERY_CASE
        for words in lines
    ]
