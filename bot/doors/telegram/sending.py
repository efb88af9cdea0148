"""A reply goes out as Telegram can show it, and again where it surely never left."""

import asyncio
import logging
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from typing import Final

import httpx
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import ChatAction
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError

from bot.doors.telegram.pace import Pace
from bot.doors.telegram.reading import CHANNEL
from bot.post.capabilities import CHANNELS, Rendered, render, shorten
from handlers.messages import Reply

log = logging.getLogger(__name__)

_CAPS: Final = CHANNELS[CHANNEL]
_RETRIES: Final = 3
_NOT_SENT: Final = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


@asynccontextmanager
async def typing(bot: Bot, chat: str, pace: Pace) -> AsyncGenerator[None]:
    """Show meanwhile that we are at work; nothing is lost where that fails."""

    async def show() -> None:
        await asyncio.sleep(pace.before_typing)
        with suppress(TelegramError):
            await bot.send_chat_action(chat, ChatAction.TYPING)

    async with asyncio.TaskGroup() as group:
        sign = group.create_task(show())
        yield
        sign.cancel()


async def send(bot: Bot, chat: str, reply: Reply, pace: Pace) -> None:
    """Send *reply* in parts, in order, and nothing after a part that failed."""
    rendered = render(reply, _CAPS)
    *before, last = rendered.parts
    for part in before:
        if not await _sent(bot, chat, part, None, pace):
            return
        await asyncio.sleep(pace.between_parts)
    await _sent(bot, chat, last, _keyboard(rendered), pace)


def _keyboard(rendered: Rendered) -> InlineKeyboardMarkup | None:
    rows = [
        [
            InlineKeyboardButton(
                shorten(choice.label, _CAPS.label_limit), callback_data=choice.sends
            )
        ]
        for choice in rendered.buttons
    ]
    return InlineKeyboardMarkup(rows) if rows else None


async def _sent(
    bot: Bot, chat: str, text: str, keyboard: InlineKeyboardMarkup | None, pace: Pace
) -> bool:
    for attempt in range(_RETRIES + 1):
        try:
            await bot.send_message(chat, text, reply_markup=keyboard)
        except TelegramError as error:
            wait = _wait(error, attempt, pace)
            if wait is None:
                _tell(error)
                return False
            await asyncio.sleep(wait)
        else:
            return True
    return False


def _wait(error: TelegramError, attempt: int, pace: Pace) -> float | None:
    """Say how long to wait before sending once more; None: not to be sent again."""
    if isinstance(error, RetryAfter):
        wait, retries = _seconds(error), _RETRIES
    else:
        wait, retries = pace.first_retry * 2**attempt, _retries(error)
    return wait if attempt < retries and wait <= pace.longest_retry else None


def _seconds(error: RetryAfter) -> float:
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else wait


def _retries(error: TelegramError) -> int:
    """Say how often what failed so may be sent again: what may have arrived, never."""
    if isinstance(error, BadRequest) or not isinstance(error, NetworkError):
        return 0
    if isinstance(error.__cause__, _NOT_SENT):
        return _RETRIES
    # A gateway's page instead of an answer.
    return 1 if isinstance(error.__cause__, TelegramError) else 0


def _tell(error: TelegramError) -> None:
    match error:
        case Forbidden():
            log.info("telegram: a chat is closed to us")
        case BadRequest():
            log.error("telegram: a message is refused: %s", error.message)
        case _:
            log.warning("telegram: a message may not have arrived (%s)", type(error).__name__)
