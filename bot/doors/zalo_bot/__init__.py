"""The Zalo Bot door: for a pilot, since a bot of the free plan may serve fifty citizens."""

from bot.doors.zalo_bot.door import open_door
from bot.doors.zalo_bot.reading import CHANNEL, read
from bot.doors.zalo_bot.sending import Sender, open_sender

__all__ = ["CHANNEL", "Sender", "open_door", "open_sender", "read"]
