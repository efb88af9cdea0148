"""Days that citizens name: "ngày 1/12", "ngày mai", read against today."""

import re
from datetime import date, timedelta
from typing import Final

from knowledge.text import strip_marks

_NUMBERED: Final = re.compile(
    r"\b(?:ngay|hom|nop|gui|mung)\s+(\d{1,2})\s*[/-]\s*(\d{1,2})(?:\s*[/-]\s*(\d{4}))?\b(?![/-])"
)
_TOMORROW: Final = re.compile(r"\b(?:ngay|sang|chieu|hom) mai\b|\bmai (?:nop|gui)\b|\bnop mai\b")
_AFTER_TOMORROW: Final = re.compile(r"\bngay kia\b|\bngay mot\b|\bmot nop\b")
_FARTHEST: Final = timedelta(days=366)


def day_in(text: str, today: date) -> date | None:
    """Return the day that *text* names, today or within a year, or None.

    A day without a year is the next one of that name.
    """
    words = strip_marks(text).lower()
    if _TOMORROW.search(words):
        return today + timedelta(days=1)
    if _AFTER_TOMORROW.search(words):
        return today + timedelta(days=2)
    found = _NUMBERED.search(words)
    if found is None:
        return None
    day, month, year = (int(one) if one else None for one in found.groups())
    for of_year in [year] if year else [today.year, today.year + 1]:
        named = _date(of_year, month or 0, day or 0)
        if named is not None and today <= named <= today + _FARTHEST:
            return named
    return None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
