"""How fast a channel may be written: counted in the database, for all replicas share the limit."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

_BURST: Final = 0.2  # seconds' worth that may go out at once, so that we need not wake for each


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a platform allows, by the generic cell rate algorithm over one stored moment."""

    per_second: float
    """Messages to all chats together."""
    chat_gap: float
    """Seconds between two messages to one chat."""

    def free(self, booked: datetime | None, now: datetime) -> int:
        """Say how many messages may leave now, when all until *booked* is used up."""
        room = now - max(booked or now, now) + self._burst
        return max(0, int(room.total_seconds() * self.per_second + 1e-6))

    def book(self, booked: datetime | None, now: datetime, count: int) -> datetime:
        """Use up the room of *count* messages."""
        return max(booked or now, now) + timedelta(seconds=count / self.per_second)

    def wait(self, booked: datetime | None, now: datetime) -> float:
        """Say in how many seconds the next message may leave."""
        next_at = max(booked or now, now) + timedelta(seconds=1 / self.per_second)
        return max(0.0, (next_at - self._burst - now).total_seconds())

    @property
    def _burst(self) -> timedelta:
        return timedelta(seconds=max(_BURST, 1 / self.per_second))
