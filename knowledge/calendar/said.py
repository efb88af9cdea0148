"""Days that citizens name: "ngày 1/12", "thứ 2 tuần sau", "cuối tháng", read against today."""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, auto
from typing import Final

from knowledge.text import strip_marks

_NUMBERED: Final = re.compile(
    r"\b(?:ngay|hom|nop|gui|mung)\s+(\d{1,2})\s*[/-]\s*(\d{1,2})(?:\s*[/-]\s*(\d{4}))?\b(?![/-])"
)
_SPELT: Final = re.compile(
    r"\b(?:ngay|hom|mung|nop|gui)\s+(\d{1,2})\s+thang\s+(\d{1,2}|nay|sau|toi)\b"
)
_TOMORROW: Final = re.compile(r"\b(?:ngay|sang|chieu|hom) mai\b|\bmai (?:nop|gui)\b|\bnop mai\b")
_AFTER_TOMORROW: Final = re.compile(r"\bngay kia\b|\bngay mot\b|\bmot nop\b")
_AHEAD: Final = re.compile(r"\b(\d{1,2}) (?:ngay|hom|bua) nua\b")
_HANDING_IN: Final = re.compile(r"\b(?:nop|gui|mang|dem)\b")
_MONTH_END: Final = re.compile(r"\bcuoi thang(?: (nay|sau|toi|\d{1,2}))?\b")
# Without a week, or handing in, beside it "thứ 2" is the second of something.
_WEEKDAY: Final = re.compile(
    r"\b(?P<before>(?:tuan (?:nay|sau|toi)|nop|gui|ngay|sang|chieu|hom) )?"
    r"(?:thu (?P<named>[2-7]|hai|ba|tu|nam|sau|bay)|t(?P<short>[2-7])|(?P<sunday>chu nhat|cn))\b"
    r"(?P<after> (?:tuan (?:nay|sau|toi)|nay|toi|nop|gui)\b)?"
)
_THIS_WEEK: Final = re.compile(rf"{_WEEKDAY.pattern}(?<= nay)")
_NAMED: Final = {"hai": 0, "ba": 1, "tu": 2, "nam": 3, "sau": 4, "bay": 5}
_SUNDAY: Final = 6
_MONDAY_IS: Final = 2  # "thứ 2"
_UNCLEAR: Final = re.compile(
    r"\b(?:dau|giua|cuoi) tuan(?: (?:nay|sau|toi))?\b"
    r"|\b(?:dau|giua) thang(?: (?:nay|sau|toi|\d{1,2}))?\b"
    r"|\b(?:tuan |thang )?(?:truoc|sau|ra|trong|dip|qua) tet\b"
    r"|\b(?:tuan|thang) (?:sau|toi)\b|\b(?:may|vai|it) (?:hom|ngay|bua) nua\b"
)
_LUNAR: Final = re.compile(
    r"\b(?:(?:(?:ngay|hom|mung|mong) )?(?:\d{1,2}|giao thua)"
    r"|(?:mung|mong) (?:mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi)) (?:am lich|tet)\b"
)
_AROUND_TET: Final = re.compile(r"\b(?:truoc|sau|ra|trong|dip|qua) tet\b")
# A day on which something was given or ends is no day of handing in.
_OF_A_PAPER: Final = re.compile(r"\b(?:cap|ky|han|luc|hanh|sinh|so|tu|den)\s+$")
_VERB: Final = re.compile(r"^(?:nộp|nop|gửi|gui) ")
_YESTERDAY: Final = re.compile(r"\bhom qua\b")
_PHRASES: Final = (
    _YESTERDAY,
    _LUNAR,
    _TOMORROW,
    _AFTER_TOMORROW,
    _WEEKDAY,
    _NUMBERED,
    _SPELT,
    _AHEAD,
    _MONTH_END,
    _UNCLEAR,
)
_FARTHEST: Final = timedelta(days=366)
_WEEK: Final = 7


def day_in(text: str, today: date) -> date | None:
    """Return the day that *text* names, today or within a year, or None.

    A day without a year is the next one of that name; the end of a month is its last day, which
    is late enough whatever was meant by it.
    """
    words = _bare(text)
    if _AROUND_TET.search(words):  # "thứ 2 tuần sau Tết"
        return None
    for read in _READERS:
        named = read(words, today)
        if named is not None:
            return named if today <= named <= today + _FARTHEST else None
    return None


class Fault(Enum):
    """Why words that mean a day cannot be reckoned from."""

    UNCLEAR = auto()
    LUNAR = auto()
    """A day of the lunar calendar: which one it is, no calendar of ours tells."""
    NO_SUCH = auto()
    PAST = auto()
    FAR = auto()
    """More than a year ahead, where calendars are not announced."""


