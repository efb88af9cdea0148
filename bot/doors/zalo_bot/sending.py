"""One part of a reply goes out over Zalo Bot, and what became of it is told."""

import logging
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager, suppress
from http import HTTPStatus
from typing import Final

from pydantic import JsonValue

from bot.doors.zalo_bot.api import BotApi, RefusedError
from bot.doors.zalo_bot.reading import CHANNEL
from bot.post.delivery import Fate, Later, Refusal, Refused, Sent, Unknown
from bot.post.parcel import Parcel
from bot.post.wire import LostError, UnreachedError, open_line
from handlers.messages import Choice

log = logging.getLogger(__name__)

_ASKING: Final = 1.5  # seconds; with sending, less than a part's time on its way


class Sender:
    """Writes into chats; anybody who wrote once may be written to at any time."""

    def __init__(self, api: BotApi) -> None:
        self._api = api

    async def deliver(self, parcel: Parcel) -> Fate:
        """Hand over one part of what the outbox holds."""
        return await self.send(parcel.chat, parcel.text, parcel.buttons)

    async def send(self, chat: str, text: str, choices: Sequence[Choice]) -> Fate:
        """Send one text; there are no buttons here, so *choices* stand in it as numbered lines."""
        del choices
        try:
            result = await self._api.call("sendMessage", {"chat_id": chat, "text": text})
        except UnreachedError:
            return Later()
        except LostError as lost:
            log.warning("%s: a message may not have arrived (%s)", CHANNEL, lost)
            return Unknown()
        except RefusedError as refusal:
            if refusal.code == HTTPStatus.FORBIDDEN and await self._is_shut(chat):
                return Refused(Refusal.CHAT_REFUSED)
            return _fate(refusal)
        number = result.get("message_id") if isinstance(result, dict) else None
        return Sent(None if number is None else str(number))

    async def _is_shut(self, chat: str) -> bool:
        """Ask, by what leaves nothing in a chat, whether 403 meant the chat or one message.

        Zalo's table calls 403 an internal error: what met one may have arrived, so that it must
        not be sent again. A chat that takes nothing at all did not take it either.
        """
        try:
            await self._api.call("sendChatAction", _typing_in(chat), _ASKING)
        except RefusedError as refusal:
            return refusal.code == HTTPStatus.FORBIDDEN
        except (UnreachedError, LostError):
            return False
        return False


@asynccontextmanager
async def open_sender(*, token: str, api: str) -> AsyncGenerator[Sender]:
    """Give a way out that needs no open door."""
    async with open_line() as line:
        yield Sender(BotApi(line, token=token, api=api))


async def typing(api: BotApi, chat: str) -> None:
    """Show that we are at work; nothing is lost where that fails."""
    with suppress(RefusedError, UnreachedError, LostError):
        await api.call("sendChatAction", _typing_in(chat))


def _typing_in(chat: str) -> dict[str, JsonValue]:
    return {"chat_id": chat, "action": "typing"}


def _fate(refusal: RefusedError) -> Fate:
    """Judge by Zalo's table of errors (6/8/2025)."""
    match refusal.code:
        case HTTPStatus.BAD_REQUEST | HTTPStatus.NOT_FOUND:
            log.error("%s: a message is refused (%d)", CHANNEL, refusal.code)
            return Refused(Refusal.NOT_ACCEPTED)
        case HTTPStatus.UNAUTHORIZED:
            log.error("%s: the token is refused", CHANNEL)
            return Later()
        case HTTPStatus.TOO_MANY_REQUESTS:
            log.warning("%s: too many messages, or the month's are used up", CHANNEL)
            return Later(refusal.retry_after)
        case _:  # a 403 among them, where the chat itself is open
            log.warning("%s: a message may not have arrived (%d)", CHANNEL, refusal.code)
            return Unknown()
