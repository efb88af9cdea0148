"""Whoever comes too fast is asked for patience: talkers, lookers, and those who try codes."""

from http import HTTPStatus

from aiohttp import web

from bot.doors.web import words
from bot.doors.web.pace import MESSAGES, Limits, address_of
from bot.doors.web.refusals import RefusalError
from bot.doors.web.room import ROOM


async def keep_pace(request: web.Request, limits: Limits = MESSAGES) -> None:
    """Count a request of this session and address.

    Raises:
        RefusalError: there were too many; it says when to come again.
    """
    room = request.app[ROOM]
    chat, address = room.sessions.of(request).chat, whence(request)
    seconds = await room.pace.seconds_to_wait(chat, address, limits)
    if seconds:
        later = {"Retry-After": str(seconds)}
        raise RefusalError(HTTPStatus.TOO_MANY_REQUESTS, words.too_fast(seconds), later)


def whence(request: web.Request) -> str:
    """Tell which address a request comes from."""
    return address_of(request, behind_proxy=request.app[ROOM].behind_proxy)
