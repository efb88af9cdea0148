"""What the routes of this door share."""

from dataclasses import dataclass
from typing import Final

from aiohttp import web

from bot.doors.web.bell import Bell
from bot.doors.web.pace import Pace
from bot.doors.web.sessions import Session, Sessions
from bot.post.health import Health
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
    behind_proxy: bool
    """Whether a proxy of ours stands before the door and names the address."""
    heartbeat: float
    """Seconds after which a silent stream says that it still lives."""
    health: Health


ROOM: Final = web.AppKey("ROOM", Room)


def chat_of(session: Session) -> ChatKey:
    """Name the chat that a session is."""
    return ChatKey(CHANNEL, session.chat)
