"""A dossier as a citizen may see it, and the ten statuses of the national synchronisation."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Final, Protocol

from knowledge.dossiers.code import DossierCode


class Status(IntEnum):
    """The statuses that handling systems report to the National Public Service Portal."""

    REGISTERED = 1
    ACCEPTED = 2
    NOT_ACCEPTED = 3
    IN_PROGRESS = 4
    SUPPLEMENT_NEEDED = 5
    PAYMENT_DUE = 6
    WITHDRAWN = 7
    STOPPED = 8
    FINISHED = 9
    RETURNED = 10

    @property
    def label(self) -> str:
        """Give the exact official words."""
        return LABELS[self]


LABELS: Final = {
    Status.REGISTERED: "Mới đăng ký",
    Status.ACCEPTED: "Được tiếp nhận",
    Status.NOT_ACCEPTED: "Không được tiếp nhận",
    Status.IN_PROGRESS: "Đang xử lý",
    Status.SUPPLEMENT_NEEDED: "Yêu cầu bổ sung giấy tờ",
    Status.PAYMENT_DUE: "Yêu cầu thực hiện nghĩa vụ tài chính",
    Status.WITHDRAWN: "Công dân yêu cầu rút hồ sơ",
    Status.STOPPED: "Dừng xử lý",
    Status.FINISHED: "Đã xử lý xong",
    Status.RETURNED: "Đã trả kết quả",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """One dossier; the owner's name is masked before it gets here."""

    code: DossierCode
    procedure_name: str
    status: Status
    procedure_code: str | None = None
    owner_masked: str | None = None
    source_status: str | None = None
    received_at: datetime | None = None
    due_at: datetime | None = None
    returned_at: datetime | None = None
    agency: str | None = None
    note: str | None = None
    invented: bool = False
    """A sample for visitors, not a real dossier."""


class Dossiers(Protocol):
    """Where dossiers are looked up."""

    async def find(self, code: DossierCode) -> Dossier | None:
        """Return the dossier that bears *code*, or None where there is none.

        Raises:
            KnowledgeError: whether it exists cannot be told now.
        """


_WORD: Final = re.compile(r"\w+")


def mask_name(name: str) -> str:
    """Keep the family name and the initials of the rest: NGUYỄN VĂN AN → NGUYỄN V*** A***."""
    first, *rest = _WORD.findall(name) or [""]
    if not rest:
        return f"{first[:1]}***" if first else ""
    return " ".join([first, *(f"{word[0]}***" for word in rest)])
