"""Words of a fee line become a rule, where they say it with certainty; else they stay words.

Every figure in the words must be accounted for: a digit that no rule has read keeps the whole
line words. So do reports of what the portal holds ("cổng ghi giá trị 50.000.000"), which tell
of a field on a page and not of what is due.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Final

from babel.dates import parse_date
from babel.numbers import parse_decimal, parse_number

from knowledge.fees.rules import (
    Changing,
    Fixed,
    Nothing,
    PercentOfOther,
    PerUnit,
    Reading,
    Relief,
    Rule,
    ShareOfContract,
    Tier,
    Tiers,
    Words,
)
from knowledge.procedures.procedure import Fee

_LOCALE: Final = "vi"
_FROM_TWO: Final = 2  # one source costs the whole, so the first tier begins at two
_MILLION: Final = 1_000_000

_MONEY: Final = r"\d{1,3}(?:\.\d{3})+"
_DAY: Final = r"\d{1,2}/\d{1,2}/\d{4}"
_SPAN: Final = rf"từ (?:ngày )?(?P<first>{_DAY}) đến (?:hết )?(?:ngày )?(?P<last>{_DAY})"
_STEP: Final = r"(?:(\d+)-(\d+)|từ (\d+)) nguồn (?:bằng |tính )?(\d+)%"
_STEPS: Final = r"(?P<steps>[^;:]+?)(?: mức(?: thu)? của 1 nguồn)?"

_PARTIAL: Final = re.compile(r" \(cổng ghi ở hình thức [^)]*\)")
_SPELT: Final = re.compile(r' \(cổng viết "([\d.]+) đồng[^"]*"\)')
_CITED: Final = re.compile(r"Thông tư (?:số )?\d+/\d{4}/TT-BTC[^;(]*$")
_HARMLESS: Final = re.compile(r"\bnhóm \d\b|\b\d+ kg\b")  # figures that count no money
_UNSURE: Final = re.compile(
    r"[\d%]|\b(?:cổng (?:ghi|chỉ|viết)|mâu thuẫn|miễn|giảm|tối thiểu|tối đa|mỗi|từng|quý"
    r"|(?:nộp|thu|tính) theo|VNeID)\b",
    re.IGNORECASE,
)

_RELIEF: Final = re.compile(
    rf"Nộp (?:hồ sơ )?trên ứng dụng VNeID {_SPAN}: bằng (?P<percent>\d+)% "
    r"mức (?:thu|phí)(?P<kind> phí| lệ phí)?(?: quy định)?"
)
_TIERS: Final = re.compile(rf"Nhiều nguồn bức xạ: {_STEPS}")
_PERCENT_OF_OTHER: Final = re.compile(
    r"(?:[^:\d%]+: )?(?P<percent>\d+)% (?P<basis>mức (?:phí|lệ phí)[^;:\d%]* cấp mới[^;:\d%]*)"
    rf"(?:; nhiều nguồn(?: trong một giấy phép)?: {_STEPS})?"
)
_SHARE: Final = re.compile(
    r"[^\d%]*(?P<percent>\d+(?:,\d+)?)%(?: \([^\d)]*\))? tổng giá trị(?: của)? hợp đồng"
    r"(?P<bounds>.*)"
)
_BOUND: Final = (
    r"(?:{}) (?P<amount>[\d.]+)(?: \([^\d)]*\))?(?P<million> triệu)? đồng"  # "05 (năm) triệu đồng"
)
_FLOOR: Final = re.compile(_BOUND.format("tối thiểu(?: không dưới)?"))
_CEILING: Final = re.compile(_BOUND.format("tối đa(?: không quá)?"))
_SHOWN_FLOOR: Final = re.compile(rf"\(cổng ghi giá trị ({_MONEY}), là mức tối thiểu\)")
_NOTHING: Final = (
    re.compile(r"(?:Phí|Lệ phí)[^:\d]*: không(?: thu)?", re.IGNORECASE),
    re.compile(r"[^:\d]+: không thu (?:phí|lệ phí)[^,;\d]*"),
    re.compile(r'Cổng ghi [^;]*"không"[^;,]* ở cả ba hình thức nộp\)?', re.IGNORECASE),
)
_CHANGING: Final = re.compile(
    rf"(?P<head>[^:;(]+)(?:: (?P<amount>{_MONEY}) đồng)?(?: đến hết (?P<until>{_DAY}))?"
    rf"(?:; | \()từ (?P<since>{_DAY}): (?P<later>{_MONEY}) (?:đồng|đ)\)?"
    rf"(?:; miễn khi thực hiện trên VNeID {_SPAN})?"
)
_PER_UNIT: Final = re.compile(
    rf"(?P<head>.+): (?P<amount>{_MONEY}) đồng/(?:01 )?(?P<unit>[^\W\d]+(?: [^\W\d]+)*)"
    r"(?P<note> \([^)]*\))?"
)
_EACH: Final = re.compile(r"(?P<head>.+) \(mỗi (?P<unit>[^)]+)\)")
_FIXED: Final = re.compile(rf"(?P<head>.*?)(?:: (?P<amount>{_MONEY}) đồng)?")

_Reader = Callable[[Fee, str], Rule | None]


def read_fee(fee: Fee) -> Reading:
    """Read one line; the words stay beside the rule."""
    words = fee.words or ""
    bare = _PARTIAL.sub("", words)
    return Reading(fee, _rule(fee, _respelt(fee, bare)), partial=bare != words)


def _rule(fee: Fee, words: str) -> Rule:
    try:
        rules = (reader(fee, words) for reader in _READERS)
        return next((rule for rule in rules if rule is not None), Words())
    except ValueError:  # a day that the calendar does not have
        return Words()


def _respelt(fee: Fee, words: str) -> str:
    """Leave out how the portal spells an amount, where it is the same amount: "1000.000"."""
    found = _SPELT.search(words)
    if found and _money(found[1]) == fee.amount:
        return _SPELT.sub("", words)
    return words


def _relief(fee: Fee, words: str) -> Relief | None:
    said = _RELIEF.fullmatch(words)
    if said is None or (said["kind"] and said["kind"].strip() != fee.kind):
        return None
    return Relief(int(said["percent"]), _day(said["first"]), _day(said["last"]))


def _tiers(_: Fee, words: str) -> Tiers | None:
    said = _TIERS.fullmatch(words)
    tiers = _steps(said["steps"]) if said else ()
    return Tiers(tiers) if tiers else None


def _percent_of_other(_: Fee, words: str) -> PercentOfOther | None:
    said = _PERCENT_OF_OTHER.fullmatch(words)
    if said is None:
        return None
    tiers = _steps(said["steps"] or "")
    if said["steps"] and not tiers:
        return None
    return PercentOfOther(int(said["percent"]), said["basis"], tiers)


def _steps(text: str) -> tuple[Tier, ...]:
    """Read tiers that follow on each other from two sources to any number, or none at all."""
    if not re.fullmatch(rf"{_STEP}(?:, {_STEP})*", text):
        return ()
    tiers = tuple(
        Tier(int(least or alone), int(most) if most else None, int(percent))
        for least, most, alone, percent in re.findall(_STEP, text)
    )
    follow = all(first.most == then.least - 1 for first, then in pairwise(tiers))
    whole = tiers[0].least == _FROM_TWO and tiers[-1].most is None
    return tiers if follow and whole else ()


def _share(_: Fee, words: str) -> ShareOfContract | None:
    said = _SHARE.fullmatch(words)
    if said is None:
        return None
    floor, ceiling = _bound(_FLOOR, said["bounds"]), _bound(_CEILING, said["bounds"])
    if floor is None or ceiling is None or _left_unread(said["bounds"], floor):
        return None
    return ShareOfContract(_percentage(said["percent"]), floor, ceiling)


def _bound(pattern: re.Pattern[str], text: str) -> int | None:
    said = pattern.search(text)
    if said is None:
        return None
    return _money(said["amount"]) * (_MILLION if said["million"] else 1)


def _left_unread(bounds: str, floor: int) -> bool:
    shown = _SHOWN_FLOOR.search(bounds)
    if shown and _money(shown[1]) != floor:
        return True
    rest = _SHOWN_FLOOR.sub("", bounds)
    return bool(re.search(r"[\d%]", _CEILING.sub("", _FLOOR.sub("", rest))))


def _nothing(fee: Fee, words: str) -> Nothing | None:
    """Read "không" only where the catalogue holds 0 as well: a bare 0 is never free."""
    free = fee.amount == 0 and any(pattern.fullmatch(words) for pattern in _NOTHING)
    return Nothing() if free else None


def _changing(fee: Fee, words: str) -> Changing | None:
    said = _CHANGING.fullmatch(words)
    if not fee.amount or said is None or _unsure(said["head"]):
        return None
    since = _day(said["since"])
    until = _day(said["until"]) if said["until"] else since - timedelta(days=1)
    if not _same(fee, said["amount"]) or until + timedelta(days=1) != since:
        return None
    free = Relief(0, _day(said["first"]), _day(said["last"])) if said["first"] else None
    return Changing(fee.amount, _money(said["later"]), since, free)


def _per_unit(fee: Fee, words: str) -> PerUnit | None:
    said = _PER_UNIT.fullmatch(words)
    if not fee.amount or said is None or _unsure(said["head"] + (said["note"] or "")):
        return None
    return PerUnit(fee.amount, said["unit"].lower()) if _same(fee, said["amount"]) else None


def _each(fee: Fee, words: str) -> PerUnit | None:
    said = _EACH.fullmatch(words)
    if not fee.amount or said is None or _unsure(said["head"]):
        return None
    return PerUnit(fee.amount, said["unit"].lower())


def _fixed(fee: Fee, words: str) -> Fixed | None:
    said = _FIXED.fullmatch(_CITED.sub("", words))
    if not fee.amount or said is None or _unsure(said["head"]):
        return None
    return Fixed(fee.amount) if _same(fee, said["amount"]) else None


_READERS: Final[tuple[_Reader, ...]] = (
    _relief,
    _tiers,
    _percent_of_other,
    _share,
    _nothing,
    _changing,
    _per_unit,
    _each,
    _fixed,
)


def _unsure(words: str) -> bool:
    return _UNSURE.search(_HARMLESS.sub("", words)) is not None


def _same(fee: Fee, written: str | None) -> bool:
    """Say whether the words write the amount that the catalogue holds, or none."""
    return written is None or _money(written) == fee.amount


def _money(text: str) -> int:
    return int(parse_number(text, locale=_LOCALE))


def _percentage(text: str) -> Fraction:
    return Fraction(parse_decimal(text, locale=_LOCALE)) / 100


def _day(text: str) -> date:
    return parse_date(text, locale=_LOCALE)
