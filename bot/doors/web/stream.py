"""News of a session's talk as server-sent events: every exchange once, in order, resumable."""

import asyncio
import re
from contextlib import suppress
from dataclasses import asdict
from typing import Final

from aiohttp import web

from bot.doors.web import refusals, written
from bot.doors.web.exchanges import Shown, shown
from bot.doors.web.haste import keep_pace, whence
from bot.doors.web.pace import VISITS
from bot.doors.web.reading import history
from bot.doors.web.room import ROOM, chat_of

HEARTBEAT: Final = 15.0  # seconds; proxies cut a line that is silent for 30 or 60
_LARGEST: Final = 2**31 - 1  # what every database takes for a number of an exchange
_NUMBER: Final = re.compile(r"[0-9]{1,10}")


async def events(request: web.Request) -> web.StreamResponse:
    """Tell the exchanges after the last one that the reader knows, then each new one."""
    await keep_pace(request, VISITS)
    response = web.StreamResponse(headers={"X-Accel-Buffering": "no"})
    response.content_type = "text/event-stream"
    response.charset = "utf-8"
    await response.prepare(request)
    try:
        # A reader who leaves says nothing: the next write finds the line closed.
        with suppress(ConnectionResetError):
            await _tell(request, response, _known(request))
    except Exception as error:  # noqa: BLE001 - the stream has begun: it can only end, and resume
        refusals.note(error)
    return response


def _known(request: web.Request) -> int:
    """Read the last exchange that the reader has: as a resuming browser says, or as its page."""
    said = request.headers.get("Last-Event-ID") or request.query.get("after", "")
    return min(int(said), _LARGEST) if _NUMBER.fullmatch(said) else 0


async def _tell(request: web.Request, response: web.StreamResponse, after: int) -> None:
    room = request.app[ROOM]
    chat = chat_of(room.sessions.of(request))
    await response.write(b": motcua\n\n")
    with (
        room.bell.listening(chat.chat) as news,
        room.seats.taken(news, chat=chat.chat, address=whence(request)) as seat,
    ):
        while not (room.bell.silenced or seat.lost):
            news.clear()
            # Read also after a silence: another process may have answered.
            for exchange in await history(request, chat, after):
                await response.write(_event(shown(exchange)))
                after = exchange.id
            try:
                await asyncio.wait_for(news.wait(), room.heartbeat)
            except TimeoutError:
                await response.write(b": still here\n\n")


def _event(exchange: Shown) -> bytes:
    data = written.dumps(asdict(exchange))
    return f"id: {exchange.id}\ndata: {data}\n\n".encode()
