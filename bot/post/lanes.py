"""The lanes: what waits in the inbox is answered, chats side by side, one chat in its order."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from bot.post.contacts import Contacts
from bot.post.fetching import WITHIN, Porter
from bot.post.inbox import Inbox, Waiting, claim_again, claim_next, close, put_off
from bot.post.outbox import push
from bot.post.parcel import Priority
from handlers.conversation import Conversation, apology
from handlers.messages import Message, Reply
from knowledge.store.store import Transaction, is_outage

log = logging.getLogger(__name__)

Typing = Callable[[str], Awaitable[None]]
"""Shows in a chat that we are at work; what fails there fails unnoticed."""

_WIDTH: Final = 2  # turns at once, where the database lets more than one write: they share a core
_IDLE: Final = 2.0  # seconds until we look whether a dead replica left something
_FETCHING: Final = WITHIN + timedelta(seconds=5)  # then whoever fetched is dead
_BUSY: Final = timedelta(seconds=1)  # until we look again who could fetch
_BEFORE_TYPING: Final = 0.3  # a quicker answer needs no sign that we are at work


@dataclass(frozen=True, slots=True)
class _Errand:
    """A message whose turn wants its files."""

    waiting: Waiting
    message: Message


class Lanes:
    """Turns messages into replies; each turn is one commit, or it never was."""

    def __init__(
        self,
        conversation: Conversation,
        inbox: Inbox,
        answered: Callable[[str], None],
        typing: Mapping[str, Typing],
        porter: Porter,
    ) -> None:
        self._conversation = conversation
        self._inbox = inbox
        self._answered = answered
        self._typing = typing
        self._porter = porter

    async def work(self) -> None:
        """Answer until the alarm is over; a turn that has begun is ended."""
        async with asyncio.TaskGroup() as group:
            for _ in range(_WIDTH if self._conversation.office.store.shared else 1):
                group.create_task(self._work(group))

    async def _work(self, group: asyncio.TaskGroup) -> None:
        while not self._inbox.alarm.over:
            if not await self._step(group):
                await self._inbox.alarm.rest(_IDLE)

    async def _step(self, group: asyncio.TaskGroup, back: _Errand | None = None) -> bool:
        try:
            return await self._answer_one(group, back)
        except Exception as error:  # noqa: BLE001 - without a database there is only tomorrow
            log.error("the lanes stand still: %s", type(error).__name__)  # noqa: TRY400
            return False

    async def _answer_one(self, group: asyncio.TaskGroup, back: _Errand | None) -> bool:
        """Answer what came *back* with its files, else what is next; False: there is nothing."""
        waiting: Waiting | None = None
        office = self._conversation.office
        try:
            async with office.store.transaction() as session:
                waiting = await _claim(session, back, office.now())
                if waiting is None:
                    return False
                message = waiting.read() if back is None else back.message
                desk = office.desk_over(session)
                wants = back is None and await self._conversation.awaits_files(desk, message)
                sends = wants and await self._may_send_for(session, waiting)
                if not wants:
                    async with self._at_work(waiting, group):
                        turn = await self._conversation.turn_at(desk, message)
                    await self._answer(session, waiting, turn.reply)
        except Exception as error:
            if waiting is None or is_outage(error):
                raise
            # In a transaction of its own, for the turn's is undone.
            async with office.store.transaction() as session:
                await self._answer(session, waiting, apology(waiting.channel, error))
            wants = sends = False
        if sends:
            group.create_task(self._send_for(_Errand(waiting, message), group))
        if not wants:
            self._answered(waiting.channel)
        return True

    async def _may_send_for(self, session: Transaction, waiting: Waiting) -> bool:
        """Put a message off until its files are here, or until somebody can go for them."""
        is_free = self._porter.is_free(waiting.channel)
        now = self._conversation.office.now()
        await put_off(session, waiting, now + (_FETCHING if is_free else _BUSY))
        return is_free

    async def _send_for(self, errand: _Errand, group: asyncio.TaskGroup) -> None:
        """Fetch files while no transaction is open, then answer; cut short, it begins anew.

        A door that closed meanwhile cut it short, and not the platform.
        """
        async with self._at_work(errand.waiting, group):
            message = await self._porter.bring(errand.message)
        if self._porter.serves(message.channel):
            await self._step(group, replace(errand, message=message))
            self._inbox.alarm.ring()  # for what came after it in this chat

    async def _answer(self, session: Transaction, waiting: Waiting, reply: Reply) -> None:
        now = self._conversation.office.now()
        if await close(session, waiting, now):
            contacts = Contacts(session, waiting.channel, waiting.bot)
            await contacts.heard(waiting.chat, waiting.received_at)
            await push(
                session,
                channel=waiting.channel,
                chat=waiting.chat,
                reply=reply,
                key=waiting.name,
                at=now,
                priority=Priority.REPLY,
                bot=waiting.bot,
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


async def _claim(session: Transaction, back: _Errand | None, now: datetime) -> Waiting | None:
    if back is None:
        return await claim_next(session, now)
    return await claim_again(session, back.waiting)
