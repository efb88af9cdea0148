"""The line before SQLite's one writer: in order of coming, but for those who are in a hurry."""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager


class Line:
    """Lets one in at a time; where nobody is in a hurry, it is as fair as a lock of asyncio."""

    def __init__(self) -> None:
        self._taken = False
        self._hurried: deque[asyncio.Future[None]] = deque()
        self._others: deque[asyncio.Future[None]] = deque()

    @asynccontextmanager
    async def turn(self, *, hurried: bool) -> AsyncGenerator[None]:
        """Wait, and keep everybody else waiting meanwhile."""
        await self._wait(self._hurried if hurried else self._others)
        try:
            yield
        finally:
            self._let_next_in()

    async def _wait(self, line: deque[asyncio.Future[None]]) -> None:
        if not self._taken:
            self._taken = True
            return
        place: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        line.append(place)
        try:
            await place
        except asyncio.CancelledError:
            if not place.cancelled():  # our turn came at the very moment we left
                self._let_next_in()
            raise

    def _let_next_in(self) -> None:
        """Hand the turn over, so that nobody who comes meanwhile can slip in between."""
        for line in (self._hurried, self._others):
            while line:
                place = line.popleft()
                if not place.done():  # else they left
                    place.set_result(None)
                    return
        self._taken = False
