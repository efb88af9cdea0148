"""Polls Telegram: a batch is kept in the inbox before the next one is asked for."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Any, Final

from telegram import Bot, Update
from telegram.error import InvalidToken, NetworkError, TelegramError

from bot.doors.telegram.pace import Pace
from bot.doors.telegram.reading import CHANNEL, read
from bot.post.office import PostOffice
from knowledge.store.store import is_outage

log = logging.getLogger(__name__)

UPDATES: Final = (Update.MESSAGE, Update.CALLBACK_QUERY)
_LONG_POLL: Final = 10  # seconds for which Telegram may keep silent
_DUTY: Final = timedelta(seconds=_LONG_POLL + 10)
# The library's own method loses a whole batch when it cannot read one update in it. It would warn
# of this detour, were the name not written with a capital in its middle.
_GET_UPDATES: Final = "get_Updates"


class Intake:
    """Asks for updates while it is this replica's duty."""

    def __init__(self, post: PostOffice, bot: Bot, pace: Pace) -> None:
        self._post = post
        self._bot = bot
        self._pace = pace
        self._offset = 0

    async def work(self) -> None:
        """Poll until cancelled or refused; whenever that happens, nothing is lost."""
        with suppress(InvalidToken):  # `Line` has told it, without the token
            async with asyncio.TaskGroup() as group:
                while True:
                    if not await self._polled(group):
                        await asyncio.sleep(self._pace.first_retry)

    async def _polled(self, group: asyncio.TaskGroup) -> bool:
        try:
            if not await self._post.on_duty(CHANNEL, _DUTY):
                return False
            updates = await self._ask()
            await self.take(updates, group)
        except InvalidToken:
            raise
        except NetworkError:
            return False  # `Line` tells it
        except TelegramError as error:
            log.error("telegram: polling failed (%s)", type(error).__name__)  # noqa: TRY400
            return False
        except Exception as error:
            if not is_outage(error):
                raise
            log.error("telegram: nothing can be taken in: %s", type(error).__name__)  # noqa: TRY400
            return False
        if updates:  # kept by now: asking for the next ones tells Telegram to forget these
            self._offset = updates[-1]["update_id"] + 1
        return True

    async def take(self, updates: Sequence[Mapping[str, Any]], group: asyncio.TaskGroup) -> None:
        """Keep what is for us; then stop the little wheel on the buttons that were tapped."""
        parsed = [update for update in map(self._parse, updates) if update is not None]
        messages = [message for message in map(read, parsed) if message is not None]
        await self._post.inbox.take(str(self._bot.id), messages)
        for update in parsed:
            if update.callback_query is not None:
                group.create_task(_acknowledge(update))

    async def _ask(self) -> Sequence[Mapping[str, Any]]:
        asked = {"offset": self._offset, "timeout": _LONG_POLL, "allowed_updates": UPDATES}
        patience = _LONG_POLL + 5
        return await self._bot.do_api_request(_GET_UPDATES, asked, read_timeout=patience)  # type: ignore[no-any-return]

    def _parse(self, update: Mapping[str, Any]) -> Update | None:
        try:
            return Update.de_json(dict(update), self._bot)
        except (TypeError, ValueError, KeyError, AttributeError) as error:
            log.error("telegram: an update cannot be read (%s)", type(error).__name__)  # noqa: TRY400
            return None


async def _acknowledge(update: Update) -> None:
    if update.callback_query is not None:
        with suppress(TelegramError):  # too old to be acknowledged, but not to be answered
            await update.callback_query.answer()
