"""Dossier codes: found in free text and repaired, or honestly not found.

The form is the practice of QĐ 20/2020/QĐ-TTg Đ.4 and NĐ 118/2025/NĐ-CP Đ.28.1:
identifier of the unit, day of reception (yymmdd), running number of that day.
"""

import re
from datetime import datetime
from typing import Final, NewType

from knowledge.text import clean

DossierCode = NewType("DossierCode", str)

_D: Final = "[0-9OIL]"  # people type the letters O, I and L for 0 and 1
_SEP: Final = r"[\s.,\-_/\u2010-\u2015\u2212]{1,3}"
_TIGHT: Final = r"[.,\-_/\u2010-\u2015\u2212]"
_DOT: Final = r"(?:[.,]|\s\.\s?)"
# What stands at the edge must not be part of the code: "hs000.00.04.H40" does not begin at 00.04,
# and "0583lần" is no number 05831; in "0583nhé" the word cannot be mistaken for digits.
_HEAD: Final = rf"(?<![0-9A-Z])(?<!{_D}{_D}[.,])"
_TAIL: Final = r"(?:(?![^\W_])|(?<=[0-9])(?=[^\W0-9OIL_]))"
_ALONE: Final = rf"{_HEAD}(?:{{}}){_TAIL}"

# A number standing before a new code ("số 12 H57…", "20/10-H57…") is no part of it, so groups
# before the level letter may be parted by other than dots only in the full old form 000.00.04.
_SEPARATED: Final = re.compile(
    _ALONE.format(
        rf"(?P<before>{_D}{{3}}{_SEP}{_D}{{2}}{_SEP}{_D}{{2}}{_SEP}|(?:{_D}{{2,3}}{_DOT}){{1,3}})?"
        rf"(?P<level>[A-Y]{_D}{{2}})(?P<after>(?:{_SEP}{_D}{{1,3}}){{0,6}})"
        rf"{_SEP}(?P<day>{_D}{{6}}){_SEP}(?P<number>{_D}{{4,8}})"
    )
)
_GLUED: Final = re.compile(
    _ALONE.format(rf"(?P<before>{_D}{{7}})?(?P<level>[A-Y]{_D}{{2}})(?P<rest>{_D}{{10,13}})")
)
_GROUP: Final = re.compile(f"{_D}+")
_BETWEEN: Final = re.compile(r"[\W_]+")
_DIGITS: Final = str.maketrans("OIL", "011")
CODE_PATTERN: Final = r"(?:\d{2,3}\.){0,3}[A-Y]\d{2}(?:\.\d{1,3}){0,6}-\d{6}-\d{4,8}"
_VALID: Final = re.compile(CODE_PATTERN)
# "hs 0583 ngày 4/8": only the running number; the whole code must be asked for, never guessed.
_NUMBER_ALONE: Final = re.compile(r"(?<!\w)(?:HS|HỒ SƠ|HO SO)(?: SỐ| SO)? \d{3,8}(?!\w)")
_FRAGMENT: Final = re.compile(
    _ALONE.format(
        rf"[A-Y]\d{{2}}{_TIGHT}\d[\d.\-]*|[A-Y]\d{{12,}}"
        rf"|\d{{6}}{_TIGHT}\d{{4}}|\d{{3}}\.\d{{2}}\.\d{{2}}\S*"
    )
)
_NUMBER_AT_END: Final = re.compile(r"\d{2,3}[\s.,\-_/\u2010-\u2015\u2212]{1,3}\Z")
_LONGEST_HEAD: Final = 6  # letters of a number and the blanks behind it


def find_code(text: str) -> DossierCode | None:
    """Return the one dossier code that *text* holds, repaired, or None.

    Never guesses: a piece of a code is no code.
    """
    upper = clean(text).upper()
    for found in _SEPARATED.finditer(upper):
        if _may_lack_its_head(found):
            continue
        groups = _GROUP.findall(found["before"] or "")
        code = _compose(
            groups, found["level"], _GROUP.findall(found["after"]), found["day"], found["number"]
        )
        if code is not None:
            return code
    for found in _GLUED.finditer(upper):
        code = _unglue(found["before"] or "", found["level"], found["rest"])
        if code is not None:
            return code
    return None


def read_code(text: str) -> DossierCode | None:
    """Return the dossier code that *text* is, repaired, or None where it is anything more."""
    code = find_code(text)
    return code if code is not None and _bare(text) == _bare(code) else None


def looks_like_code(text: str) -> bool:
    """Say whether *text* seems to hold a dossier code, or a piece of one, that cannot be read."""
    upper = clean(text).upper()
    return any(piece.search(upper) is not None for piece in (_FRAGMENT, _NUMBER_ALONE))


def _bare(text: str) -> str:
    return _BETWEEN.sub("", clean(text).upper()).translate(_DIGITS)


def _may_lack_its_head(found: re.Match[str]) -> bool:
    """Say whether a number before a bare level may be the first group of it: "98 H29-…"."""
    if found["before"] or found["after"]:
        return False
    begin = found.start()
    head = found.string[max(0, begin - _LONGEST_HEAD) : begin]
    return _NUMBER_AT_END.search(head) is not None


def _unglue(before: str, level: str, rest: str) -> DossierCode | None:
    """Read a code whose separators were all left out.

    Provincial numbers have four digits; with more than one unit group nothing tells where one
    group ends, so at most one is read.
    """
    old_form = [before[:3], before[3:5], before[5:]] if before else []
    unit, day, number = rest[:-10], rest[-10:-4], rest[-4:]
    return _compose(old_form, level, [unit] if unit else [], day, number)


def _compose(
    before: list[str], level: str, after: list[str], day: str, number: str
) -> DossierCode | None:
    unit = ".".join(
        [group.translate(_DIGITS) for group in before]
        + [level[0] + level[1:].translate(_DIGITS)]
        + [group.translate(_DIGITS) for group in after]
    )
    code = f"{unit}-{day.translate(_DIGITS)}-{number.translate(_DIGITS)}"
    if not _VALID.fullmatch(code) or not _is_day(day.translate(_DIGITS)):
        return None
    return DossierCode(code)


def _is_day(yymmdd: str) -> bool:
    try:
        datetime.strptime(yymmdd, "%y%m%d")  # noqa: DTZ007 - only whether such a day exists
    except ValueError:
        return False
    return True
