"""Takes in what Telegram tells: updates are kept before Telegram hears that we have them."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Any, Final

from telegram import Bot, CallbackQuery, Update
from telegram.error import InvalidToken, NetworkError, TelegramError

from bot.doors.telegram.pace import Pace
from bot.doors.telegram.reading import CHANNEL, read
from bot.post.alarm import until
from bot.post.office import PostOffice
from handlers.messages import Message
from knowledge.store.store import is_outage

Updates = Sequence[Mapping[str, Any]]

log = logging.getLogger(__name__)

UPDATES: Final = (Update.MESSAGE, Update.EDITED_MESSAGE, Update.CALLBACK_QUERY)
_LONG_POLL: Final = 5  # seconds for which Telegram may keep silent
_DUTY: Final = timedelta(seconds=_LONG_POLL + 2)  # so soon another replica steps in
# The library's own method loses a whole batch when it cannot read one update in it. It would warn
# of this detour, were the name not written with a capital in its middle.
_GET_UPDATES: Final = "get_Updates"


class Intake:
    """Keeps what it is called with, or asks for updates itself while that is its duty."""

    def __init__(self, post: PostOffice, bot: Bot, pace: Pace, group: asyncio.TaskGroup) -> None:
        self._pace = pace
        self._post = post
        self._bot = bot
        self._group = group
        self._offset = 0

    async def poll(self, stop: asyncio.Event) -> None:
        """Poll until *stop*; a batch in hand is kept, or Telegram is not told that we have it."""
        while not stop.is_set():
            if not await self._polled(stop):
                await until(stop, asyncio.sleep(self._pace.first_retry))
        await self._post.go_off_duty(CHANNEL)

    async def _polled(self, stop: asyncio.Event) -> bool:
        try:
            if not await self._post.on_duty(CHANNEL, _DUTY):
                return False
            updates = await until(stop, self._ask())
            if updates is None:
                return False
            await self.take(updates)
        except Exception as error:
            if not is_outage(error):
                raise
            log.error("telegram: nothing can be taken in: %s", type(error).__name__)  # noqa: TRY400
            return False
        if updates:  # kept by now: asking for the next ones tells Telegram to forget these
            self._offset = updates[-1]["update_id"] + 1
        return True

    async def take(self, updates: Updates) -> None:
        """Keep what is for us; then stop the little wheel on the buttons that were tapped."""
        readable = [one for one in map(self._read, updates) if one is not None]
        messages = [message for _, message in readable if message is not None]
        await self._post.inbox.take(name_of(self._bot), messages)
        for update, _ in readable:
            if update.callback_query is not None:
                self._group.create_task(_acknowledge(update.callback_query))

    async def _ask(self) -> Updates | None:
        asked = {"offset": self._offset, "timeout": _LONG_POLL, "allowed_updates": UPDATES}
        try:
            updates: Updates = await self._bot.do_api_request(
                _GET_UPDATES, asked, read_timeout=_LONG_POLL + 5
            )
        except (NetworkError, InvalidToken):
            return None  # `Line` tells it, without the token
        except TelegramError as error:
            log.error("telegram: polling failed (%s)", type(error).__name__)  # noqa: TRY400
            return None
        return updates

    def _read(self, update: Mapping[str, Any]) -> tuple[Update, Message | None] | None:
        try:
            parsed = Update.de_json(dict(update), self._bot)
            return parsed, read(parsed)
        except Exception as error:  # noqa: BLE001 - it must not stop those that come after it
            log.error("telegram: an update cannot be read (%s)", type(error).__name__)  # noqa: TRY400
            return None


def name_of(bot: Bot) -> str:
    """Take the bot's number from its token: Telegram may not have told us yet who we are."""
    return bot.token.partition(":")[0]


async def _acknowledge(tap: CallbackQuery) -> None:
    with suppress(TelegramError):  # too old to be acknowledged, but not to be answered
        await tap.answer()
