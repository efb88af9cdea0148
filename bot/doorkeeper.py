"""Keeps doors and chores going side by side: one that breaks never stops another."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Final

from bot.post.health import Condition, Health

log = logging.getLogger(__name__)

Door = Callable[[], AbstractAsyncContextManager[str]]
Chore = Callable[[], Awaitable[None]]

_FIRST_REST: Final = 5.0  # seconds before a door that broke is opened again …
_LONGEST_REST: Final = 300.0  # … doubled each time, up to this


@asynccontextmanager
async def open_all(
    doors: Mapping[str, Door], health: Health, first_rest: float = _FIRST_REST
) -> AsyncGenerator[list[str]]:
    """Open every door in a task of its own; tell where each is, or why it is shut for now."""
    keeper = _Keeper(health, first_rest)
    told = {name: asyncio.get_running_loop().create_future() for name in doors}
    async with asyncio.TaskGroup() as group:
        for name, door in doors.items():
            group.create_task(keeper.stand_by(name, door, told[name]))
        try:
            yield [await where for where in told.values()]
        finally:
            keeper.closing.set()


@asynccontextmanager
async def repeated(name: str, chore: Chore, seconds: float) -> AsyncGenerator[None]:
    """Do *chore* now and every so many *seconds*; one that fails is tried again next time."""
    async with asyncio.TaskGroup() as group:
        task = group.create_task(_repeat(name, chore, seconds))
        try:
            yield
        finally:
            task.cancel()


@dataclass(frozen=True, slots=True)
class _Keeper:
    health: Health
    first_rest: float
    closing: asyncio.Event = field(default_factory=asyncio.Event)

    async def stand_by(self, name: str, door: Door, told: asyncio.Future[str]) -> None:
        """Keep *door* open until closing; one that breaks is opened again, after longer rests."""
        rest, broke = self.first_rest, False
        while not self.closing.is_set():
            try:
                async with door() as where:
                    if broke:
                        self.health.note(name, Condition.UP)
                        log.info("the door %s is open again", name)
                    else:
                        told.set_result(where)
                    await self.closing.wait()
            except Exception as error:  # noqa: BLE001 - whatever broke it, the others stay open
                broke, reason = True, _reason(error)
                self.health.note(name, Condition.DOWN)
                log.error("the door %s is shut: %s", name, reason)  # noqa: TRY400 - may hold a token
                if not told.done():
                    told.set_result(f"{name}: shut for now ({reason})")
                with suppress(TimeoutError):
                    async with asyncio.timeout(rest):
                        await self.closing.wait()
                rest = min(2 * rest, _LONGEST_REST)


async def _repeat(name: str, chore: Chore, seconds: float) -> None:
    while True:
        try:
            await chore()
        except Exception as error:  # noqa: BLE001 - a chore that fails today is done tomorrow
            log.error("%s failed: %s", name, _reason(error))  # noqa: TRY400 - may hold words
        await asyncio.sleep(seconds)


def _reason(error: BaseException) -> str:
    """Name what happened; only the system's own words are sure to hold nothing personal."""
    if isinstance(error, BaseExceptionGroup):
        return _reason(error.exceptions[0])
    strerror = error.strerror if isinstance(error, OSError) else None
    return strerror or type(error).__name__
