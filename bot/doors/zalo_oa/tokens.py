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
_TRIES: Final = 10
_BEFORE_TRYING: Final = 0.5  # seconds

Renew = Callable[[str], Awaitable[Pair]]


class NoTokenError(Exception):
    """There is no token to speak with now."""


class Tokens:
    """Gives the token to speak with; whoever sends asks for another and does not wait for it."""

    def __init__(
        self, vault: Vault, renew: Renew, now: Callable[[], datetime], *, peek: float
    ) -> None:
        self.wanted = asyncio.Event()
        """Somebody wishes that `look_after` be done soon."""
        self._vault = vault
        self._renew = renew
        self._now = now
        self._peek = peek
        self._known: Kept | None = None
        self._refused = ""
        self._replaced: int | None = None  # the generation that was refused and renewed last

    async def access(self) -> str:
        """Give the token, if it is valid by the clock.

        Raises:
            NoTokenError: none was entered, or it is over.
        """
        kept = self._known = self._known or await self._vault.kept()
        if kept is None:
            raise NoTokenError
        if self._is_near_its_end(kept):
            self.wanted.set()
        if kept.expires_at <= self._now():
            raise NoTokenError
        return kept.access

    def refuse(self, access: str) -> None:
        """Note that Zalo refused a token, whatever the clock says."""
        self._known, self._refused = None, access
        self.wanted.set()

    async def look_after(self) -> None:
        """Renew a token that is near its end, or refused; where that did not help, ask a person.

        Only this uses a refresh token, and nobody may cut it off.
        """
        self.wanted.clear()
        self._known = None
        kept = await self._vault.kept()
        if kept is None:
            return
        refused = kept.access == self._refused
        if refused and self._replaced == kept.generation - 1:
            await self._ask_a_person(kept.generation, "the new one is refused, too")
        elif refused or self._is_near_its_end(kept):
            if refused:
                self._replaced = kept.generation
            await self._replace(kept.generation)
            self._known = None

    def _is_near_its_end(self, kept: Kept) -> bool:
        return kept.expires_at - self._now() <= _MARGIN

    async def _replace(self, generation: int) -> None:
        """Renew, or wait until another replica has."""
        while isinstance(held := await self._vault.lock(generation), Busy):  # noqa: ASYNC110 - another process rings no bell
            await asyncio.sleep(self._peek)
        if isinstance(held, Locked):
            await self._change(held.refresh, generation)
        elif isinstance(held, Abandoned):
            self._tell("renewing it was broken off")

    async def _change(self, refresh: str, generation: int) -> None:
        try:
            pair = await self._renew(refresh)
        except UnreachedError:
            await self._vault.unlock(generation)
            log.warning("%s: the token could not be renewed yet: nobody was reached", CHANNEL)
        except NoPairError as error:
            await self._ask_a_person(generation, str(error))
        else:
            await keep(self._vault, pair, generation)

    async def _ask_a_person(self, generation: int, reason: str) -> None:
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
        except (SQLAlchemyError, OSError):
            if not left:
                raise
            await asyncio.sleep(_BEFORE_TRYING)
        else:
            return
