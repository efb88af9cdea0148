"""Keeps doors and chores going side by side: one that breaks never stops another."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from bot.post.health import Condition, Health

log = logging.getLogger(__name__)

Door = Callable[[], AbstractAsyncContextManager[str]]
Chore = Callable[[], Awaitable[None]]


@asynccontextmanager
async def open_all(doors: Mapping[str, Door], health: Health) -> AsyncGenerator[list[str]]:
    """Open every door in a task of its own; tell where each is, or that it stays shut."""
    closing = asyncio.Event()
    told = {name: asyncio.get_running_loop().create_future() for name in doors}
    async with asyncio.TaskGroup() as group:
        for name, door in doors.items():
            group.create_task(_stand(name, door, told[name], closing, health))
        try:
            yield [await where for where in told.values()]
        finally:
            closing.set()


@asynccontextmanager
async def repeated(name: str, chore: Chore, seconds: float) -> AsyncGenerator[None]:
    """Do *chore* now and every so many *seconds*; one that fails is tried again next time."""
    async with asyncio.TaskGroup() as group:
        task = group.create_task(_repeat(name, chore, seconds))
        try:
            yield
        finally:
            task.cancel()


async def _stand(
    name: str, door: Door, told: asyncio.Future[str], closing: asyncio.Event, health: Health
) -> None:
    try:
        async with door() as where:
            told.set_result(where)
            await closing.wait()
    except Exception as error:  # noqa: BLE001 - whatever broke it, the other doors stay open
        reason = _reason(error)
        health.note(name, Condition.SHUT)
        log.error("the door %s is shut: %s", name, reason)  # noqa: TRY400 - may hold a token
        if not told.done():
            told.set_result(f"{name}: stays shut ({reason})")


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
