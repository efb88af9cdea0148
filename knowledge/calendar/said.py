"""Days that citizens name: "ngày 1/12", "thứ 2 tuần sau", "cuối tháng", read against today."""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
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
_NAMED: Final = {"hai": 0, "ba": 1, "tu": 2, "nam": 3, "sau": 4, "bay": 5}
_SUNDAY: Final = 6
_MONDAY_IS: Final = 2  # "thứ 2"
_UNCLEAR: Final = re.compile(
    r"\b(?:dau|giua|cuoi) tuan(?: (?:nay|sau|toi))?\b"
    r"|\b(?:dau|giua) thang(?: (?:nay|sau|toi|\d{1,2}))?\b"
    r"|\b(?:tuan|thang) (?:sau|toi)\b|\b(?:may|vai|it) (?:hom|ngay|bua) nua\b"
)
_PHRASES: Final = (
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
    words = strip_marks(text).lower()
    for read in _READERS:
        named = read(words, today)
        if named is not None:
            return named if today <= named <= today + _FARTHEST else None
    return None


def unclear_day_in(text: str) -> str | None:
    """Return words that name a time but no day, "đầu tuần sau"; None where there are none."""
    bare = strip_marks(text)
    found = _UNCLEAR.search(bare.lower())
    if found is None:
        return None
    return (text if len(text) == len(bare) else bare)[found.start() : found.end()].lower()


def without_days(text: str) -> str:
    """Give *text* without the words that name a day or a time, folded to bare letters."""
    words = strip_marks(text).lower()
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
        if named is not None and today <= named:
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
