"""The Telegram door: polls, so that it needs no address of its own, or is called by Telegram."""

from bot.doors.telegram.door import open_door
from bot.doors.telegram.reading import CHANNEL, read
from bot.doors.telegram.webhook import Webhook

__all__ = ["CHANNEL", "Webhook", "open_door", "read"]
