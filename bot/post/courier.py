"""The courier of one channel: takes from the outbox what may leave, hands it to the door."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Final

from tenacity import AsyncRetrying, retry_if_exception, stop_after_delay, wait_exponential_jitter

from bot.post.alarm import Alarm
from bot.post.delivery import Fate, Unknown
from bot.post.limits import Limits
from bot.post.outbox import LEASE, LONGEST_SEND, Outbox, Parcel
from knowledge.store.store import is_outage

log = logging.getLogger(__name__)

Deliver = Callable[[Parcel], Awaitable[Fate]]
"""Hands one part to the platform; tells what became of it rather than raising."""

_WIDTH: Final = 8  # parts on their way at once: so many may be UNKNOWN after a kill
_IDLE: Final = 1.0  # seconds until we look for what another process wrote down
_PERSISTENT: Final = AsyncRetrying(
    retry=retry_if_exception(is_outage),
    wait=wait_exponential_jitter(multiplier=0.1, max=2),
    stop=stop_after_delay(LEASE),
    reraise=True,
)


class Courier:
    """Sends what was committed, at the pace of the channel."""

    def __init__(self, outbox: Outbox, channel: str, deliver: Deliver, limits: Limits) -> None:
        self.alarm = Alarm()
        self._outbox = outbox
        self._channel = channel
        self._deliver = deliver
        self._limits = limits
        self._under_way = 0
        self._open = False

    async def work(self) -> None:
        """Send until the alarm is over; what is under way then is still brought to its end."""
        async with asyncio.TaskGroup() as group:
            while not self.alarm.over:
                wait = await self._send_some(group)
                if wait:
                    await self.alarm.rest(wait)

    async def _send_some(self, group: asyncio.TaskGroup) -> float:
        """Start what may leave; return for how many seconds there is nothing more to start."""
        most = _WIDTH - self._under_way
        if not most:
            return _IDLE
        try:
            if not self._open:
                await self._outbox.open(self._channel)
                self._open = True
            claim = await self._outbox.claim(self._channel, self._limits, most)
        except Exception as error:  # noqa: BLE001 - the database may be back soon
            log.error("%s: nothing can be sent: %s", self._channel, type(error).__name__)  # noqa: TRY400
            return _IDLE
        for parcel in claim.parcels:
            self._under_way += 1
            group.create_task(self._bring(parcel))
        return min(claim.wait, _IDLE) or (0.0 if claim.parcels else _IDLE)

    async def _bring(self, parcel: Parcel) -> None:
        fate = await self._hand_over(parcel)
        if isinstance(fate, Unknown):
            log.warning("%s: a message may not have arrived", self._channel)
        try:
            again: float = await _PERSISTENT.copy()(self._outbox.settle, parcel, fate)
        except Exception as error:  # noqa: BLE001 - its lease ends, and it counts as UNKNOWN
            log.error("%s: a fate is lost: %s", self._channel, type(error).__name__)  # noqa: TRY400
            again = 0.0
        self._under_way -= 1
        self.alarm.ring()
        self.alarm.ring_in(max(again, self._limits.chat_gap))

    async def _hand_over(self, parcel: Parcel) -> Fate:
        try:
            async with asyncio.timeout(LONGEST_SEND.total_seconds()):
                return await self._deliver(parcel)
        except Exception as error:  # noqa: BLE001 - a door's bug: nobody knows how far it came
            log.error("%s: sending broke: %s", self._channel, type(error).__name__)  # noqa: TRY400
            return Unknown()
