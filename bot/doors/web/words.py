"""What this door itself says to people; everything else is the conversation's."""

from typing import Final

NOT_UNDERSTOOD: Final = "Yêu cầu này không đọc được."
NOT_JSON: Final = "Cần gửi JSON, với Content-Type là application/json."
NOT_A_MESSAGE: Final = (
    'Cần JSON dạng {"id": "…", "text": "…"}: id dài 8 đến 64 ký tự, text là lời muốn hỏi.'
)
NOT_A_FORM: Final = "Không đọc được biểu mẫu này. Xin mở lại trang và gửi lại."
TOO_MUCH: Final = "Tin nhắn dài quá. Xin Ông/Bà viết ngắn lại, mỗi lần một việc."
NO_FILE: Final = "Xin chọn một tệp trước khi gửi."
TOO_SLOW: Final = "Tệp gửi lên lâu quá nên chưa nhận được. Xin gửi lại, hoặc gửi bản nhỏ hơn."
OLD_FORM: Final = (
    "Trang này đã mở từ phiên trước nên chưa gửi được. Xin mở lại trang và gửi lại; "
    "nếu vẫn không được, xin cho phép trang dùng cookie."
)
BY_STATUS: Final = {
    403: "Trang này không mở được.",
    404: "Không có trang này.",
    405: "Trang này không nhận cách gửi như vậy.",
    413: TOO_MUCH,
}


def too_fast(seconds: int) -> str:
    """Ask for a little patience."""
    return f"Ông/Bà gửi hơi nhanh nên trợ lý chưa kịp đọc. Xin chờ {seconds} giây rồi gửi lại."
