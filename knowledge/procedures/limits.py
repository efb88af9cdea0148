"""The time limits of a procedure: the office's, by way of handing in, and the citizen's own."""

import re
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from knowledge.procedures.procedure import Procedure, SubmitWay, Term, TermUnit

_AS_ABOVE: Final = "như trên"
_PARTS: Final = re.compile(r"; (?![^(]*\))")
# What the keepers of the data noted of the portal's fields, not of the procedure.
_KEEPERS: Final = re.compile(r"\b[Cc]ổng\b|\bcases\b")
# The times of what follows on a wanting dossier are no other term of a good one.
_WHEN_WANTING: Final = re.compile(r"thiếu|không hợp lệ|chưa (?:đầy đủ|hợp lệ)|bổ sung|sửa")
_DURATION: Final = re.compile(r"(\d+) (ngày làm việc|ngày|tháng|giờ)")
_UNITS: Final = {
    "ngày làm việc": TermUnit.WORKING_DAY,
    "ngày": TermUnit.DAY,
    "tháng": TermUnit.MONTH,
    "giờ": TermUnit.HOUR,
}
_SENTENCE: Final = re.compile(r"(?<=[.;]) ")
_EXPIRES: Final = re.compile(r"hết hạn|hết hiệu lực|kể từ ngày ký")
_HANDS_IN: Final = re.compile(r"nộp|gửi", re.IGNORECASE)
_COUNTS: Final = re.compile(r"\d+ (?:ngày|tháng)")
_OF_A_CALL: Final = re.compile(r"hết hạn (?:nộp|nhận)|không bổ sung|không hoàn thiện")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """One term of the office, for the ways of handing in that share it."""

    term: Term
    ways: tuple[SubmitWay, ...]
    note: str
    """What the source adds for the citizen."""
    is_disputed: bool
    """The source tells other figures as well: of steps, of cases, or against itself."""


def limits_of(procedure: Procedure) -> tuple[Limit, ...]:
    """Give the terms of the office, those that differ in nothing but the way as one."""
    noted: list[tuple[Term, str]] = []
    above = ""
    for term in procedure.terms:
        above = above if term.note == _AS_ABOVE else term.note or ""
        noted.append((term, above))
    noted.sort(key=lambda one: (one[0].unit, one[0].duration, one[1]))
    return tuple(
        _limit([term for term, _ in some], note)
        for (_, note), some in groupby(noted, lambda one: (_length(one[0]), one[1]))
    )


def own_deadlines(procedure: Procedure) -> tuple[str, ...]:
    """Give the sentences of the source that say by when a citizen must hand in, to the letter."""
    texts = (*procedure.steps, *filter(None, (procedure.conditions,)))
    sentences = (sentence for text in texts for sentence in _SENTENCE.split(text))
    found = (one.strip().rstrip(";") for one in sentences if _is_deadline(one))
    return tuple(dict.fromkeys(found))[:1]


def _is_deadline(sentence: str) -> bool:
    has = all(pattern.search(sentence) for pattern in (_EXPIRES, _HANDS_IN, _COUNTS))
    return has and not _OF_A_CALL.search(sentence)


def _limit(terms: list[Term], note: str) -> Limit:
    parts = _PARTS.split(note) if note else []
    kept = [part for part in parts if not _KEEPERS.search(part)]
    told = {
        (int(number), _UNITS[unit])
        for part in parts
        if not _WHEN_WANTING.search(part)
        for number, unit in _DURATION.findall(part)
    }
    ways = tuple(dict.fromkeys(term.way for term in terms))
    disputed = len(kept) < len(parts) or bool(told - {_length(terms[0])})
    return Limit(term=terms[0], ways=ways, note="; ".join(kept), is_disputed=disputed)


def _length(term: Term) -> tuple[int, TermUnit]:
    return (term.duration, term.unit)
