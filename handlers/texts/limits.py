"""What is said of time limits: how long the office may take, and by when one must hand in."""

from typing import Final

from handlers.texts import common
from knowledge.procedures.limits import Limit, limits_of, own_deadlines
from knowledge.procedures.procedure import Procedure, SubmitWay, Term, TermUnit

WAYS: Final = {
    SubmitWay.ONLINE: "trực tuyến",
    SubmitWay.IN_PERSON: "trực tiếp",
    SubmitWay.POST: "qua bưu chính công ích",
}
_UNITS: Final = {
    TermUnit.WORKING_DAY: "ngày làm việc",
    TermUnit.DAY: "ngày",
    TermUnit.MONTH: "tháng",
    TermUnit.HOUR: "giờ",
}
_DISPUTED: Final = (
    "Nguồn còn ghi mốc khác cho từng bước hoặc trường hợp, xin hỏi nơi tiếp nhận mốc của mình."
)


def told(procedure: Procedure) -> str:
    """Tell each term of the office and the citizen's own deadline."""
    limits = limits_of(procedure)
    if not limits:
        return "\n".join([f"Thời hạn giải quyết: {common.NOT_SAID}.", *deadline(procedure)])
    lines = ["Thời hạn giải quyết:", *(f"- {_line(limit)}" for limit in limits)]
    lines += [_DISPUTED] if any(limit.is_disputed for limit in limits) else []
    return "\n".join([*lines, *deadline(procedure)])


def in_short(procedure: Procedure) -> str:
    """Tell the terms alone."""
    limits = limits_of(procedure)
    terms = " hoặc ".join(dict.fromkeys(length(limit.term) for limit in limits))
    more = any(limit.is_disputed or not limit.term.runs_from_reception for limit in limits)
    return (terms or common.NOT_SAID) + (" (còn tùy, xem phần thời hạn)" if more else "")


def deadline(procedure: Procedure) -> list[str]:
    """Say by when a citizen must hand in, in the words of the source; often nothing."""
    return [f"Ông/Bà phải nộp đúng lúc: {one}" for one in own_deadlines(procedure)]


def length(term: Term) -> str:
    """Write a term: 05 ngày làm việc."""
    return f"{term.duration:02d} {_UNITS[term.unit]}"


def _line(limit: Limit) -> str:
    ways = ", ".join(WAYS[way] for way in limit.ways)
    note = f". Lưu ý: {limit.note}" if limit.note else ""
    return f"{length(limit.term)} (nộp {ways}){note}"
