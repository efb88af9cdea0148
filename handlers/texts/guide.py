"""What is said while somebody who cannot name the procedure is led to it."""

from collections.abc import Sequence
from typing import Final

from handlers.messages import Choice
from handlers.texts import asking_back
from knowledge.operations import Operation
from knowledge.procedures.procedure import Procedure

START: Final = Choice("Chọn theo lĩnh vực", "/lv")
OTHER_FIELD: Final = Choice("Lĩnh vực khác", "/lv")
MORE: Final = "Xem thêm"

WHICH_FIELD: Final = "Việc của Ông/Bà thuộc lĩnh vực nào?"
NOTHING_HERE: Final = "Không còn thủ tục nào trong mục này."
PURPOSES: Final = {
    Operation.ISSUE: "Làm mới, xin lần đầu",
    Operation.RENEW: "Gia hạn, sắp hết hạn",
    Operation.AMEND: "Sửa đổi, bổ sung, thay đổi",
    Operation.LOST: "Cấp lại vì mất, hỏng",
    Operation.END: "Trả lại, chấm dứt, thanh lý",
    Operation.SETTLE: "Nhờ giải quyết tranh chấp",
}


def what_for(field: str) -> str:
    """Ask what is to be done."""
    return f"{field}: Ông/Bà cần làm gì?"


def within(words: str, field: str) -> str:
    """Say to which field a single word belongs, and ask what is to be done."""
    return f"«{words}» thuộc lĩnh vực {field}. Ông/Bà cần làm gì?"


def purposes(number: int, listed: Sequence[Procedure]) -> tuple[Choice, ...]:
    """Offer what can be done in the field of that *number*, whose procedures are *listed*."""
    choices = [
        Choice(label, f"/lv {number} {operation}")
        for operation, label in PURPOSES.items()
        if any(operation in one.operations for one in listed)
    ]
    return (*choices, OTHER_FIELD)


def which_procedure(shown: tuple[Procedure, ...], count: int) -> str:
    """Ask for the procedure, naming what all of those shown share."""
    about = asking_back.shared_words(shown)
    named = f" về «{about}»" if about else ""
    return f"Có {count} thủ tục{named}. Ông/Bà cần việc nào?"
