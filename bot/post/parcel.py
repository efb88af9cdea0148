"""One part of a reply on its way out, and how far it is."""

from dataclasses import dataclass
from datetime import timedelta
from enum import IntEnum, StrEnum
from typing import Final

from bot.post.delivery import Fate
from handlers.messages import Choice

LONGEST_SEND: Final = timedelta(seconds=10)
"""A platform that has not answered by then will not."""
LEASE: Final = LONGEST_SEND + timedelta(seconds=5)


class State(StrEnum):
    """How far a part is on its way.

    Only what surely did not arrive goes back from SENDING to PENDING; a process that dies
    meanwhile leaves what nobody can know, hence UNKNOWN.
    """

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"


class Priority(IntEnum):
    """Who goes first: a citizen waits before the screen."""

    REPLY = 0
    PUSH = 1


@dataclass(frozen=True, slots=True)
class Parcel:
    """One part as a door has to send it."""

    id: int
    chat: str
    text: str
    buttons: tuple[Choice, ...]
    attempt: int = 1
    file: str | None = None
    """A form to be sent, by its path on the shelf; the text is its name."""


Returned = tuple[Parcel, Fate]
"""A part that was handed over, and what became of it."""
