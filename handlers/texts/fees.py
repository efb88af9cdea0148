"""What is said of fees: each line of the source in its words, and all of them in short."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from handlers.texts import common
from knowledge.fees.columns import Column, Relation, columns_of
from knowledge.fees.rules import PercentOfOther, PerUnit, Reading
from knowledge.procedures.procedure import Fee, FeeKind, Procedure
from knowledge.text import fold

_OF_THE_PORTAL: Final = "Cổng "
_AT_THE_START: Final = "Cổng ghi "
_BY_ITS_NAME: Final = "Cổng Dịch vụ công quốc gia ghi "
_PAIR: Final = 2
_FIGURES: Final = re.compile(r"\d ?%|\d đồng")
_MONEY: Final = re.compile(r"\d đồng")
_DIGIT: Final = re.compile(r"\d")
_ZERO: Final = re.compile(r"\b0\b")
_NOTHING_DUE: Final = re.compile(r"\b[Kk]hông\b")
_SHORT: Final = 140  # letters of a rule that an overview still holds
_NONE: Final = "chưa có số tiền"
_PORTAL_ZERO: Final = (
    "Cổng Dịch vụ công quốc gia ghi số 0, không nói rõ là miễn hay chưa có số tiền"
)
_NOT_SURE: Final = "chưa có số tiền chắc chắn"
_REMARK: Final = re.compile(r" \(cổng [^)]*\)")
UNKNOWN: Final = (
    "Khoản chưa có số tiền thì trợ lý không tính thay: xin hỏi nơi tiếp nhận; chưa có không phải "
    "là miễn phí."
)
SHARE_OF_UNKNOWN: Final = (
    "Khoản này tính theo mức phí thẩm định cấp mới, mà dữ liệu của trợ lý không có số tiền của "
    "mức ấy, nên chưa biết là bao nhiêu đồng. Xin hỏi nơi tiếp nhận trước khi nộp; chưa có số "
    "tiền không phải là miễn phí."
)
NO_RELIEF: Final = (
    "Dữ liệu của trợ lý không nêu trường hợp nào được giảm hay miễn phí, lệ phí của thủ tục này. "
    "Muốn chắc chắn, xin hỏi nơi tiếp nhận."
)
_RELIEFS: Final = "Có. Dữ liệu nêu các mức thấp hơn sau, mỗi dòng cho trường hợp ghi ở đó:"
KINDS: Final = {FeeKind.FEE: "phí", FeeKind.CHARGE: "lệ phí"}


def told(procedure: Procedure) -> str:
    """Tell every line of money in the words of the source."""
    if not procedure.fees:
        return f"Phí, lệ phí: {common.NOT_SAID}. Chưa có thông tin không có nghĩa là miễn phí."
    charges = [one for column in columns_of(procedure) for one in column.charges]
    lines = ["Phí, lệ phí:", *(f"- {_fee(fee)}" for fee in procedure.fees)]
    if all(fee.amount is None for fee in procedure.fees) and not _tells_figures(procedure):
        lines.append(
            "Dữ liệu chưa có số tiền. Như vậy không có nghĩa là miễn phí: "
            "xin hỏi nơi tiếp nhận trước khi nộp."
        )
    elif any(_lacks_a_sum(one.fee) for one in charges):
        lines.append(unknown([one for one in charges if _lacks_a_sum(one.fee)]))
    return "\n".join(lines)


def reliefs(found: Sequence[Fee]) -> str:
    """Answer whether anything makes the fee less, before all its lines are told."""
    if not found:
        return NO_RELIEF
    return "\n".join([_RELIEFS, *(f"- {_fee(fee)}" for fee in found)])


def unknown(lacking: Iterable[Reading]) -> str:
    """Say of lines without an amount why no sum can be told, and whom to ask."""
    shares = all(isinstance(one.rule, PercentOfOther) for one in lacking)
    return SHARE_OF_UNKNOWN if shares else UNKNOWN


def _lacks_a_sum(fee: Fee) -> bool:
    """Say whether neither the line nor its words tell what is to be paid."""
    return fee.amount is None and _MONEY.search(fee.words or "") is None


def _fee(fee: Fee) -> str:
    kind = "Phí" if fee.kind is FeeKind.FEE else "Lệ phí"
    words = words_of(fee)
    if words and (fee.amount is None or _says(words, fee.amount)):
        named = words if fold(words).startswith(fold(kind)) else _headed(kind, words)
        return named + source_of(fee)
    if fee.amount and fold(words).startswith(fold(kind)) and not _DIGIT.search(words):
        return f"{words}: {_amount(fee.amount)}{source_of(fee)}"
    told = [_amount(fee.amount)] if fee.amount is not None else []
    return f"{kind}: {'. '.join([*told, *([words] if words else [])]) or _NONE}{source_of(fee)}"


def _headed(kind: str, words: str) -> str:
    """Put the kind before words, which may have a head of their own: "Phí, đăng ký lần đầu: …"."""
    if ": " not in words or words.startswith(_OF_THE_PORTAL):
        return f"{kind}: {words}"
    return f"{kind}, {words[:1].lower()}{words[1:]}"


def _says(words: str, amount: int) -> bool:
    """Say whether *words* tell the amount themselves, so that it need not stand twice."""
    return common.money(amount) in words if amount else _NOTHING_DUE.search(words) is not None


def source_of(fee: Fee) -> str:
    """Cite the circular, without what its keepers noted of the portal behind it."""
    source = _REMARK.sub("", fee.legal_source or "")
    return f" (căn cứ {source})" if source else ""


def words_of(fee: Fee) -> str:
    """Give the words of the source; what its keepers noted of the portal is told in ours."""
    words = fee.words or ""
    if fee.amount is None and words.startswith(_OF_THE_PORTAL):
        return _PORTAL_ZERO if _ZERO.search(words) else _NOT_SURE
    return _REMARK.sub("", words).replace(_AT_THE_START, _BY_ITS_NAME)


def _amount(amount: int) -> str:
    return common.money(amount) if amount else "không thu"


def in_short(procedure: Procedure) -> str:
    """Tell each kind by itself: a fee and a charge may both be due, so they share no range."""
    columns = columns_of(procedure)
    if not columns or (not _tells_figures(procedure) and _unknown(procedure.fees)):
        return "chưa có số tiền trong dữ liệu"
    return "; ".join(_short(KINDS[one.kind], _column_in_short(one)) for one in columns)


def _short(kind: str, told: str) -> str:
    return _headed(kind, told) if ": " in told else f"{kind} {told[:1].lower()}{told[1:]}"


def _unknown(fees: Iterable[Fee]) -> bool:
    return all(fee.amount is None for fee in fees)


def _column_in_short(column: Column) -> str:
    relief = " (có mức giảm, xem phần phí)" if column.reliefs else ""
    if _unknown(one.fee for one in column.charges):
        return _in_words([one.fee.words or "" for one in column.charges])
    amounts = [one.fee.amount for one in column.charges]
    match column.relation:
        case Relation.SUM if None not in amounts:
            return _sum_in_short(column) + relief
        case Relation.CHOICE:
            return _amounts(amounts).replace("tùy khoản và trường hợp", "tùy trường hợp") + relief
        case _:
            return _amounts(amounts) + relief


def _sum_in_short(column: Column) -> str:
    total = sum(one.fee.amount or 0 for one in column.charges)
    units = [one.rule.unit for one in column.charges if isinstance(one.rule, PerUnit)]
    if len(column.charges) == 1:
        return _amount(total) + (f" mỗi {units[0]}" if units else "")
    if units:
        return _amounts([one.fee.amount for one in column.charges])
    return f"{_amount(total)}, cộng {len(column.charges)} khoản"


def _in_words(words: list[str]) -> str:
    telling = [one for one in words if _FIGURES.search(one)]
    if not telling:
        return "chưa có số tiền"
    short = len(telling) == 1 and len(telling[0]) <= _SHORT
    return telling[0] if short else "tính theo tỷ lệ, xem phần phí"


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
