"""When a result is to be expected, and whether the office is open: estimates, said to be such."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from handlers.desk import OfficeCard
from handlers.texts import common
from knowledge.calendar.hours import Closed, Open
from knowledge.calendar.said import Fault, UnusableDay
from knowledge.calendar.terms import Due
from knowledge.calendar.working_days import MissingYear
from knowledge.clock import VIET_NAM

_WEEKDAYS: Final = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_ESTIMATE: Final = (
    "Đây là ngày ước tính, tính từ khi hồ sơ đầy đủ, hợp lệ, được tiếp nhận và đã nộp phí, lệ phí "
    "(nếu có); ngày chính thức ghi trên giấy tiếp nhận hồ sơ và hẹn trả kết quả."
)
_FAULTS: Final = {
    Fault.UNCLEAR: "chưa rõ là ngày nào",
    Fault.LUNAR: "là ngày theo âm lịch, trợ lý chưa rõ là ngày nào dương lịch",
    Fault.NO_SUCH: "là ngày không có trong lịch",
    Fault.PAST: "là ngày đã qua",
    Fault.FAR: "còn hơn một năm nữa, chưa có lịch nghỉ đến lúc đó",
}
AFTER_A_CALL: Final = (
    "Thời hạn này tính từ ngày hết hạn nộp hồ sơ theo thông báo, nên trợ lý không tính được ngày "
    "có kết quả từ hôm nay."
)


def expected(handed_in: date, today: date, told: Sequence[tuple[str, Due | MissingYear]]) -> str:
    """Tell, for each term, when the result of a dossier handed in that day is to be expected."""
    when = f"hôm nay ({_day(today)})" if handed_in == today else _day(handed_in)
    lines = [f"Nếu nộp hồ sơ {when}:"]
    starts = {due.counted_from.date() for _, due in told if isinstance(due, Due)} - {handed_in}
    lines += [f"Hôm đó cơ quan không làm việc, nên tính từ {_day(min(starts))}."] if starts else []
    lines += [f"- {term}: {_when(due)}" for term, due in told]
    provisional = [due for _, due in told if isinstance(due, Due) and due.provisional]
    lines.append(_ESTIMATE)
    if provisional:
        lines.append(
            f"Lịch nghỉ năm {provisional[0].day.year} chưa được nhập theo thông báo chính thức, "
            "nên ngày này có thể thay đổi."
        )
    return "\n".join(lines)


def unusable(day: UnusableDay) -> str:
    """Say why nothing is reckoned from a day, and how to name another."""
    return (
        f"«{day.said}» {_FAULTS[day.fault]}, nên trợ lý tính từ hôm nay. Muốn tính từ ngày khác, "
        "xin viết rõ ngày, ví dụ: «nộp thứ 2 tuần sau», «nộp ngày 15/12»."
    )


def whereabouts(card: OfficeCard, state: Open | Closed | MissingYear | None) -> str:
    """Tell where the office is and whether it is open now, as far as it has told us."""
    now = "" if state is None else opening(state)
    return "\n".join(filter(None, (common.whereabouts(card), now)))


def contact(card: OfficeCard, state: Open | Closed | MissingYear | None) -> str:
    """Tell where people are to be met, and whether they are there now."""
    return common.contact(card, "" if state is None else opening(state))


def opening(state: Open | Closed | MissingYear) -> str:
    """Tell whether the office is open now; nothing where the calendar does not know."""
    match state:
        case Open(until=until):
            return f"Bây giờ cơ quan đang mở cửa, đến {_clock(until)}."
        case Closed(opens_at=datetime() as opens_at, holiday=holiday):
            why = f" (nghỉ {holiday})" if holiday else ""
            when = f"{_clock(opens_at)}, {_day(opens_at.date())}"
            return f"Bây giờ cơ quan đang đóng cửa{why}. Mở lại lúc {when}."
        case Closed() | MissingYear():
            return ""


def _when(due: Due | MissingYear) -> str:
    match due:
        case MissingYear(year=year):
            return f"trợ lý chưa có lịch nghỉ năm {year} nên không tính được ngày hẹn"
        case Due(day=day, clock=None):
            return f"dự kiến hết {_day(day)}"
        case Due():
            return f"dự kiến trước {_clock(due.end)}, {_day(due.day)}"


def _day(day: date) -> str:
    return f"{_WEEKDAYS[day.weekday()]}, ngày {day:%d/%m/%Y}"


def _clock(moment: datetime) -> str:
    local = moment.astimezone(VIET_NAM)
    return f"{local.hour} giờ {local.minute:02d}"
