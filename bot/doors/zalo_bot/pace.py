"""How long the door waits, in seconds."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """The waits of the Zalo Bot door; tests take none."""

    between_parts: float = 1.0
    """Zalo names no figure for "too fast"; once a second is what Telegram allows."""
    before_typing: float = 0.3
    """A quicker answer needs no sign that we are at work."""
    poll: int = 30
    """How long Zalo holds a question for news open."""
    between_polls: float = 1.0
    """Zalo may hand the same message out again at once, a dozen times a second."""
    first_retry: float = 1.0
    longest_retry: float = 30.0


PACE: Final = Pace()
