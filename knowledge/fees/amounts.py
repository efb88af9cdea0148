"""Words beside an amount: nothing, an amount that changes, one a unit, or simply one.

Every figure in the words must be accounted for: a digit, or a word of condition, that no rule
has read keeps the whole line words. So do reports of what the portal holds ("cổng ghi giá trị
50.000.000"), which tell of a field on a page and not of what is due.
"""

import re
from datetime import timedelta
from typing import Final

from knowledge.fees.rules import Changing, Fixed, Nothing, PerUnit, Relief
from knowledge.fees.wording import DAY, MONEY, SPAN, day, is_same, money
from knowledge.procedures.procedure import Fee

_CITED: Final = re.compile(r"Thông tư (?:số )?\d+/\d{4}/TT-BTC[^;(]*$")
_HARMLESS: Final = re.compile(r"\bnhóm \d\b|\b\d+ kg\b")  # figures that count no money
_UNSURE: Final = re.compile(
    r"[\d%]|\b(?:cổng (?:ghi|chỉ|viết)|mâu thuẫn|miễn|giảm|tối thiểu|tối đa|mỗi|từng|quý"
    r"|(?:nộp|thu|tính) theo|VNeID)\b",
    re.IGNORECASE,
)
_NOTHING: Final = (
    re.compile(r"(?:Phí|Lệ phí)[^:\d]*: không(?: thu)?", re.IGNORECASE),
    re.compile(r"[^:\d]+: không thu (?:phí|lệ phí)[^,;\d]*"),
    re.compile(r'Cổng ghi [^;]*"không"[^;,]* ở cả ba hình thức nộp\)?', re.IGNORECASE),
)
_CHANGING: Final = re.compile(
    rf"(?P<head>[^:;(]+)(?:: (?P<amount>{MONEY}) đồng)?(?: đến hết (?P<until>{DAY}))?"
    rf"(?:; | \()từ (?P<since>{DAY}): (?P<later>{MONEY}) (?:đồng|đ)\)?"
    rf"(?:; miễn khi thực hiện trên VNeID {SPAN})?"
)
_PER_UNIT: Final = re.compile(
    rf"(?P<head>.+): (?P<amount>{MONEY}) đồng/(?:01 )?(?P<unit>[^\W\d]+(?: [^\W\d]+)*)"
    r"(?P<note> \([^)]*\))?"
)
_EACH: Final = re.compile(r"(?P<head>.+) \(mỗi (?P<unit>[^)]+)\)")
_FIXED: Final = re.compile(rf"(?P<head>.*?)(?:: (?P<amount>{MONEY}) đồng)?")


def read_nothing(fee: Fee, words: str) -> Nothing | None:
    """Read "không" only where the catalogue holds 0 as well: a bare 0 is never free."""
    free = fee.amount == 0 and any(pattern.fullmatch(words) for pattern in _NOTHING)
    return Nothing() if free else None


def read_changing(fee: Fee, words: str) -> Changing | None:
    """Read an amount that ends on a day, and the one that follows (TT 64/2025/TT-BTC)."""
    said = _CHANGING.fullmatch(words)
    if not fee.amount or said is None or _is_unsure(said["head"]):
        return None
    since = day(said["since"])
    until = day(said["until"]) if said["until"] else since - timedelta(days=1)
    if not is_same(fee, said["amount"]) or until + timedelta(days=1) != since:
        return None
    free = Relief(0, day(said["first"]), day(said["last"])) if said["first"] else None
    return Changing(fee.amount, money(said["later"]), since, free)


def read_per_unit(fee: Fee, words: str) -> PerUnit | None:
    """Read "5.000.000 đồng/01 thiết bị"."""
    said = _PER_UNIT.fullmatch(words)
    if not fee.amount or said is None or _is_unsure(said["head"] + (said["note"] or "")):
        return None
    return PerUnit(fee.amount, said["unit"].lower()) if is_same(fee, said["amount"]) else None


def read_each(fee: Fee, words: str) -> PerUnit | None:
    """Read "(mỗi môn)" beside an amount."""
    said = _EACH.fullmatch(words)
    if not fee.amount or said is None or _is_unsure(said["head"]):
        return None
    return PerUnit(fee.amount, said["unit"].lower())


def read_fixed(fee: Fee, words: str) -> Fixed | None:
    """Read an amount of which the words say no more than what it is for."""
    said = _FIXED.fullmatch(_CITED.sub("", words))
    if not fee.amount or said is None or _is_unsure(said["head"]):
        return None
    return Fixed(fee.amount) if is_same(fee, said["amount"]) else None


def _is_unsure(words: str) -> bool:
    return _UNSURE.search(_HARMLESS.sub("", words)) is not None
