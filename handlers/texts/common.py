"""Sentences that belong to no single flow: welcome, help, limits, trouble, contact."""

from datetime import datetime
from typing import Final

from babel.numbers import format_decimal

from handlers.desk import OfficeCard
from handlers.messages import Choice, Kind
from knowledge.clock import VIET_NAM

PORTAL: Final = "https://dichvucong.gov.vn"
NOT_SAID: Final = "nguồn dữ liệu không ghi, xin hỏi nơi tiếp nhận trước khi nộp"

FIND_PROCEDURE: Final = Choice("Hỏi về thủ tục", "/thutuc")
FIND_DOSSIER: Final = Choice("Tra cứu hồ sơ", "/hoso")
GIVE_FEEDBACK: Final = Choice("Phản ánh, kiến nghị", "/gopy")
CONTACT: Final = Choice("Gặp cán bộ", "/lienhe")
CANCEL: Final = Choice("Thôi, không làm nữa", "/huy")
MENU: Final = (FIND_PROCEDURE, FIND_DOSSIER, GIVE_FEEDBACK, CONTACT)

TROUBLE: Final = (
    "Xin lỗi Ông/Bà, hệ thống đang trục trặc nên chưa trả lời được tin vừa rồi. "
    "Xin gửi lại sau ít phút."
)
EMPTY: Final = "Tin nhắn chưa có chữ nào. Ông/Bà cần hỏi gì, xin viết một câu ngắn."
UNREADABLE: Final = (
    "Trợ lý chỉ đọc được chữ, chưa đọc được ảnh, tệp, ghi âm hay nhãn dán. "
    "Xin Ông/Bà viết bằng chữ giúp."
)
ATTACHING: Final = (
    "Muốn gửi ảnh hay tệp làm bằng chứng, xin chọn «Phản ánh, kiến nghị» trước, rồi gửi lại."
)
INSTEAD_OF_WORDS: Final[dict[Kind, str]] = {
    "edited": (
        "Trợ lý không biết Ông/Bà sửa chỗ nào của tin trước. Xin gửi lại cả câu thành một tin mới."
    ),
    "picture": (
        "Trợ lý chưa đọc được ảnh. Nếu là ảnh giấy hẹn, xin gõ mã hồ sơ in trên giấy; nếu là việc "
        "khác, xin viết bằng chữ giúp. Xin không gửi ảnh căn cước. "
        f"{ATTACHING}"
    ),
    "file": (f"Trợ lý chưa đọc được tệp. Xin Ông/Bà viết việc cần hỏi bằng chữ giúp. {ATTACHING}"),
    "voice": "Trợ lý chưa nghe được ghi âm. Xin Ông/Bà viết bằng chữ giúp, ngắn cũng được.",
    "sticker": "Trợ lý đã nhận nhãn dán. Ông/Bà cần hỏi gì, xin cứ viết ạ.",
    "place": (
        "Trợ lý không dùng vị trí của Ông/Bà. Muốn biết nơi nộp hồ sơ, xin viết tên việc cần làm."
    ),
    "contact": "Trợ lý không giữ danh thiếp. Ông/Bà cần hỏi gì, xin viết bằng chữ giúp.",
    "unreadable": UNREADABLE,
}
BARE_NUMBER: Final = (
    "Trợ lý không biết con số này để làm gì. Nếu là mã hồ sơ, xin gửi đủ cả mã trên giấy hẹn; "
    "nếu không, xin viết việc cần hỏi. Xin không gửi số căn cước."
)
CANCELLED: Final = "Đã dừng. Ông/Bà cần gì nữa không ạ?"
UNKNOWN_COMMAND: Final = "Trợ lý không hiểu lệnh này. Ông/Bà cứ hỏi bằng lời thường ạ."
ASK_QUESTION: Final = (
    "Ông/Bà muốn hỏi thủ tục nào? Xin viết một câu ngắn, có dấu hay không dấu đều được. "
    "Ví dụ: «giấy phép bưu chính trong tỉnh cần giấy tờ gì», «máy X-quang gia hạn giấy phép»."
)
THANKS: Final = "Cảm ơn Ông/Bà. Khi cần, xin cứ nhắn lại."
ASSENT: Final = "Vâng ạ. Ông/Bà cần hỏi thêm gì, xin cứ nhắn."
GOODBYE: Final = "Chào Ông/Bà. Khi cần, xin cứ nhắn lại."
MACHINE: Final = (
    "Đây là trợ lý tự động (máy), không phải cán bộ. Trợ lý chỉ trả lời theo dữ liệu thủ tục "
    "đã được nhập; câu trả lời để tham khảo, quyết định thuộc về cơ quan giải quyết."
)


NO_MONEY: Final = (
    "Cán bộ không được nhận khoản tiền hay quà nào ngoài phí, lệ phí ghi trong thủ tục. "
    "Ông/Bà không cần đưa thêm gì để hồ sơ được giải quyết. Nếu có người gợi ý hoặc đòi đưa thêm, "
    "xin chọn «Phản ánh, kiến nghị» để báo cho cơ quan."
)
NO_MAIL: Final = (
    "Cơ quan chưa nhập địa chỉ thư điện tử (e-mail) vào trợ lý này. Xin liên hệ theo cách sau."
)
NO_NEWS: Final = (
    "Trợ lý chưa tự báo tin khi hồ sơ có thay đổi. Muốn biết hồ sơ đến đâu, xin gửi mã hồ sơ ghi "
    "trên giấy hẹn; Ông/Bà hỏi lúc nào cũng được, ngay tại đây."
)


