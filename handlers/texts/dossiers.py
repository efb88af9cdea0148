"""What is said about dossiers: each of the ten statuses in plain words, with the next step."""

from datetime import datetime
from typing import Final

from handlers.desk import OfficeCard
from handlers.texts import common
from knowledge.dossiers.code import DossierCode
from knowledge.dossiers.dossier import Dossier, Status

_EXAMPLE: Final = "H57.132-260804-0583"

ASK_CODE: Final = (
    "Xin Ông/Bà gửi mã hồ sơ. Mã in trên giấy tiếp nhận hồ sơ và hẹn trả kết quả, "
    f"dạng như {_EXAMPLE}. Xin gửi đủ cả mã, chữ thường cũng được."
)
UNREADABLE: Final = (
    "Trợ lý thấy có số giống mã hồ sơ nhưng chưa đủ hoặc chưa đúng, nên không tra được. "
    f"Mã đủ gồm: mã đơn vị, ngày nhận (năm tháng ngày), số thứ tự, dạng như {_EXAMPLE}. "
    "Số biên nhận, mã thủ tục hay số căn cước không phải mã hồ sơ. "
    "Xin xem lại giấy hẹn và gửi đủ cả mã."
)
_MEANINGS: Final = {
    Status.REGISTERED: (
        "Hồ sơ đã gửi qua mạng, chưa được tiếp nhận.",
        (
            "Chờ bộ phận một cửa xem và tiếp nhận hoặc báo sửa đổi, trong 08 giờ làm việc "
            "(Nghị định 118/2025/NĐ-CP, Điều 17)."
        ),
    ),
    Status.ACCEPTED: (
        "Bộ phận một cửa đã nhận hồ sơ; thời hạn giải quyết đã bắt đầu tính.",
        "Chưa phải làm gì, xin chờ đến ngày hẹn.",
    ),
    Status.NOT_ACCEPTED: (
        "Hồ sơ không được tiếp nhận.",
        "Xem lý do trong phiếu từ chối tiếp nhận; sửa cho đủ rồi có thể nộp lại.",
    ),
    Status.IN_PROGRESS: (
        "Đơn vị chuyên môn đang giải quyết hồ sơ.",
        "Chưa phải làm gì, xin chờ đến ngày hẹn.",
    ),
    Status.SUPPLEMENT_NEEDED: (
        "Hồ sơ còn thiếu hoặc cần sửa giấy tờ.",
        (
            "Xem phiếu yêu cầu bổ sung và nộp đủ giấy tờ. Quá 15 ngày không bổ sung thì hồ sơ bị "
            "đóng (Nghị định 118/2025/NĐ-CP, Điều 19)."
        ),
    ),
    Status.PAYMENT_DUE: (
        "Hồ sơ đang chờ nộp phí, lệ phí hoặc nghĩa vụ tài chính khác.",
        (
            "Nộp tiền trên Cổng Dịch vụ công quốc gia hoặc tại nơi tiếp nhận hồ sơ. Trợ lý không "
            "bao giờ gửi số tài khoản qua tin nhắn; ai gửi như vậy, xin Ông/Bà đừng chuyển tiền."
        ),
    ),
    Status.WITHDRAWN: ("Hồ sơ đã rút theo yêu cầu của người nộp.", "Không phải làm gì thêm."),
    Status.STOPPED: (
        "Cơ quan đã dừng giải quyết hồ sơ.",
        "Xem lý do trong thông báo dừng giải quyết, hoặc hỏi nơi tiếp nhận.",
    ),
    Status.FINISHED: (
        "Đã có kết quả.",
        (
            "Mời Ông/Bà đến nơi tiếp nhận để nhận kết quả, nhớ mang giấy hẹn; nếu đã đăng ký nhận "
            "qua bưu chính thì xin chờ bưu chính giao."
        ),
    ),
    Status.RETURNED: ("Kết quả đã được trả.", "Không phải làm gì thêm."),
}
_UNDER_WAY: Final = frozenset(
    {
        Status.REGISTERED,
        Status.ACCEPTED,
        Status.IN_PROGRESS,
        Status.SUPPLEMENT_NEEDED,
        Status.PAYMENT_DUE,
    }
)
_INVENTED: Final = "HỒ SƠ MẪU, bịa ra để dùng thử; không phải hồ sơ thật."


def status_card(dossier: Dossier) -> str:
    """Say where a dossier is, what that means and what to do next."""
    meaning, next_step = _MEANINGS[dossier.status]
    lines = [_INVENTED, ""] if dossier.invented else []
    lines += [
        f"Hồ sơ {dossier.code}",
        f"Tình trạng: {_status(dossier)}. {meaning}",
        f"Việc cần làm: {next_step}",
        "",
        f"Thủ tục: {dossier.procedure_name}",
    ]
    lines += [f"Chủ hồ sơ: {dossier.owner_masked}"] if dossier.owner_masked else []
    lines += [f"Cơ quan: {dossier.agency}"] if dossier.agency else []
    if dossier.received_at:
        lines.append(f"Nhận hồ sơ: {common.hour_and_day(dossier.received_at)}")
    if dossier.due_at:
        lines.append(f"Hẹn trả kết quả: {common.hour_and_day(dossier.due_at)}")
    if dossier.returned_at:
        lines.append(f"Đã trả: {common.hour_and_day(dossier.returned_at)}")
    lines += [f"Ghi chú của cơ quan: {dossier.note}"] if dossier.note else []
    return "\n".join(lines)


def further(dossier: Dossier, card: OfficeCard, now: datetime) -> str:
    """Say of a dossier that was told already when, where and what next; never whose it is."""
    _, next_step = _MEANINGS[dossier.status]
    lines = [
        *([_INVENTED] if dossier.invented else []),
        f"Hồ sơ {dossier.code}: {_status(dossier)}.",
        _when(dossier, now),
        f"Việc cần làm: {next_step}",
        *([f"Cơ quan: {dossier.agency}"] if dossier.agency else []),
        *([f"Ghi chú của cơ quan: {dossier.note}"] if dossier.note else []),
    ]
    return "\n".join([*lines, "", common.contact(card)])


def _when(dossier: Dossier, now: datetime) -> str:
    if dossier.returned_at:
        return f"Kết quả đã trả: {common.hour_and_day(dossier.returned_at)}."
    if not dossier.due_at:
        return "Ngày hẹn trả: dữ liệu không ghi, xin xem trên giấy hẹn hoặc hỏi nơi tiếp nhận."
    due = f"Hẹn trả kết quả: {common.hour_and_day(dossier.due_at)}."
    if now <= dossier.due_at or dossier.status not in _UNDER_WAY:
        return due
    return (
        f"{due} Ngày hẹn đã qua mà dữ liệu chưa ghi có kết quả: xin hỏi nơi tiếp nhận, hoặc gửi "
        "phản ánh."
    )


def not_found(code: DossierCode) -> str:
    """Say that a well-formed code is not among our dossiers, and what may be the reason."""
    return (
        f"Không thấy hồ sơ mang mã {code} trong dữ liệu của trợ lý. Có thể mã ghi nhầm một chữ "
        "số, hồ sơ mới nộp chưa kịp cập nhật, hoặc hồ sơ nộp ở cơ quan khác.\n"
        "Xin xem lại mã trên giấy hẹn, hoặc tra cứu tại Cổng Dịch vụ công quốc gia: "
        f"{common.PORTAL}"
    )


def _status(dossier: Dossier) -> str:
    label = dossier.status.label
    if dossier.source_status and dossier.source_status != label:
        return f"{label} ({dossier.source_status})"
    return label
