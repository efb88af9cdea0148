"""How each channel is, as `/healthz` tells it."""

from collections.abc import Mapping
from enum import StrEnum


class Condition(StrEnum):
    """How a channel is; none of these stops another channel."""

    UP = "up"
    DOWN = "down"
    """Its platform cannot be reached, or its door broke; we keep trying."""
    SHUT = "shut"
    """It will not open again by itself: the token is refused."""


class Health:
    """What the doors of this process said last."""

    def __init__(self) -> None:
        self._channels: dict[str, Condition] = {}

    @property
    def channels(self) -> Mapping[str, Condition]:
        """Tell how every configured channel is."""
        return dict(self._channels)

    def note(self, channel: str, condition: Condition) -> None:
        """Keep what a door says."""
        self._channels[channel] = condition
