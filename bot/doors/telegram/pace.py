"""How long the door waits, in seconds, and how fast Telegram may be written."""

from dataclasses import dataclass
from typing import Final

from bot.post.limits import Limits


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """The waits of the Telegram door; tests take none."""

    limits: Limits = Limits(per_second=30, chat_gap=1.0)  # noqa: RUF009 - frozen
    first_retry: float = 1.0
    longest_retry: float = 60.0


PACE: Final = Pace()