@dataclass(frozen=True, slots=True)
class UnusableDay:
    """Words that mean a day, and why nothing can be reckoned from it."""

    said: str
    fault: Fault


def unclear_day_in(text: str) -> str | None:
    """Return words that mean a time but name no day that is, "đầu tuần sau", "31/2"."""
    found = next((one for phrase in _DOUBTFUL if (one := phrase.search(_bare(text)))), None)
    return None if found is None else _as_said(text, found)


def unusable_day_in(text: str, today: date) -> UnusableDay | None:
    """Tell why no day can be read from *text* though it speaks of one; None where it does not."""
    words = _bare(text)
    for phrase, read in _FAULTY:
        found = phrase.search(words)
        if found is None or _OF_A_PAPER.search(words[: found.start()]):
            continue
        fault = _fault(read(words, today), today) if callable(read) else read
        if fault is not None:
            return UnusableDay(_as_said(text, found), fault)
    return None


def _fault(named: date | None, today: date) -> Fault | None:
    if named is None:
        return Fault.NO_SUCH
    if named < today:
        return Fault.PAST
    return Fault.FAR if named > today + _FARTHEST else None


def _bare(text: str) -> str:
    return strip_marks(text).lower()


def _as_said(text: str, found: re.Match[str]) -> str:
    typed = text if len(text) == len(found.string) else found.string
    return _VERB.sub("", typed[found.start() : found.end()].lower())


def without_days(text: str) -> str:
    """Give *text* without the words that name a day or a time, folded to bare letters."""
    words = _bare(text)
    for phrase in _PHRASES:
        words = phrase.sub(" ", words)
    return words


def _soon(words: str, today: date) -> date | None:
    if _TOMORROW.search(words):
        return today + timedelta(days=1)
    return today + timedelta(days=2) if _AFTER_TOMORROW.search(words) else None


def _ahead(words: str, today: date) -> date | None:
    found = _AHEAD.search(words)
    if found is None or not _HANDING_IN.search(words):  # "3 ngày nữa có kết quả không"
        return None
    return today + timedelta(days=int(found[1]))


def _weekday(words: str, today: date) -> date | None:
    for found in _WEEKDAY.finditer(words):
        beside = f"{found['before'] or ''}{found['after'] or ''}"
        if not beside:
            continue
        day = _SUNDAY if found["sunday"] else _number(found["named"] or found["short"])
        monday = today - timedelta(days=today.weekday())
        if "tuan sau" in beside or "tuan toi" in beside:
            return monday + timedelta(days=_WEEK + day)
        if "nay" in beside:
            return monday + timedelta(days=day)
        return today + timedelta(days=(day - today.weekday() - 1) % _WEEK + 1)
    return None


def _number(named: str) -> int:
    """Count a weekday from Monday."""
    return int(named) - _MONDAY_IS if named.isdigit() else _NAMED[named]


def _month_end(words: str, today: date) -> date | None:
    found = _MONTH_END.search(words)
    first = None if found is None else _first_of(found[1], today)
    return first and first.replace(day=monthrange(first.year, first.month)[1])


def _spelt(words: str, today: date) -> date | None:
    found = _SPELT.search(words)
    first = None if found is None else _first_of(found[2], today)
    return first and _date(first.year, first.month, int(found[1]) if found else 0)


def _first_of(month: str | None, today: date) -> date | None:
    """Give the first day of the month that is meant, of the next of that number."""
    this = today.replace(day=1)
    match month:
        case None | "nay":
            return this
        case "sau" | "toi":
            return (this + timedelta(days=31)).replace(day=1)
        case _:
            number = int(month)
            return _date(today.year + (number < today.month), number, 1)


def _numbered(words: str, today: date) -> date | None:
    found = _NUMBERED.search(words)
    if found is None:
        return None
    day, month, year = (int(one) if one else None for one in found.groups())
    for of_year in [year] if year else [today.year, today.year + 1]:
        named = _date(of_year, month or 0, day or 0)
        if named is not None and (year or today <= named):
            return named
    return None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


_READERS: Final[tuple[Callable[[str, date], date | None], ...]] = (
    _soon,
    _weekday,
    _numbered,
    _spelt,
    _ahead,
    _month_end,
)
_DOUBTFUL: Final = (_LUNAR, _UNCLEAR, _YESTERDAY, _NUMBERED, _SPELT)
_FAULTY: Final[tuple[tuple[re.Pattern[str], Fault | Callable[[str, date], date | None]], ...]] = (
    (_LUNAR, Fault.LUNAR),
    (_YESTERDAY, Fault.PAST),
    (_NUMBERED, _numbered),
    (_SPELT, _spelt),
    (_MONTH_END, _month_end),
    (_UNCLEAR, Fault.UNCLEAR),
    (_THIS_WEEK, _weekday),
)
