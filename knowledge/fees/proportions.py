"""Words that tell a proportion: reliefs, tiers, a part of another fee, a share of a contract."""

import re
from itertools import pairwise
from typing import Final

from knowledge.fees.rules import PercentOfOther, Relief, ShareOfContract, Tier, Tiers
from knowledge.fees.wording import MONEY, SPAN, day, money, percentage
from knowledge.procedures.procedure import Fee

_FROM_TWO: Final = 2  # one source costs the whole, so the first tier begins at two
_MILLION: Final = 1_000_000

_STEP: Final = r"(?:(\d+)-(\d+)|từ (\d+)) nguồn (?:bằng |tính )?(\d+)%"
_STEPS: Final = r"(?P<steps>[^;:]+?)(?: mức(?: thu)? của 1 nguồn)?"
_RELIEF: Final = re.compile(
    rf"Nộp (?:hồ sơ )?trên ứng dụng VNeID {SPAN}: bằng (?P<percent>\d+)% "
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
    r"{} (?P<amount>[\d.]+)(?: \([^\d)]*\))?(?P<million> triệu)? đồng"  # "05 (năm) triệu đồng"
)
_FLOOR: Final = re.compile(_BOUND.format("tối thiểu(?: không dưới)?"))
_CEILING: Final = re.compile(_BOUND.format("tối đa(?: không quá)?"))
_SHOWN_FLOOR: Final = re.compile(rf"\(cổng ghi giá trị ({MONEY}), là mức tối thiểu\)")


def read_relief(fee: Fee, words: str) -> Relief | None:
    """Read a part that is due for what is filed on VNeID (TT 29/2026/TT-BTC)."""
    said = _RELIEF.fullmatch(words)
    if said is None or (said["kind"] and said["kind"].strip() != fee.kind):
        return None
    return Relief(int(said["percent"]), day(said["first"]), day(said["last"]))


def read_tiers(_: Fee, words: str) -> Tiers | None:
    """Read what each of many radiation sources costs (TT 74/2026/TT-BTC)."""
    said = _TIERS.fullmatch(words)
    tiers = _steps(said["steps"]) if said else ()
    return Tiers(tiers) if tiers else None


def read_percent_of_other(_: Fee, words: str) -> PercentOfOther | None:
    """Read a percentage of what a new licence costs (TT 74/2026/TT-BTC)."""
    said = _PERCENT_OF_OTHER.fullmatch(words)
    if said is None:
        return None
    tiers = _steps(said["steps"] or "")
    if said["steps"] and not tiers:
        return None
    return PercentOfOther(int(said["percent"]), said["basis"], tiers)


def read_share(_: Fee, words: str) -> ShareOfContract | None:
    """Read a share of a contract of technology transfer (TT 169/2016/TT-BTC)."""
    said = _SHARE.fullmatch(words)
    if said is None:
        return None
    floor, ceiling = _bound(_FLOOR, said["bounds"]), _bound(_CEILING, said["bounds"])
    if floor is None or ceiling is None or _leaves_unread(said["bounds"], floor):
        return None
    return ShareOfContract(percentage(said["percent"]), floor, ceiling)


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


def _bound(pattern: re.Pattern[str], text: str) -> int | None:
    said = pattern.search(text)
    if said is None:
        return None
    return money(said["amount"]) * (_MILLION if said["million"] else 1)


def _leaves_unread(bounds: str, floor: int) -> bool:
    shown = _SHOWN_FLOOR.search(bounds)
    if shown and money(shown[1]) != floor:
        return True
    rest = _SHOWN_FLOOR.sub("", bounds)
    return bool(re.search(r"[\d%]", _CEILING.sub("", _FLOOR.sub("", rest))))
