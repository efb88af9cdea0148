"""A channel whose readers look into this very database: nothing on it is ever UNKNOWN.

What is due is written where they look and noted as sent, in one commit: it is there once, or it
is still due.
"""

import logging
from collections.abc import Callable
from typing import Final

from bot.post.alarm import Alarm
from bot.post.outbox import Lay, Outbox
from bot.post.route import Route

log = logging.getLogger(__name__)

_IDLE: Final = 1.0  # seconds until we look for what was written down meanwhile


class Pigeonholes:
    """Lays out what was committed, one part after the other."""

    def __init__(
        self, outbox: Outbox, route: Route, lay: Lay, laid: Callable[[str], None]
    ) -> None:
        self.alarm = Alarm()
        self._outbox = outbox
        self._route = route
        self._lay = lay
        self._laid = laid
        self._open = False

    async def work(self) -> None:
        """Lay out until the alarm is over."""
        while not self.alarm.over:
            try:
                more = await self._lay_next()
            except Exception as error:  # noqa: BLE001 - the database may be back soon
                channel = self._route.channel
                log.error("%s: nothing can be laid out: %s", channel, type(error).__name__)  # noqa: TRY400
                more = False
            if not more:
                await self.alarm.rest(_IDLE)

    async def _lay_next(self) -> bool:
        if not self._open:
            await self._outbox.open(self._route)
            self._open = True
        chat = await self._outbox.lay_next(self._route, self._lay)
        if chat is None:
            return False
        self._laid(chat)
        return True
