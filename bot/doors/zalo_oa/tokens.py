"""The token to speak with: renewed before it ends, by one at a time, and never blindly twice."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.exc import SQLAlchemyError

from bot.doors.zalo_oa.oauth import NoPairError, Pair
from bot.doors.zalo_oa.reading import CHANNEL
from bot.doors.zalo_oa.vault import Abandoned, Busy, Kept, Locked, Vault
from bot.post.wire import UnreachedError

log = logging.getLogger(__name__)

_MARGIN: Final = timedelta(hours=2)
_TRIES: Final = 5
_BEFORE_TRYING: Final = 1.0  # seconds

Renew = Callable[[str], Awaitable[Pair]]


class NoTokenError(Exception):
    """There is no token to speak with now."""


class Tokens:
    """Gives the access token that works."""

    def __init__(
        self, vault: Vault, renew: Renew, now: Callable[[], datetime], *, peek: float
    ) -> None:
        self._vault = vault
        self._renew = renew
        self._now = now
        self._peek = peek
        self._one_at_a_time = asyncio.Lock()

    async def access(self) -> str:
        """Give a token that is valid by the clock, renewed where it is near its end.

        Raises:
            NoTokenError: none was entered, or it is over and no new one can be had.
        """
        kept = await self._kept()
        if kept.expires_at - self._now() > _MARGIN:
            return kept.access
        renewed = await self._renewed(kept)
        if renewed.expires_at <= self._now():
            raise NoTokenError
        return renewed.access

    async def instead_of(self, refused: str) -> str:
        """Give another token than the one that Zalo *refused*.

        Raises:
            NoTokenError: there is no other.
        """
        kept = await self._kept()
        if kept.access == refused:
            kept = await self._renewed(kept)
        if kept.access == refused:
            raise NoTokenError
        return kept.access

    async def give_up(self, refused: str) -> None:
        """Note that even a new token was *refused*: only a person can mend this."""
        kept = await self._kept()
        if kept.access == refused:
            await self._tell_reauth(kept.generation, "a new token is refused")

    async def _kept(self) -> Kept:
        kept = await self._vault.kept()
        if kept is None:
            raise NoTokenError
        return kept

    async def _renewed(self, kept: Kept) -> Kept:
        """Renew, or wait until somebody has; give what is there afterwards."""
        async with self._one_at_a_time:
            while isinstance(held := await self._vault.lock(kept.generation), Busy):  # noqa: ASYNC110 - another process rings no bell
                await asyncio.sleep(self._peek)
            if isinstance(held, Locked):
                await self._change(held.refresh, kept.generation)
            elif isinstance(held, Abandoned):
                self._tell("renewing it was broken off")
        return await self._kept()

    async def _change(self, refresh: str, generation: int) -> None:
        try:
            pair = await self._renew(refresh)
        except UnreachedError:
            await self._vault.unlock(generation)
            log.warning("%s: the token could not be renewed yet: nobody was reached", CHANNEL)
        except NoPairError as error:
            await self._tell_reauth(generation, str(error))
        else:
            await keep(self._vault, pair, generation)

    async def _tell_reauth(self, generation: int, reason: str) -> None:
        if await self._vault.give_up(generation):
            self._tell(reason)

    def _tell(self, reason: str) -> None:
        log.error(
            "%s: the token cannot be renewed (%s): enter a new one with `motcua zalo connect`",
            CHANNEL,
            reason,
        )


async def keep(vault: Vault, pair: Pair, generation: int | None = None) -> None:
    """Commit *pair* before anybody uses it; the old one is dead, so do not give up soon."""
    for left in range(_TRIES - 1, -1, -1):
        try:
            await vault.put(pair, generation)
        except SQLAlchemyError:
            if not left:
                raise
            await asyncio.sleep(_BEFORE_TRYING)
        else:
            return
