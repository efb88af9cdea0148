"""The lanes: what waits in the inbox is answered, chats side by side, one chat in its order."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Final

from bot.post.inbox import Inbox, claim_next, close, read
from bot.post.outbox import Priority, push
from handlers.conversation import Conversation, apology
from handlers.messages import Reply
from knowledge.store.store import Transaction, is_outage
from knowledge.store.tables import InboxRow

log = logging.getLogger(__name__)

Typing = Callable[[str], Awaitable[None]]
"""Shows in a chat that we are at work; what fails there fails unnoticed."""

_WIDTH: Final = 4  # turns at once; they are short, and most of each is our own reckoning
_IDLE: Final = 2.0  # seconds until we look whether a dead replica left something
_BEFORE_TYPING: Final = 0.3  # a quicker answer needs no sign that we are at work


class Lanes:
    """Turns messages into replies; each turn is one commit, or it never was."""

    def __init__(
        self,
        conversation: Conversation,
        inbox: Inbox,
        answered: Callable[[str], None],
        typing: Mapping[str, Typing],
    ) -> None:
        self._conversation = conversation
        self._inbox = inbox
        self._answered = answered
        self._typing = typing

    async def work(self) -> None:
        """Answer until the alarm is over; a turn that has begun is ended."""
        async with asyncio.TaskGroup() as group:
            for _ in range(_WIDTH):
                group.create_task(self._work(group))

    async def _work(self, group: asyncio.TaskGroup) -> None:
        while not self._inbox.alarm.over:
            try:
                more = await self._answer_next(group)
            except Exception as error:  # noqa: BLE001 - without a database there is only tomorrow
                log.error("the lanes stand still: %s", type(error).__name__)  # noqa: TRY400
                more = False
            if not more:
                await self._inbox.alarm.rest(_IDLE)

    async def _answer_next(self, group: asyncio.TaskGroup) -> bool:
        row: InboxRow | None = None
        office = self._conversation.office
        try:
            async with office.store.transaction() as session:
                row = await claim_next(session)
                if row is None:
                    return False
                async with self._at_work(row, group):
                    turn = await self._conversation.turn_at(office.desk_over(session), read(row))
                await self._finish(session, row, turn.reply)
        except Exception as error:
            if row is None or is_outage(error):
                raise
            await self._apologize(row, apology(row.channel, error))
        self._answered(row.channel)
        return True

    async def _apologize(self, row: InboxRow, reply: Reply) -> None:
        """Answer in a transaction of its own, for the turn's is undone."""
        async with self._conversation.office.store.transaction() as session:
            again = await session.get_one(InboxRow, row.id, with_for_update=True)
            if again.done_at is None:
                await self._finish(session, again, reply)

    async def _finish(self, session: Transaction, row: InboxRow, reply: Reply) -> None:
        now = self._conversation.office.now()
        await push(
            session,
            channel=row.channel,
            chat=row.chat,
            reply=reply,
            key=f"{row.bot} {row.external_id}",
            at=now,
            priority=Priority.REPLY,
        )
        close(row, now)

    @asynccontextmanager
    async def _at_work(self, row: InboxRow, group: asyncio.TaskGroup) -> AsyncGenerator[None]:
        sign = group.create_task(self._show(row))
        try:
            yield
        finally:
            sign.cancel()

    async def _show(self, row: InboxRow) -> None:
        typing = self._typing.get(row.channel)
        if typing is not None:
            await asyncio.sleep(_BEFORE_TYPING)
            await typing(row.chat)
