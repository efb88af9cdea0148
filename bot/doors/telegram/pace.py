"""How long the door waits, in seconds."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """The waits of the Telegram door; tests take none."""

    first_retry: float = 1.0
    longest_retry: float = 60.0


PACE: Final = Pace()
