"""Whether this process is well: one look at the database answers all who asked before it."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from bot.post.health import Health
from bot.post.ledger import outstanding
from handlers.conversation import Conversation
from handlers.messages import ChatKey

_NOBODY: Final = "healthz"


@dataclass(frozen=True, slots=True)
class _Look:
    """What was seen, and the number of the look."""

    number: int
    told: Mapping[str, Any] | None
    """None: the database could not be read."""


class Checkup:
    """Looks when somebody asks; however many ask, one look at a time."""

    def __init__(self, channel: str, conversation: Conversation, health: Health) -> None:
        self._channel = channel
        self._conversation = conversation
        self._health = health
        self._looking = asyncio.Lock()
        self._begun = 0
        self._last = _Look(0, {})

    async def told(self) -> Mapping[str, Any] | None:
        """Say that the database has been read since this was asked, and name each channel.

        None: it could not be read when somebody else asked, since this was asked.

        A channel whose platform is away is told, but is no reason to start this process again;
        nor is what waits to be sent, failed or is in doubt.
        """
        asked = self._begun
        async with self._looking:
            if self._last.number <= asked:
                self._begun += 1
                self._last = _Look(self._begun, None)
                self._last = _Look(self._begun, await self._look())
            return self._last.told

    async def _look(self) -> Mapping[str, Any]:
        await self._conversation.history(ChatKey(self._channel, _NOBODY))
        async with self._conversation.office.store.transaction() as session:
            post = await outstanding(session)
        channels = {self._channel: "up", **self._health.channels}
        return {"status": "ok", "channels": channels, "post": post}
