"""The line to Telegram: carries every call, and tells when it breaks and is whole again."""

import asyncio
import errno
import logging
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, Final

import httpx
from telegram.error import NetworkError
from telegram.request import HTTPXRequest

from bot.post.health import Condition

log = logging.getLogger(__name__)

_REFUSALS: Final = (HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND)


class Line(HTTPXRequest):
    """Carries every call, and tells once that the line broke and once that it is whole again.

    It hangs up by setting *stop* when Telegram does not know the token. No address is ever told:
    the token is part of it.
    """

    def __init__(
        self, proxy: str | None, stop: asyncio.Event, note: Callable[[Condition], None]
    ) -> None:
        try:
            super().__init__(proxy=proxy)
        except (ValueError, RuntimeError, httpx.InvalidURL):
            # From None, because the proxy's address may hold a password.
            raise OSError(errno.EINVAL, "the proxy's address cannot be used") from None
        self._stop = stop
        self._tell = note
        self._tell(Condition.DOWN)  # until it is reached
        self._whole = True

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:  # noqa: ANN401 - handed through
        """Do what the library asks for, and note how it went."""
        try:
            status, answer = await super().do_request(*args, **kwargs)
        except (NetworkError, httpx.InvalidURL):
            self._note(whole=False)
            raise
        self._note(whole=status < HTTPStatus.INTERNAL_SERVER_ERROR)
        if status in _REFUSALS and not self._stop.is_set():
            log.error("telegram: the token is refused, the door stays shut")
            self._tell(Condition.SHUT)
            self._stop.set()
        return status, answer

    def _note(self, *, whole: bool) -> None:
        if whole != self._whole:
            log.warning("telegram: %s", "reached again" if whole else "unreachable, trying again")
        self._whole = whole
        self._tell(Condition.UP if whole else Condition.DOWN)
