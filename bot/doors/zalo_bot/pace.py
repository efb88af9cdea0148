"""How long the door waits, in seconds."""

from dataclasses import dataclass
from typing import Final

from bot.post.limits import Limits


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """The waits of the Zalo Bot door; tests take none."""

    poll: int = 30
    """How long Zalo holds a question for news open."""
    between_polls: float = 1.0
    """Zalo may hand the same message out again at once, a dozen times a second."""
    first_retry: float = 1.0
    longest_retry: float = 30.0


PACE: Final = Pace()
# Zalo names no figure for "too fast": once a second in one chat is what Telegram allows.
LIMITS: Final = Limits(per_second=10, chat_gap=1)
