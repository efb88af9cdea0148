"""The web door opened: routes, headers, limits, and a port."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, nullcontext
from http import HTTPStatus
from typing import Final
from urllib.parse import quote

from aiohttp import web

from bot.doors.web import headers, refusals, words, written
from bot.doors.web.bell import Bell
from bot.doors.web.checkup import Checkup
from bot.doors.web.news import told
from bot.doors.web.pace import Pace
from bot.doors.web.page import STATIC_FILES, page, set_up
from bot.doors.web.printing import checklist
from bot.doors.web.reading import turnstile
from bot.doors.web.room import CHANNEL, ROOM, Room
from bot.doors.web.seats import Seats
from bot.doors.web.sessions import Sessions
from bot.doors.web.stream import HEARTBEAT, events
from bot.doors.web.surroundings import NOTHING, Surroundings
from bot.doors.web.talk import chat, messages
from bot.doors.web.upload import files
from bot.listening import listening
from bot.post.health import Health
from bot.post.office import PostOffice
from handlers.conversation import Conversation
from handlers.texts.common import TROUBLE

_LARGEST_BODY: Final = 64 * 1024


@asynccontextmanager
async def open_door(
    conversation: Conversation,
    *,
    host: str,
    port: int,
    around: Surroundings = NOTHING,
    post: PostOffice | None = None,
) -> AsyncGenerator[str]:
    """Serve the page, and tell where; port 0 takes any free one. With *post*, news arrive on it.

    Raises:
        OSError: the address cannot be had.
    """
    app = build(conversation, around=around, health=None if post is None else post.health)
    async with (
        listening(app, host=host, port=port, unreadable=words.NOT_UNDERSTOOD) as where,
        nullcontext() if post is None else told(post, app[ROOM].bell),
    ):
        yield f"{CHANNEL}: {str(where).rstrip('/')}"


def build(
    conversation: Conversation,
    *,
    around: Surroundings = NOTHING,
    heartbeat: float = HEARTBEAT,
    health: Health | None = None,
) -> web.Application:
    """Assemble the application over *conversation*, not yet on any port."""
    room = Room(
        conversation=conversation,
        sessions=Sessions(secure=around.secure_cookies, framed=bool(around.framed_by)),
        bell=Bell(),
        pace=Pace(),
        seats=Seats(),
        readers=turnstile(conversation.office.store),
        behind_proxy=around.behind_proxy,
        heartbeat=heartbeat,
        checkup=Checkup(CHANNEL, conversation, health or Health()),
    )
    app = web.Application(middlewares=[refusals.told], client_max_size=_LARGEST_BODY)
    app[ROOM] = room
    app.on_response_prepare.extend([headers.adder(around.framed_by), room.sessions.hand_over])
    app.on_shutdown.append(room.bell.silence)
    set_up(app)
    app.add_routes(
        [
            web.get("/", page),
            web.post("/chat", chat),
            web.post("/messages", messages),
            web.post("/files", files),
            web.get("/events", events, allow_head=False),
            web.get("/ds/{code}", checklist, allow_head=False),
            web.get("/embed.js", embed),
            web.get("/forms/{path:.+}", form, allow_head=False),
            web.get("/healthz", healthz),
            web.static(headers.STATIC, STATIC_FILES),
        ]
    )
    return app


async def embed(request: web.Request) -> web.FileResponse:
    """Hand out the script that puts the talk on another page; its address never changes."""
    del request
    return web.FileResponse(STATIC_FILES / "embed.js")


async def form(request: web.Request) -> web.FileResponse:
    """Hand out a form from the shelf, to be kept and not shown: it is the office's own file."""
    path = request.app[ROOM].conversation.office.forms.find(request.match_info["path"])
    if path is None:
        raise web.HTTPNotFound
    name = quote(path.name)
    return web.FileResponse(
        path, headers={"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
    )


async def healthz(request: web.Request) -> web.Response:
    """Say that this process is well, once the database has really been read."""
    told = await request.app[ROOM].checkup.told()
    if told is None:
        raise refusals.RefusalError(HTTPStatus.SERVICE_UNAVAILABLE, TROUBLE)
    return written.answer(told)
