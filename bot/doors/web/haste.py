"""Whoever comes too fast is asked for patience: talkers, and those who try codes one by one."""

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
    address = address_of(request, behind_proxy=room.behind_proxy)
    seconds = await room.pace.seconds_to_wait(room.sessions.of(request).chat, address, limits)
    if seconds:
        later = {"Retry-After": str(seconds)}
        raise RefusalError(HTTPStatus.TOO_MANY_REQUESTS, words.too_fast(seconds), later)
