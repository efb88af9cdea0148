"""Messages answered at once, in this process's memory alone.

Inbox, lanes and outbox take this place: they keep what came in and what goes out.
"""

import asyncio
import logging
import traceback
from collections.abc import Awaitable, Callable, Sequence
from typing import Final
from weakref import WeakValueDictionary

from bot.post.capabilities import CHANNELS, render
from bot.post.delivery import Fate, Later, Sent
from handlers.conversation import Conversation
from handlers.messages import Choice, Message, Reply

log = logging.getLogger(__name__)

Send = Callable[[str, str, Sequence[Choice]], Awaitable[Fate]]

_MOST: Final = 1000  # messages that wait at once; more than that is no talk of citizens
_TRIES: Final = 4
_LONGEST: Final = 60.0  # seconds that a chat waits for one message


class Lanes:
    """Works off what is put in, chats side by side: leaving *group* waits for all of it."""

    def __init__(self, group: asyncio.TaskGroup) -> None:
        self._group = group
        self._waiting = 0
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @property
    def full(self) -> bool:
        """Say whether there is no room for more."""
        return self._waiting >= _MOST

    def put(self, chat: str, work: Awaitable[None]) -> None:
        """Do *work* after what was put in before for the same chat."""
        self._waiting += 1
        lock = self._locks.setdefault(chat, asyncio.Lock())
        self._group.create_task(self._do(lock, work))

    async def _do(self, lock: asyncio.Lock, work: Awaitable[None]) -> None:
        try:
            async with lock:  # first come, first served
                await work
        except Exception as error:  # noqa: BLE001 - one chat's trouble must not shut the door
            where = "".join(traceback.format_tb(error.__traceback__))
            log.error("a message was not answered: %s\n%s", type(error).__name__, where)  # noqa: TRY400
        finally:
            self._waiting -= 1


async def answer(
    message: Message,
    conversation: Conversation,
    send: Send,
    *,
    between_parts: float,
    first_retry: float,
) -> None:
    """Answer *message*, unless it was answered before: platforms deliver some things twice."""
    async with conversation.office.desk() as desk:
        before = await desk.talks.answered(message.channel, message.chat, message.external_id)
    if before is None:
        reply = await conversation.reply_to(message)
        await _deliver(message, reply, send, between_parts, first_retry)


async def _deliver(
    message: Message, reply: Reply, send: Send, between_parts: float, first_retry: float
) -> None:
    """Send *reply* in parts, in order, and nothing after a part that failed."""
    rendered = render(reply, CHANNELS[message.channel])
    for left, part in zip(range(len(rendered.parts) - 1, -1, -1), rendered.parts, strict=True):
        buttons = () if left else rendered.buttons
        if not await _arrives(message.chat, part, buttons, send, first_retry):
            return
        if left:
            await asyncio.sleep(between_parts)


async def _arrives(
    chat: str, text: str, buttons: Sequence[Choice], send: Send, first_retry: float
) -> bool:
    """Send one part, and again where it surely did not arrive."""
    for attempt in range(_TRIES):
        fate = await send(chat, text, buttons)
        if not isinstance(fate, Later):
            return isinstance(fate, Sent)
        if attempt + 1 < _TRIES:
            wait = first_retry * 2**attempt if fate.seconds is None else fate.seconds
            if wait > _LONGEST:
                return False
            await asyncio.sleep(wait)
    return False
