"""Feedback (phản ánh, kiến nghị): its kinds, its tracking code, and where it is kept."""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, NewType

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from knowledge.short_codes import ALPHABET, LENGTH, SEPARATORS, Choose, tail
from knowledge.store.tables import FeedbackRow
from knowledge.text import clean

FeedbackCode = NewType("FeedbackCode", str)

_CODE: Final = re.compile(
    rf"(?<![0-9A-Z])PA{SEPARATORS}(\d{{6}}){SEPARATORS}([{ALPHABET}]{{{LENGTH}}})(?![0-9A-Z])"
)
_FRAGMENT: Final = re.compile(rf"(?<![0-9A-Z])PA{SEPARATORS}\d{{4,}}")


class FeedbackKind(StrEnum):
    """What feedback is about (NĐ 20/2008/NĐ-CP Đ.5)."""

    CONDUCT = "conduct"
    """Hành vi hành chính: delay, harassment, not doing or wrongly doing."""
    REGULATION = "regulation"
    """Quy định hành chính: a rule or procedure itself, or a proposal about it."""


class FeedbackStatus(StrEnum):
    """How far the handling is (NĐ 20/2008/NĐ-CP Đ.9)."""

    RECEIVED = "received"
    CLASSIFIED = "classified"
    TRANSFERRED = "transferred"
    ANSWERED = "answered"
    PUBLISHED = "published"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """What a citizen reported or proposed; name and contact as the law asks (Đ.7)."""

    code: FeedbackCode
    kind: FeedbackKind
    content: str
    name: str
    contact: str
    received_at: datetime
    status: FeedbackStatus = FeedbackStatus.RECEIVED


class FeedbackBook:
    """The book of feedback (sổ tiếp nhận), within one transaction."""

    def __init__(self, session: AsyncSession, choose: Choose = secrets.choice) -> None:
        self._session = session
        self._choose = choose

    async def new_code(self, day: datetime) -> FeedbackCode:
        """Draw a tracking code that nothing bears yet."""
        while True:
            code = FeedbackCode(f"PA-{day:%y%m%d}-{tail(self._choose)}")
            if await self._session.get(FeedbackRow, code) is None:
                return code

    async def enter(self, feedback: Feedback, channel: str, chat: str) -> None:
        """Enter *feedback* in the book, with the chat to which the answer will go."""
        self._session.add(
            FeedbackRow(
                code=feedback.code,
                kind=feedback.kind,
                content=feedback.content,
                name=feedback.name,
                contact=feedback.contact,
                status=feedback.status,
                received_at=feedback.received_at,
                channel=channel,
                chat=chat,
            )
        )

    async def last_of(self, channel: str, chat: str) -> FeedbackCode | None:
        """Return the code of what this chat sent last, or None."""
        query = (
            select(FeedbackRow.code)
            .where(col(FeedbackRow.channel) == channel, col(FeedbackRow.chat) == chat)
            .order_by(col(FeedbackRow.received_at).desc())
            .limit(1)
        )
        code = (await self._session.exec(query)).first()
        return None if code is None else FeedbackCode(code)

    async def find(self, code: FeedbackCode) -> Feedback | None:
        """Return the feedback that bears *code*, or None."""
        row = await self._session.get(FeedbackRow, code)
        if row is None:
            return None
        return Feedback(
            code=FeedbackCode(row.code),
            kind=FeedbackKind(row.kind),
            content=row.content,
            name=row.name,
            contact=row.contact,
            received_at=row.received_at,
            status=FeedbackStatus(row.status),
        )


def find_feedback_code(text: str) -> FeedbackCode | None:
    """Return the tracking code that *text* holds, whatever its case and separators, or None."""
    found = _CODE.search(clean(text).upper())
    return FeedbackCode(f"PA-{found[1]}-{found[2]}") if found else None


def looks_like_feedback_code(text: str) -> bool:
    """Say whether *text* seems to hold a tracking code that cannot be read."""
    return _FRAGMENT.search(clean(text).upper()) is not None
