"""Wakes a loop that rests, so that nothing waits for the next look into the database."""

import asyncio


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
