"""What is said of fees: the lines of the source, and what they come to in a citizen's own case.

Every figure is one of the catalogue, or a product or sum of such; what is unknown is said to be.
"""

import re
from datetime import date, datetime
from typing import Final

from handlers.messages import Choice
from handlers.texts import common
from knowledge.fees.bill import Totals
from knowledge.fees.columns import columns_of
from knowledge.fees.lines import Line
from knowledge.fees.reckoning import Reckoning
from knowledge.procedures.procedure import Fee, FeeKind, Procedure, ProcedureCode

WHICH_CASE: Final = "Mức thu khác nhau theo trường hợp. Trường hợp của Ông/Bà là gì?"
_TIMES: Final = " nhân "  # a word, so that it reads well aloud
_LABEL: Final = 150  # letters on a button
_OF_THE_PORTAL: Final = "Cổng "
_PAIR: Final = 2
_FIGURES: Final = re.compile(r"\d ?%|\d đồng")
_IN_WORDS: Final = "tính theo tỷ lệ hoặc trường hợp, xem phần phí"
_REMARK: Final = re.compile(r" \(cổng [^)]*\)")
_UNKNOWN: Final = (
    "Khoản chưa có số tiền thì trợ lý không tính thay: xin hỏi nơi tiếp nhận; chưa có không phải "
    "là miễn phí."
)
_KINDS: Final = {FeeKind.FEE: "phí", FeeKind.CHARGE: "lệ phí"}


def told(procedure: Procedure) -> str:
    """Tell every line of money in the words of the source."""
    if not procedure.fees:
        return f"Phí, lệ phí: {common.NOT_SAID}. Chưa có thông tin không có nghĩa là miễn phí."
    lines = ["Phí, lệ phí:", *(f"- {_fee(fee)}" for fee in procedure.fees)]
    if all(fee.amount is None for fee in procedure.fees) and not _tells_figures(procedure):
        lines.append(
            "Dữ liệu chưa có số tiền. Như vậy không có nghĩa là miễn phí: "
            "xin hỏi nơi tiếp nhận trước khi nộp."
        )
    elif any(one.fee.amount is None for column in columns_of(procedure) for one in column.charges):
        lines.append(_UNKNOWN)
    return "\n".join(lines)


def _fee(fee: Fee) -> str:
    kind = "Phí" if fee.kind is FeeKind.FEE else "Lệ phí"
    told = [_amount(fee.amount)] if fee.amount is not None else []
    told += [_words(fee)] if fee.words else []
    return f"{kind}: {'. '.join(told) or 'chưa có số tiền'}{_source(fee)}"


def _source(fee: Fee) -> str:
    """Cite the circular, without what its keepers noted of the portal behind it."""
    source = _REMARK.sub("", fee.legal_source or "")
    return f" (căn cứ {source})" if source else ""


def _words(fee: Fee) -> str:
    """Give the words of the source; those on the portal's 0 are not to be read as free."""
    words = fee.words or ""
    silent = fee.amount is None and words.startswith(_OF_THE_PORTAL)
    return f"chưa có số tiền ({words})" if silent else words


def _amount(amount: int) -> str:
    return common.money(amount) if amount else "không thu"


def in_short(procedure: Procedure) -> str:
    """Tell each kind by itself: a fee and a charge may both be due, so they share no range."""
    if all(fee.amount is None for fee in procedure.fees):
        return _IN_WORDS if _tells_figures(procedure) else "chưa có số tiền trong dữ liệu"
    by_kind = {
        kind: [fee.amount for fee in procedure.fees if fee.kind is kind] for kind in FeeKind
    }
    return "; ".join(f"{kind} {_amounts(some)}" for kind, some in by_kind.items() if some)


def _tells_figures(procedure: Procedure) -> bool:
    """Say whether the words hold figures of money, though no line has one amount."""
    return any(_FIGURES.search(fee.words or "") for fee in procedure.fees)


def _amounts(amounts: list[int | None]) -> str:
    """Sum up the lines of one kind, of which some may add up and some exclude each other."""
    due = sorted(amount for amount in amounts if amount)
    if not due:
        return _nothing_due(amounts)
    least, most = common.money(due[0]), common.money(due[-1])
    if least != most and len(set(due)) == _PAIR:
        return f"{least} hoặc {most}, tùy khoản và trường hợp"
    if least != most:
        return f"từ {least} đến {most}, tùy khoản và trường hợp"
    if len(due) > 1:
        return f"{least} cho mỗi khoản hoặc trường hợp"
    return least + (" (còn khoản tùy trường hợp)" if len(amounts) > 1 else "")


def _nothing_due(amounts: list[int | None]) -> str:
    if 0 not in amounts:
        return "chưa có số tiền"
    return "tùy trường hợp" if None in amounts else "không thu"


def my_case(code: ProcedureCode) -> Choice:
    """Offer to reckon."""
    return Choice("Tính phí cho trường hợp của tôi", f"/phi {code}")


def can_reckon(procedure: Procedure) -> bool:
    """Say whether there is any amount to reckon with."""
    return any(fee.amount for fee in procedure.fees)


def how_many(unit: str) -> str:
    """Ask for the quantity."""
    return f"Bao nhiêu {unit}? Xin chọn, hoặc gõ con số."


def line_label(line: Line) -> str:
    """Name a line by its words, short enough for a button."""
    words = line.fee.words or _KINDS[line.fee.kind]
    return words if len(words) <= _LABEL else words[: _LABEL - 1].rsplit(" ", 1)[0] + "…"


def sum_up(reckoning: Reckoning, today: datetime) -> str:
    """Tell the lines, the sums of phí and lệ phí apart, and what is announced or relieved."""
    told = [f"Tính theo mức thu ngày {today:%d/%m/%Y}:"]
    told += [f"- {_line(line)}" for line in reckoning.lines]
    told += _sums(reckoning.lines, reckoning.totals)
    if reckoning.unsaid:
        told.append("Nguồn không nói rõ phải nộp khoản nào ở trên, nên trợ lý không cộng lại.")
    if reckoning.unknown:
        told.append(_UNKNOWN)
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
    words = line.fee.words or _KINDS[line.fee.kind].capitalize()
    return f"{words}{_product(line)}{_source(line.fee)}"


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
            told.append(f"Cộng {_KINDS[kind]}: {common.money(total) if total else 'không thu'}.")
    return told


def _terms(reckoning: Reckoning) -> list[str]:
    sources = dict.fromkeys(
        term.fee.legal_source for term in reckoning.terms if term.fee.legal_source
    )
    return [f"Giảm theo: {', '.join(sources)}."] if sources else []


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"
