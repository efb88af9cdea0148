"""The web door: a page to talk on, which needs no account, no script and no framework."""

from bot.doors.web.room import CHANNEL
from bot.doors.web.server import build, open_door
from bot.doors.web.surroundings import Surroundings

__all__ = ["CHANNEL", "Surroundings", "build", "open_door"]
