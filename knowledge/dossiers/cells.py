"""What the cells of a dossier list mean: a status, a moment, a procedure code."""

import re
from datetime import datetime
from typing import Final

from knowledge.clock import VIET_NAM
from knowledge.dossiers.dossier import LABELS, Status
from knowledge.text import fold

# Provincial software has fifteen to twenty states of its own. These say plainly which of the ten
# they are; "Hoàn thành" or "Trả lại" do not, so they are not here.
_OWN_WORDS: Final = {
    "Chờ tiếp nhận": Status.REGISTERED,
    "Mới tiếp nhận": Status.ACCEPTED,
    "Đã tiếp nhận": Status.ACCEPTED,
    "Từ chối tiếp nhận": Status.NOT_ACCEPTED,
    "Đang giải quyết": Status.IN_PROGRESS,
    "Đang thẩm định": Status.IN_PROGRESS,
    "Chờ ký duyệt": Status.IN_PROGRESS,
    "Trình ký": Status.IN_PROGRESS,
    "Chờ thực hiện liên thông": Status.IN_PROGRESS,
    "Chờ bổ sung": Status.SUPPLEMENT_NEEDED,
    "Yêu cầu bổ sung": Status.SUPPLEMENT_NEEDED,
    "Chờ bổ sung giấy tờ": Status.SUPPLEMENT_NEEDED,
    "Chờ thanh toán": Status.PAYMENT_DUE,
    "Chờ nộp phí, lệ phí": Status.PAYMENT_DUE,
    "Đã rút hồ sơ": Status.WITHDRAWN,
    "Dừng giải quyết": Status.STOPPED,
    "Đã có kết quả": Status.FINISHED,
    "Chờ trả kết quả": Status.FINISHED,
}
_BY_NUMBER: Final = {str(int(status)): status for status in Status}
_BY_LABEL: Final = {fold(label): status for status, label in LABELS.items()}
_BY_OWN_WORDS: Final = {fold(words): status for words, status in _OWN_WORDS.items()}

_COMPACT: Final = re.compile(r"\d{14}")  # as the synchronisation writes: yyyymmddhhmmss
_ISO: Final = re.compile(r"\d{4}-\d{2}-\d{2}(?:[ T]\d{2}:\d{2}\S*)?")
_WRITTEN: Final = (
    "%d/%m/%Y",
    "%d/%m/%Y %H:%M",
    "%d/%m/%Y %H:%M:%S",
    "%H:%M %d/%m/%Y",
    "%H:%M:%S %d/%m/%Y",
)
_YEARS: Final = range(2000, 2100)  # another year is a slip of the pen
_PROCEDURE_DECIMALS: Final = 6  # spreadsheets cut the noughts off 1.004950


def read_status(text: str) -> Status | None:
    """Read one of the ten statuses: its number, its label, or words that plainly say the same."""
    folded = fold(text)
    return _BY_NUMBER.get(folded.lstrip("0")) or _BY_LABEL.get(folded) or _BY_OWN_WORDS.get(folded)


def own_words(text: str) -> str | None:
    """Keep the words of a handling system that has a state of its own."""
    return text if fold(text) in _BY_OWN_WORDS else None


def read_moment(value: datetime | str) -> datetime | None:
    """Read a moment in Viet Nam's time; midnight stands for a day without an hour."""
    moment = _written(value) if isinstance(value, str) else value
    if moment is None or moment.year not in _YEARS:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=VIET_NAM)


def read_procedure_code(value: float | str) -> str:
    """Give a procedure's code; one that a spreadsheet took for a number is restored."""
    return value if isinstance(value, str) else f"{value:.{_PROCEDURE_DECIMALS}f}"


def _written(text: str) -> datetime | None:
    if _COMPACT.fullmatch(text):
        return _parsed(text, "%Y%m%d%H%M%S")
    if _ISO.fullmatch(text):
        return _iso(text)
    return next(filter(None, (_parsed(text, form) for form in _WRITTEN)), None)


def _iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _parsed(text: str, form: str) -> datetime | None:
    try:
        return datetime.strptime(text, form).replace(tzinfo=VIET_NAM)
    except ValueError:
        return None
