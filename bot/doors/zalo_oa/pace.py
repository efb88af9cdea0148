"""How long the door waits, in seconds."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """The waits of the Official Account's door; tests take none."""

    between_parts: float = 0.0
    """Zalo lets an application send 4,000 messages a minute; parts wait for each other anyway."""
    first_retry: float = 1.0
    upkeep: float = 3600.0
    """The access token lives 25 hours and is renewed in its last two."""
    peek: float = 0.5
    """Between two looks whether somebody else has renewed the token by now."""


PACE: Final = Pace()
