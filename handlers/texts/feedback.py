"""What is said while feedback is taken, and about feedback taken before."""

from typing import Final

from handlers.desk import OfficeCard
from handlers.messages import Choice, Kind, Why
from handlers.states import ConfirmingFeedback
from handlers.texts import common
from knowledge.attachments import MEGABYTE, AttachmentLimits, Unfit
from knowledge.feedback import Feedback, FeedbackCode, FeedbackKind, FeedbackStatus

ABOUT_CONDUCT: Final = Choice("Việc làm của cán bộ, cơ quan", "hành vi")
ABOUT_REGULATION: Final = Choice("Quy định, thủ tục", "quy định")
CHECK_EARLIER: Final = Choice("Xem phản ánh đã gửi", "/magopy")
SEND: Final = Choice("Gửi đi", "gửi")
REWRITE: Final = Choice("Viết lại", "/gopy")
DROP_FILES: Final = Choice("Bỏ các tệp kèm", "bỏ tệp")

KIND_NAMES: Final = {
    FeedbackKind.CONDUCT: "hành vi hành chính (việc làm của cán bộ, cơ quan)",
    FeedbackKind.REGULATION: "quy định hành chính (quy định, thủ tục)",
}
ASK_KIND: Final = (
    "Ông/Bà muốn phản ánh, kiến nghị về điều gì?\n"
    "- Việc làm của cán bộ, cơ quan: chậm trễ, gây phiền hà, không làm hoặc làm sai.\n"
    "- Quy định, thủ tục: chưa hợp lý, chồng chéo, hoặc muốn đề xuất cách làm tốt hơn.\n\n"
    "Khiếu nại và tố cáo là việc khác, theo luật riêng: trợ lý không nhận được, xin gửi đơn "
    "hoặc đến nơi tiếp công dân của cơ quan."
)
ASK_KIND_AGAIN: Final = "Xin Ông/Bà chọn một trong hai loại: việc làm của cán bộ, hay quy định."
KEPT_ALREADY: Final = "Trợ lý đã ghi lại lời kể của Ông/Bà"
ASK_CONTENT: Final = (
    "Xin kể rõ sự việc: việc gì, ở đâu, khi nào, Ông/Bà mong được giải quyết thế nào. "
    "Viết trong một tin, bằng tiếng Việt.\n\n"
    "Có ảnh, tệp PDF hoặc Word làm bằng chứng thì Ông/Bà gửi kèm vào đây, trước khi bấm "
    "«Gửi đi». Xin không gửi ảnh căn cước."
)
ASK_NAME: Final = (
    "Xin cho biết họ và tên. Theo Nghị định 20/2008/NĐ-CP (Điều 7), phản ánh, kiến nghị phải có "
    "tên, địa chỉ, số điện thoại (hoặc địa chỉ thư) của người gửi thì cơ quan mới xử lý được. "
    "Tên không bị công khai."
)
ASK_CONTACT: Final = (
    "Xin cho địa chỉ và số điện thoại (hoặc địa chỉ thư) trong một tin, để cơ quan trả lời."
)
CONTACT_TOO_SHORT: Final = (
    "Địa chỉ, số điện thoại này ngắn quá, cơ quan khó trả lời được. Xin ghi đủ giúp."
)
CONTENT_TOO_SHORT: Final = "Nội dung ngắn quá, cơ quan khó hiểu sự việc. Xin kể thêm giúp."
NAME_TOO_SHORT: Final = "Xin ghi đủ họ và tên giúp."
HOW_TO_CHOOSE_KIND: Final = (
    "Chưa chọn loại thì trợ lý chưa gửi được; lời kể của Ông/Bà vẫn được giữ. Xin trả lời «1» nếu "
    "là việc làm của cán bộ, cơ quan; «2» nếu là quy định, thủ tục; «hủy» nếu không gửi nữa."
)
ANOTHER_CODE: Final = "Đây là phản ánh gửi gần nhất từ đây. Muốn xem phản ánh khác, xin gửi mã."
STILL_OPEN: Final = (
    "Phản ánh của Ông/Bà đang viết dở, chưa gửi. Xin trả lời tiếp câu hỏi trước, hoặc viết «hủy»."
)
PRESS_A_CHOICE: Final = "Xin chọn «Gửi đi», «Viết lại» hoặc «Thôi, không làm nữa»."
ASK_CODE: Final = "Xin gửi mã theo dõi đã nhận khi gửi phản ánh, dạng như PA-261121-7K3M9Q."
CODE_UNREADABLE: Final = (
    "Trợ lý không đọc được mã theo dõi trong tin này. Mã có dạng như PA-261121-7K3M9Q."
)
FILE_SENT: Final = "[tệp gửi kèm]"
_TAKEN_KINDS: Final = "ảnh (JPEG, PNG, WebP, HEIC), PDF và Word (.docx)"
_NOT_A_KIND: Final = (
    f"Phản ánh chỉ kèm được {_TAKEN_KINDS}, chưa kèm được video, ghi âm và loại tệp khác. "
    "Xin Ông/Bà viết tiếp bằng chữ, hoặc gửi loại tệp kèm được."
)
INSTEAD_OF_FILES: Final[dict[Kind, str]] = {
    "file": _NOT_A_KIND,
    "voice": _NOT_A_KIND,
    # Zalo Bot does not say what it could not carry.
    "unreadable": (
        "Trợ lý không nhận được tin này. Nếu là tệp PDF hay Word, xin Ông/Bà chụp ảnh từng trang "
        "rồi gửi ảnh; hoặc xin viết tiếp bằng chữ."
    ),
}
SEND_FILE_AGAIN: Final = "Tệp vừa gửi chưa được kèm: xin gửi lại tệp ngay tại đây."
# After a file, so that nobody thinks it was the answer.
NEXT: Final = {
    "awaiting_feedback_kind": ASK_KIND_AGAIN,
    "awaiting_feedback_content": "Bây giờ xin kể rõ sự việc bằng chữ, trong một tin.",
    "awaiting_feedback_name": "Tiếp theo, xin cho biết họ và tên.",
    "awaiting_feedback_contact": "Tiếp theo, xin cho địa chỉ và số điện thoại (hoặc địa chỉ thư).",
}
_STATUS: Final = {
    FeedbackStatus.RECEIVED: "đã vào sổ, đang chờ cán bộ xem và phân loại",
    FeedbackStatus.CLASSIFIED: "đã phân loại, đang được xem xét",
    FeedbackStatus.TRANSFERRED: "đã chuyển đến cơ quan có thẩm quyền",
    FeedbackStatus.ANSWERED: "đã có trả lời",
    FeedbackStatus.PUBLISHED: "đã trả lời và công khai kết quả",
    FeedbackStatus.REFUSED: "không được tiếp nhận; cơ quan sẽ nêu lý do",
}


