"""Files that a platform keeps are fetched before the turn that wants them, outside of it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from typing import Final

from handlers.messages import Fetched, Message, Missed, Remote, SentFile, Why

log = logging.getLogger(__name__)

Fetch = Callable[[Remote, int], Awaitable[Fetched | Missed]]
"""Brings a file of at most so many bytes; tells what stood in the way rather than raising."""

WITHIN: Final = timedelta(seconds=10)  # so long a chat may wait for its files
_WIDTH: Final = 4  # messages whose files are on their way at once, and so in memory


class Porter:
    """Fetches for the lanes; each channel has its own way to do it."""

    def __init__(self, most: int, within: timedelta = WITHIN) -> None:
        self._most = most
        self._within = within.total_seconds()
        self._ways: dict[str, Fetch | None] = {}
        self._under_way = 0

    def serve(self, channel: str, fetch: Fetch | None) -> None:
        """Fetch by *fetch* what is kept by the platform of *channel*."""
        self._ways[channel] = fetch

    def leave(self, channel: str) -> None:
        """Serve *channel* no longer."""
        self._ways.pop(channel, None)

    def serves(self, channel: str) -> bool:
        """Say whether the door of *channel* is open."""
        return channel in self._ways

    def is_free(self, channel: str) -> bool:
        """Say whether one more message can be served: its door is open, and there is room."""
        return self.serves(channel) and self._under_way < _WIDTH

    async def bring(self, message: Message) -> Message:
        """Give *message* with its files, or with what stood in their way, in good time."""
        self._under_way += 1
        try:
            async with asyncio.timeout(self._within), asyncio.TaskGroup() as group:
                tasks = [group.create_task(self._one(message.channel, it)) for it in message.files]
        except TimeoutError:
            return replace(message, files=tuple(_late(one) for one in message.files))
        finally:
            self._under_way -= 1
        return replace(message, files=tuple(task.result() for task in tasks))

    async def _one(self, channel: str, file: SentFile) -> SentFile:
        if not isinstance(file, Remote):
            return file
        if file.size is not None and file.size > self._most:
            return Missed(Why.TOO_LARGE)
        fetch = self._ways.get(channel)
        if fetch is None:
            return Missed(Why.OUT_OF_REACH)
        try:
            return await fetch(file, self._most)
        except Exception as error:  # noqa: BLE001 - a door's bug must not cost the citizen the turn
            log.error("%s: fetching a file broke: %s", channel, type(error).__name__)  # noqa: TRY400
            return Missed(Why.OUT_OF_REACH)


def _late(file: SentFile) -> SentFile:
    return Missed(Why.OUT_OF_REACH) if isinstance(file, Remote) else file
