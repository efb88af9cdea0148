"""The line to Telegram, and the lanes in which its updates are worked off."""

import asyncio
import errno
import logging
from collections.abc import Awaitable
from http import HTTPStatus
from typing import Any, Final
from weakref import WeakValueDictionary

import httpx
from telegram import Update
from telegram.error import NetworkError
from telegram.ext import BaseUpdateProcessor
from telegram.request import HTTPXRequest

log = logging.getLogger(__name__)

_REFUSALS: Final = (HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND)


class Line(HTTPXRequest):
    """Carries every call, and tells once that the line broke and once that it is whole again.

    `refused` is set when Telegram does not know the token. No address is ever told: the token is
    part of it.
    """

    def __init__(self, proxy: str | None) -> None:
        try:
            super().__init__(proxy=proxy)
        except (ValueError, RuntimeError, httpx.InvalidURL):
            # From None, because the proxy's address may hold a password.
            raise OSError(errno.EINVAL, "the proxy's address cannot be used") from None
        self.refused = asyncio.Event()
        self._whole = True

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:  # noqa: ANN401 - handed through
        """Do what the library asks for, and note how it went."""
        try:
            status, answer = await super().do_request(*args, **kwargs)
        except (NetworkError, httpx.InvalidURL):
            self._note(whole=False)
            raise
        self._note(whole=status < HTTPStatus.INTERNAL_SERVER_ERROR)
        if status in _REFUSALS:
            self.refused.set()
        return status, answer

    def _note(self, *, whole: bool) -> None:
        if whole != self._whole:
            log.warning("telegram: %s", "reached again" if whole else "unreachable, trying again")
        self._whole = whole


class Lanes(BaseUpdateProcessor):
    """Works off chats side by side, and the updates of one chat in their order."""

    def __init__(self, width: int) -> None:
        super().__init__(width)
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Wait for the chat's earlier updates, then do this one."""
        lock = self._locks.setdefault(_chat(update), asyncio.Lock())
        async with lock:
            await coroutine

    async def initialize(self) -> None:
        """Need nothing."""

    async def shutdown(self) -> None:
        """Leave nothing."""


def _chat(update: object) -> int:
    chat = update.effective_chat if isinstance(update, Update) else None
    return 0 if chat is None else chat.id
