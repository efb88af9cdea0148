"""The account's tokens in the database, and the lock under which they are renewed.

The lock is a moment written in the row, not a transaction kept open: SQLite would make every
citizen wait for Zalo, and a holder who died shows, which must be known of a token that works once.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.doors.zalo_oa.oauth import WITHIN, Pair
from bot.doors.zalo_oa.seal import Seal
from knowledge.store.store import Store
from knowledge.store.tables import ZaloTokenRow

_LOCKED: Final = timedelta(seconds=4 * WITHIN)


@dataclass(frozen=True, slots=True)
class Kept:
    """The pair as it stands."""

    access: str = field(repr=False)
    expires_at: datetime
    generation: int
    needs_reauth: bool


@dataclass(frozen=True, slots=True)
class Locked:
    """The lock is ours: this refresh token may be used, once."""

    refresh: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Busy:
    """Somebody else is at it."""


@dataclass(frozen=True, slots=True)
class Changed:
    """There is nothing for us to do: a new pair is there, or none can be had."""


@dataclass(frozen=True, slots=True)
class Abandoned:
    """Whoever held the lock died with it, so the refresh token may be used up."""


Lock = Locked | Busy | Changed | Abandoned


class Vault:
    """Keeps the pair of one account; every method is one transaction."""

    def __init__(self, store: Store, seal: Seal, oa_id: str, now: Callable[[], datetime]) -> None:
        self._store = store
        self._seal = seal
        self._oa_id = oa_id
        self._now = now

    async def kept(self) -> Kept | None:
        """Read the pair; None: none was ever entered.

        Raises:
            WrongTokenKeyError: the key that is set does not open it.
        """
        async with self._store.transaction() as session:
            row = await session.get(ZaloTokenRow, self._oa_id)
        if row is None:
            return None
        return Kept(
            self._seal.open(row.access),
            row.access_expires_at,
            row.generation,
            row.needs_reauth_since is not None,
        )

    async def lock(self, generation: int) -> Lock:
        """Take the lock over the pair of that *generation*."""
        async with self._store.transaction() as session:
            row = await self._row(session)
            if row is None or row.generation != generation or row.needs_reauth_since is not None:
                return Changed()
            if row.renewing_since is None:
                row.renewing_since = self._now()
                return Locked(self._seal.open(row.refresh))
            if self._now() - row.renewing_since < _LOCKED:
                return Busy()
            row.needs_reauth_since = self._now()
            return Abandoned()

    async def unlock(self, generation: int) -> None:
        """Give the lock back; the pair is as it was."""
        async with self._store.transaction() as session:
            row = await self._row(session)
            if row is not None and row.generation == generation:
                row.renewing_since = None

    async def put(self, pair: Pair, generation: int | None = None) -> None:
        """Keep a new pair, in place of the one of *generation*; None: whatever is there."""
        async with self._store.transaction() as session:
            row = await self._row(session)
            if generation is not None and (row is None or row.generation != generation):
                return  # somebody entered a new pair by hand meanwhile
            await session.merge(
                ZaloTokenRow(
                    oa_id=self._oa_id,
                    access=self._seal.close(pair.access),
                    refresh=self._seal.close(pair.refresh),
                    access_expires_at=self._now() + pair.lasts,
                    generation=0 if row is None else row.generation + 1,
                    renewing_since=None,
                    needs_reauth_since=None,
                )
            )

    async def give_up(self, generation: int) -> bool:
        """Note that only a person can mend this; say whether that is news."""
        async with self._store.transaction() as session:
            row = await self._row(session)
            if row is None or row.generation != generation or row.needs_reauth_since is not None:
                return False
            row.needs_reauth_since = self._now()
            return True

    async def _row(self, session: AsyncSession) -> ZaloTokenRow | None:
        mine = select(ZaloTokenRow).where(col(ZaloTokenRow.oa_id) == self._oa_id)
        return (await session.exec(mine.with_for_update())).first()
