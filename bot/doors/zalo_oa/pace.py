"""How long the door waits, in seconds."""

from dataclasses import dataclass
from typing import Final

from bot.post.limits import Limits


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """The waits of the Official Account's door; tests take none."""

    upkeep: float = 3600.0
    """The access token lives 25 hours and is renewed in its last two."""
    peek: float = 0.5
    """Between two looks whether somebody else has renewed the token by now."""


PACE: Final = Pace()
# Zalo lets an application send 4,000 messages a minute.
LIMITS: Final = Limits(per_second=60, chat_gap=0)
