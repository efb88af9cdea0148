"""Messages answered at once, in this process's memory alone.

Inbox, lanes and outbox take this place: they keep what came in and what goes out.
"""

import asyncio
import logging
import traceback
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from typing import Final
from weakref import WeakValueDictionary

from bot.post.capabilities import CHANNELS, render
from bot.post.delivery import Fate, Later, Sent
from handlers.conversation import Conversation
from handlers.messages import Choice, Message, Reply

log = logging.getLogger(__name__)

Send = Callable[[str, str, Sequence[Choice]], Awaitable[Fate]]
Typing = Callable[[str], AbstractAsyncContextManager[object]]

_WIDTH: Final = 4  # turns at once: more would only make deliveries wait for the database
_MOST: Final = 1000  # messages that wait at once; more than that is no talk of citizens
_TRIES: Final = 4
_LONGEST: Final = 60.0  # seconds that a chat waits for one message


class AtOnce:
    """Answers messages in tasks of *group*, chats side by side and each chat in its order."""

    def __init__(  # noqa: PLR0913 - what answering takes
        self,
        group: asyncio.TaskGroup,
        conversation: Conversation,
        send: Send,
        *,
        between_parts: float,
        first_retry: float,
        typing: Typing = nullcontext,
    ) -> None:
        self._group = group
        self._conversation = conversation
        self._send = send
        self._between_parts = between_parts
        self._first_retry = first_retry
        self._typing = typing
        self._waiting = 0
        self._turns = asyncio.Semaphore(_WIDTH)
        self._lanes: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @property
    def full(self) -> bool:
        """Say whether there is no room for more."""
        return self._waiting >= _MOST

    def put(self, message: Message) -> None:
        """Answer *message* after what was put in before for the same chat."""
        self._waiting += 1
        lane = self._lanes.setdefault(message.chat, asyncio.Lock())
        self._group.create_task(self._do(lane, message))

    async def _do(self, lane: asyncio.Lock, message: Message) -> None:
        try:
            async with lane, self._typing(message.chat):  # first come, first served
                await self._answer(message)
        except Exception as error:  # noqa: BLE001 - one chat's trouble must not shut the door
            where = "".join(traceback.format_tb(error.__traceback__))
            log.error("a message was not answered: %s\n%s", type(error).__name__, where)  # noqa: TRY400
        finally:
            self._waiting -= 1

    async def _answer(self, message: Message) -> None:
        """Answer, unless it was answered before: platforms deliver some things twice."""
        async with self._turns:
            async with self._conversation.office.desk() as desk:
                known = await desk.talks.answered(
                    message.channel, message.chat, message.external_id
                )
            reply = None if known else await self._conversation.reply_to(message)
        if reply is not None:
            await self._deliver(message, reply)

    async def _deliver(self, message: Message, reply: Reply) -> None:
        """Send *reply* in parts, in order, and nothing after a part that failed."""
        rendered = render(reply, CHANNELS[message.channel])
        for left, part in zip(range(len(rendered.parts) - 1, -1, -1), rendered.parts, strict=True):
            if not await self._arrives(message.chat, part, () if left else rendered.buttons):
                return
            if left:
                await asyncio.sleep(self._between_parts)

    async def _arrives(self, chat: str, text: str, buttons: Sequence[Choice]) -> bool:
        """Send one part, and again where it surely did not arrive."""
        for attempt in range(_TRIES):
            fate = await self._send(chat, text, buttons)
            if not isinstance(fate, Later):
                return isinstance(fate, Sent)
            if attempt + 1 < _TRIES:
                wait = fate.seconds or self._first_retry * 2**attempt
                if wait > _LONGEST:
                    return False
                await asyncio.sleep(wait)
        return False
