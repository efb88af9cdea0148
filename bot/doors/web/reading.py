"""Reads for those who only look: they hold one place before the database, and none once gone."""

import asyncio
from typing import Final

from aiohttp import web

from bot.doors.web.room import ROOM
from handlers.messages import ChatKey
from knowledge.store.store import Store
from knowledge.talks import Exchange

_AT_ONCE: Final = 4  # on a database with more than one line; it has ten for everybody


def turnstile(store: Store) -> asyncio.Semaphore:
    """Let through as many readers as may be at the database together."""
    return asyncio.Semaphore(_AT_ONCE if store.shared else 1)


async def history(request: web.Request, chat: ChatKey, after: int = 0) -> list[Exchange]:
    """Read what was said in *chat* after exchange number *after*, in this visitor's turn.

    Raises:
        ConnectionResetError: the visitor has left meanwhile.
    """
    room = request.app[ROOM]
    async with room.readers:
        if request.transport is None:
            raise ConnectionResetError
        return await room.conversation.history(chat, after)
