"""A clock that goes only when it is told to."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from tests.citizen import NOON


@dataclass
class Clock:
    """Says what time a test wants it to be."""

    moment: datetime = NOON

    def __call__(self) -> datetime:
        return self.moment

    def passes(self, seconds: float) -> None:
        """Let time go by."""
        self.moment += timedelta(seconds=seconds)
