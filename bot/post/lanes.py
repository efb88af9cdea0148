"""Chats side by side, and within each chat one thing after the other."""

import asyncio
import logging
import traceback
from collections.abc import Awaitable
from typing import Final
from weakref import WeakValueDictionary

log = logging.getLogger(__name__)

_MOST: Final = 1000  # things that wait at once; more than that is no talk of citizens


class Lanes:
    """Works off what is put in, in tasks of *group*: leaving the group waits for all of it."""

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
