"""What the routes of this door share."""

import asyncio
from dataclasses import dataclass
from typing import Final

from aiohttp import web

from bot.doors.web.bell import Bell
from bot.doors.web.checkup import Checkup
from bot.doors.web.pace import Pace
from bot.doors.web.seats import Seats
from bot.doors.web.sessions import Session, Sessions
from handlers.conversation import Conversation
from handlers.messages import ChatKey

CHANNEL: Final = "web"


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """Everything that a route may reach for."""

    conversation: Conversation
    sessions: Sessions
    bell: Bell
    pace: Pace
    seats: Seats
    readers: asyncio.Semaphore
    """Lets those who only look to the database, a few at a time."""
    behind_proxy: bool
    """Whether a proxy of ours stands before the door and names the address."""
    heartbeat: float
    """Seconds after which a silent stream says that it still lives."""
    checkup: Checkup


ROOM: Final = web.AppKey("ROOM", Room)


def chat_of(session: Session) -> ChatKey:
    """Name the chat that a session is."""
    return ChatKey(CHANNEL, session.chat)