def name_needed(card: OfficeCard) -> str:
    """Say kindly why nothing goes on without a name, that nothing is lost, and what else helps."""
    return (
        "Trợ lý hiểu Ông/Bà ngại nêu tên. Nhưng theo Nghị định 20/2008/NĐ-CP (Điều 7), phản ánh, "
        "kiến nghị không có tên, địa chỉ người gửi thì cơ quan không xử lý được, nên trợ lý không "
        "đưa vào sổ. Tên không bị công khai.\n\n"
        "Lời kể vẫn được giữ ở đây: Ông/Bà viết họ và tên để gửi tiếp, hoặc viết «hủy» để thôi. "
        f"Không muốn nêu tên ở đây thì có thể gọi hoặc đến cơ quan.\n\n{common.contact(card)}"
    )


def told_early(content: str) -> str:
    """Say that *content*, told before it was asked for, is not lost, and ask for the kind."""
    return f"{KEPT_ALREADY}:\n«{content}»\n\n{ASK_KIND_AGAIN}"


def ask_kind(files: int) -> str:
    """Ask what it is about; say that *files* of a draft before stay with it."""
    kept = f"\n\n{files} tệp đã gửi vẫn được kèm theo." if files else ""
    return f"{ASK_KIND}{kept}"


def files_kept(files: int, limits: AttachmentLimits) -> str:
    """Say that a file is there; evidence is kept untouched, so say what it may tell."""
    first = (
        " Tệp được giữ nguyên như Ông/Bà gửi, kể cả nơi và giờ chụp nếu trong ảnh có ghi."
        if files == 1
        else ""
    )
    return f"Đã nhận tệp. Phản ánh đang kèm {files} tệp (nhiều nhất {limits.files}).{first}"


