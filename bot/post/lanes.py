"""The lanes: what waits in the inbox is answered, chats side by side, one chat in its order."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from typing import Final

from bot.post.inbox import Inbox, Waiting, claim_next, close
from bot.post.outbox import push
from bot.post.parcel import Priority
from handlers.conversation import Conversation, apology
from handlers.messages import Reply
from knowledge.store.store import Transaction, is_outage

log = logging.getLogger(__name__)

Typing = Callable[[str], Awaitable[None]]
"""Shows in a chat that we are at work; what fails there fails unnoticed."""

_WIDTH: Final = 2  # turns at once, where the database lets more than one write: they share a core
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
            for _ in range(_WIDTH if self._conversation.office.store.shared else 1):
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
        waiting: Waiting | None = None
        office = self._conversation.office
        try:
            async with office.store.transaction() as session:
                waiting = await claim_next(session)
                if waiting is None:
                    return False
                async with self._at_work(waiting, group):
                    desk = office.desk_over(session)
                    turn = await self._conversation.turn_at(desk, waiting.read())
                await self._answer(session, waiting, turn.reply)
        except Exception as error:
            if waiting is None or is_outage(error):
                raise
            # In a transaction of its own, for the turn's is undone.
            async with office.store.transaction() as session:
                await self._answer(session, waiting, apology(waiting.channel, error))
        self._answered(waiting.channel)
        return True

    async def _answer(self, session: Transaction, waiting: Waiting, reply: Reply) -> None:
        now = self._conversation.office.now()
        if await close(session, waiting, now):
            await push(
                session,
                channel=waiting.channel,
                chat=waiting.chat,
                reply=reply,
                key=waiting.name,
                at=now,
                priority=Priority.REPLY,
            )

    @asynccontextmanager
    async def _at_work(self, waiting: Waiting, group: asyncio.TaskGroup) -> AsyncGenerator[None]:
        sign = group.create_task(self._show(waiting))
        try:
            yield
        finally:
            sign.cancel()

    async def _show(self, waiting: Waiting) -> None:
        typing = self._typing.get(waiting.channel)
        if typing is not None:
            await asyncio.sleep(_BEFORE_TYPING)
            with suppress(Exception):  # a sign that fails is no reason to stop working
                await typing(waiting.chat)
