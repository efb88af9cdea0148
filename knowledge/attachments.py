"""Files that citizens attach to feedback: kept with the draft, handed in with the feedback."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from sqlalchemy import ColumnElement
from sqlmodel import col, delete, func, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from knowledge.feedback import FeedbackCode
from knowledge.file_kinds import FileKind, kind_of, safe_name
from knowledge.store.tables import AttachmentRow

MEGABYTE: Final = 1024 * 1024


class Unfit(StrEnum):
    """Why a file is not kept."""

    OF_NO_KIND = "of_no_kind"
    TOO_LARGE = "too_large"
    TOO_MANY = "too_many"
    TOO_MUCH = "too_much"
    """It is small enough, but not together with those before it."""
    NO_ROOM = "no_room"
    """So much came from everybody within a day that it looks like an attack on the disk."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentLimits:
    """How much one feedback may carry, and all that came within a day."""

    files: int = 5
    file_bytes: int = 10 * MEGABYTE
    all_bytes: int = 25 * MEGABYTE
    day_bytes: int = 1000 * MEGABYTE


DEFAULT_LIMITS: Final = AttachmentLimits()


@dataclass(frozen=True, slots=True)
class Load:
    """How many files a draft or a feedback carries, and how much they weigh together."""

    files: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file as it was sent, byte by byte; its sender's name for it is cleaned."""

    kind: FileKind
    name: str = field(repr=False)
    content: bytes = field(repr=False)


class Attachments:
    """The files of all feedback, within one transaction."""

    def __init__(self, session: AsyncSession, limits: AttachmentLimits = DEFAULT_LIMITS) -> None:
        self._session = session
        self.limits = limits

    async def keep(
        self, channel: str, chat: str, content: bytes, name: str, at: datetime
    ) -> Unfit | None:
        """Keep a file with the draft of a chat, or say why not."""
        kind = kind_of(content)
        if kind is None:
            return Unfit.OF_NO_KIND
        carried = await self.carried(channel, chat)
        if len(content) > self.limits.file_bytes:
            return Unfit.TOO_LARGE
        if carried.files >= self.limits.files:
            return Unfit.TOO_MANY
        if carried.bytes + len(content) > self.limits.all_bytes:
            return Unfit.TOO_MUCH
        if await self._came_since(at - timedelta(days=1)) + len(content) > self.limits.day_bytes:
            return Unfit.NO_ROOM
        self._session.add(
            AttachmentRow(
                channel=channel,
                chat=chat,
                kind=kind,
                name=safe_name(name),
                size=len(content),
                content=content,
                received_at=at,
            )
        )
        return None

    async def carried(self, channel: str, chat: str) -> Load:
        """Say what the draft of a chat carries."""
        query = select(func.count(), func.coalesce(func.sum(AttachmentRow.size), 0))
        files, weight = (await self._session.exec(query.where(*_draft(channel, chat)))).one()
        return Load(files, weight)

    async def _came_since(self, moment: datetime) -> int:
        """Weigh what everybody sent after *moment*, in drafts and handed in."""
        weight = select(func.coalesce(func.sum(AttachmentRow.size), 0))
        return (
            await self._session.exec(weight.where(col(AttachmentRow.received_at) > moment))
        ).one()

    async def hand_in(self, channel: str, chat: str, code: FeedbackCode) -> None:
        """Let what the draft of a chat carries belong to the feedback that it has become."""
        handed_in = update(AttachmentRow).where(*_draft(channel, chat))
        await self._session.exec(handed_in.values(feedback_code=code))

    async def drop(self, channel: str, chat: str) -> None:
        """Delete what the draft of a chat carries."""
        await self._session.exec(delete(AttachmentRow).where(*_draft(channel, chat)))

    async def of(self, code: FeedbackCode) -> AsyncIterator[Attachment]:
        """Give the files of a feedback, in the order in which they came, one at a time."""
        mine = select(AttachmentRow.id).where(AttachmentRow.feedback_code == code)
        for number in list(await self._session.exec(mine.order_by(col(AttachmentRow.id)))):
            row = await self._session.get_one(AttachmentRow, number)
            yield Attachment(FileKind(row.kind), row.name, row.content)
            self._session.expunge(row)

    async def forget_drafts_before(self, moment: datetime) -> None:
        """Delete what was attached before *moment* to feedback that was never sent."""
        never_sent = (
            col(AttachmentRow.feedback_code).is_(None),
            col(AttachmentRow.received_at) < moment,
        )
        await self._session.exec(delete(AttachmentRow).where(*never_sent))


def _draft(channel: str, chat: str) -> tuple[ColumnElement[bool], ...]:
    return (
        col(AttachmentRow.channel) == channel,
        col(AttachmentRow.chat) == chat,
        col(AttachmentRow.feedback_code).is_(None),
    )
