"""Wakes a loop that rests, so that nothing waits for the next look into the database."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


class Alarm:
    """Rung when there is work; rows of other replicas are found when a rest is over."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()
        self.over = False
        """The loop is asked to end."""

    def ring(self) -> None:
        """Wake whoever rests, or spare whoever is about to."""
        self._rung.set()

    def end(self) -> None:
        """Ask the loop to end; nobody rests from now on."""
        self.over = True
        self.ring()

    def ring_in(self, seconds: float) -> None:
        """Ring after a while."""
        asyncio.get_running_loop().call_later(seconds, self.ring)

    async def rest(self, seconds: float) -> None:
        """Wait until the alarm rings, at most so many *seconds*."""
        try:
            await asyncio.wait_for(self._rung.wait(), seconds)
        except TimeoutError:
            return
        if not self.over:
            self._rung.clear()


async def until(stop: asyncio.Event, work: Coroutine[Any, Any, T]) -> T | None:
    """Do *work*, or cut it short at *stop*; then there is no result."""
    async with asyncio.TaskGroup() as group:
        task = group.create_task(work)
        stopping = group.create_task(stop.wait())
        await asyncio.wait((task, stopping), return_when=asyncio.FIRST_COMPLETED)
        task.cancel()
        stopping.cancel()
    return None if task.cancelled() else task.result()
