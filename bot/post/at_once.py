"""A message answered at once, in this process's memory alone.

Inbox and outbox take this place: they keep what came in and what goes out.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Final

from bot.post.capabilities import CHANNELS, render
from bot.post.delivery import Fate, Later, Sent
from handlers.conversation import Conversation
from handlers.messages import Choice, Message, Reply

Send = Callable[[str, str, Sequence[Choice]], Awaitable[Fate]]

_TRIES: Final = 4
_LONGEST: Final = 60.0  # seconds that a chat waits for one message


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
