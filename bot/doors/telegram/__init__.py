"""The Telegram door: polls, so that it needs no address of its own, or is called by Telegram."""

from bot.doors.telegram.door import open_door
from bot.doors.telegram.reading import CHANNEL, read

__all__ = ["CHANNEL", "open_door", "read"]
