"""The web door opened: routes, headers, limits, and a port."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Final

from aiohttp import web
from yarl import URL

from bot.doors.web import headers, refusals, written
from bot.doors.web.bell import Bell
from bot.doors.web.pace import Pace
from bot.doors.web.page import STATIC_FILES, page, set_up
from bot.doors.web.room import CHANNEL, ROOM, Room
from bot.doors.web.sessions import Sessions
from bot.doors.web.stream import HEARTBEAT, events
from bot.doors.web.talk import chat, messages
from bot.post.health import Health
from handlers.conversation import Conversation
from handlers.messages import ChatKey

_LARGEST_BODY: Final = 64 * 1024
_CLOSING: Final = 5.0  # seconds for answers under way; streams end at once


@asynccontextmanager
async def open_door(  # noqa: PLR0913 - each is a setting
    conversation: Conversation,
    *,
    host: str,
    port: int,
    secure_cookies: bool,
    behind_proxy: bool = False,
    health: Health | None = None,
) -> AsyncGenerator[str]:
    """Serve the page, and tell where; port 0 takes any free one.

    Raises:
        OSError: the address cannot be had.
    """
    runner = web.AppRunner(
        build(
            conversation,
            secure_cookies=secure_cookies,
            behind_proxy=behind_proxy,
            health=health,
        ),
        access_log=None,  # addresses of citizens
        shutdown_timeout=_CLOSING,
    )
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
        where = URL.build(scheme="http", host=host, port=runner.addresses[0][1])
        yield f"{CHANNEL}: {where}"
    finally:
        await runner.cleanup()


def build(
    conversation: Conversation,
    *,
    secure_cookies: bool,
    behind_proxy: bool = False,
    heartbeat: float = HEARTBEAT,
    health: Health | None = None,
) -> web.Application:
    """Assemble the application over *conversation*, not yet on any port."""
    room = Room(
        conversation=conversation,
        sessions=Sessions(secure=secure_cookies),
        bell=Bell(),
        pace=Pace(),
        behind_proxy=behind_proxy,
        heartbeat=heartbeat,
        health=health or Health(),
    )
    app = web.Application(middlewares=[refusals.told], client_max_size=_LARGEST_BODY)
    app[ROOM] = room
    app.on_response_prepare.extend([headers.add, room.sessions.hand_over])
    app.on_shutdown.append(room.bell.silence)
    set_up(app)
    app.add_routes(
        [
            web.get("/", page),
            web.post("/chat", chat),
            web.post("/messages", messages),
            web.get("/events", events, allow_head=False),
            web.get("/healthz", healthz),
            web.static(headers.STATIC, STATIC_FILES),
        ]
    )
    return app


async def healthz(request: web.Request) -> web.Response:
    """Say that this process is well, once the database has really been read; name each channel.

    A channel whose platform is away is told, but is no reason to start this process again.
    """
    room = request.app[ROOM]
    await room.conversation.history(ChatKey(CHANNEL, "healthz"))
    return written.answer({"status": "ok", "channels": {CHANNEL: "up", **room.health.channels}})
