"""What can become of a message that we hand to a platform."""

from dataclasses import dataclass
from enum import StrEnum


class Refusal(StrEnum):
    """Why a platform will never take a message: sending it again cannot help."""

    BLOCKED = "blocked"
    """The citizen blocked us, or does not exist."""
    LEFT = "left"
    """The citizen told us to write no more, and has not written since."""
    CHAT_REFUSED = "chat_refused"
    """The platform refuses all that is about this chat, and does not say why."""
    WINDOW_CLOSED = "window_closed"
    """The platform lets us write only for a time after the citizen did."""
    NOT_ACCEPTED = "not_accepted"
    """The message itself was found wrong."""


@dataclass(frozen=True, slots=True)
class Sent:
    """The platform took it; its own number for it, where it gave one."""

    message_id: str | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """The platform will never take it."""

    why: Refusal


@dataclass(frozen=True, slots=True)
class Later:
    """It surely did not arrive and may be sent again; *seconds* is the wait the platform asked."""

    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Unknown:
    """It may have arrived or not, and nothing can tell: never sent again blindly."""


Fate = Sent | Refused | Later | Unknown
