"""Whose post it is: an account on a channel, and how it may write."""

from dataclasses import dataclass
from datetime import timedelta

from bot.post.capabilities import CHANNELS
from bot.post.limits import Limits


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One account of ours on one channel; what belongs to another account is left alone."""

    channel: str
    bot: str = ""
    limits: Limits
    push: timedelta | None = None
    """How long after a citizen's last words the office wishes to write, where it says so."""

    @property
    def window(self) -> timedelta | None:
        """Tell how long after a citizen's last words we may write: as channel and office say."""
        both = (CHANNELS[self.channel].window, self.push)
        return min((one for one in both if one is not None), default=None)