def too_long(limit: int) -> str:
    """Ask for fewer words."""
    return (
        f"Tin nhắn dài quá {number(limit)} chữ cái nên trợ lý không đọc hết được. "
        "Xin Ông/Bà viết ngắn lại, mỗi lần một việc."
    )


def welcome(card: OfficeCard) -> str:
    """Say who speaks, what for, what is kept and for how long (Luật 91/2025/QH15 Đ.4)."""
    return (
        f"Chào Ông/Bà. Đây là trợ lý tự động (máy, không phải cán bộ) của {card.name}.\n\n"
        "Trợ lý giúp Ông/Bà: hỏi thủ tục (giấy tờ, phí, thời hạn, nơi nộp), "
        "tra cứu hồ sơ theo mã, gửi phản ánh, kiến nghị.\n\n"
        f"Tin nhắn được lưu {card.keep_days} ngày để trả lời liền mạch rồi tự xóa; số điện thoại "
        "và số giấy tờ trong tin hỏi được che đi. Riêng phản ánh, kiến nghị đã gửi, cùng tên, "
        "cách liên hệ và tệp kèm theo, được giữ trong sổ để cơ quan giải quyết. "
        "Xin không gửi số căn cước, mật khẩu hay mã OTP."
    )


def abuse(card: OfficeCard) -> str:
    """Stay calm and short; lead to a complaint, or to people."""
    return (
        "Trợ lý xin lỗi vì chưa giúp được Ông/Bà. Nếu chưa hài lòng, xin chọn «Phản ánh, kiến "
        "nghị» để cơ quan xem xét; nếu cần hỏi việc, xin nói rõ việc gì, hoặc gặp cán bộ."
        f"\n\n{contact(card)}"
    )


def privacy(card: OfficeCard) -> str:
    """Say what is kept of a talk, for how long, who reads it, and how it is deleted."""
    return (
        f"Tin nhắn được lưu trong hệ thống của {card.name} {card.keep_days} ngày để trả lời liền "
        "mạch rồi tự xóa; số điện thoại, số giấy tờ và số thẻ trong tin hỏi được che đi. "
        "Riêng phản ánh, kiến nghị đã gửi, cùng tên, cách liên hệ và tệp kèm theo, được giữ trong "
        "sổ để cán bộ đọc và giải quyết.\n\n"
        "Tin hỏi do máy đọc và trả lời; người quản trị kênh (như trang Zalo của cơ quan) cũng có "
        "thể đọc. Zalo, Telegram giữ tin theo quy định của họ.\n\n"
        "Trợ lý chưa có lệnh xóa tin. Muốn xóa sớm hơn, xin đề nghị với cơ quan, nói rõ đã nhắn "
        "ở kênh nào, ngày nào."
    )


def help_text(card: OfficeCard) -> str:
    """Say what can be done here, with examples."""
    return (
        "Ông/Bà có thể:\n"
        "- Hỏi thủ tục bằng lời thường, ví dụ: «mất giấy phép bưu chính thì làm sao».\n"
        "- Gửi mã hồ sơ ghi trên giấy hẹn để biết hồ sơ đến đâu.\n"
        "- Lập danh sách giấy tờ, đánh dấu dần, hỏi «còn thiếu gì».\n"
        "- Gửi phản ánh, kiến nghị và nhận mã theo dõi.\n"
        "- Viết «nối kênh» để xem cùng danh sách trên Zalo, Telegram và trang web.\n"
        "- Viết /dehieu để nghe lời dễ hiểu hơn.\n"
        "- Viết «hủy» để dừng việc đang làm.\n\n"
        f"{MACHINE}\n\n{contact(card)}"
    )


def contact(card: OfficeCard, now: str = "") -> str:
    """Say where people are to be met; only what the office has told us; *now*: if it is open."""
    told = "\n".join(filter(None, (whereabouts(card), now))) or (
        "Cơ quan chưa nhập địa chỉ và số điện thoại vào trợ lý này. Ông/Bà có thể đến "
        "Trung tâm Phục vụ hành chính công của tỉnh hoặc của xã, phường."
    )
    return f"Gặp cán bộ: {card.name}.\n{told}\nCổng Dịch vụ công quốc gia: {PORTAL}"


def whereabouts(card: OfficeCard) -> str:
    """Say where the office is and when; nothing where it has told us nothing."""
    lines = [f"Địa chỉ: {card.address}."] if card.address else []
    lines += [f"Điện thoại: {card.telephone}."] if card.telephone else []
    lines += [f"Giờ làm việc: {card.hours}."] if card.hours else []
    return "\n".join(lines)


def day(moment: datetime) -> str:
    """Write a day as people here do: 21/11/2026."""
    return f"{moment.astimezone(VIET_NAM):%d/%m/%Y}"


def hour_and_day(moment: datetime) -> str:
    """Write a moment: 10 giờ 56, ngày 13/03/2026; midnight means that only the day is known."""
    local = moment.astimezone(VIET_NAM)
    if (local.hour, local.minute) == (0, 0):
        return f"ngày {day(moment)}"
    return f"{local.hour} giờ {local.minute:02d}, ngày {day(moment)}"


def number(value: int) -> str:
    """Write a whole number with points between thousands."""
    return f"{value:,}".replace(",", ".")


def money(amount: int) -> str:
    """Write an amount of đồng: 5.000.000 đồng."""
    return f"{format_decimal(amount, locale='vi')} đồng"