def not_kept(why: Unfit | Why, limits: AttachmentLimits) -> str:
    """Say why a file was not kept, and what can be done."""
    match why:
        case Unfit.OF_NO_KIND:
            return f"Tệp này không kèm được: chỉ nhận {_TAKEN_KINDS}."
        case Unfit.TOO_LARGE | Why.TOO_LARGE:
            most = _megabytes(limits.file_bytes)
            return f"Tệp lớn quá {most} nên không kèm được. Xin gửi bản nhỏ hơn."
        case Unfit.TOO_MANY:
            return f"Phản ánh đã đủ {limits.files} tệp nên tệp này không kèm thêm được."
        case Unfit.TOO_MUCH:
            most = _megabytes(limits.all_bytes)
            return f"Các tệp kèm cộng lại quá {most} nên tệp này không kèm thêm được."
        case Unfit.NO_ROOM:
            return (
                "Hôm nay hệ thống đã nhận quá nhiều tệp nên tạm chưa nhận thêm. Ông/Bà vẫn gửi "
                "được phản ánh không kèm tệp, hoặc gửi tệp vào ngày mai."
            )
        case Why.OUT_OF_REACH:
            return (
                "Trợ lý chưa tải được tệp, có lẽ do đường truyền. Xin gửi lại tệp, hoặc cứ "
                "viết tiếp mà không kèm."
            )


def _megabytes(size: int) -> str:
    return f"{size // MEGABYTE} MB"


def confirm(draft: ConfirmingFeedback, files: int = 0) -> str:
    """Read the draft back before it is sent."""
    carried = f"- Tệp kèm theo: {files}\n" if files else ""
    return (
        "Xin Ông/Bà xem lại:\n"
        f"- Về: {KIND_NAMES[draft.about]}\n"
        f"- Nội dung: {draft.content}\n"
        f"- Người gửi: {draft.name}\n"
        f"- Liên hệ: {draft.contact}\n"
        f"{carried}\n"
        "Gửi đi chứ ạ?"
    )


def kept(code: FeedbackCode, files: int = 0) -> str:
    """Give the tracking code."""
    carried = f", kèm {files} tệp" if files else ""
    return (
        f"Đã vào sổ{carried}. Mã theo dõi: {code}\n"
        "Xin giữ mã này; gửi lại mã cho trợ lý bất cứ lúc nào để biết phản ánh đến đâu. "
        "Cảm ơn Ông/Bà đã góp ý."
    )


def status(feedback: Feedback) -> str:
    """Say how far feedback is; neither name nor content is shown to whoever has the code."""
    return (
        f"Phản ánh {feedback.code}: {_STATUS[feedback.status]}.\n"
        f"Về: {KIND_NAMES[feedback.kind]}\n"
        f"Nhận lúc: {common.hour_and_day(feedback.received_at)}"
    )


def not_found(code: FeedbackCode) -> str:
    """Say that nothing bears this tracking code."""
    return f"Không thấy phản ánh nào mang mã {code}. Xin xem lại mã đã nhận khi gửi."
