"""What is said when fees are reckoned for a citizen's own case.

Every figure is one of the catalogue, or a product or sum of such; what is unknown is said to be.
"""

from datetime import date, datetime
from typing import Final

from handlers.messages import Choice
from handlers.texts import common
from handlers.texts.fees import KINDS, source_of, unknown, words_of
from knowledge.fees.bill import Totals
from knowledge.fees.case import Case
from knowledge.fees.lines import Line
from knowledge.fees.quantities import MOST
from knowledge.fees.reckoning import Reckoning
from knowledge.procedures.procedure import FeeKind, Procedure, ProcedureCode

WHICH_CASE: Final = "Mức thu khác nhau theo trường hợp. Trường hợp của Ông/Bà là gì?"
COMMAND: Final = "/phi"
_OFFERED: Final = 5  # quantities
_TIMES: Final = " nhân "  # a word, so that it reads well aloud
_LABEL: Final = 150  # letters on a button


def command(
    code: ProcedureCode, alternative: int | None = None, quantity: int | None = None
) -> str:
    """Write what a tap sends to reckon: `/phi 1.014642 a0 n3`."""
    words = [COMMAND, code]
    words += [] if alternative is None else [f"a{alternative}"]
    words += [] if quantity is None else [f"n{quantity}"]
    return " ".join(words)


def my_case(code: ProcedureCode, alternative: int | None = None) -> Choice:
    """Offer to reckon; whoever told the line already need not tell it again."""
    return Choice("Tính phí cho trường hợp của tôi", command(code, alternative))


def other_quantity(procedure: Procedure, case: Case) -> tuple[Choice, ...]:
    """Offer to reckon the same line with another quantity, where one was reckoned with."""
    if case.quantity is None or case.alternative is None:
        return ()
    return (Choice("Tính với số lượng khác", command(procedure.code, case.alternative)),)


def quantities(code: ProcedureCode, alternative: int | None) -> tuple[Choice, ...]:
    """Offer the quantities that are asked for most; any other can be typed."""
    some = (Choice(str(one), command(code, alternative, one)) for one in range(1, _OFFERED + 1))
    return (*some, common.CANCEL)


def can_reckon(procedure: Procedure) -> bool:
    """Say whether there is any amount to reckon with."""
    return any(fee.amount for fee in procedure.fees)


def how_many(unit: str) -> str:
    """Ask for the quantity."""
    return f"Bao nhiêu {unit}? Xin chọn, hoặc gõ con số."


def how_many_again(unit: str) -> str:
    """Ask once more, where what was said is no number to reckon with."""
    return (
        f"Trợ lý chỉ tính được khi biết chắc số {unit}: một số nguyên, từ 1 đến "
        f"{common.number(MOST)}. {how_many(unit)}"
    )


def unclear_quantity(said: str, unit: str) -> str:
    """Say that words named no quantity, so that nothing was reckoned."""
    return (
        f"«{said}» chưa cho biết chắc số {unit}, nên trợ lý chưa tính. Bao nhiêu {unit}? Xin viết "
        f"một số nguyên, ví dụ: «3 {unit}»."
    )


def line_label(line: Line) -> str:
    """Name a line by its words, short enough for a button."""
    words = line.fee.words or KINDS[line.fee.kind]
    return words if len(words) <= _LABEL else words[: _LABEL - 1].rsplit(" ", 1)[0] + "…"


def sum_up(reckoning: Reckoning, today: datetime) -> str:
    """Tell the lines, the sums of phí and lệ phí apart, and what is announced or relieved."""
    told = [f"Tính theo mức thu ngày {today:%d/%m/%Y}:"]
    told += [f"- {_line(line)}" for line in reckoning.lines]
    told += _sums(reckoning.lines, reckoning.totals)
    if reckoning.unsaid:
        told.append("Nguồn không nói rõ phải nộp khoản nào ở trên, nên trợ lý không cộng lại.")
    if reckoning.unknown:
        told.append(unknown([line.reading for line in reckoning.unknown]))
    return "\n".join([*told, *_changes(reckoning), *_terms(reckoning)])


def sums(reckoning: Reckoning) -> str:
    """Tell only what the lines come to, where they themselves were told; often nothing."""
    changes = _changes(reckoning)
    due = [line for line in reckoning.lines if line.amount]
    told = _sums(reckoning.lines, reckoning.totals) if changes or len(due) > 1 else []
    return "\n".join([*told, *changes])


def _changes(reckoning: Reckoning) -> list[str]:
    """Tell what VNeID relieves today, and what is announced for a later day."""
    told: list[str] = []
    if reckoning.vneid is not None:
        until = _day(reckoning.vneid.until)
        sums = _sums(reckoning.vneid.lines, reckoning.vneid.totals)
        told += [f"Nếu nộp trên ứng dụng VNeID, đến hết ngày {until}:", *sums]
    if reckoning.later is not None:
        sums = _sums(reckoning.later.lines, reckoning.later.totals)
        told += [f"Từ ngày {_day(reckoning.later.since)}:", *sums]
    return told


def _line(line: Line) -> str:
    words = words_of(line.fee) or KINDS[line.fee.kind].capitalize()
    return f"{words}{_product(line)}{source_of(line.fee)}"


def _product(line: Line) -> str:
    if line.amount is None or line.unit_amount is None:
        return ": chưa có số tiền chắc chắn" if line.amount is None else ""
    factors = [str(line.quantity)] if line.quantity is not None else []
    factors += [common.money(line.unit_amount), *(f"{percent}%" for percent in line.percents)]
    if len(factors) == 1:
        return f": {common.money(line.amount)}" if line.amount else ""
    return f": {_TIMES.join(factors)} = {common.money(line.amount)}"


def _sums(lines: tuple[Line, ...], totals: Totals) -> list[str]:
    told: list[str] = []
    for kind, total in ((FeeKind.FEE, totals.fee), (FeeKind.CHARGE, totals.charge)):
        if total is not None and any(line.fee.kind is kind for line in lines):
            told.append(f"Cộng {KINDS[kind]}: {common.money(total) if total else 'không thu'}.")
    return told


def _terms(reckoning: Reckoning) -> list[str]:
    sources = dict.fromkeys(
        term.fee.legal_source for term in reckoning.terms if term.fee.legal_source
    )
    return [f"Giảm theo: {', '.join(sources)}."] if sources else []


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"
