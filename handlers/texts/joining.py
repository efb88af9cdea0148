"""What is said when a citizen joins the chats of several channels, or parts them again."""

from typing import Final

from handlers.messages import Choice
from knowledge.people import LASTS, JoinCode

JOIN: Final = Choice("Nối với kênh khác", "/noikenh")
SEPARATE: Final = Choice("Tách kênh này ra", "/tachkenh")
JOINED: Final = (
    "Đã nối hai kênh. Từ giờ danh sách giấy tờ của Ông/Bà xem được ở cả hai kênh. Muốn tách ra, "
    "xin viết «tách kênh» ở một trong hai kênh."
)
NOT_HELD: Final = (
    "Mã nối kênh này không còn hiệu lực: mã chỉ dùng một lần, ở kênh khác, trong ít phút. Xin lấy "
    "mã mới."
)
SEPARATED: Final = "Đã tách kênh này ra. Danh sách giấy tờ của kênh nào ở lại kênh đó."
ALONE: Final = "Kênh này chưa nối với kênh nào."


def code(drawn: JoinCode) -> str:
    """Give the code and say what it does."""
    minutes = int(LASTS.total_seconds() // 60)
    return (
        f"Mã nối kênh: {drawn}. Trong {minutes} phút, Ông/Bà mở kênh khác của mình (Zalo, "
        "Telegram hoặc trang web) và gửi mã này vào đó. Xin không đưa mã cho người khác: ai gửi "
        "mã sẽ xem được danh sách giấy tờ của Ông/Bà."
    )
