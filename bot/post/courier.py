"""The courier of one channel: takes from the outbox what may leave, hands it to the door."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Final

from tenacity import retry, retry_if_exception, stop_after_delay, wait_exponential_jitter

from bot.post.alarm import Alarm
from bot.post.delivery import Fate, Unknown
from bot.post.outbox import Outbox
from bot.post.parcel import LEASE, LONGEST_SEND, Parcel, Returned
from bot.post.route import Route
from knowledge.store.store import is_outage

log = logging.getLogger(__name__)

Deliver = Callable[[Parcel], Awaitable[Fate]]
"""Hands one part to the platform; tells what became of it rather than raising."""

_WIDTH: Final = 8  # parts on their way at once: so many may be UNKNOWN after a kill
_IDLE: Final = 1.0  # seconds until we look for what another process wrote down


class Courier:
    """Sends what was committed, at the pace of the channel."""

    def __init__(self, outbox: Outbox, route: Route, deliver: Deliver) -> None:
        self.alarm = Alarm()
        self._outbox = outbox
        self._route = route
        self._channel = route.channel
        self._deliver = deliver
        self._open = False
        self._under_way = 0
        self._returned: list[Returned] = []

    async def work(self) -> None:
        """Send until the alarm is over; what is under way then is still brought to its end."""
        async with asyncio.TaskGroup() as group:
            while not self.alarm.over:
                await self.alarm.rest(await self._call_at_the_outbox(group))
        try:
            await self._hand_in_the_rest()
        except Exception as error:  # noqa: BLE001 - its lease ends, and it counts as UNKNOWN
            log.error("%s: fates are lost: %s", self._channel, type(error).__name__)  # noqa: TRY400

    async def _call_at_the_outbox(self, group: asyncio.TaskGroup) -> float:
        """Tell what became of parcels, start with new ones; return when to call again."""
        returned = list(self._returned)
        most = _WIDTH - self._under_way + len(returned)
        try:
            if not self._open:
                await self._outbox.open(self._route)
                self._open = True
            claim = await self._outbox.claim(self._route, most, returned)
        except Exception as error:  # noqa: BLE001 - the database may be back soon
            log.error("%s: nothing can be sent: %s", self._channel, type(error).__name__)  # noqa: TRY400
            return _IDLE
        del self._returned[: len(returned)]
        self._under_way += len(claim.parcels) - len(returned)
        for parcel in claim.parcels:
            group.create_task(self._bring(parcel))
        if returned:
            self.alarm.ring_in(self._route.limits.chat_gap)
        for wait in claim.retries:
            self.alarm.ring_in(wait)
        return min(claim.wait or _IDLE, _IDLE)

    async def _bring(self, parcel: Parcel) -> None:
        self._returned.append((parcel, await self._hand_over(parcel)))
        self.alarm.ring()

    async def _hand_over(self, parcel: Parcel) -> Fate:
        try:
            async with asyncio.timeout(LONGEST_SEND.total_seconds()):
                fate = await self._deliver(parcel)
        except Exception as error:  # noqa: BLE001 - a door's bug: nobody knows how far it came
            log.error("%s: sending broke: %s", self._channel, type(error).__name__)  # noqa: TRY400
            fate = Unknown()
        if isinstance(fate, Unknown):
            log.warning("%s: a message may not have arrived", self._channel)
        return fate

    @retry(
        retry=retry_if_exception(is_outage),
        wait=wait_exponential_jitter(multiplier=0.1, max=2, jitter=0.1),
        stop=stop_after_delay(LEASE),
        reraise=True,
    )
    async def _hand_in_the_rest(self) -> None:
        await self._outbox.settle(self._returned)
