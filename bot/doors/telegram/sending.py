"""A part of a reply goes out as Telegram can show it, and what became of it is told."""

from contextlib import suppress
from datetime import timedelta
from typing import Final

import httpx
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import ChatAction
from telegram.error import BadRequest, Forbidden, InvalidToken, RetryAfter, TelegramError

from bot.doors.telegram.reading import CHANNEL
from bot.post.capabilities import CHANNELS, shorten
from bot.post.courier import Deliver
from bot.post.delivery import Fate, Later, Refusal, Refused, Sent, Unknown
from bot.post.lanes import Typing
from bot.post.parcel import Parcel
from handlers.messages import Choice
from knowledge.procedures.forms import FormShelf

_CAPS: Final = CHANNELS[CHANNEL]
_NOT_SENT: Final = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


def deliver(bot: Bot, forms: FormShelf) -> Deliver:
    """Give the way to hand a part to Telegram."""

    async def hand_over(parcel: Parcel) -> Fate:
        form = None if parcel.file is None else forms.find(parcel.file)
        if parcel.file is not None and form is None:
            return Refused(Refusal.NOT_ACCEPTED)  # taken off the shelf meanwhile
        try:
            if form is not None:
                sent = await bot.send_document(parcel.chat, form)
            else:
                keyboard = _keyboard(parcel.buttons)
                sent = await bot.send_message(parcel.chat, parcel.text, reply_markup=keyboard)
        except TelegramError as error:
            return fate(error)
        return Sent(str(sent.message_id))

    return hand_over


def typing(bot: Bot) -> Typing:
    """Give the way to show that we are at work; nothing is lost where that fails."""

    async def show(chat: str) -> None:
        with suppress(TelegramError):
            await bot.send_chat_action(chat, ChatAction.TYPING)

    return show


def fate(error: TelegramError) -> Fate:
    """Read from the failure of a send what became of the message."""
    match error:
        case RetryAfter():
            return Later(_seconds(error))
        case InvalidToken():
            return Later()
        case Forbidden():
            return Refused(Refusal.BLOCKED)
        case BadRequest():
            gone = "chat not found" in error.message.lower()
            return Refused(Refusal.BLOCKED if gone else Refusal.NOT_ACCEPTED)
        case _ if isinstance(error.__cause__, _NOT_SENT):
            return Later()
        case _:
            return Unknown()


def _seconds(error: RetryAfter) -> float:
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else wait


def _keyboard(buttons: tuple[Choice, ...]) -> InlineKeyboardMarkup | None:
    rows = [
        [InlineKeyboardButton(shorten(one.label, _CAPS.label_limit), callback_data=one.sends)]
        for one in buttons
    ]
    return InlineKeyboardMarkup(rows) if rows else None
