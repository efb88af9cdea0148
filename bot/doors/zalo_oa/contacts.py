"""Who may be written to: the window opens when a citizen writes and closes by itself."""

from contextlib import suppress
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, delete, or_
from sqlmodel.ext.asyncio.session import AsyncSession

from knowledge.store.tables import ZaloContactRow

FREE: Final = timedelta(hours=48)
OPEN: Final = timedelta(days=7)
KEPT: Final = OPEN + timedelta(days=1)  # after that, knowing nothing says the same


class Window(StrEnum):
    """What Zalo lets us do in a chat now."""

    FREE = "free"
    COUNTED = "counted"
    """Within seven days, but counted against the package, or paid for."""
    CLOSED = "closed"
    LEFT = "left"
    """The citizen follows no longer and has not written since."""


class Contacts:
    """The windows of all chats, within one transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def heard(self, chat: str, at: datetime) -> bool:
        """Note that a citizen wrote; say whether we may answer, or an officer does."""
        row = await self._row(chat)
        row.wrote_at, row.left_at = at, None
        return row.paused_until is None or row.paused_until <= at

    async def left(self, chat: str, at: datetime) -> None:
        """Note that a citizen wants no more of us."""
        (await self._row(chat)).left_at = at

    async def pause(self, chat: str, until: datetime) -> None:
        """Leave the chat to an officer."""
        (await self._row(chat)).paused_until = until

    async def last_wrote(self, chat: str) -> datetime | None:
        """Tell when the citizen last wrote; None: not for more than a week."""
        row = await self._session.get(ZaloContactRow, chat)
        return None if row is None else row.wrote_at

    async def window(self, chat: str, now: datetime) -> Window:
        """Say whether we may write to a chat *now*."""
        row = await self._session.get(ZaloContactRow, chat)
        if row is not None and row.left_at is not None:
            return Window.LEFT
        if row is None or row.wrote_at is None or now - row.wrote_at > OPEN:
            return Window.CLOSED
        return Window.FREE if now - row.wrote_at <= FREE else Window.COUNTED

    async def forget_before(self, moment: datetime) -> None:
        """Delete whoever has not written since *moment*, and is spoken to by no officer."""
        wrote, paused = col(ZaloContactRow.wrote_at), col(ZaloContactRow.paused_until)
        await self._session.exec(
            delete(ZaloContactRow).where(
                or_(wrote.is_(None), wrote < moment), or_(paused.is_(None), paused < moment)
            )
        )

    async def _row(self, chat: str) -> ZaloContactRow:
        with suppress(IntegrityError):  # another replica may have added it a moment ago
            async with self._session.begin_nested():
                if await self._session.get(ZaloContactRow, chat) is None:
                    self._session.add(ZaloContactRow(chat=chat))
        return await self._session.get_one(ZaloContactRow, chat)
